//! Secrets that are emailed or given to clients, and the digests that are stored in their place.

pub mod master_key;

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::email_address::{EmailAddress, EmailKey};
use crate::field_limits::{CODE, TOKEN};
use crate::id::SessionId;
use crate::name::is_forbidden_in_names;
use crate::named_enum;
use crate::ports::Entropy;
use crate::timestamp::Timestamp;

/// Length of a token in bytes: 256 bits.
const TOKEN_BYTES: usize = 32;
/// Length of a verification code in characters: 40 bits in Crockford's base 32.
const CODE_CHARACTERS: usize = CODE.core.min;
/// Crockford's alphabet: no I, L, O, U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A 256-bit secret: a verification token, a continuation, a session token or the token that renews it.
///
/// Its text is 43 characters of base64url. It prints as `SecretToken(..)` and is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretToken(Zeroizing<[u8; TOKEN_BYTES]>);

impl SecretToken {
    /// Makes a random secret.
    #[must_use]
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
        entropy.fill(bytes.as_mut());
        Self(bytes)
    }

    pub(crate) fn from_bytes(bytes: [u8; TOKEN_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8; TOKEN_BYTES] {
        &self.0
    }

    /// Parses the text of a secret. Accepts only the canonical spelling: no padding, no stray bits, no other case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if TOKEN.core.check(text).is_err() {
            return None;
        }
        let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
        let decoded = Base64UrlUnpadded::decode(text, bytes.as_mut()).ok()?;
        if decoded.len() != TOKEN_BYTES {
            return None;
        }
        let secret = Self(bytes);
        (*secret.expose() == text).then_some(secret)
    }

    /// Reads the secret of an emailed link as mail clients and people pass it on: with white space around it, the sign of
    /// a broken encoding before it (`3D`, an equals sign in quoted-printable), or anything behind it that begins with a
    /// character that no token has: a full stop, a bracket, a slash, parameters for tracking.
    ///
    /// What is read is still a whole secret in its canonical spelling: a cut or changed one is none.
    #[must_use]
    pub fn of_link(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '(' | '[' | '"' | '='));
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
        let (word, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
        if rest.starts_with('=') {
            // Padding: another spelling of the same bytes.
            return None;
        }
        let unbroken = word.strip_prefix("3D").or_else(|| word.strip_prefix("3d"));
        // An underscore or a hyphen can be the last character of a token, or of a text around it.
        let bare = |word: &str| {
            let (token, rest) = word.split_at_checked(TOKEN.core.max)?;
            if rest.bytes().all(|byte| matches!(byte, b'_' | b'-')) { Self::parse(token) } else { None }
        };
        bare(word).or_else(|| bare(unbroken?))
    }

    /// Returns the text of the secret, for the email, link or answer that contains it. Never log it.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(Base64UrlUnpadded::encode_string(self.0.as_ref()))
    }

    /// Returns the digest to store.
    #[must_use]
    pub fn digest(&self) -> TokenDigest {
        TokenDigest(Sha256::digest(self.0.as_ref()).into())
    }
}

opaque_debug!(SecretToken);

/// SHA-256 of a secret, which the store keeps in its place.
///
/// A secret of 256 random bits needs no slow hash. It needs no comparison in constant time either, because it is looked
/// up by its digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// Restores a stored digest.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl serde::Serialize for TokenDigest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Base64UrlUnpadded::encode_string(&self.0))
    }
}

impl<'de> serde::Deserialize<'de> for TokenDigest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = Base64UrlUnpadded::decode_vec(&text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| serde::de::Error::custom("not a digest"))
    }
}

opaque_debug!(TokenDigest);

/// A code that a person can type: 8 characters of Crockford's base 32, 40 bits.
///
/// It is only accepted together with the continuation of its registration, and only a few tries are allowed.
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationCode(Zeroizing<String>);

impl VerificationCode {
    /// Makes a code from 40 bits.
    pub(crate) fn from_bytes(bytes: [u8; 5]) -> Self {
        let bits = bytes.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let text = (0..CODE_CHARACTERS)
            .rev()
            .filter_map(|place| CROCKFORD.get(usize::try_from((bits >> (5 * place)) & 31).ok()?))
            .map(|byte| char::from(*byte))
            .collect();
        Self(Zeroizing::new(text))
    }

    /// Parses what a person typed or pasted: in any case, ignoring spaces, dashes and invisible characters of all kinds,
    /// with `O` for 0 and `I` or `L` for 1. Digits of other scripts and full-width letters count as the ASCII ones.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if CODE.core.check_max(text).is_err() {
            return None;
        }
        let mut code = Zeroizing::new(String::with_capacity(CODE_CHARACTERS));
        for c in text.nfkc().filter(|c| !is_left_out(*c)) {
            let c = match ascii_digit(c).to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if !CROCKFORD.contains(&u8::try_from(c).ok()?) {
                return None;
            }
            code.push(c);
        }
        (code.len() == CODE_CHARACTERS).then_some(Self(code))
    }

    /// Returns the code, for the email that contains it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

