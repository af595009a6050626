//! Reading drafts: every field, and every rule that it breaks.

use super::{RegistrationDraft, RegistrationRules, accept_language};
use crate::account::OrganizationRole;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::field_limits::{self as limits, FieldLimits, OwnLimits};
use crate::id::OrganizationId;
use crate::input::Input;
use crate::name::UserName;
use crate::organization::{Organization, RegisteredClient};
use crate::password::Password;
use crate::password::choose::{check_password, personal_words};
use crate::ports::ReferenceData;
use crate::profile::formats::{line, lines, phone};
use crate::profile::{Choices, ClaimedOrigin, Consent, Profile, Source};
use crate::registration::callback::CallbackOrigins;
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violations};

/// What drafts are read by, beside the rules of their channel.
pub(crate) struct Surroundings<'a> {
    pub(crate) reference_data: &'a dyn ReferenceData,
    pub(crate) callback_origins: &'a CallbackOrigins,
    /// The organization that the draft names, if there is one.
    pub(crate) organization: Option<&'a Organization>,
    /// The registered client that the draft names, if there is one.
    pub(crate) registered_client: Option<&'a RegisteredClient>,
    pub(crate) service_words: &'a [String],
    pub(crate) client: &'a Client,
    pub(crate) now: Timestamp,
}

/// A draft after reading: what could be read of it, and all that is wrong with it.
pub(crate) struct Reading {
    pub(crate) address: Option<EmailAddress>,
    pub(crate) password: Option<Password>,
    pub(crate) choices: Choices,
    pub(crate) violations: Violations,
}

impl RegistrationDraft {
    /// Reads every field and notes every broken rule.
    pub(crate) fn read(mut self, rules: &RegistrationRules, surroundings: &Surroundings<'_>) -> Reading {
        let mut reader = DraftReader { rules, surroundings, violations: Violations::default() };
        let names = reader.names(&mut self);
        let address = reader.field(Field::Email, self.email.take(), |text| match text {
            "" => Err(Rule::Required),
            text => EmailAddress::parse(text).map_err(|_| Rule::Malformed),
        });
        let user_name = reader.field(Field::UserName, self.user_name.take(), UserName::parse);
        let profile = reader.profile(&mut self, names);
        let (callback_url, link_to_callback) = reader.callback(&mut self);
        let (organization, organization_role) = reader.organization(&mut self);
        let own = address.as_ref();
        let alternate_address = reader.other_address(Field::AlternateAddress, self.alternate_address.take(), own);
        let notification_address =
            reader.other_address(Field::NotificationAddress, self.notification_address.take(), own);
        let choices = Choices {
            profile,
            user_name,
            organization,
            organization_role,
            alternate_address,
            notification_address,
            callback_url,
            link_to_callback,
        };
        let words = surroundings.service_words;
        let personal = personal_words(own, &choices.profile, choices.user_name.as_ref(), words);
        let password = reader.password(self.password, &self.password_confirmation, &personal);
        Reading { address, password, choices, violations: reader.violations }
    }
}

/// The names of a person.
struct Names {
    full: Option<String>,
    given: Option<String>,
    family: Option<String>,
}

struct DraftReader<'a> {
    rules: &'a RegistrationRules,
    surroundings: &'a Surroundings<'a>,
    violations: Violations,
}

