//! Parsing drafts: every field, and every rule that it breaks.

use super::{RegistrationDraft, RegistrationRules};
use crate::account::OrganizationRole;
use crate::client::Client;
use crate::consent::{self, Agreed, ConsentSettings};
use crate::email_address::EmailAddress;
use crate::field_limits as limits;
use crate::id::OrganizationId;
use crate::input::{Input, Reader, address};
use crate::name::UserName;
use crate::organization::{Organization, RegisteredClient};
use crate::password::choose::{ChosenPassword, check_password, personal_words};
use crate::ports::ReferenceData;
use crate::profile::formats::{lines, phone};
use crate::profile::{Choices, ClaimedOrigin, Consent, Profile};
use crate::registration::callback::CallbackOrigins;
use crate::registration::inference::preferred_language;
use crate::service::Way;
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violations};

/// What the rules need besides those of the channel.
pub(crate) struct Surroundings<'a> {
    pub(crate) reference_data: &'a dyn ReferenceData,
    pub(crate) callback_origins: &'a CallbackOrigins,
    /// The organization that the draft names, if it exists.
    pub(crate) organization: Option<&'a Organization>,
    /// The registered client that the draft names, if it exists.
    pub(crate) registered_client: Option<&'a RegisteredClient>,
    pub(crate) service_words: &'a [String],
    pub(crate) consent: &'a ConsentSettings,
    pub(crate) client: &'a Client,
    pub(crate) now: Timestamp,
    /// How the person registers.
    pub(crate) way: Way,
}

/// A parsed draft: what could be parsed, and all violations.
pub(crate) struct Reading {
    pub(crate) address: Option<EmailAddress>,
    pub(crate) password: Option<ChosenPassword>,
    pub(crate) choices: Choices,
    pub(crate) violations: Violations,
}

impl RegistrationDraft {
    /// Parses every field and collects every broken rule.
    pub(crate) fn read(mut self, rules: &RegistrationRules, surroundings: &Surroundings<'_>) -> Reading {
        let fields = Reader { required: rules.required, lengths: rules.lengths, violations: Violations::default() };
        let mut reader = DraftReader { rules, surroundings, fields };
        let names = Profile {
            name: reader.fields.line(limits::NAME, self.name.take()),
            given_name: reader.fields.line(limits::GIVEN_NAME, self.given_name.take()),
            family_name: reader.fields.line(limits::FAMILY_NAME, self.family_name.take()),
            ..Profile::default()
        };
        let address = reader.fields.address(Field::Email, self.email.take());
        if address.as_ref().is_some_and(|address| self.spelling.doubts(address)) {
            reader.fields.violations.push(Field::Email, Rule::Misspelled);
        }
        let user_name = reader.fields.text(Field::UserName, self.user_name.take(), UserName::parse);
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
            identity: None,
            alternate_address,
            notification_address,
            callback_url,
            link_to_callback,
        };
        let mut personal = personal_words(own, &choices.profile, choices.user_name.as_ref());
        personal.extend(surroundings.service_words.iter().map(String::as_str));
        let password = match surroundings.way {
            Way::Password => reader.password(self.password, &self.password_confirmation, &personal),
            Way::Provider => None,
        };
        Reading { address, password, choices, violations: reader.fields.violations }
    }
}

struct DraftReader<'a> {
    rules: &'a RegistrationRules,
    surroundings: &'a Surroundings<'a>,
    fields: Reader,
}

