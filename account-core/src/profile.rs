//! The details of a person besides address and password.

pub(crate) mod formats;

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::email_address::EmailAddress;
use crate::id::OrganizationId;
use crate::name::UserName;
use crate::named_enum;
use crate::organization::OrganizationRole;
use crate::provider::NewIdentity;
use crate::timestamp::Timestamp;
use crate::violation::Field;

/// The details of a registration or an account. Their values have passed the rules of the fields that they came from.
///
/// It is stored as one document, because no rule depends on stored details.
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
    /// Language of the page that the person registered on, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_in: Option<String>,
    /// Time zone, a name of the IANA database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether newsletters are wanted.
    pub newsletter: bool,
    /// Version of the terms that the person agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms_version: Option<String>,
    /// Telephone number: as E.164 if possible, otherwise as entered.
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
    /// What the registering application said about itself.
    #[serde(skip_serializing_if = "ClaimedOrigin::is_empty")]
    pub claimed_origin: ClaimedOrigin,
    /// The source of values that the person did not give, by field name; `password` for a password that somebody else
    /// chose. [`Source::Given`] is never stored: a value without a source was given.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
}

/// A consent: what the person agreed to, when, and from where. It is kept as evidence for as long as the profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What the person agreed to: `terms:2026-01`, `privacy:2026-01`, or the terms of a channel, `terms:rpost`.
    pub to: String,
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    #[serde(rename = "at_unix_micros")]
    at: i64,
    /// The client's address as the server saw it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub client_address: Option<IpAddr>,
    /// The language that what they agreed to was shown in, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
}

impl Consent {
    /// Records a consent at this time.
    #[must_use]
    pub const fn new(to: String, at: Timestamp, client_address: Option<IpAddr>) -> Self {
        Self { to, at: at.unix_micros(), client_address, language: None }
    }

    /// Adds the language that it was shown in.
    #[must_use]
    pub fn in_language(self, language: Option<String>) -> Self {
        Self { language, ..self }
    }

    /// Returns when it was given.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        Timestamp::from_unix_micros(self.at)
    }
}

/// What the registering application said about itself and the person's client. Only the registered client was checked;
/// no rule uses any of it.
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
    /// The client's address, as claimed. Never used as the real address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_address: Option<String>,
    /// Id of the registered client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
}

impl ClaimedOrigin {
    /// Returns whether everything is absent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

named_enum! {
    /// The source of a value.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Source {
        /// The person gave it, or an application for the person.
        Given = "given",
        /// Inferred from the client's address.
        ClientAddress = "client_address",
        /// What the browser says of itself.
        Browser = "browser",
        /// Inferred from the country.
        Country = "country",
        /// Inferred from the languages that the browser asks for (`Accept-Language`).
        AcceptLanguage = "accept_language",
        /// The provider that the person registered with says so.
        Provider = "provider",
        /// An administrator or the operator entered it.
        Administrator = "administrator",
    }
}

opaque_debug!(Profile);

/// The key in `sources` that says who chose the password, if that was not the person.
const PASSWORD: &str = "password";

impl Profile {
    /// The fields whose values are inferred for people who do not give them.
    pub const INFERABLE: [Field; 3] = [Field::Country, Field::Language, Field::TimeZone];

    /// Returns whether an administrator chose the current password.
    #[must_use]
    pub fn has_password_by_administrator(&self) -> bool {
        self.sources.get(PASSWORD) == Some(&Source::Administrator)
    }

    /// Records that an administrator chose the password.
    pub(crate) fn mark_password_by_administrator(&mut self) {
        self.sources.insert(PASSWORD.to_owned(), Source::Administrator);
    }

    /// Records that the person chose the password.
    pub(crate) fn mark_password_as_own(&mut self) {
        self.sources.remove(PASSWORD);
    }

    /// Returns the source of each value that can be inferred, and of every other value that the person did not give, by
    /// field name.
    #[must_use]
    pub fn all_sources(&self) -> BTreeMap<String, Source> {
        let given = self.present_inferable().map(|field| (field.name().to_owned(), Source::Given));
        let mut sources: BTreeMap<_, _> = given.collect();
        sources.extend(self.sources.clone());
        sources
    }

    /// Records the sources of values that another system has inferred, as far as the values are there.
    pub(crate) fn note_sources(&mut self, sources: &BTreeMap<Field, Source>) {
        let noted: Vec<_> = self.present_inferable().filter_map(|field| Some((field, *sources.get(&field)?))).collect();
        for (field, source) in noted.into_iter().filter(|(_, source)| *source != Source::Given) {
            self.sources.insert(field.name().to_owned(), source);
        }
    }

    /// Returns the fields that can be inferred and have a value.
    fn present_inferable(&self) -> impl Iterator<Item = Field> {
        let values = [&self.country, &self.language, &self.time_zone];
        Self::INFERABLE.into_iter().zip(values).filter(|(_, value)| value.is_some()).map(|(field, _)| field)
    }

    /// Returns the language for emails to the person: the one that they gave; otherwise that of the page that they
    /// registered on, which they could read; otherwise the inferred one.
    #[must_use]
    pub fn email_language(&self) -> Option<String> {
        let is_inferred = self.sources.contains_key(Field::Language.name());
        let shown_in = self.shown_in.clone().filter(|_| is_inferred || self.language.is_none());
        shown_in.or_else(|| self.language.clone())
    }

    /// Returns the full name, or given and family name together.
    #[must_use]
    pub fn display_name(&self) -> Option<String> {
        let parts: Vec<&str> =
            [self.given_name.as_deref(), self.family_name.as_deref()].into_iter().flatten().collect();
        self.name.clone().or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
    }
}

/// The details that the person chose when registering. They are deleted if the owner of the mailbox takes the address
/// alone, by verifying it with a new password.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Details.
    pub profile: Profile,
    /// The requested username.
    pub user_name: Option<UserName>,
    /// The requested organization.
    pub organization: Option<OrganizationId>,
    /// The requested role in that organization. Granted when the account is created, if the organization still allows
    /// it then.
    pub organization_role: Option<OrganizationRole>,
    /// The identity that the person signs in with, to be linked once there is an account. Then there is no password.
    pub identity: Option<NewIdentity>,
    /// Another address, to be verified once there is an account.
    pub alternate_address: Option<EmailAddress>,
    /// An address for notices, to be verified likewise.
    pub notification_address: Option<EmailAddress>,
    /// Where to send the person after verification; its origin was on the list of callback origins.
    pub callback_url: Option<String>,
    /// Whether the emailed link leads directly to the callback URL, with the token in it, for the application to
    /// redeem.
    pub link_to_callback: bool,
}

/// Where a registration came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationOrigin {
    /// The channel: `native`, `page`, or a dialect's name.
    pub channel: String,
    /// The client's address as the server saw it.
    pub client_address: Option<IpAddr>,
}
