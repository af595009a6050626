//! Registering: an attempt is written down and a mail is put on its way. Accounts are not read.

mod accepted;
mod error;
mod examine;
mod repeat;
mod write_down;

use super::draft::{RegistrationDraft, RegistrationRules};
use crate::idempotency::IdempotencyKey;
use crate::password::Password;
use crate::password::policy::PasswordPolicy;
use crate::ports::{Urgency, UseCase};
use crate::service::{AccountService, CallContext};
use crate::violation::{Field, Rule, Violations};
use repeat::Reservation;

pub use accepted::Accepted;
pub use error::RegisterError;
pub(crate) use write_down::Attempt;

/// A request to register.
#[derive(Debug)]
pub struct RegisterRequest<'a> {
    /// What was sent.
    pub draft: RegistrationDraft,
    /// The rules of the way it came by.
    pub rules: &'a RegistrationRules,
    /// Who sent it. The channel that is kept is the rules'.
    pub context: CallContext,
    /// The key under which the answer is kept, if one was sent.
    pub idempotency_key: Option<IdempotencyKey>,
}

impl AccountService {
    /// Takes a registration down.
    ///
    /// The answer, the time it takes and the rows it writes are the same whether the address is new, pending or
    /// taken: accounts are not read, and what mail is due is decided when it is sent. That is so where the rules
    /// neither activate at once nor disclose what exists; where they do, it cannot be.
    ///
    /// # Errors
    /// [`RegisterError`]; in each case nothing was registered, except that [`RegisterError::Failed`] may leave
    /// that open when the store went away while committing.
    pub async fn register(&self, request: RegisterRequest<'_>) -> Result<Accepted, RegisterError> {
        let channel = request.rules.channel;
        let outcome = self.take_down(request).await;
        let word = outcome.as_ref().map_or_else(RegisterError::outcome, |_| "accepted");
        self.observe(UseCase::Registration, channel, word);
        outcome
    }

    async fn take_down(&self, request: RegisterRequest<'_>) -> Result<Accepted, RegisterError> {
        let RegisterRequest { draft, rules, context, idempotency_key } = request;
        let context = CallContext { channel: rules.channel.to_owned(), ..context };
        let client = context.client;
        // Before any rule is asked: what was accepted stays so, whatever guards and lists say by now.
        if let Some(answer) = self.earlier_answer(idempotency_key.as_ref()).await? {
            return Ok(answer);
        }
        let snapshot = self.snapshot().await?;
        snapshot.flags.closed_to_all()?;
        if draft.names_by_code() {
            // Codes are short: anyone who tries them is counted, whatever else is wrong with what they send.
            let tries = self.client_charge("named_codes", self.settings.limits.registrations, &client).await;
            self.count(tries.as_slice()).await?;
        }
        let candidate = self.examine(draft, rules, &client).await??;
        snapshot.flags.closed_to(&candidate.address, candidate.choices.organization)?;
        // The place in the hashing queue comes before counting, so that being overloaded costs nobody's quota.
        let slot = self.ports.password_hasher.admit(Urgency::Registration)?;
        let limits = &self.settings.limits;
        let charges: Vec<_> = self
            .client_charge("registrations", limits.registrations, &client)
            .await
            .into_iter()
            .chain([self.mail_charge(candidate.address.key(), &client).await])
            .collect();
        self.count(&charges).await?;
        let reservation = self.retried(|| self.reserve(idempotency_key.as_ref())).await?;
        let hashed = slot.hash(candidate.password.clone(), self.salt()).await;
        let outcome = match hashed {
            Ok(hash) => {
                let attempt = candidate.attempt(hash);
                self.retried(|| self.write_down(attempt.clone(), rules, &context, &reservation)).await
            }
            Err(error) => Err(error.into()),
        };
        if let (Err(_), Reservation::Held(_, record)) = (&outcome, &reservation) {
            self.give_up(record).await;
        }
        outcome
    }

    /// Notes a password that is known from a breach, where the policy has a blocklist.
    pub(crate) async fn note_breach(
        &self,
        field: Field,
        password: Option<&Password>,
        policy: PasswordPolicy,
        violations: &mut Violations,
    ) {
        let Some(password) = password.filter(|_| policy.blocklist) else { return };
        // A source that cannot be asked stops nobody: the built-in list was part of the policy.
        let is_breached = self.ports.breached_passwords.is_breached(password).await.unwrap_or(false);
        if is_breached && !violations.iter().any(|violation| violation.rule == Rule::Common) {
            violations.push(field, Rule::Common);
        }
    }

    pub(crate) fn salt(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        self.ports.entropy.fill(&mut salt);
        salt
    }
}
