//! Drafts: registrations as received, and the rules that check them.

mod read;
#[cfg(test)]
mod tests;

use crate::email_address::EmailAddress;
use crate::email_address::suggestion::suggestion;
use crate::field_limits::OwnLimits;
use crate::id::OrganizationId;
use crate::input::Input;
use crate::organization::{ClientId, is_code};
use crate::password::policy::PasswordPolicy;
use crate::registration::activation::Activation;
use crate::violation::Field;

pub(crate) use read::{Reading, Surroundings};

/// A registration as received. Its `Debug` output hides everything, because it contains a password.
#[derive(Clone, Default)]
pub struct RegistrationDraft {
    /// The email address.
    pub email: Input,
    /// The password.
    pub password: Input,
    /// The password again.
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
    /// Whether newsletters are wanted; `false` if absent.
    pub newsletter: Input<bool>,
    /// The version of the terms that were agreed to.
    pub terms_version: Input,
    /// The version of the privacy notice that was agreed to.
    pub privacy_version: Input,
    /// Where to send the person after verification.
    pub callback_url: Input,
    /// Whether the emailed link leads directly to the callback URL, with the token in it; `false` if absent. The URL
    /// must then have no query, or be one of the client's redirect URIs: the person who registers need not own the
    /// mailbox, and must not be able to send its token anywhere they like.
    pub link_to_callback: Input<bool>,
    /// Id of the organization that the account will belong to.
    pub organization: Input,
    /// Code of that organization, in place of its id.
    pub organization_code: Input,
    /// Whether the person asks to administer that organization. Granted only if the organization allows it.
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
    /// Another address of the person, which must be verified.
    pub alternate_address: Input,
    /// An additional address for notices, which must be verified.
    pub notification_address: Input,
    /// Whether the person agreed to the terms of the channel or, in a channel that asks for them, to the configured
    /// versions of terms and privacy notice; `false` if absent.
    pub terms_accepted: Input<bool>,
    /// What the registering application calls itself.
    pub application: Input,
    /// The site of that application.
    pub application_site: Input,
    /// The page that the person came from.
    pub originating_url: Input,
    /// The client's address, as the application claims it. Stored, but never used as the client's address.
    pub claimed_address: Input,
    /// The `Accept-Language` header of the person's browser (RFC 9110, section 12.5.4): a hint for a person who gives no
    /// language. The most preferred known one is used. Anything that cannot be parsed is ignored.
    pub browser_language: Option<String>,
    /// The language of the page that the person registers on, BCP 47, if a page of ours is it: what they agree to is shown
    /// in it, and they can read emails in it. It says nothing of the language that they prefer.
    pub shown_in: Option<String>,
    /// The time zone of the person's browser: a hint for a person who gives none. An unknown one is ignored.
    pub browser_time_zone: Option<String>,
    /// Whether to ask about an address that looks misspelled.
    pub spelling: Spelling,
}

/// Whether an address is taken as typed, or the person is asked about one that looks misspelled.
#[derive(Clone, Default)]
pub enum Spelling {
    /// It is taken as typed.
    #[default]
    AsTyped,
    /// An address with a [suggestion] breaks
    /// [`Rule::Misspelled`](crate::violation::Rule::Misspelled), unless the person was asked and has confirmed it.
    Asked {
        /// The address that the person was asked about, if any. If it is the same, it is confirmed.
        confirmed: Input,
    },
}

opaque_debug!(Spelling);

impl Spelling {
    /// Returns whether the person has to be asked about this address.
    pub(crate) fn doubts(&self, address: &EmailAddress) -> bool {
        let Self::Asked { confirmed } = self else { return false };
        let is_confirmed = match confirmed {
            Input::Given(text) => EmailAddress::parse(text).is_ok_and(|confirmed| confirmed.key() == address.key()),
            Input::Absent | Input::Mistyped => false,
        };
        !is_confirmed && suggestion(address).is_some()
    }
}

opaque_debug!(RegistrationDraft);

/// The rules of one channel: required fields, lengths, the password policy, and when the account is created.
#[derive(Debug, Clone)]
pub struct RegistrationRules {
    /// Name of the channel, stored as the registration's origin: `native`, `page`, or a dialect's name.
    pub channel: &'static str,
    /// The password policy.
    pub password_policy: PasswordPolicy,
    /// Required fields besides email and password.
    pub required: &'static [Field],
    /// Whether the password must be confirmed. A confirmation that is given must always match.
    pub needs_confirmation: bool,
    /// Length limits of the channel, in addition to those of the core.
    pub lengths: &'static [OwnLimits],
    /// When a registration becomes an account.
    pub activation: Activation,
    /// Whether an address with an account is refused as taken. This reveals to strangers who has an account.
    pub discloses_existing: bool,
    /// Whether people are asked to agree to the configured versions of terms and privacy notice.
    pub asks_for_consent: bool,
}

impl RegistrationRules {
    /// Returns the rules of the native API and the pages: only address and password are required.
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
            asks_for_consent: true,
        }
    }
}

impl RegistrationDraft {
    /// Returns the address that was probably meant, if the one in the draft looks misspelled.
    #[must_use]
    pub fn suggested_address(&self) -> Option<EmailAddress> {
        match &self.email {
            Input::Given(text) => suggestion(&EmailAddress::parse(text).ok()?),
            Input::Absent | Input::Mistyped => None,
        }
    }

    /// Returns the organization that the draft names, by id or otherwise by code, if it can be parsed.
    pub(crate) fn named_organization(&self) -> Option<NamedOrganization<'_>> {
        match (&self.organization, &self.organization_code) {
            (Input::Given(id), _) => id.parse().ok().map(NamedOrganization::Id),
            (_, Input::Given(code)) if is_code(code) => Some(NamedOrganization::Code(code)),
            _ => None,
        }
    }

    /// Returns whether it names an organization or client by something that can be guessed.
    pub(crate) const fn names_by_code(&self) -> bool {
        matches!(self.organization_code, Input::Given(_)) || matches!(self.client_id, Input::Given(_))
    }

    /// Returns the registered client that the draft names, if it can be parsed.
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
