//! What a person says about themselves, at registration and later, beside address and password.

pub(crate) mod formats;

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::email_address::EmailAddress;
use crate::id::OrganizationId;
use crate::name::UserName;
use crate::named_enum;
use crate::organization::OrganizationRole;
use crate::timestamp::Timestamp;

/// Details of a registration or an account. Texts have passed the rules of the field they came by.
///
/// It is stored as one document: nothing in it takes part in a rule once it is there.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// Country, ISO 3166-1 alpha-2, upper-case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Language, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Time zone, a name of the IANA database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether newsletters are wanted.
    pub newsletter: bool,
    /// Version of the terms that the person agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms_version: Option<String>,
    /// Telephone number: E.164 where it could be read as one, else as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Postal address, in lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_address: Option<String>,
    /// Company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Industry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Date of birth, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<String>,
    /// A few words about the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
    /// Id of a picture that is kept elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_id: Option<String>,
    /// What the person agreed to when they registered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// What the registering application said of itself.
    #[serde(skip_serializing_if = "ClaimedOrigin::is_empty")]
    pub claimed_origin: ClaimedOrigin,
    /// Where values come from that the person did not give themselves, by the field's name; `password` for a password
    /// that somebody else chose.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
}

/// That somebody agreed to something: to what, when, and from where. The evidence is kept as long as what it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// To what: `terms:2026-01`, or the channel whose terms they were, `terms:rpost`.
    pub to: String,
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    #[serde(rename = "at_unix_micros")]
    at: i64,
    /// The client's address as the server saw it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub client_address: Option<IpAddr>,
}

impl Consent {
    /// A consent that is given at this moment.
    #[must_use]
    pub const fn new(to: String, at: Timestamp, client_address: Option<IpAddr>) -> Self {
        Self { to, at: at.unix_micros(), client_address }
    }

    /// When it was given.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        Timestamp::from_unix_micros(self.at)
    }
}

/// What the registering application said of itself and of the person's client. Nothing here was checked, but that the
/// client is registered; none of it takes part in a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimedOrigin {
    /// The application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// The site of the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_site: Option<String>,
    /// The page that the person came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The client's address, as claimed: never used as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_address: Option<String>,
    /// Id of the registered client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
}

impl ClaimedOrigin {
    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

named_enum! {
    /// Where a value comes from.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Source {
        /// The person gave it.
        Person = "person",
        /// Inferred from the client's address.
        Ip = "ip",
        /// Inferred from what the browser said.
        Browser = "browser",
        /// An administrator or the operator gave it.
        Administrator = "administrator",
    }
}

impl std::fmt::Debug for Profile {
    /// Says nothing: it is all personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Profile(..)")
    }
}

/// The name under which it is noted who chose the password, where that was not the person.
const PASSWORD: &str = "password";

impl Profile {
    /// Whether an administrator chose the password that is in use.
    #[must_use]
    pub fn has_password_by_administrator(&self) -> bool {
        self.sources.get(PASSWORD) == Some(&Source::Administrator)
    }

    /// Notes that an administrator chose the password.
    pub(crate) fn mark_password_by_administrator(&mut self) {
        self.sources.insert(PASSWORD.to_owned(), Source::Administrator);
    }

    /// Notes that the person chose the password.
    pub(crate) fn mark_password_as_own(&mut self) {
        self.sources.remove(PASSWORD);
    }

    /// What to call the person: the full name, or given and family name together.
    #[must_use]
    pub fn display_name(&self) -> Option<String> {
        let parts: Vec<&str> =
            [self.given_name.as_deref(), self.family_name.as_deref()].into_iter().flatten().collect();
        self.name.clone().or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
    }
}

/// Everything of a registration that is the registrant's choice and falls away when the mailbox owner takes the
/// address alone (design: verify with a new password).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Details.
    pub profile: Profile,
    /// The wanted user name.
    pub user_name: Option<UserName>,
    /// The organization to belong to.
    pub organization: Option<OrganizationId>,
    /// What to be in that organization. Granted when the account is made, if the organization then still allows it.
    pub organization_role: Option<OrganizationRole>,
    /// Another address, which has to confirm itself once there is an account.
    pub alternate_address: Option<EmailAddress>,
    /// An address for notices, likewise.
    pub notification_address: Option<EmailAddress>,
    /// Where to send the person after verification; its origin was on the list of callback origins.
    pub callback_url: Option<String>,
    /// Whether the mailed link leads there at once, with the token in it: the application redeems it then.
    pub link_to_callback: bool,
}

/// Where a registration came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationOrigin {
    /// The wire grammar it came by: `native`, `page`, or a dialect's name.
    pub channel: String,
    /// The client's address as the server saw it.
    pub client_address: Option<IpAddr>,
}
