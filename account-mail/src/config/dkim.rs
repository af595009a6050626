//! Settings for signing emails (DKIM, RFC 6376): keys, the names that they are published under, and the records to
//! publish.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::sender::MailDomain;
use crate::dkim::key::{DkimAlgorithm, DkimKeyError, Key};

/// Maximum size of a private key file in bytes: an RSA-4096 key has 3,300.
const MAX_FILE_BYTES: u64 = 16 * 1024;

/// Maximum length of a selector in bytes.
const MAX_SELECTOR_BYTES: usize = 128;

/// How to sign mails. Every signer in the list signs each email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DkimSettings {
    /// The domain that takes responsibility (`d=`): the sender's, or a parent of it.
    pub domain: MailDomain,
    /// Keys with their names. It is common to have two: one of each algorithm, or an old and a new one.
    pub signers: Vec<DkimSigner>,
}

impl DkimSettings {
    /// Returns whether the sender's domain is the signing domain or a subdomain of it. Only then do signatures count
    /// for the sender (DMARC, RFC 7489, section 3.1.1).
    #[must_use]
    pub fn covers(&self, sender: &MailDomain) -> bool {
        let rest = sender.as_str().strip_suffix(self.domain.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// Returns whether one of the keys is RSA, which every receiver supports.
    #[must_use]
    pub fn has_rsa(&self) -> bool {
        self.signers.iter().any(|signer| matches!(signer.key.algorithm(), DkimAlgorithm::Rsa { .. }))
    }
}

/// A key and the name that it is published under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DkimSigner {
    /// The name (`s=`).
    pub selector: DkimSelector,
    /// The key.
    pub key: DkimKey,
}

impl DkimSigner {
    /// Returns the name of the DNS record with the public key.
    #[must_use]
    pub fn record_name(&self, domain: &MailDomain) -> String {
        format!("{}._domainkey.{}", self.selector.as_str(), domain.as_str())
    }
}

/// The name of a key below `_domainkey` (RFC 6376, section 3.1): labels of letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DkimSelector(String);

impl DkimSelector {
    /// Returns the name, in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DkimSelector {
    type Err = DkimSelectorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_name = text.len() <= MAX_SELECTOR_BYTES && text.split('.').all(is_label);
        if is_name { Ok(Self(text.to_ascii_lowercase())) } else { Err(DkimSelectorError) }
    }
}

/// The text is not a valid selector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a selector has letters, digits and hyphens, such as `2026a`; several labels are joined by dots")]
pub struct DkimSelectorError;

/// A private key. Its `Debug` output shows only the algorithm. Two keys are equal if their public keys are.
#[derive(Clone)]
pub struct DkimKey(pub(crate) Arc<Key>);

impl DkimKey {
    /// Reads a key file: PKCS#8 or PKCS#1 in PEM form, RSA with 2048 to 4096 bits or Ed25519. Blocks briefly; call it
    /// at start-up.
    ///
    /// # Errors
    /// [`DkimKeyError`] if the file cannot be read or contains no such key.
    pub fn read(path: &Path) -> Result<Self, DkimKeyError> {
        let length = std::fs::metadata(path).map_err(DkimKeyError::Unreadable)?.len();
        if length > MAX_FILE_BYTES {
            return Err(DkimKeyError::TooLarge);
        }
        Self::from_pem(&Zeroizing::new(std::fs::read(path).map_err(DkimKeyError::Unreadable)?))
    }

    /// Parses a key in PEM form.
    ///
    /// # Errors
    /// [`DkimKeyError`] if it is not a key for DKIM.
    pub fn from_pem(pem: &[u8]) -> Result<Self, DkimKeyError> {
        Key::from_pem(pem).map(|key| Self(Arc::new(key)))
    }

    /// Returns its algorithm.
    #[must_use]
    pub fn algorithm(&self) -> DkimAlgorithm {
        self.0.algorithm()
    }

    /// Returns the text of the TXT record to publish in DNS, with which receivers verify signatures.
    #[must_use]
    pub fn record(&self) -> String {
        self.0.record()
    }