impl DraftReader<'_> {
    /// The profile, with the names in it that were read before.
    fn profile(&mut self, draft: &mut RegistrationDraft, names: Profile) -> Profile {
        let known = |found: Option<String>| found.ok_or(Rule::Unknown);
        let reference = self.surroundings.reference_data;
        let country = self.fields.text(Field::Country, draft.country.take(), |text| known(reference.country(text)));
        let language = self.fields.text(Field::Language, draft.language.take(), |text| known(reference.language(text)));
        let time_zone =
            self.fields.text(Field::TimeZone, draft.time_zone.take(), |text| known(reference.time_zone(text)));
        let newsletter = self.fields.flag(Field::Newsletter, draft.newsletter.take());
        let terms_version = self.fields.line(limits::TERMS_VERSION, draft.terms_version.take());
        let shown_in = draft.shown_in.take().and_then(|tag| reference.language(&tag));
        // What a person agrees to is shown in the language of the page; elsewhere in the one that they choose, or else in
        // that of the browser.
        let agreed_in = shown_in
            .clone()
            .or_else(|| language.clone())
            .or_else(|| preferred_language(draft.browser_language.as_deref(), reference));
        let consents = self.consents(draft, terms_version.as_deref(), agreed_in.as_deref());
        Profile {
            country,
            language,
            shown_in,
            time_zone,
            newsletter,
            consents,
            terms_version,
            phone: self.fields.text(Field::Phone, draft.phone.take(), phone),
            postal_address: self.fields.text(Field::PostalAddress, draft.postal_address.take(), |text| {
                lines(text, limits::POSTAL_ADDRESS.core)
            }),
            company: self.fields.line(limits::COMPANY, draft.company.take()),
            industry: self.fields.line(limits::INDUSTRY, draft.industry.take()),
            claimed_origin: self.claimed_origin(draft),
            ..names
        }
    }

    /// Returns what the person agreed to. In a channel that asks for them, that are the configured versions of terms and
    /// privacy notice; otherwise the version of the terms that is named, or else the channel's terms.
    fn consents(&mut self, draft: &mut RegistrationDraft, terms: Option<&str>, language: Option<&str>) -> Vec<Consent> {
        let all = self.fields.flag(Field::TermsAccepted, draft.terms_accepted.take());
        let privacy = self.fields.line(limits::PRIVACY_VERSION, draft.privacy_version.take());
        let nothing = ConsentSettings::default();
        let Surroundings { now, client, consent, .. } = *self.surroundings;
        let current = if self.rules.asks_for_consent { consent } else { &nothing };
        let has_required_box = self.rules.required.contains(&Field::TermsAccepted);
        let agreed = Agreed { terms, privacy: privacy.as_deref(), all, has_required_box };
        current.demand(&agreed, &mut self.fields.violations);
        let [to_terms, to_privacy] = current.versions(&agreed);
        let channel = (all && current.privacy_version.is_none()).then_some(self.rules.channel);
        consent::records(to_terms.or(channel), to_privacy, language, client, now)
    }

    fn claimed_origin(&mut self, draft: &mut RegistrationDraft) -> ClaimedOrigin {
        let client = self.fields.string(Field::RegisteredClient, draft.client_id.take());
        if client.is_some() && self.surroundings.registered_client.is_none() {
            self.fields.violations.push(Field::RegisteredClient, Rule::Unknown);
        }
        ClaimedOrigin {
            application: self.fields.line(limits::APPLICATION, draft.application.take()),
            application_site: self.fields.line(limits::APPLICATION_SITE, draft.application_site.take()),
            url: self.fields.line(limits::ORIGINATING_URL, draft.originating_url.take()),
            client_address: self.fields.line(limits::CLAIMED_ADDRESS, draft.claimed_address.take()),
            client,
        }
    }

    /// Returns the callback URL, and whether the emailed link leads directly to it.
    fn callback(&mut self, draft: &mut RegistrationDraft) -> (Option<String>, bool) {
        let Surroundings { callback_origins, organization, registered_client, .. } = *self.surroundings;
        let of_organization = organization.map(Organization::callback_origins).unwrap_or_default();
        let of_client = registered_client.map(RegisteredClient::callback_origins).unwrap_or_default();
        let url = self.fields.text(Field::CallbackUrl, draft.callback_url.take(), |text| {
            callback_origins.check(text).or_else(|_| of_organization.check(text)).or_else(|_| of_client.check(text))
        });
        let links = self.fields.flag(Field::LinkToCallback, draft.link_to_callback.take());
        match &url {
            None if links && !self.fields.violations.concerns(Field::CallbackUrl) => {
                self.fields.violations.push(Field::CallbackUrl, Rule::Required);
            }
            // The person who registers need not own the mailbox. They must not choose the parameters that the
            // application is called with, unless the client has registered exactly this URL (RFC 9700, section 2.1).
            Some(url) if links && url.contains('?') => {
                let is_registered = registered_client.is_some_and(|client| client.redirect_uris.contains(url));
                if !is_registered {
                    self.fields.violations.push(Field::CallbackUrl, Rule::Malformed);
                }
            }
            _ => {}
        }
        (url, links)
    }

    /// Returns the organization, and the requested role in it.
    fn organization(&mut self, draft: &mut RegistrationDraft) -> (Option<OrganizationId>, Option<OrganizationRole>) {
        let (by_id, by_code) = (draft.organization.take(), draft.organization_code.take());
        // Where it is required, one of both is enough.
        let is_named_by_code = by_code != Input::Absent;
        let mut id = None;
        if by_id != Input::Absent || !is_named_by_code {
            id = self
                .fields
                .text(Field::Organization, by_id, |text| text.parse::<OrganizationId>().map_err(|_| Rule::Malformed));
        }
        let code = if is_named_by_code { self.fields.string(Field::Organization, by_code) } else { None };
        let found = self.surroundings.organization;
        if (id.is_some() || code.is_some()) && found.is_none() {
            self.fields.violations.push(Field::Organization, Rule::Unknown);
        }
        let wants_to_administer = self.fields.flag(Field::Administrator, draft.wants_to_administer.take());
        if wants_to_administer && !found.is_some_and(|found| found.allows_self_named_administrators) {
            self.fields.violations.push(Field::Administrator, Rule::NotGranted);
        }
        (found.map(|found| found.id), wants_to_administer.then_some(OrganizationRole::Administrator))
    }

    /// Parses an additional address. One that equals the registration's own counts as absent.
    fn other_address(&mut self, field: Field, input: Input, own: Option<&EmailAddress>) -> Option<EmailAddress> {
        let address = self.fields.text(field, input, address);
        address.filter(|address| own.is_none_or(|own| own.key() != address.key()))
    }

    fn password(&mut self, text: Input, confirmation: &Input, personal: &[&str]) -> Option<ChosenPassword> {
        let matches = match (&text, confirmation) {
            (Input::Given(text), Input::Given(confirmation)) => text == confirmation,
            (Input::Given(_), Input::Absent) => !self.rules.needs_confirmation,
            (Input::Given(_), Input::Mistyped) => false,
            // Then the violation is that of the password itself.
            (Input::Absent | Input::Mistyped, _) => true,
        };
        let password =
            check_password(Field::Password, text, self.rules.password_policy, personal, &mut self.fields.violations);
        if !matches {
            self.fields.violations.push(Field::PasswordConfirmation, Rule::ConfirmationMismatch);
        }
        password
    }
}
