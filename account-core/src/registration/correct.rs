//! Correcting the address of a registration that is not completed.

use std::fmt;

use super::draft::Spelling;
use super::{CompletedBy, Registration, RegistrationState, derive_token};
use crate::account::Account;
use crate::account::password::LINKS_OF_CREDENTIALS;
use crate::audit::{Actor, AuditEvent};
use crate::challenge::ChallengeDemand;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::input::{Input, Reader};
use crate::one_time_token::{Purpose, SecretToken, TokenState};
use crate::outbox::Intent;
use crate::ports::store::Update;
use crate::ports::{Applicant, ChallengePurpose, Charge, StoreError, UseCase};
use crate::service::{AccountService, Asking, CallContext, Change, Failure, FeatureFlags, Way};
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violations};

/// A request to correct the address of a registration. Its `Debug` output hides what was entered.
pub struct CorrectRequest {
    /// The registration.
    pub registration: RegistrationId,
    /// Its continuation.
    pub continuation: SecretToken,
    /// The address, as received.
    pub email: Input,
    /// Whether to ask about an address that looks misspelled.
    pub spelling: Spelling,
    /// Who sent it.
    pub context: CallContext,
}

impl fmt::Debug for CorrectRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CorrectRequest").field("registration", &self.registration).finish_non_exhaustive()
    }
}

/// The answer to every correction, whether the address is new, pending or taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The registration.
    pub registration: RegistrationId,
    /// Its address from now on.
    pub address: EmailAddress,
    /// When it expires if the address is not verified by then.
    pub expires_at: Timestamp,
    /// How often the address can still be corrected.
    pub corrections_left: u32,
}

/// What became of a request.
enum Outcome {
    /// The registration has another address.
    Corrected(Corrected),
    /// It had that address already.
    Unchanged(Corrected),
}

