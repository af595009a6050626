//! The master key, which emailed tokens and codes are derived from. So no store ever holds them.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use ctutils::CtEq;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{OneTimeToken, Purpose, SecretToken, TokenDigest, VerificationCode};
use crate::email_address::EmailAddress;
use crate::ports::Entropy;
use crate::timestamp::Timestamp;

type HmacSha256 = Hmac<Sha256>;

/// Length of a master key in bytes.
pub const MASTER_KEY_BYTES: usize = 32;

/// A key of 256 bits, from which all other keys are derived (HKDF, RFC 5869).
///
/// Its id is the start of a digest of the key. Rows store the id of the key that they were made with, and nobody has to
/// name keys by hand.
#[derive(Clone)]
pub struct MasterKey {
    id: String,
    bytes: Zeroizing<[u8; MASTER_KEY_BYTES]>,
}

/// The text is not a master key: 43 characters of base64url without padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 256 bits, written as 43 characters of base64url without padding")]
pub struct MasterKeyError;

impl MasterKey {
    /// Makes a random key.
    #[must_use]
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; MASTER_KEY_BYTES]);
        entropy.fill(bytes.as_mut());
        Self::from_bytes(bytes)
    }

    fn from_bytes(bytes: Zeroizing<[u8; MASTER_KEY_BYTES]>) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"account master key id");
        hash.update(bytes.as_ref());
        let digest: [u8; 32] = hash.finalize().into();
        let id = Base64UrlUnpadded::encode_string(digest.first_chunk::<6>().unwrap_or(&[0; 6]));
        Self { id, bytes }
    }

    /// Parses a key. White space around it is ignored, because it comes from a file.
    ///
    /// # Errors
    /// [`MasterKeyError`] if it is not 43 characters of base64url.
    pub fn parse(text: &str) -> Result<Self, MasterKeyError> {
        let secret = SecretToken::parse(text.trim()).ok_or(MasterKeyError)?;
        Ok(Self::from_bytes(Zeroizing::new(*secret.bytes())))
    }

    /// Returns the key's text, for the file that stores it.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        SecretToken::from_bytes(*self.bytes).expose()
    }

    /// Returns the key's id, which is not secret.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the stored part of the token that [`token`](Self::token) derives from the same arguments.
    pub(crate) fn stored_token(
        &self,
        purpose: Purpose,
        subject: uuid::Uuid,
        generation: u32,
        address: &EmailAddress,
        expires_at: Timestamp,
    ) -> OneTimeToken {
        let digest = self.token(purpose, subject, generation, address).digest();
        let drawn = OneTimeToken::drawn(digest, purpose, subject, address.clone(), expires_at);
        OneTimeToken { generation, key_id: self.id.clone(), ..drawn }
    }

    /// Derives a key for one use, with the block length of HMAC-SHA-256.
    fn subkey(&self, label: &str) -> Zeroizing<[u8; 64]> {
        let mut subkey = Zeroizing::new([0; 64]);
        // Only an output of more than 255 blocks can fail; these are two.
        let expanded = Hkdf::<Sha256>::new(None, self.bytes.as_ref()).expand(label.as_bytes(), subkey.as_mut());
        debug_assert!(expanded.is_ok());
        subkey
    }

    /// HMAC-SHA-256 over the parts, each preceded by its length, so that no two lists of parts look alike.
    fn mac(&self, label: &str, parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let key = self.subkey(label);
        let mut mac = <HmacSha256 as KeyInit>::new((&*key).into());
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        Zeroizing::new(mac.finalize().into_bytes().into())
    }

    /// Derives the token for a purpose, subject, address and generation. The same arguments always give the same token.
    #[must_use]
    pub fn token(&self, purpose: Purpose, subject: uuid::Uuid, generation: u32, address: &EmailAddress) -> SecretToken {
        let parts: [&[u8]; 4] =
            [purpose.name().as_bytes(), subject.as_bytes(), &generation.to_be_bytes(), address.as_str().as_bytes()];
        SecretToken::from_bytes(*self.mac("mailed token", &parts))
    }

    /// Derives the code in the same email.
    #[must_use]
    pub fn code(
        &self,
        purpose: Purpose,
        subject: uuid::Uuid,
        generation: u32,
        address: &EmailAddress,
    ) -> VerificationCode {
        let parts: [&[u8]; 4] =
            [purpose.name().as_bytes(), subject.as_bytes(), &generation.to_be_bytes(), address.as_str().as_bytes()];
        let mac = self.mac("mailed code", &parts);
        VerificationCode::from_bytes(*mac.first_chunk::<5>().unwrap_or(&[0; 5]))
    }

    /// Returns the digest to store for a code. It depends on the key: otherwise someone who stole the store could try
    /// all 40-bit codes.
    #[must_use]
    pub fn code_digest(&self, subject: uuid::Uuid, code: &VerificationCode) -> TokenDigest {
        TokenDigest(*self.mac("code digest", &[subject.as_bytes(), code.expose().as_bytes()]))
    }

    /// Returns whether the digest was made from this code. Compares in constant time.
    #[must_use]
    pub fn code_matches(&self, subject: uuid::Uuid, code: &VerificationCode, digest: &TokenDigest) -> bool {
        self.code_digest(subject, code).0.ct_eq(&digest.0).into()
    }

    /// Returns the signature of a position in a list.
    pub(crate) fn list_mac(&self, list: &str, position: &str) -> [u8; 32] {
        *self.mac("list position", &[list.as_bytes(), position.as_bytes()])
    }

    /// A code over the parts, for device tokens.
    pub(crate) fn device_mac(&self, parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        self.mac("device", parts)
    }

    /// Derives the key that challenges are signed with.
    pub(crate) fn challenge_key(&self) -> Zeroizing<[u8; 32]> {
        self.mac("challenge signature", &[])
    }

    /// A code over the parts, for what binds a challenge to a request.
    pub(crate) fn challenge_mac(&self, parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        self.mac("challenge", parts)
    }

    /// Derives a key for an adapter's own use, such as CSRF tokens of forms. The label keeps keys apart.
    #[must_use]
    pub fn adapter_key(&self, label: &str) -> Zeroizing<[u8; 32]> {
        self.mac("adapter", &[label.as_bytes()])
    }
}

