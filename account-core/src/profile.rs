//! What a person says about themselves, at registration and later, beside address and password.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::id::OrganizationId;
use crate::name::UserName;

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
    /// Where values come from that the person did not give themselves, by the field's name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The person gave it.
    Person,
    /// Inferred from the client's address.
    Ip,
    /// Inferred from what the browser said.
    Browser,
    /// An administrator or the operator gave it.
    Administrator,
}

impl Source {
    /// Its name, for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Ip => "ip",
            Self::Browser => "browser",
            Self::Administrator => "administrator",
        }
    }
}

impl std::fmt::Debug for Profile {
    /// Says nothing: it is all personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Profile(..)")
    }
}

impl Profile {
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
    /// Where to send the person after verification; its origin was on the list of callback origins.
    pub callback_url: Option<String>,
}

/// Where a registration came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The wire grammar it came by: `native`, `page`, or a dialect's name.
    pub surface: String,
    /// The client's address as the server saw it.
    pub client_address: Option<IpAddr>,
}
