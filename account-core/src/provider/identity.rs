//! Identities: accounts at providers, and what a provider says of the person.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use super::ProviderName;
use crate::email_address::EmailAddress;
use crate::id::{AccountId, IdentityId};
use crate::named_enum;
use crate::one_time_token::TokenDigest;
use crate::timestamp::Timestamp;

/// Maximum length of a subject in bytes: an issuer and a subject of 255 each, and what separates them.
const MAX_SUBJECT: usize = 511;
/// Maximum length of a URL that is kept, in bytes.
const MAX_URL: usize = 1_000;
/// Maximum length of a login name, in bytes.
const MAX_LOGIN: usize = 39;

/// What a provider calls one of its accounts for good: never an address and never a name, which can change hands. Its
/// form is that of the [`SubjectRule`](super::SubjectRule) of the provider.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject(String);

/// The text is not a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a subject is 1 to 511 visible ASCII characters")]
pub struct SubjectError;

impl Subject {
    /// Wraps a subject; `None` if it is empty, too long, or contains anything but visible ASCII.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_fit = !text.is_empty() && text.len() <= MAX_SUBJECT && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_fit.then(|| Self(text.to_owned()))
    }

    /// Returns the subject.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Subject {
    type Error = SubjectError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or(SubjectError)
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.0
    }
}

opaque_debug!(Subject);

/// The key of an identity: the provider and the subject. Nothing else decides whether two identities are the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IdentityKey {
    /// The provider.
    pub provider: ProviderName,
    /// The account there.
    pub subject: Subject,
}

impl IdentityKey {
    /// Returns the digest that the store looks identities up by: exact, whatever the database thinks of upper and lower
    /// case.
    #[must_use]
    pub fn digest(&self) -> TokenDigest {
        let mut digest = Sha256::new();
        // No name of a provider contains a zero byte.
        digest.update(self.provider.as_str().as_bytes());
        digest.update([0]);
        digest.update(self.subject.as_str().as_bytes());
        TokenDigest::from_bytes(digest.finalize().into())
    }
}

named_enum! {
    /// Whether a provider says that an address is the person's.
    pub enum Verification {
        /// It says so, with the flag of the [trust table](super::TRUST), next to the address.
        Verified = "verified",
        /// It says that it is not.
        Unverified = "unverified",
        /// It says nothing that counts.
        Unsaid = "unsaid",
    }
}

/// An address that a provider names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressClaim {
    /// The address.
    pub address: EmailAddress,
    /// Whether the provider says that it is the person's.
    pub verification: Verification,
}

/// What a provider says of a person. Values that break the rules of their field are left out: a strange name must not
/// keep anybody from registering.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ProviderPerson {
    /// The address, if the provider named one that can be read.
    pub address: Option<AddressClaim>,
    /// Full name.
    pub name: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Language, as the provider writes it.
    pub language: Option<String>,
    /// Country, as the provider writes it.
    pub country: Option<String>,
    /// Time zone, as the provider writes it.
    pub time_zone: Option<String>,
}

opaque_debug!(ProviderPerson);

/// How an account at a provider is shown to its owner.
///
/// Emails name it, so it contains nothing that a stranger could use to tell people something: the label is an address or
/// a login name.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProviderAccount {
    /// What its owner knows it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The picture, an https URL. The service never fetches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture_url: Option<String>,
    /// The public profile, an https URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_url: Option<String>,
}

opaque_debug!(ProviderAccount);

/// Who came back from a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderIdentity {
    /// The key.
    pub key: IdentityKey,
    /// How the account there is shown.
    pub account: ProviderAccount,
    /// What the provider says of the person.
    pub person: ProviderPerson,
}

/// The identity of a registration, which is linked once the registration is completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewIdentity {
    /// The key.
    pub key: IdentityKey,
    /// How the account there is shown.
    pub account: ProviderAccount,
}

/// An identity that is linked to an account: its owner signs in with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its id, with which its owner can unlink it.
    pub id: IdentityId,
    /// The key. Unique among all accounts.
    pub key: IdentityKey,
    /// The account that it signs in to.
    pub owner: AccountId,
    /// How the account at the provider is shown.
    pub account: ProviderAccount,
    /// When it was linked.
    pub linked_at: Timestamp,
    /// When it was last used to sign in or to confirm something.
    pub last_used_at: Timestamp,
}

/// Returns the text if it is a label: an address, or a login name of ASCII letters, digits, hyphens and underscores. A
/// dot would make a link of it in the programs that people read email with.
pub(super) fn label(text: &str) -> Option<String> {
    let is_login = || {
        !text.is_empty()
            && text.len() <= MAX_LOGIN
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let address = EmailAddress::parse(text).ok().map(|address| address.as_str().to_owned());
    address.or_else(|| is_login().then(|| text.to_owned()))
}

/// Returns the URL if it is one that a page can show: https, on its usual port, without a user, and short.
pub(super) fn public_url(text: &str) -> Option<String> {
    let url = Url::parse(text).ok().filter(|_| text.len() <= MAX_URL)?;
    let is_plain = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && url.domain().is_some_and(|domain| domain.contains('.'));
    (is_plain && url.as_str().len() <= MAX_URL).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(provider: &str, subject: &str) -> IdentityKey {
        let provider = ProviderName::parse(provider).unwrap();
        IdentityKey { provider, subject: Subject::parse(subject).unwrap() }
    }

    #[test]
    fn keys_differ_by_provider_and_by_case() {
        let digests = [key("google", "Abc"), key("google", "abc"), key("github", "abc")].map(|key| key.digest());
        assert_ne!(digests[0], digests[1]);
        assert_ne!(digests[1], digests[2]);
        assert_eq!(key("google", "abc").digest(), digests[1]);
    }

    #[test]
    fn subjects_are_visible_ascii() {
        for text in ["", " ", "a b", "a\n", "ä", &"x".repeat(MAX_SUBJECT + 1)] {
            assert_eq!(Subject::parse(text), None, "{text:?}");
        }
        assert!(Subject::parse(&"x".repeat(MAX_SUBJECT)).is_some());
    }

    #[test]
    fn labels_are_addresses_or_login_names() {
        for text in ["octocat", "mona-lisa_1", "john@acme.com"] {
            assert_eq!(label(text).as_deref(), Some(text));
        }
        for text in ["", "evil.com", "Click here", "a\r\nb", "<b>", "https://evil.com", &"a".repeat(40)] {
            assert_eq!(label(text), None, "{text:?}");
        }
    }

    #[test]
    fn only_plain_https_urls_are_kept() {
        let good = "https://lh3.googleusercontent.com/a/x=s96-c";
        assert_eq!(public_url(good).as_deref(), Some(good));
        for text in [
            "",
            "http://example.com/a.png",
            "javascript:alert(1)",
            "data:image/png;base64,AA==",
            "https://user@example.com/a",
            "https://example.com:8443/a",
            "https://127.0.0.1/a",
            "https://[::1]/a",
            "https://localhost/a",
            &format!("https://example.com/{}", "a".repeat(MAX_URL)),
        ] {
            assert_eq!(public_url(text), None, "{text}");
        }
    }
}