    /// Returns the public key, as in `p=` of the record.
    pub(crate) fn public_key(&self) -> String {
        self.0.public_key()
    }
}

impl PartialEq for DkimKey {
    fn eq(&self, other: &Self) -> bool {
        self.record() == other.record()
    }
}

impl Eq for DkimKey {}

impl fmt::Debug for DkimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DkimKey({})", self.algorithm())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::keys;

    #[test]
    fn keys_of_both_algorithms_are_read_in_every_usual_form() {
        for (pem, algorithm) in [
            (keys::RSA_PKCS8, DkimAlgorithm::Rsa { bits: 2048 }),
            (keys::RSA_PKCS1, DkimAlgorithm::Rsa { bits: 2048 }),
            (keys::ED25519, DkimAlgorithm::Ed25519),
        ] {
            assert_eq!(DkimKey::from_pem(pem.as_bytes()).unwrap().algorithm(), algorithm);
        }
        let same = DkimKey::from_pem(keys::RSA_PKCS1.as_bytes()).unwrap();
        assert_eq!(DkimKey::from_pem(keys::RSA_PKCS8.as_bytes()).unwrap(), same);
    }

    #[test]
    fn records_equal_those_made_with_openssl() {
        let record = |pem: &str| DkimKey::from_pem(pem.as_bytes()).unwrap().record();
        assert_eq!(record(keys::RSA_PKCS8), format!("v=DKIM1; k=rsa; p={}", keys::RSA_PUBLIC));
        assert_eq!(record(keys::ED25519), format!("v=DKIM1; k=ed25519; p={}", keys::ED25519_PUBLIC));
    }

    #[test]
    fn an_unsuitable_key_is_refused_and_not_repeated() {
        let broken = keys::RSA_PKCS8.replace("MII", "MIX");
        let twice = format!("{}{}", keys::ED25519, keys::RSA_PKCS8);
        for (pem, words) in [
            ("", "no unencrypted private key"),
            ("secret-text", "no unencrypted private key"),
            (keys::ENCRYPTED, "unencrypted"),
            (keys::EC_P256, "unsupported key algorithm"),
            (keys::RSA_1024, "2048 to 4096 bits"),
            (&broken, "invalid RSA key"),
            (&twice, "more than one"),
        ] {
            let error = DkimKey::from_pem(pem.as_bytes()).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains(words), "{text}");
            assert!(!text.contains("secret-text") && !text.contains("MI"), "{text}");
        }
        assert!(matches!(DkimKey::read(Path::new("/nowhere/key.pem")), Err(DkimKeyError::Unreadable(_))));
    }

    #[test]
    fn debug_output_shows_nothing_of_a_key() {
        let key = DkimKey::from_pem(keys::ED25519.as_bytes()).unwrap();
        let signer = DkimSigner { selector: "2026e".parse().unwrap(), key };
        let domain = "example.org".parse().unwrap();
        assert_eq!(signer.record_name(&domain), "2026e._domainkey.example.org");
        let settings = DkimSettings { domain, signers: vec![signer] };
        assert!(!settings.has_rsa());
        for (sender, is_covered) in
            [("example.org", true), ("mail.example.org", true), ("myexample.org", false), ("org", false)]
        {
            assert_eq!(settings.covers(&sender.parse().unwrap()), is_covered, "{sender}");
        }
        let text = format!("{settings:?}");
        assert!(text.contains("DkimKey(Ed25519)") && text.len() < 160, "{text}");
    }

    #[test]
    fn selectors_are_labels() {
        assert_eq!("2026A.mail".parse::<DkimSelector>().unwrap().as_str(), "2026a.mail");
        for text in ["", ".", "a.", "-a", "a-", "a_b", "a b", "a;d=x.org", "\u{FC}", "a\r\nb", &"a".repeat(64)] {
            assert_eq!(text.parse::<DkimSelector>(), Err(DkimSelectorError), "{text:?}");
        }
    }
}
