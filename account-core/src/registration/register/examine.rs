//! Checking a draft before anything is stored.

use super::Attempt;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::organization::{Organization, RegisteredClient};
use crate::password::PasswordHash;
use crate::password::choose::ChosenPassword;
use crate::ports::{Applicant, MailDomain, StoreError};
use crate::profile::{Choices, RegistrationOrigin};
use crate::registration::draft::{NamedOrganization, Reading, RegistrationDraft, RegistrationRules, Surroundings};
use crate::service::{AccountService, Way};
use crate::violation::{Field, Rule, Violations};

/// A draft that breaks no rule.
pub(crate) struct Candidate {
    pub(crate) address: EmailAddress,
    pub(crate) password: ChosenPassword,
    pub(crate) choices: Choices,
    pub(crate) origin: RegistrationOrigin,
}

/// What was read of a draft, after guards were asked.
pub(crate) struct Examined {
    pub(crate) reading: Reading,
    pub(crate) origin: RegistrationOrigin,
}

impl Candidate {
    /// Returns what to store, with the hash of its password.
    pub(crate) fn attempt(self, hash: PasswordHash) -> Attempt {
        Attempt { address: self.address, password_hash: Some(hash), choices: self.choices, origin: self.origin }
    }
}

impl AccountService {
    /// Parses the draft and checks all rules and guards. Stores nothing.
    pub(crate) async fn examine(
        &self,
        draft: RegistrationDraft,
        rules: &RegistrationRules,
        client: &Client,
    ) -> Result<Result<Candidate, Violations>, StoreError> {
        let Examined { reading, origin } = self.examine_fields(draft, rules, client, Way::Password).await?;
        let Reading { address, password, choices, violations } = reading;
        match (address, password) {
            (Some(address), Some(password)) if violations.is_empty() => {
                Ok(Ok(Candidate { address, password, choices, origin }))
            }
            _ => Ok(Err(violations)),
        }
    }

    /// The same for a person who registers in this way. Without an address, guards are not asked.
    pub(crate) async fn examine_fields(
        &self,
        draft: RegistrationDraft,
        rules: &RegistrationRules,
        client: &Client,
        way: Way,
    ) -> Result<Examined, StoreError> {
        let (organization, registered_client) = self.find_named(&draft).await?;
        let surroundings = Surroundings {
            reference_data: &*self.ports.reference_data,
            callback_origins: &self.settings.callback_origins,
            organization: organization.as_ref(),
            registered_client: registered_client.as_ref(),
            service_words: &self.settings.service_words,
            consent: &self.settings.consent,
            client,
            now: self.ports.clock.now(),
            way,
        };
        let Reading { address, password, choices, mut violations } = draft.read(rules, &surroundings);
        let origin = RegistrationOrigin { channel: rules.channel.to_owned(), client_address: client.address };
        let password = self.note_breach(Field::Password, password, rules.password_policy, &mut violations).await;
        if let Some(address) = &address {
            let applicant = Applicant { address, choices: &choices, origin: &origin };
            self.check_applicant(&applicant, client, &mut violations).await;
        }
        Ok(Examined { reading: Reading { address, password, choices, violations }, origin })
    }

    /// Has all guards check an applicant; and, if nothing else is wrong, whether the address's domain takes email.
    pub(crate) async fn check_applicant(
        &self,
        applicant: &Applicant<'_>,
        client: &Client,
        violations: &mut Violations,
    ) {
        for guard in &self.ports.guards {
            violations.extend(guard.check(applicant).await);
        }
        let Some(domains) = &self.ports.mail_domains else { return };
        // A request that is refused anyway causes no look-up, and look-ups are limited: they go to other people's servers.
        if !violations.is_empty() {
            return;
        }
        let lookups = self.client_charges("domain_lookups", self.settings.limits.registrations, client).await;
        if self.count(&lookups).await.is_err() {
            return;
        }
        if domains.check(applicant.address.ascii_domain()).await == MailDomain::TakesNone {
            violations.push(Field::Email, Rule::DomainWithoutMail);
        }
    }

    /// Returns the organization and the registered client that the draft names, if they exist.
    async fn find_named(
        &self,
        draft: &RegistrationDraft,
    ) -> Result<(Option<Organization>, Option<RegisteredClient>), StoreError> {
        let (organization, client) = (draft.named_organization(), draft.named_client());
        if organization.is_none() && client.is_none() {
            return Ok((None, None));
        }
        let mut unit = self.ports.store.begin_read_only().await?;
        let organization = match organization {
            Some(NamedOrganization::Id(id)) => unit.find_organization(id).await?,
            Some(NamedOrganization::Code(code)) => unit.find_organization_by_code(code).await?,
            None => None,
        };
        let client = match client {
            Some(id) => unit.find_client(&id).await?,
            None => None,
        };
        Ok((organization, client))
    }
}
