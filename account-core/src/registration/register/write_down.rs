//! Storing a registration, and creating its account immediately if the rules say so.

use super::{Accepted, RegisterError, Reservation};
use crate::account::{Account, OrganizationRole};
use crate::audit::{Actor, AuditEvent};
use crate::email_address::EmailAddress;
use crate::id::{AccountId, RegistrationId};
use crate::outbox::Intent;
use crate::password::PasswordHash;
use crate::ports::StoreError;
use crate::ports::store::Insert;
use crate::profile::{Choices, RegistrationOrigin};
use crate::registration::activation::Activation;
use crate::registration::draft::RegistrationRules;
use crate::registration::{Registration, RegistrationState, derive_token};
use crate::service::{AccountService, CallContext, Change, FeatureFlags, Way};
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violation, Violations};

/// What is stored for a draft that breaks no rule.
#[derive(Clone)]
pub(crate) struct Attempt {
    pub(crate) address: EmailAddress,
    /// `None` if the choices have an identity.
    pub(crate) password_hash: Option<PasswordHash>,
    pub(crate) choices: Choices,
    pub(crate) origin: RegistrationOrigin,
}

impl AccountService {
    /// Stores registration, token, outbox entry and idempotency record in one commit; also the account, if it is
    /// created immediately.
    pub(super) async fn write_down(
        &self,
        mut attempt: Attempt,
        rules: &RegistrationRules,
        context: &CallContext,
        reservation: &Reservation,
    ) -> Result<Accepted, RegisterError> {
        let id = RegistrationId::generate(&*self.ports.clock, &*self.ports.entropy);
        let mut change = self.change(context, Actor::Account(id.into())).await?;
        // Check again: the snapshot may be outdated.
        let flags = FeatureFlags::of(&mut *change.unit).await?;
        flags.closed_to(&attempt.address, attempt.choices.organization, Way::of(&attempt.choices))?;
        attempt.choices.profile.newsletter &= flags.newsletter.enabled;
        let makes_account = change.makes_account(&attempt, rules).await?;
        let (registration, accepted) = change.insert_attempt(id, attempt).await?;
        if makes_account && change.activate(&registration).await?.is_none() {
            return Err(Violations::from(Violation::new(Field::UserName, Rule::Taken)).into());
        }
        reservation.keep(&mut *change.unit, &accepted).await?;
        change.commit().await?;
        Ok(accepted)
    }
}

impl Change<'_> {
    /// Returns whether to create the account immediately. Accounts are read by address only if the rules reveal them
    /// anyway: by refusing taken addresses, or by creating accounts that can be signed in to.
    async fn makes_account(&mut self, attempt: &Attempt, rules: &RegistrationRules) -> Result<bool, RegisterError> {
        let mut violations = Violations::default();
        let is_immediate = rules.activation == Activation::Immediate;
        if is_immediate || rules.discloses_existing {
            self.unit.hold_addresses(&[attempt.address.key()]).await?;
        }
        let is_held =
            (is_immediate || rules.discloses_existing) && self.is_held(&attempt.address, is_immediate).await?;
        if is_held && rules.discloses_existing {
            violations.push(Field::Email, Rule::Taken);
        }
        self.note_taken_name(attempt, &mut violations).await?;
        violations.into_result()?;
        Ok(is_immediate && !is_held)
    }

    /// Adds a violation if an account has the user name, which is public.
    pub(crate) async fn note_taken_name(
        &mut self,
        attempt: &Attempt,
        violations: &mut Violations,
    ) -> Result<(), StoreError> {
        if let Some(name) = &attempt.choices.user_name
            && self.unit.find_account_by_user_name(name).await?.is_some()
        {
            violations.push(Field::UserName, Rule::Taken);
        }
        Ok(())
    }

    /// Returns whether an account has verified the address or, if `counts_unproven`, has it without verification.
    pub(crate) async fn is_held(&mut self, address: &EmailAddress, counts_unproven: bool) -> Result<bool, StoreError> {
        Ok(self.unit.find_account_by_email(address.key()).await?.is_some()
            || (counts_unproven && !self.unit.find_unverified_accounts(address.key()).await?.is_empty()))
    }

    /// Stores the registration, its token, and the outbox entry for its email.
    pub(crate) async fn insert_attempt(
        &mut self,
        id: RegistrationId,
        attempt: Attempt,
    ) -> Result<(Registration, Accepted), StoreError> {
        let (registration, accepted) = self.insert_unmailed(id, attempt).await?;
        let (address, generation) = (registration.address.clone(), registration.generation);
        self.enqueue(Intent::Registration { registration: id, address, generation }).await?;
        Ok((registration, accepted))
    }

    /// Stores the registration and its token, of which no email will be sent unless one is requested.
    pub(crate) async fn insert_unmailed(
        &mut self,
        id: RegistrationId,
        attempt: Attempt,
    ) -> Result<(Registration, Accepted), StoreError> {
        let Attempt { address, password_hash, choices, origin } = attempt;
        let settings = self.settings();
        let expires_at = self.now + settings.verification_ttl;
        let (token, code) = derive_token(&settings.master_keys.current, id, 1, &address, expires_at);
        let continuation = self.generate_secret();
        let registration = Registration {
            id,
            address,
            password_hash,
            choices,
            origin,
            continuation: continuation.digest(),
            state: RegistrationState::Pending,
            completed_by: None,
            corrections: 0,
            generation: token.generation,
            code,
            key_id: token.key_id.clone(),
            code_tries: 0,
            created_at: self.now,
            expires_at,
            shown_until: expires_at,
        };
        self.unit.insert_registration(&registration).await?;
        self.unit.insert_token(&token).await?;
        let accepted = Accepted { registration: id, continuation, created_at: self.now, expires_at };
        Ok((registration, accepted))
    }

    /// Creates the registration's account immediately, with an unverified address. `None` if the username has just been
    /// taken.
    pub(crate) async fn activate(&mut self, registration: &Registration) -> Result<Option<Account>, StoreError> {
        let account = Account {
            password_hash: registration.password_hash.clone(),
            ..Account::chosen(
                registration.id.into(),
                registration.address.clone(),
                registration.choices.clone(),
                self.now,
            )
        };
        // An unverified address and a new id cannot conflict.
        if self.unit.insert_account(&account).await? != Insert::Done {
            return Ok(None);
        }
        self.record(AuditEvent::AccountCreated, Some(account.id), Some("unverified".to_owned())).await?;
        Ok(Some(account))
    }
}

impl Account {
    /// Returns an account with everything that the registrant chose, except the password.
    pub(crate) fn chosen(id: AccountId, address: EmailAddress, choices: Choices, now: Timestamp) -> Self {
        Self {
            // A higher role is only granted when the address is verified.
            organization_role: choices.organization.map(|_| OrganizationRole::Member),
            user_name: choices.user_name,
            organization: choices.organization,
            profile: choices.profile,
            ..Self::new(id, address, now)
        }
    }
}