/// Why an address was not corrected. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CorrectError {
    /// There is no such registration, or the continuation does not belong to it.
    #[error("the registration is unknown")]
    Unknown,
    /// It became an account: its owner changes the address there.
    #[error("the registration is completed")]
    Completed,
    /// It has expired: the person registers again.
    #[error("the registration has expired")]
    Expired,
    /// Its address was corrected too often: the person registers again.
    #[error("the address was corrected too often")]
    TooManyCorrections,
    /// The address breaks rules. The list is complete.
    #[error("the address is not valid")]
    Invalid(Violations),
    /// Registration is closed, for everyone or for this address and organization.
    #[error("registration is closed")]
    Closed {
        /// The reason that the administrators gave.
        reason: Option<String>,
    },
    /// An answer to a challenge is needed. The request can be sent again with one.
    #[error("an answer to a challenge is needed")]
    Challenged(Box<ChallengeDemand>),
    /// Limited (like registering, and like every email to the address) or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl CorrectError {
    /// Returns the outcome for observers.
    const fn outcome(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Completed => "completed",
            Self::Expired => "expired",
            Self::TooManyCorrections => "too_many_corrections",
            Self::Invalid(_) => "invalid",
            Self::Closed { .. } => "closed",
            Self::Challenged(_) => "challenged",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

use_case_error!(CorrectError: Failed, Invalid, Challenged, Closed);

impl AccountService {
    /// Gives a registration another address, and queues the email to it. Earlier links and codes stop working.
    ///
    /// Answer, timing and stored rows are the same whether the new address is free, pending or taken: no account is read by
    /// its address. They are also the same if the owner of the former address took it in another way, which the client must not
    /// learn: the attempt is then pending again.
    ///
    /// It counts like a registration, and like an email to the new address. The account of a corrected registration gets
    /// an id of its own.
    ///
    /// # Errors
    /// [`CorrectError`]; nothing was changed.
    pub async fn correct_address(&self, request: CorrectRequest) -> Result<Corrected, CorrectError> {
        let (channel, client) = (request.context.channel.clone(), request.context.client);
        let outcome = self.try_correct(request).await;
        let word = match &outcome {
            Ok(Outcome::Corrected(_)) => "corrected",
            Ok(Outcome::Unchanged(_)) => "unchanged",
            Err(error) => error.outcome(),
        };
        self.observe(UseCase::Correction, &channel, word);
        match outcome? {
            Outcome::Corrected(corrected) => {
                self.note_accepted(&client).await;
                Ok(corrected)
            }
            Outcome::Unchanged(corrected) => Ok(corrected),
        }
    }

    async fn try_correct(&self, request: CorrectRequest) -> Result<Outcome, CorrectError> {
        let CorrectRequest { registration, continuation, email, spelling, context } = request;
        self.count_verification(&context.client).await?;
        let found = self.find_continued(registration, &continuation).await?.ok_or(CorrectError::Unknown)?;
        self.check_correctable(&found, self.ports.clock.now())?;
        let snapshot = self.snapshot().await?;
        let way = Way::of(&found.choices);
        snapshot.flags.closed_to_all(way)?;
        let address = self.read_correction(email, &spelling, &found, &context.client).await?;
        snapshot.flags.closed_to(&address, found.choices.organization, way)?;
        if let Some(unchanged) = self.unchanged(&found, &address) {
            return Ok(unchanged);
        }
        self.count_correction(&address, &context).await?;
        self.retried(|| self.write_correction(registration, &address, &context)).await
    }

    /// Returns the answer if the registration has the address already: the request was sent again after a lost answer, or
    /// twice at once. Nothing changes: a new email is requested by a resend.
    fn unchanged(&self, found: &Registration, address: &EmailAddress) -> Option<Outcome> {
        (address.as_str() == found.address.as_str()).then(|| {
            Outcome::Unchanged(Corrected {
                registration: found.id,
                address: address.clone(),
                expires_at: found.shown_until,
                corrections_left: self.corrections_left(found),
            })
        })
    }

    /// Parses the address, and checks all rules and guards.
    async fn read_correction(
        &self,
        email: Input,
        spelling: &Spelling,
        found: &Registration,
        client: &Client,
    ) -> Result<EmailAddress, Violations> {
        let address = Reader::only(|it| it.address(Field::Email, email))?;
        let mut violations = Violations::default();
        if spelling.doubts(&address) {
            violations.push(Field::Email, Rule::Misspelled);
        }
        let applicant = Applicant { address: &address, choices: &found.choices, origin: &found.origin };
        self.check_applicant(&applicant, client, &mut violations).await;
        violations.into_value(Some(address))
    }

    async fn count_correction(&self, address: &EmailAddress, context: &CallContext) -> Result<(), CorrectError> {
        let client = &context.client;
        let registrations = self.client_charges("registrations", self.settings.limits.registrations, client).await;
        let mails = self.mail_charges(address.key(), client).await;
        let charges: Vec<Charge> = registrations.into_iter().chain(mails).collect();
        let identifier = address.key().as_str();
        let asking = Asking { purpose: ChallengePurpose::Registration, identifier, context };
        let cleared = self.clear(&asking, charges).await?;
        let counted = self.count(&cleared.charges).await;
        Ok(self.settle(&asking, &cleared, counted).await?)
    }

    /// Stores the address with a new token, ends the earlier ones and queues the email, in one commit.
    async fn write_correction(
        &self,
        id: RegistrationId,
        address: &EmailAddress,
        context: &CallContext,
    ) -> Result<Outcome, CorrectError> {
        let seen = self.ports.store.begin_read_only().await?.find_registration(id).await?;
        let seen = seen.ok_or(CorrectError::Unknown)?.address;
        let mut change = self.change(context, Actor::Service).await?;
        // Completing a registration of either address locks it.
        change.unit.hold_addresses(&[seen.key(), address.key()]).await?;
        // Check again: the snapshot may be outdated.
        let flags = FeatureFlags::of(&mut *change.unit).await?;
        let found = change.unit.find_registration(id).await?.ok_or(CorrectError::Unknown)?;
        self.check_correctable(&found, change.now)?;
        flags.closed_to(address, found.choices.organization, Way::of(&found.choices))?;
        if found.address.key() != seen.key() {
            return Err(StoreError::aborted("another correction was faster").into());
        }
        if let Some(unchanged) = self.unchanged(&found, address) {
            return Ok(unchanged);
        }
        let settings = change.settings();
        let expires_at = change.now + settings.verification_ttl;
        let key = &settings.master_keys.current;
        let (token, code) = derive_token(key, id, found.generation.saturating_add(1), address, expires_at);
        let detail = format!("{id}: {} -> {}", found.address.masked(), address.masked());
        let corrected = Registration {
            address: address.clone(),
            state: RegistrationState::Pending,
            generation: token.generation,
            code,
            // The new code has tries of its own; corrections are limited.
            code_tries: 0,
            key_id: token.key_id.clone(),
            expires_at,
            shown_until: expires_at,
            corrections: found.corrections + 1,
            ..found
        };
        if change.unit.correct_registration(&corrected).await? == Update::Missed {
            return Err(StoreError::aborted("the registration was renewed or corrected meanwhile").into());
        }
        change.move_unverified(id, &found.address, address).await?;
        let purpose = Purpose::EmailVerification;
        change.unit.end_tokens_of_subject(purpose, token.subject, TokenState::Superseded).await?;
        change.unit.insert_token(&token).await?;
        let generation = token.generation;
        change.enqueue(Intent::Registration { registration: id, address: address.clone(), generation }).await?;
        // Without an account: the one with this id may be that of the former address's owner.
        change.record_untold(AuditEvent::RegistrationCorrected, None, Some(detail)).await?;
        change.commit().await?;
        let corrections_left = self.corrections_left(&corrected);
        Ok(Outcome::Corrected(Corrected { registration: id, address: corrected.address, expires_at, corrections_left }))
    }

    /// Returns why the holder of a registration cannot correct its address, if so.
    fn check_correctable(&self, found: &Registration, now: Timestamp) -> Result<(), CorrectError> {
        if found.reads_as_completed() {
            Err(CorrectError::Completed)
        } else if now >= found.shown_until {
            Err(CorrectError::Expired)
        } else if self.corrections_left(found) == 0 {
            Err(CorrectError::TooManyCorrections)
        } else {
            Ok(())
        }
    }

    /// Returns how often the holder can still correct the address: never, if the emailed link alone may complete the
    /// registration. One that it has completed reads as pending, but is an account: if others could be corrected, the
    /// holder would see a difference.
    pub(crate) fn corrections_left(&self, registration: &Registration) -> u32 {
        let is_by_link = registration.completed_by == Some(CompletedBy::Nothing);
        if is_by_link || self.settings.redeems_by_token(&registration.origin.channel) {
            return 0;
        }
        registration.corrections_left()
    }
}

impl Change<'_> {
    /// Gives the account that was created immediately the new address too. Otherwise anyone who proves the former address
    /// would delete it, and with it the token of the corrected registration. Links that were emailed to the former address
    /// stop working.
    async fn move_unverified(
        &mut self,
        id: RegistrationId,
        former: &EmailAddress,
        address: &EmailAddress,
    ) -> Result<(), StoreError> {
        let account = self.unit.find_account(id.into()).await?;
        let is_its_own = |account: &Account| account.verified_at.is_none() && account.address.key() == former.key();
        let Some(account) = account.filter(is_its_own) else { return Ok(()) };
        self.void_links(account.id, &LINKS_OF_CREDENTIALS).await?;
        self.save_own(Account { address: address.clone(), ..account }).await?;
        Ok(())
    }
}