impl DraftReader<'_> {
    fn field<T>(&mut self, field: Field, input: Input, parse: impl FnOnce(&str) -> Result<T, Rule>) -> Option<T> {
        let is_required = field == Field::Email || self.rules.required.contains(&field);
        let rule = match input {
            Input::Absent if is_required => Rule::Required,
            Input::Absent => return None,
            Input::Mistyped => Rule::MustBeText,
            Input::Given(text) => {
                match OwnLimits::check(self.rules.lengths, field, &text).and_then(|()| parse(&text)) {
                    Ok(value) => return Some(value),
                    Err(rule) => rule,
                }
            }
        };
        self.violations.push(field, rule);
        None
    }

    fn line(&mut self, row: FieldLimits, input: Input) -> Option<String> {
        self.field(row.field, input, |text| line(text, row.core))
    }

    fn names(&mut self, draft: &mut RegistrationDraft) -> Names {
        Names {
            full: self.line(limits::NAME, draft.name.take()),
            given: self.line(limits::GIVEN_NAME, draft.given_name.take()),
            family: self.line(limits::FAMILY_NAME, draft.family_name.take()),
        }
    }

    fn profile(&mut self, draft: &mut RegistrationDraft, names: Names) -> Profile {
        let known = |found: Option<String>| found.ok_or(Rule::Unknown);
        let reference = self.surroundings.reference_data;
        let country = self.field(Field::Country, draft.country.take(), |text| known(reference.country(text)));
        let is_language_open = draft.language == Input::Absent;
        let language = self.field(Field::Language, draft.language.take(), |text| known(reference.language(text)));
        let browsers = draft.browser_language.take().filter(|_| is_language_open);
        let browsers = browsers.and_then(|text| accept_language::first_known(&text, reference));
        let sources = browsers.iter().map(|_| (Field::Language.name().to_owned(), Source::Browser)).collect();
        let time_zone = self.field(Field::TimeZone, draft.time_zone.take(), |text| known(reference.time_zone(text)));
        let newsletter = self.flag(Field::Newsletter, &draft.newsletter);
        let terms_version = self.line(limits::TERMS_VERSION, draft.terms_version.take());
        Profile {
            name: names.full,
            given_name: names.given,
            family_name: names.family,
            country,
            language: language.or(browsers),
            time_zone,
            newsletter,
            consents: self.consents(draft, terms_version.as_deref()),
            terms_version,
            phone: self.field(Field::Phone, draft.phone.take(), phone),
            postal_address: self.field(Field::PostalAddress, draft.postal_address.take(), |text| {
                lines(text, limits::POSTAL_ADDRESS.core)
            }),
            company: self.line(limits::COMPANY, draft.company.take()),
            industry: self.line(limits::INDUSTRY, draft.industry.take()),
            claimed_origin: self.claimed_origin(draft),
            sources,
            ..Profile::default()
        }
    }

    /// Consent to the terms: of a version where one is named, else of the channel.
    fn consents(&mut self, draft: &RegistrationDraft, version: Option<&str>) -> Vec<Consent> {
        let is_accepted = self.flag(Field::TermsAccepted, &draft.terms_accepted);
        if !is_accepted && version.is_none() {
            return Vec::new();
        }
        let to = format!("terms:{}", version.unwrap_or(self.rules.channel));
        vec![Consent::new(to, self.surroundings.now, self.surroundings.client.address)]
    }

    fn claimed_origin(&mut self, draft: &mut RegistrationDraft) -> ClaimedOrigin {
        let client = self.field(Field::RegisteredClient, draft.client_id.take(), |text| Ok(text.to_owned()));
        if client.is_some() && self.surroundings.registered_client.is_none() {
            self.violations.push(Field::RegisteredClient, Rule::Unknown);
        }
        ClaimedOrigin {
            application: self.line(limits::APPLICATION, draft.application.take()),
            application_site: self.line(limits::APPLICATION_SITE, draft.application_site.take()),
            url: self.line(limits::ORIGINATING_URL, draft.originating_url.take()),
            client_address: self.line(limits::CLAIMED_ADDRESS, draft.claimed_address.take()),
            client,
        }
    }

    /// Where to send the person, and whether the mailed link leads there at once.
    fn callback(&mut self, draft: &mut RegistrationDraft) -> (Option<String>, bool) {
        let Surroundings { callback_origins, organization, registered_client, .. } = *self.surroundings;
        let of_organization = organization.map(Organization::callback_origins).unwrap_or_default();
        let of_client = registered_client.map(RegisteredClient::callback_origins).unwrap_or_default();
        let url = self.field(Field::CallbackUrl, draft.callback_url.take(), |text| {
            callback_origins.check(text).or_else(|_| of_organization.check(text)).or_else(|_| of_client.check(text))
        });
        let links = self.flag(Field::LinkToCallback, &draft.link_to_callback);
        match &url {
            None if links && !self.violations.concerns(Field::CallbackUrl) => {
                self.violations.push(Field::CallbackUrl, Rule::Required);
            }
            // Who registers need not own the mailbox: they choose nothing of what the application is called with, unless
            // the client has that very URL registered (RFC 9700, 2.1).
            Some(url) if links && url.contains('?') => {
                let is_registered = registered_client.is_some_and(|client| client.redirect_uris.contains(url));
                if !is_registered {
                    self.violations.push(Field::CallbackUrl, Rule::Malformed);
                }
            }
            _ => {}
        }
        (url, links)
    }

    /// The organization, and what to be in it.
    fn organization(&mut self, draft: &mut RegistrationDraft) -> (Option<OrganizationId>, Option<OrganizationRole>) {
        let id = self.field(Field::Organization, draft.organization.take(), |text| {
            text.parse::<OrganizationId>().map_err(|_| Rule::Malformed)
        });
        let code = self.field(Field::Organization, draft.organization_code.take(), |text| Ok(text.to_owned()));
        let found = self.surroundings.organization;
        if (id.is_some() || code.is_some()) && found.is_none() {
            self.violations.push(Field::Organization, Rule::Unknown);
        }
        let wants_to_administer = self.flag(Field::Administrator, &draft.wants_to_administer);
        if !wants_to_administer {
            return (found.map(|found| found.id), None);
        }
        if !found.is_some_and(|found| found.allows_self_named_administrators) {
            self.violations.push(Field::Administrator, Rule::NotGranted);
        }
        (found.map(|found| found.id), Some(OrganizationRole::Administrator))
    }

    /// An address beside the registration's own; the same once more is none.
    fn other_address(&mut self, field: Field, input: Input, own: Option<&EmailAddress>) -> Option<EmailAddress> {
        let address = self.field(field, input, |text| EmailAddress::parse(text).map_err(|_| Rule::Malformed));
        address.filter(|address| own.is_none_or(|own| own.key() != address.key()))
    }

    fn flag(&mut self, field: Field, input: &Input<bool>) -> bool {
        match *input {
            Input::Given(value) => return value,
            Input::Absent if self.rules.required.contains(&field) => self.violations.push(field, Rule::Required),
            Input::Absent => {}
            Input::Mistyped => self.violations.push(field, Rule::MustBeBoolean),
        }
        false
    }

    fn password(&mut self, text: Input, confirmation: &Input, personal: &[&str]) -> Option<Password> {
        let matches = match (&text, confirmation) {
            (Input::Given(text), Input::Given(confirmation)) => text == confirmation,
            (Input::Given(_), Input::Absent) => !self.rules.needs_confirmation,
            (Input::Given(_), Input::Mistyped) => false,
            // What is wrong then is the password itself.
            (Input::Absent | Input::Mistyped, _) => true,
        };
        let password =
            check_password(Field::Password, text, self.rules.password_policy, personal, &mut self.violations);
        if !matches {
            self.violations.push(Field::PasswordConfirmation, Rule::ConfirmationMismatch);
        }
        password
    }
}
