//! Drafts: registrations as received, and the rules that check them.

mod accept_language;
mod read;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::field_limits::OwnLimits;
use crate::id::OrganizationId;
use crate::input::Input;
use crate::organization::{ClientId, is_code};
use crate::password::policy::PasswordPolicy;
use crate::registration::activation::Activation;
use crate::violation::Field;

pub(crate) use read::{Reading, Surroundings};

/// A registration as it was received. `Debug` says nothing of it: there is a password inside.
#[derive(Clone, Default)]
pub struct RegistrationDraft {
    /// The email address.
    pub email: Input,
    /// The password.
    pub password: Input,
    /// The password once more.
    pub password_confirmation: Input,
    /// The full name.
    pub name: Input,
    /// The given name.
    pub given_name: Input,
    /// The family name.
    pub family_name: Input,
    /// The public user name.
    pub user_name: Input,
    /// The country, ISO 3166-1 alpha-2.
    pub country: Input,
    /// The language, BCP 47.
    pub language: Input,
    /// The time zone.
    pub time_zone: Input,
    /// Whether newsletters are wanted; false when absent.
    pub newsletter: Input<bool>,
    /// The version of the terms that were agreed to.
    pub terms_version: Input,
    /// Where to send the person after verification.
    pub callback_url: Input,
    /// Whether the mailed link leads to the callback URL at once, with the token in it; false when absent. The URL then
    /// has no query of its own, or is one of the client's redirect URIs: anyone who registers need not own the mailbox,
    /// and must not send its token where they like.
    pub link_to_callback: Input<bool>,
    /// Id of the organization to belong to.
    pub organization: Input,
    /// Its code, instead of its id.
    pub organization_code: Input,
    /// Whether to administer that organization: granted only where it allows who registers to say so of themselves.
    pub wants_to_administer: Input<bool>,
    /// Id of the registered client that registers the person.
    pub client_id: Input,
    /// The telephone number.
    pub phone: Input,
    /// The postal address, in lines.
    pub postal_address: Input,
    /// The company.
    pub company: Input,
    /// The industry.
    pub industry: Input,
    /// Where the person can be reached otherwise: has to confirm itself.
    pub alternate_address: Input,
    /// Where notices go as well: likewise.
    pub notification_address: Input,
    /// Whether the terms of the channel were agreed to; not, when absent.
    pub terms_accepted: Input<bool>,
    /// What the registering application calls itself.
    pub application: Input,
    /// The site of that application.
    pub application_site: Input,
    /// The page that the person came from.
    pub originating_url: Input,
    /// The client's address, as the application claims it: kept, and never used as one.
    pub claimed_address: Input,
    /// What the person's browser says of languages: the value of its `Accept-Language` (RFC 9110, 12.5.4). The first of
    /// them that there is becomes the language where none is given; what cannot be read is no error.
    pub browser_language: Option<String>,
}

impl fmt::Debug for RegistrationDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegistrationDraft(..)")
    }
}

/// The rules of one channel: which fields must be there, how long they may be, and what becomes of the registration.
#[derive(Debug, Clone)]
pub struct RegistrationRules {
    /// Name of the channel, kept as the registration's origin: `native`, `page`, or a dialect's name.
    pub channel: &'static str,
    /// The password policy.
    pub password_policy: PasswordPolicy,
    /// Fields that must be given, beside email and password.
    pub required: &'static [Field],
    /// Whether the password must be given twice. Given twice, it must match in any case.
    pub needs_confirmation: bool,
    /// Limits of texts that the channel has beside those of the core.
    pub lengths: &'static [OwnLimits],
    /// When a registration becomes an account.
    pub activation: Activation,
    /// Whether an address that has an account is refused as taken: it tells strangers who has one.
    pub discloses_existing: bool,
}

impl RegistrationRules {
    /// The rules of the native API and of the pages: address and password alone are enough.
    #[must_use]
    pub const fn native(channel: &'static str) -> Self {
        Self {
            channel,
            password_policy: PasswordPolicy::DEFAULT,
            required: &[],
            needs_confirmation: false,
            lengths: &[],
            activation: Activation::Verified,
            discloses_existing: false,
        }
    }
}

impl RegistrationDraft {
    /// The organization that is named, as far as that can be read: by its id, or else by its code.
    pub(crate) fn named_organization(&self) -> Option<NamedOrganization<'_>> {
        match (&self.organization, &self.organization_code) {
            (Input::Given(id), _) => id.parse().ok().map(NamedOrganization::Id),
            (_, Input::Given(code)) if is_code(code) => Some(NamedOrganization::Code(code)),
            _ => None,
        }
    }

    /// Whether it names an organization or a client by what could be guessed.
    pub(crate) const fn names_by_code(&self) -> bool {
        matches!(self.organization_code, Input::Given(_)) || matches!(self.client_id, Input::Given(_))
    }

    /// The registered client that is named, as far as that can be read.
    pub(crate) fn named_client(&self) -> Option<ClientId> {
        match &self.client_id {
            Input::Given(text) => ClientId::parse(text),
            Input::Absent | Input::Mistyped => None,
        }
    }
}

/// How a draft names an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedOrganization<'a> {
    Id(OrganizationId),
    Code(&'a str),
}
