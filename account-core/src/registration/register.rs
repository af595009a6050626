//! Registering: an attempt is written down and a mail is put on its way. Accounts are not read.

mod accepted;

use super::draft::{Reading, RegistrationDraft, RegistrationRules, Surroundings};
use super::{Registration, RegistrationState, derive_token};
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::{OutboxId, RegistrationId};
use crate::idempotency::{IdempotencyKey, IdempotencyRecord};
use crate::organization::Organization;
use crate::outbox::{Intent, OutboxEntry};
use crate::password::policy::PasswordPolicy;
use crate::password::{Password, PasswordHash};
use crate::ports::store::{Insert, Update};
use crate::ports::{Applicant, Overloaded, StoreError, Urgency};
use crate::profile::{Choices, Origin};
use crate::service::{AccountService, Closed, Limited, Switches, Unavailable};
use crate::verification_token::SecretToken;
use crate::violation::{Field, Rule, Violation, Violations};

pub use accepted::Accepted;

/// A request to register.
#[derive(Debug)]
pub struct RegisterRequest<'a> {
    /// What was sent.
    pub draft: RegistrationDraft,
    /// The rules of the way it came by.
    pub rules: &'a RegistrationRules,
    /// Who sent it.
    pub client: Client,
    /// The key under which the answer is kept, if one was sent.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Why a registration was not taken down.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Fields break rules; these are all of them.
    #[error("the registration breaks rules")]
    Invalid(Violations),
    /// Registration is closed: to everybody, or to who registers like that.
    #[error("registration is closed")]
    Closed {
        /// What the administrators want people to be told.
        reason: Option<String>,
    },
    /// A limit was reached.
    #[error(transparent)]
    Limited(#[from] Limited),
    /// Every place in the hashing queue is taken.
    #[error(transparent)]
    Overloaded(#[from] Overloaded),
    /// The idempotency key was used with another body.
    #[error("the idempotency key was used with another body")]
    IdempotencyMismatch,
    /// A request with that idempotency key is still running.
    #[error("a request with this idempotency key is still running")]
    IdempotencyInProgress,
    /// Something the service depends on failed; nothing was written, or all of it.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl From<StoreError> for RegisterError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error.into())
    }
}

impl From<Closed> for RegisterError {
    fn from(Closed { reason }: Closed) -> Self {
        Self::Closed { reason }
    }
}

/// A draft without fault.
struct Candidate {
    address: EmailAddress,
    password: Password,
    choices: Choices,
    origin: Origin,
}

/// What was settled about the idempotency key before the work began.
enum Reservation {
    /// There is no key.
    None,
    /// The request has the key for itself.
    Held(IdempotencyKey, IdempotencyRecord),
}

impl AccountService {
    /// Takes a registration down.
    ///
    /// The answer, the time it takes and the rows it writes are the same whether the address is new, pending or
    /// taken: accounts are not read, and what mail is due is decided when it is sent.
    ///
    /// # Errors
    /// [`RegisterError`]; in each case nothing was registered, except that [`RegisterError::Unavailable`] may leave
    /// that open when the store went away while committing.
    pub async fn register(&self, request: RegisterRequest<'_>) -> Result<Accepted, RegisterError> {
        let RegisterRequest { draft, rules, client, idempotency_key } = request;
        // Before any rule is asked: what was accepted stays so, whatever guards and lists say by now.
        if let Some(answer) = self.earlier_answer(idempotency_key.as_ref()).await? {
            return Ok(answer);
        }
        let snapshot = self.snapshot().await?;
        snapshot.switches.closed_to_all()?;
        let candidate = self.examine(draft, rules, &client).await?;
        snapshot.switches.closed_to(&candidate.address, candidate.choices.organization)?;
        // The place in the hashing queue comes before counting, so that being overloaded costs nobody's quota.
        let slot = self.ports.password_hasher.admit(Urgency::Registration)?;
        let limits = &self.settings.limits;
        let charges: Vec<_> = self
            .client_charge("registrations", limits.registrations, &client)
            .await
            .into_iter()
            .chain([self.mail_charge(candidate.address.key(), &client).await])
            .collect();
        self.count::<RegisterError>(&charges).await?;
        let reservation = self.reserve(idempotency_key).await?;
        let hashed = slot.hash(candidate.password.clone(), self.salt()).await.map_err(Unavailable::Hashing);
        let outcome = match hashed {
            Ok(hash) => self.write_down(candidate, hash, &reservation).await,
            Err(error) => Err(error.into()),
        };
        if let (Err(_), Reservation::Held(_, record)) = (&outcome, &reservation) {
            self.give_up(record).await;
        }
        outcome
    }

    /// Reads the draft and asks everybody who may object; nothing is written.
    async fn examine(
        &self,
        draft: RegistrationDraft,
        rules: &RegistrationRules,
        client: &Client,
    ) -> Result<Candidate, RegisterError> {
        let organization = match draft.named_organization() {
            Some(named) => self.ports.store.begin_read_only().await?.find_organization(named).await?,
            None => None,
        };
        let organization_origins = organization.as_ref().map(Organization::callback_origins).unwrap_or_default();
        let surroundings = Surroundings {
            reference_data: &*self.ports.reference_data,
            callback_origins: &self.settings.callback_origins,
            organization_origins: &organization_origins,
            service_words: &self.settings.service_words,
        };
        let Reading { address, password, choices, mut violations } = draft.read(rules, &surroundings);
        let origin = Origin { surface: rules.surface.to_owned(), client_address: client.address };
        if choices.organization.is_some() && organization.is_none() {
            violations.push(Field::Organization, Rule::Unknown);
        }
        self.note_breach(Field::Password, password.as_ref(), rules.password_policy, &mut violations).await;
        if let Some(address) = &address {
            let applicant = Applicant { address, choices: &choices, origin: &origin };
            for guard in &self.ports.guards {
                violations.extend(guard.check(&applicant).await);
            }
        }
        match (address, password) {
            (Some(address), Some(password)) if violations.is_empty() => {
                Ok(Candidate { address, password, choices, origin })
            }
            _ => Err(RegisterError::Invalid(violations)),
        }
    }