opaque_debug!(VerificationCode);

/// What people and their devices put between or around the characters of a code: white space, dashes (Unicode's category
/// Pd and the minus sign), and invisible characters.
fn is_left_out(c: char) -> bool {
    c.is_whitespace()
        || is_forbidden_in_names(c)
        || matches!(
            c,
            '-' | '_' | '.' | '\u{58A}' | '\u{5BE}' | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2212}'
                    | '\u{2E3A}'
                    | '\u{2E3B}'
                    | '\u{30FC}'
                    | '\u{FE31}'
                    | '\u{FE32}'
                    | '\u{FE58}'
                    | '\u{FE63}'
                    | '\u{FF0D}'
                    | '\u{200C}'
                    | '\u{200D}'
        )
}

/// The first digit of each script whose keyboards people use: Arabic, Persian, Devanagari, Bengali, Thai.
const ZEROS: [u32; 5] = [0x660, 0x6F0, 0x966, 0x9E6, 0xE50];

/// Returns the ASCII digit for a digit of another script.
fn ascii_digit(c: char) -> char {
    let digit = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|digit| *digit < 10));
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

named_enum! {
    /// What a token can be used for. For any other purpose it is unknown.
    #[non_exhaustive]
    pub enum Purpose {
        /// Proves the mailbox of a registration.
        EmailVerification = "email_verification",
        /// Lets the owner of an account's mailbox set a new password.
        PasswordReset = "password_reset",
        /// Proves the mailbox that an account's address is to be changed to.
        AddressChange = "address_change",
        /// Proves the mailbox of an account's secondary address.
        SecondaryAddress = "secondary_address",
        /// Proves the mailbox of an invited person.
        Invitation = "invitation",
        /// Creates a super admin, once. Configured, not emailed; stored only to remember that it was used.
        SuperAdmin = "super_admin",
        /// Renews a session. Given to the client with the access token, never emailed.
        SessionRenewal = "session_renewal",
        /// Opens a session for the client whose registration was completed elsewhere. Its secret is the continuation.
        RegistrationSession = "registration_session",
    }
}

named_enum! {
    /// The state of a token.
    pub enum TokenState {
        /// Can be used until it expires.
        Live = "live",
        /// Was used.
        Used = "used",
        /// Was replaced by a newer token for the same subject.
        Superseded = "superseded",
        /// Its address was verified for an account in another way.
        Void = "void",
    }
}

/// The stored part of a token: everything but the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeToken {
    /// SHA-256 of the secret; unique.
    pub digest: TokenDigest,
    /// What it can be used for.
    pub purpose: Purpose,
    /// Id of the registration, account, invitation or session that it is for.
    pub subject: uuid::Uuid,
    /// The exact address that it was emailed to and proves. Stored with the token, so that token and address cannot
    /// drift apart (CVE-2026-32700). For tokens that prove no address: the account's address when the token was made.
    pub address: EmailAddress,
    /// Counts the tokens of a subject, starting at 1. Tokens that renew a session start at 1 again after a credential
    /// was presented in it.
    pub generation: u32,
    /// Id of the master key that it was derived from; empty if it is random.
    pub key_id: String,
    /// The credential epoch of the account when the token was made: a later epoch invalidates it. `None` if the subject
    /// has no credential yet.
    pub epoch: Option<u32>,
    /// The only session that may use it; `None` if any may.
    pub session: Option<SessionId>,
    /// When it expires.
    pub expires_at: Timestamp,
    /// Its state.
    pub state: TokenState,
    /// When it was used. `None` if it was not, or was used before this was stored.
    pub used_at: Option<Timestamp>,
}

impl OneTimeToken {
    /// Makes the first token of a subject: random, bound to nothing else, live.
    pub(crate) const fn drawn(
        digest: TokenDigest,
        purpose: Purpose,
        subject: uuid::Uuid,
        address: EmailAddress,
        expires_at: Timestamp,
    ) -> Self {
        Self {
            digest,
            purpose,
            subject,
            address,
            generation: 1,
            key_id: String::new(),
            epoch: None,
            session: None,
            expires_at,
            state: TokenState::Live,
            used_at: None,
        }
    }

    /// Returns the canonical key of its address.
    #[must_use]
    pub const fn email_key(&self) -> &EmailKey {
        self.address.key()
    }
}

#[cfg(test)]
mod tests;