/// The current master key, and earlier ones that unexpired emails were made with.
#[derive(Debug, Clone)]
pub struct MasterKeys {
    /// The key that new tokens are derived from.
    pub current: MasterKey,
    /// Keys that older tokens were derived from.
    pub retired: Vec<MasterKey>,
}

impl MasterKeys {
    /// Returns the key with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&MasterKey> {
        self.all().find(|key| key.id() == id)
    }

    /// All of them, the current one first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.current).chain(&self.retired)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn key(byte: u8) -> MasterKey {
        MasterKey::from_bytes(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn a_token_is_bound_to_everything_it_is_derived_from() {
        let address = EmailAddress::parse("john@acme.com").unwrap();
        let other = EmailAddress::parse("John@acme.com").unwrap();
        let subject = Uuid::from_u128(1);
        let token = key(1).token(Purpose::EmailVerification, subject, 1, &address);
        assert_eq!(token, key(1).token(Purpose::EmailVerification, subject, 1, &address));
        for different in [
            key(2).token(Purpose::EmailVerification, subject, 1, &address),
            key(1).token(Purpose::EmailVerification, Uuid::from_u128(2), 1, &address),
            key(1).token(Purpose::EmailVerification, subject, 2, &address),
            key(1).token(Purpose::EmailVerification, subject, 1, &other),
        ] {
            assert_ne!(token, different);
        }
    }

    #[test]
    fn a_code_matches_its_own_registration_only() {
        let address = EmailAddress::parse("john@acme.com").unwrap();
        let subject = Uuid::from_u128(1);
        let code = key(1).code(Purpose::EmailVerification, subject, 1, &address);
        let digest = key(1).code_digest(subject, &code);
        assert!(key(1).code_matches(subject, &code, &digest));
        assert!(!key(1).code_matches(Uuid::from_u128(2), &code, &digest));
        assert!(!key(2).code_matches(subject, &code, &digest));
    }

    #[test]
    fn a_key_survives_a_round_trip_through_its_file() {
        let text = key(9).expose().to_string();
        let read = MasterKey::parse(&format!("{text}\n")).unwrap();
        assert_eq!(read.id(), key(9).id());
        assert_ne!(read.id(), key(8).id());
        assert_eq!(MasterKey::parse("short").unwrap_err(), MasterKeyError);
        assert!(!format!("{read:?}").contains(&text));
    }
}
