//! Registering: stores an attempt and queues an email. Accounts are not read.

mod accepted;
mod error;
mod examine;
mod repeat;
mod write_down;

use super::draft::{RegistrationDraft, RegistrationRules};
use super::inference::Hints;
use crate::idempotency::IdempotencyKey;
use crate::password::PassedPolicy;
use crate::password::choose::ChosenPassword;
use crate::password::policy::{Guessable, PasswordPolicy};
use crate::ports::{ChallengeFailure, ChallengePurpose, Charge, HashingSlot, Urgency, UseCase};
use crate::service::{AccountService, Asking, CallContext, Way};
use crate::violation::{Field, Rule, Violations};
use examine::Candidate;
pub(crate) use examine::Examined;
use repeat::Reservation;

pub use accepted::Accepted;
pub use error::RegisterError;
pub(crate) use write_down::Attempt;

/// A request to register.
#[derive(Debug)]
pub struct RegisterRequest<'a> {
    /// What was sent.
    pub draft: RegistrationDraft,
    /// The rules of the channel.
    pub rules: &'a RegistrationRules,
    /// The caller. The stored channel is the one in `rules`.
    pub context: CallContext,
    /// The idempotency key, if one was sent.
    pub idempotency_key: Option<IdempotencyKey>,
}

impl<'a> RegisterRequest<'a> {
    /// A request without an idempotency key.
    pub fn new(draft: RegistrationDraft, rules: &'a RegistrationRules, context: impl Into<CallContext>) -> Self {
        Self { draft, rules, context: context.into(), idempotency_key: None }
    }
}

impl AccountService {
    /// Records a registration, and queues the email to its address.
    ///
    /// The answer, its timing and the stored rows are the same whether the address is new, pending or taken: accounts
    /// are not read, and which email to send is decided at delivery. This cannot hold if the rules activate accounts
    /// immediately or disclose existing ones.
    ///
    /// # Errors
    /// [`RegisterError`]; nothing was registered, except that with [`RegisterError::Failed`] the outcome is unknown if
    /// the connection to the store was lost during the commit.
    pub async fn register(&self, request: RegisterRequest<'_>) -> Result<Accepted, RegisterError> {
        let channel = request.rules.channel;
        let outcome = self.try_register(request).await;
        let word = outcome.as_ref().map_or_else(RegisterError::outcome, |_| "accepted");
        self.observe(UseCase::Registration, channel, word);
        outcome
    }

    async fn try_register(&self, request: RegisterRequest<'_>) -> Result<Accepted, RegisterError> {
        let RegisterRequest { draft, rules, context, idempotency_key } = request;
        let context = CallContext { channel: rules.channel.to_owned(), ..context };
        let client = context.client;
        // Before any rule: an accepted request stays accepted, whatever guards and lists say by now.
        if let Some(answer) = self.earlier_answer(idempotency_key.as_ref()).await? {
            return Ok(answer);
        }
        let snapshot = self.snapshot().await?;
        snapshot.flags.closed_to_all(Way::Password)?;
        let limits = &self.settings.limits;
        let of_client = Some(("registrations", limits.registrations));
        self.refuse_if_overloaded(Urgency::Registration, &client, of_client).await?;
        if draft.names_by_code() {
            // Codes are short: count every try, whatever else is wrong with the request.
            let tries = self.client_charges("named_codes", limits.registrations, &client).await;
            self.count(&tries).await?;
        }
        let hints = Hints::of(&draft);
        let mut candidate = self.examine(draft, rules, &client).await??;
        snapshot.flags.closed_to(&candidate.address, candidate.choices.organization, Way::Password)?;
        let charges = self.registration_charges(candidate.address.key(), &client).await;
        let slot = match self.place_for_registration(&candidate, charges, &context).await {
            // Perhaps this request was sent twice at once, and the other one has used the answer.
            Err(RegisterError::Challenged(demand)) if demand.failure == Some(ChallengeFailure::Used) => {
                let answer = self.earlier_answer(idempotency_key.as_ref()).await?;
                return answer.ok_or(RegisterError::Challenged(demand));
            }
            other => other?,
        };
        let reservation = self.retried(|| self.reserve(idempotency_key.as_ref())).await?;
        let hashed = candidate.password.clone().hash(slot, self.salt()).await;
        let outcome = match hashed {
            Ok(hash) => {
                self.infer(&mut candidate.choices.profile, &hints, &client).await;
                let attempt = candidate.attempt(hash);
                self.retried(|| self.write_down(attempt.clone(), rules, &context, &reservation)).await
            }
            Err(error) => Err(error.into()),
        };
        if let (Err(_), Reservation::Held(_, record)) = (&outcome, &reservation) {
            self.give_up(record).await;
        }
        if outcome.is_ok() {
            self.note_accepted(&client).await;
        }
        outcome
    }

    async fn place_for_registration(
        &self,
        candidate: &Candidate,
        charges: Vec<Charge>,
        context: &CallContext,
    ) -> Result<Box<dyn HashingSlot>, RegisterError> {
        let (purpose, identifier) = (ChallengePurpose::Registration, candidate.address.key().as_str());
        let asking = Asking { purpose, identifier, context };
        Ok(self.challenged_place(Urgency::Registration, &asking, charges).await?)
    }

    /// Looks up whether the password is known from a breach, if that matters. Then it does not pass the default policy,
    /// and if the policy refuses common ones, it is a violation.
    pub(crate) async fn note_breach(
        &self,
        field: Field,
        chosen: Option<ChosenPassword>,
        policy: PasswordPolicy,
        violations: &mut Violations,
    ) -> Option<ChosenPassword> {
        let mut chosen = chosen?;
        let refuses = policy.guessable > Guessable::Accepted && !policy.is_documented(&chosen.password);
        if !refuses && chosen.passed == PassedPolicy::Weaker {
            return Some(chosen);
        }
        // If the source cannot be reached, accept: the policy has already checked the built-in list.
        if self.ports.breached_passwords.is_breached(&chosen.password).await.unwrap_or(false) {
            chosen.passed = PassedPolicy::Weaker;
            if refuses && !violations.iter().any(|violation| violation.rule == Rule::Common) {
                violations.push(field, Rule::Common);
            }
        }
        Some(chosen)
    }

    pub(crate) fn salt(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        self.ports.entropy.fill(&mut salt);
        salt
    }
}
