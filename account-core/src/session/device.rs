//! Device tokens: stored by a client, they show that somebody signed in from it before.
//!
//! A token does not prove who is using the client now, and gives no access. It only tells an owner's client from a
//! stranger's when a limit that strangers can use up is reached (OWASP, "device cookies").

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use ctutils::CtEq;

use crate::account::{Account, Credential};
use crate::one_time_token::SecretToken;
use crate::one_time_token::master_key::{MasterKey, MasterKeys};

/// Bytes that identify the account, so that a client can replace an older token of the same account.
const TAG: usize = 6;
/// Bytes that identify the client.
const NONCE: usize = 12;
/// Bytes of the proof.
const PROOF: usize = 18;
/// Length of a token in characters: base64url without padding.
const LENGTH: usize = (TAG + NONCE + PROOF) / 3 * 4;
/// Length of the tag in characters.
const TAG_LENGTH: usize = TAG / 3 * 4;

/// A client that somebody has signed in from. It is bound to the account and its credentials: a new password
/// invalidates it.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceToken(String);

impl DeviceToken {
    /// Parses a token; `None` if the text does not have the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; TAG + NONCE + PROOF];
        let is_token = text.len() == LENGTH && Base64UrlUnpadded::decode(text, &mut bytes).is_ok();
        is_token.then(|| Self(text.to_owned()))
    }

    /// Returns its text: 48 characters of base64url.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether both belong to the same account.
    #[must_use]
    pub fn is_of_same_account(&self, other: &Self) -> bool {
        self.0.get(..TAG_LENGTH) == other.0.get(..TAG_LENGTH)
    }

    /// Creates the token of a client that has just opened that session.
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

    /// Returns whether it was issued for that credential.
    fn is_for(&self, keys: &MasterKeys, credential: &Credential) -> bool {
        let mut bytes = [0; TAG + NONCE + PROOF];
        let nonce = Base64UrlUnpadded::decode(&self.0, &mut bytes).ok();
        let Some(nonce) = nonce.and_then(|bytes| bytes.get(TAG..)?.first_chunk().copied()) else { return false };
        let issued = |key| Self::of(key, credential, nonce).0.as_bytes().ct_eq(self.0.as_bytes()).into();
        keys.all().any(issued)
    }

    /// Returns the one of the tokens that was issued for the credential.
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
