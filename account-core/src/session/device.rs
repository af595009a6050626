//! Device tokens: what a client keeps to show that somebody signed in from it before.
//!
//! A token proves nothing about who uses the client now and opens nothing. It only tells an owner's client from a
//! stranger's where a limit is used up that strangers can use up (OWASP, "device cookies").

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use ctutils::CtEq;

use crate::account::{Account, Credential};
use crate::one_time_token::SecretToken;
use crate::one_time_token::master_key::{MasterKey, MasterKeys};

/// Bytes that tell whose token it is, so that a client can replace an older one of the same account.
const TAG: usize = 6;
/// Bytes that tell the client.
const NONCE: usize = 12;
/// Bytes of the proof.
const PROOF: usize = 18;
/// Characters of a token: base64url without padding.
const LENGTH: usize = (TAG + NONCE + PROOF) / 3 * 4;
/// Characters of its tag.
const TAG_LENGTH: usize = TAG / 3 * 4;

/// A client that somebody signed in from. It is bound to the account and its credentials: a new password makes it
/// worthless.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceToken(String);

impl DeviceToken {
    /// Reads a token's text; `None` when it has not the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; TAG + NONCE + PROOF];
        let is_token = text.len() == LENGTH && Base64UrlUnpadded::decode(text, &mut bytes).is_ok();
        is_token.then(|| Self(text.to_owned()))
    }

    /// Its text: 48 characters of base64url.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are of one account.
    #[must_use]
    pub fn is_of_same_account(&self, other: &Self) -> bool {
        self.0.get(..TAG_LENGTH) == other.0.get(..TAG_LENGTH)
    }

    /// The token of the client that was just given that session.
    pub(crate) fn issue(key: &MasterKey, account: &Account, session: &SecretToken) -> Self {
        let nonce = key.device_mac(&[b"nonce", session.bytes()]);
        let nonce = nonce.first_chunk().copied().unwrap_or([0; NONCE]);
        Self::of(key, &Credential::of(account), nonce)
    }

    fn of(key: &MasterKey, credential: &Credential, nonce: [u8; NONCE]) -> Self {
        let account = credential.account.as_uuid();
        let tag = key.device_mac(&[b"tag", account.as_bytes()]);
        let subject = credential.subject_of_tries();
        let proof = key.device_mac(&[b"proof", account.as_bytes(), subject.as_bytes(), &nonce]);
        let mut bytes = [0; TAG + NONCE + PROOF];
        for (byte, from) in bytes.iter_mut().zip(tag.iter().take(TAG).chain(&nonce).chain(proof.iter().take(PROOF))) {
            *byte = *from;
        }
        Self(Base64UrlUnpadded::encode_string(&bytes))
    }

    /// Whether it was issued for that credential.
    fn is_for(&self, keys: &MasterKeys, credential: &Credential) -> bool {
        let mut bytes = [0; TAG + NONCE + PROOF];
        let nonce = Base64UrlUnpadded::decode(&self.0, &mut bytes).ok();
        let Some(nonce) = nonce.and_then(|bytes| bytes.get(TAG..)?.first_chunk().copied()) else { return false };
        let issued = |key| Self::of(key, credential, nonce).0.as_bytes().ct_eq(self.0.as_bytes()).into();
        keys.all().any(issued)
    }

    /// The one of these that was issued for the credential.
    pub(super) fn find<'a>(tokens: &'a [Self], keys: &MasterKeys, credential: &Credential) -> Option<&'a Self> {
        tokens.iter().find(|token| token.is_for(keys, credential))
    }
}

impl fmt::Debug for DeviceToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceToken(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email_address::EmailAddress;
    use crate::id::AccountId;
    use crate::testing::SeededEntropy;
    use crate::timestamp::Timestamp;

    fn account(id: u128) -> Account {
        let now = Timestamp::from_unix_micros(0);
        let address = EmailAddress::parse("john@acme.com").unwrap();
        let account = Account::new(AccountId::from_uuid(uuid::Uuid::from_u128(id)), address, now);
        Account { verified_at: Some(now), ..account }
    }

    #[test]
    fn a_token_is_bound_to_its_account_and_credential() {
        let entropy = SeededEntropy::new(1);
        let (key, other) = (MasterKey::generate(&entropy), MasterKey::generate(&entropy));
        let session = SecretToken::generate(&entropy);
        let token = DeviceToken::issue(&key, &account(1), &session);
        assert_eq!(DeviceToken::parse(token.as_str()), Some(token.clone()));
        let keys = |current: &MasterKey, retired: &[MasterKey]| MasterKeys {
            current: current.clone(),
            retired: retired.to_vec(),
        };
        let is_for = |keys: &MasterKeys, account: &Account| token.is_for(keys, &Credential::of(account));
        assert!(is_for(&keys(&key, &[]), &account(1)));
        assert!(is_for(&keys(&other, std::slice::from_ref(&key)), &account(1)), "a retired key still counts");
        assert!(!is_for(&keys(&other, &[]), &account(1)));
        assert!(!is_for(&keys(&key, &[]), &account(2)));
        assert!(!is_for(&keys(&key, &[]), &Account { credential_epoch: 1, ..account(1) }));
        assert!(!is_for(&keys(&key, &[]), &Account { verified_at: None, ..account(1) }));
        let again = DeviceToken::issue(&key, &account(1), &SecretToken::generate(&entropy));
        assert_ne!(token, again, "each client has its own");
        assert!(token.is_of_same_account(&again));
        assert!(!token.is_of_same_account(&DeviceToken::issue(&key, &account(2), &session)));
    }

    #[test]
    fn malformed_tokens_are_ignored() {
        for text in ["", "short", &"A".repeat(47), &"A".repeat(49), &"+".repeat(48)] {
            assert_eq!(DeviceToken::parse(text), None, "{text}");
        }
    }
}
