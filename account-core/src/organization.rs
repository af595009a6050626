//! Organizations (resellers and customers that accounts can belong to) and registered clients.

use std::fmt;

use ipnet::IpNet;

use crate::field_limits::ORGANIZATION_CODE;
use crate::id::OrganizationId;
use crate::named_enum;
use crate::registration::callback::CallbackOrigins;
use crate::timestamp::Timestamp;

/// An organization: a reseller or customer that accounts can belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its short name, for programs; unique.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Origins that callback URLs of its registrations may have, in addition to those of the service.
    pub callback_origins: Vec<String>,
    /// Whether people who register with it may ask to be its administrators.
    pub allows_self_named_administrators: bool,
    /// Counts changes, starting at 1.
    pub version: u32,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Organization {
    /// Returns the origins to compare callback URLs with. An entry that is not an origin allows nothing.
    pub(crate) fn callback_origins(&self) -> CallbackOrigins {
        origins(&self.callback_origins)
    }

    /// Returns what it lets others have: where emailed links can lead, and power over it. Giving that away requires an
    /// administrator who has just entered the password.
    pub(crate) fn grants(&self) -> Grants<'_> {
        // Every setting is named here, so that a new one is one or the other.
        let Self {
            callback_origins,
            allows_self_named_administrators,
            id: _,
            code: _,
            name: _,
            version: _,
            created_at: _,
            updated_at: _,
        } = self;
        Grants { callback_origins, allows_self_named_administrators: *allows_self_named_administrators }
    }
}

/// What an organization lets others have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Grants<'a> {
    callback_origins: &'a [String],
    allows_self_named_administrators: bool,
}

fn origins(texts: &[String]) -> CallbackOrigins {
    CallbackOrigins::parse(texts.iter().map(String::as_str)).unwrap_or_default()
}

/// A registered calling application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredClient {
    /// Its id, chosen by the administrator who registered it.
    pub id: ClientId,
    /// The organization that it belongs to.
    pub organization: Option<OrganizationId>,
    /// Its name.
    pub name: String,
    /// Origins that callback URLs may have when it registers somebody.
    pub callback_origins: Vec<String>,
    /// Where a person may be sent with the outcome of a sign-in.
    pub redirect_uris: Vec<String>,
    /// Networks that it calls from: limits per client do not apply to them.
    pub networks: Vec<IpNet>,
    /// Counts changes, starting at 1.
    pub version: u32,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl RegisteredClient {
    /// Returns the origins to compare callback URLs with. An entry that is not an origin allows nothing.
    pub(crate) fn callback_origins(&self) -> CallbackOrigins {
        origins(&self.callback_origins)
    }
}

named_enum! {
    /// The role of an account in its organization. It permits nothing outside the organization.
    pub enum OrganizationRole {
        /// Belongs to it.
        Member = "member",
        /// Administers it.
        Administrator = "administrator",
    }
}

/// Id of a registered client: 1 to 64 letters, digits and `. _ -`, compared exactly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(String);

impl ClientId {
    /// Parses an id; `None` if it has another form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_code(text).then(|| Self(text.to_owned()))
    }

    /// Returns the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns whether a text can be the code of an organization or the id of a client.
#[must_use]
pub fn is_code(text: &str) -> bool {
    ORGANIZATION_CODE.core.check(text).is_ok()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}