    /// The answer that was given under the key before, if there was one.
    async fn earlier_answer(&self, key: Option<&IdempotencyKey>) -> Result<Option<Accepted>, RegisterError> {
        let Some(key) = key else { return Ok(None) };
        let mut unit = self.ports.store.begin_read_only().await?;
        match unit.find_idempotency_record(key.digest()).await? {
            Some(record) if !record.is_stale(self.ports.clock.now()) => replay(key, &record).map(Some),
            _ => Ok(None),
        }
    }

    /// Takes the key for this request, in a commit of its own, so that a second request finds it taken.
    async fn reserve(&self, key: Option<IdempotencyKey>) -> Result<Reservation, RegisterError> {
        let Some(key) = key else { return Ok(Reservation::None) };
        let now = self.ports.clock.now();
        let record = key.start(now);
        let mut unit = self.ports.store.begin().await?;
        if matches!(unit.insert_idempotency_record(&record).await?, Insert::Conflict(_)) {
            let taken = unit.find_idempotency_record(key.digest()).await?;
            let Some(stale) = taken.filter(|taken| taken.is_stale(now)) else {
                // Whoever was faster has it; its answer, if it is there by now, comes with the next request.
                return Err(RegisterError::IdempotencyInProgress);
            };
            if unit.replace_idempotency_record(&record, stale.started_at).await? == Update::Missed {
                return Err(RegisterError::IdempotencyInProgress);
            }
        }
        unit.commit().await?;
        Ok(Reservation::Held(key, record))
    }

    /// Lets go of the key after a failure, so that the request can be sent again. If even that fails, the key is
    /// free again once it counts as abandoned.
    ///
    /// An answer that is there stays: the commit was made though it was reported to have failed, and who sends the
    /// request again is to get it.
    async fn give_up(&self, record: &IdempotencyRecord) {
        if let Ok(mut unit) = self.ports.store.begin().await
            && let Ok(Some(IdempotencyRecord { answer: None, .. })) = unit.find_idempotency_record(&record.key).await
            && unit.delete_idempotency_record(&record.key, record.started_at).await.is_ok()
        {
            let _ = unit.commit().await;
        }
    }

    /// Writes registration, token, outbox entry and kept answer, in one commit.
    async fn write_down(
        &self,
        candidate: Candidate,
        hash: PasswordHash,
        reservation: &Reservation,
    ) -> Result<Accepted, RegisterError> {
        let Candidate { address, mut choices, origin, .. } = candidate;
        let mut unit = self.ports.store.begin().await?;
        // Once more, where it cannot be as old as the snapshot is.
        let switches = Switches::of(&mut *unit).await?;
        switches.closed_to(&address, choices.organization)?;
        choices.profile.newsletter &= switches.newsletter.enabled;
        let (clock, entropy) = (&*self.ports.clock, &*self.ports.entropy);
        let id = RegistrationId::generate(clock, entropy);
        let continuation = SecretToken::generate(entropy);
        let now = clock.now();
        let expires_at = now + self.settings.verification_ttl;
        let (token, code) = derive_token(&self.settings.master_keys.current, id, 1, &address, expires_at);
        let registration = Registration {
            id,
            address: address.clone(),
            password_hash: Some(hash),
            choices,
            origin,
            continuation: continuation.digest(),
            state: RegistrationState::Pending,
            generation: token.generation,
            code,
            key_id: token.key_id.clone(),
            code_tries: 0,
            created_at: now,
            expires_at,
        };
        let intent = Intent::Registration { registration: id, address, generation: token.generation };
        let entry = OutboxEntry::new(OutboxId::generate(clock, entropy), intent, now);
        let accepted = Accepted { registration: id, continuation, expires_at };

        if let Some(name) = &registration.choices.user_name
            && unit.find_account_by_user_name(name).await?.is_some()
        {
            return Err(RegisterError::Invalid(Violation::new(Field::UserName, Rule::Taken).into()));
        }
        unit.insert_registration(&registration).await?;
        unit.insert_token(&token).await?;
        unit.enqueue(&entry).await?;
        if let Reservation::Held(key, record) = reservation {
            let kept = key.seal(record, &accepted.to_octets());
            if unit.replace_idempotency_record(&kept, record.started_at).await? == Update::Missed {
                // This request took so long that another one took it to be lost.
                return Err(RegisterError::IdempotencyInProgress);
            }
        }
        unit.commit().await?;
        self.bell.ring();
        Ok(accepted)
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

/// The answer of the record, or why there is none for this request.
fn replay(key: &IdempotencyKey, record: &IdempotencyRecord) -> Result<Accepted, RegisterError> {
    if !key.fits(record) {
        return Err(RegisterError::IdempotencyMismatch);
    }
    let opened = key.open(record).ok_or(RegisterError::IdempotencyInProgress)?;
    Accepted::from_octets(&opened).ok_or(RegisterError::IdempotencyInProgress)
}
