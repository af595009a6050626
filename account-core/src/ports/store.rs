//! Storage: a unit of work, made of one trait for each role.
//!
//! Beside the rules of [`crate::ports`], implementors MUST
//! 1. make a unit of work atomic and isolated: others see all of it, and only after `commit`;
//! 2. have `commit` return only when the change survives a crash of the process and of the machine;
//! 3. report a lost race of an insert as [`Insert::Conflict`] with the unit of work still usable, and of a guarded
//!    update as [`Update::Missed`];
//! 4. pass the contract suite (`testing::contract`, feature `testing`), whose clauses are tests.

use async_trait::async_trait;

use crate::account::{Account, Organization};
use crate::email_address::EmailKey;
use crate::id::{AccountId, OrganizationId, OutboxId, RegistrationId};
use crate::idempotency::IdempotencyRecord;
use crate::name::UserName;
use crate::outbox::{OutboxEntry, Settlement};
use crate::registration::{Registration, RegistrationState};
use crate::session::Session;
use crate::timestamp::Timestamp;
use crate::verification_token::{Purpose, TokenDigest, TokenState, VerificationToken};

/// Where everything is kept.
#[async_trait]
pub trait Store: Send + Sync {
    /// Starts a unit of work that reads and writes. Dropping it rolls it back.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be reached.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Starts a unit of work that only reads, and holds up no writer. Writing in it is an error.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be reached.
    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Whether the store can be reached, for a readiness check.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot.
    async fn ping(&self) -> Result<(), StoreError>;
}

/// A transaction over all roles.
#[async_trait]
pub trait UnitOfWork:
    Registrations + VerificationTokens + Accounts + Organizations + Sessions + Outbox + IdempotencyRecords + Send
{
    /// Makes the work durable and visible.
    ///
    /// # Errors
    /// [`StoreError`]; the work is then undone, unless the store went away while committing.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Undoes the work.
    ///
    /// # Errors
    /// [`StoreError`] when the store went away; the work is undone all the same.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}

/// What became of an insert.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insert {
    /// The row is there.
    Done,
    /// Nothing was written: another row has the value.
    Conflict(Unique),
}

/// A value that only one row may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// The id.
    Id,
    /// The key of an account's proven address.
    EmailKey,
    /// An account's user name.
    UserName,
    /// An organization's code.
    OrganizationCode,
    /// An idempotency key.
    IdempotencyKey,
}

/// What became of an update that holds only under a condition.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// Exactly one row was changed.
    Applied,
    /// The row is not there, or no longer as the condition says. Nothing was changed.
    Missed,
}

/// Registrations.
#[async_trait]
pub trait Registrations {
    /// Writes a new registration. Addresses need not be unique: anyone may attempt any address.
    async fn insert_registration(&mut self, registration: &Registration) -> Result<(), StoreError>;

    /// The registration with that id.
    async fn find_registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError>;

    /// The youngest registration of the key that is not [`RegistrationState::Completed`], expired or not: by
    /// `created_at`, then id.
    async fn find_newest_uncompleted_registration(
        &mut self,
        key: &EmailKey,
    ) -> Result<Option<Registration>, StoreError>;

    /// The registration, in whatever state, whose continuation has that digest.
    async fn find_registration_by_continuation(
        &mut self,
        continuation: &TokenDigest,
    ) -> Result<Option<Registration>, StoreError>;

    /// Sets `generation`, `code`, `key_id` and `expires_at` to those of `renewed`, if the stored registration is not
    /// [`RegistrationState::Completed`] and of the generation just before. The tries of the code stay: they are few per registration.
    async fn renew_registration(&mut self, renewed: &Registration) -> Result<Update, StoreError>;

    /// Counts one try of the code, if the registration, in whatever state, has had fewer than `max` tries.
    async fn count_code_try(&mut self, id: RegistrationId, max: u32) -> Result<Update, StoreError>;

    /// Ends a pending registration and wipes its password hash and choices.
    async fn end_registration(&mut self, id: RegistrationId, outcome: RegistrationState) -> Result<Update, StoreError>;

    /// Ends every pending registration of the key as [`RegistrationState::Void`] and wipes them likewise; returns
    /// how many.
    async fn void_registrations(&mut self, key: &EmailKey) -> Result<u64, StoreError>;
}

/// Mailed tokens, by digest.
#[async_trait]
pub trait VerificationTokens {
    /// Writes a token. Its digest is unique by nature; a duplicate is an error.
    async fn insert_token(&mut self, token: &VerificationToken) -> Result<(), StoreError>;

    /// The token with that digest, in whatever state.
    async fn find_token(&mut self, digest: &TokenDigest) -> Result<Option<VerificationToken>, StoreError>;

    /// Marks the token used, if it is live, has that purpose and expires after `now`.
    async fn redeem_token(
        &mut self,
        digest: &TokenDigest,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Update, StoreError>;

    /// Moves every live token of that purpose and subject to `state`; returns how many.
    async fn end_tokens_of_subject(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
        state: TokenState,
    ) -> Result<u64, StoreError>;

    /// Moves every live token of that purpose and address key to `state`; returns how many.
    async fn end_tokens_of_key(
        &mut self,
        purpose: Purpose,
        key: &EmailKey,
        state: TokenState,
    ) -> Result<u64, StoreError>;
}

/// Accounts.
#[async_trait]
pub trait Accounts {
    /// Writes a new account, unless its id is taken, or its user name is, or its address is proven and another
    /// account has proven an address of that key.
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError>;

    /// The account with that id.
    async fn find_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account that has proven an address of that key.
    async fn find_account_by_email(&mut self, key: &EmailKey) -> Result<Option<Account>, StoreError>;

    /// The account with that user name.
    async fn find_account_by_user_name(&mut self, name: &UserName) -> Result<Option<Account>, StoreError>;
}

/// Organizations.
#[async_trait]
pub trait Organizations {
    /// Writes a new organization, unless its id or its code is taken.
    async fn insert_organization(&mut self, organization: &Organization) -> Result<Insert, StoreError>;

    /// The organization with that id.
    async fn find_organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError>;
}

/// Sessions.
#[async_trait]
pub trait Sessions {
    /// Writes a session.
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// The session with that token, expired or not.
    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError>;
}

/// What waits to be delivered.
#[async_trait]
pub trait Outbox {
    /// Writes a new entry.
    async fn enqueue(&mut self, entry: &OutboxEntry) -> Result<(), StoreError>;

    /// Takes up to `limit` entries that are queued, due at `now` and under no lease that still holds, longest due
    /// first, and puts them under a lease until `lease_until`: their `fence` goes up by one and `attempts` too. Two
    /// workers never claim one entry at once; neither waits for the other where the database can skip locked rows.
    async fn claim(
        &mut self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Notes which registration and generation a claimed entry was decided to mail, if its fence is still `fence` and
    /// it is queued.
    async fn decide_entry(
        &mut self,
        id: OutboxId,
        fence: u32,
        registration: RegistrationId,
        generation: u32,
    ) -> Result<Update, StoreError>;

    /// Ends a claim, if the entry's fence is still `fence` and it is queued.
    async fn settle(&mut self, id: OutboxId, fence: u32, settlement: &Settlement) -> Result<Update, StoreError>;

    /// The youngest entry of the registration.
    async fn find_newest_entry_of_registration(
        &mut self,
        registration: RegistrationId,
    ) -> Result<Option<OutboxEntry>, StoreError>;

    /// The moment at which the next queued entry is due or its lease ends; `None` when nothing is queued.
    async fn next_due(&mut self) -> Result<Option<Timestamp>, StoreError>;
}

/// Answers that were given under an idempotency key.
#[async_trait]
pub trait IdempotencyRecords {
    /// Writes a running record, unless there is one with that key.
    async fn insert_idempotency_record(&mut self, record: &IdempotencyRecord) -> Result<Insert, StoreError>;

    /// The record with that key.
    async fn find_idempotency_record(&mut self, key: &TokenDigest) -> Result<Option<IdempotencyRecord>, StoreError>;

    /// Replaces the record of the same key, if it is still the one started at `started_at`.
    async fn replace_idempotency_record(
        &mut self,
        record: &IdempotencyRecord,
        started_at: Timestamp,
    ) -> Result<Update, StoreError>;

    /// Removes the record, if it is still the one started at `started_at`.
    async fn delete_idempotency_record(
        &mut self,
        key: &TokenDigest,
        started_at: Timestamp,
    ) -> Result<Update, StoreError>;
}

/// The store failed. Opaque: the cause is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the store failed")]
pub struct StoreError {
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
    is_transient: bool,
}

impl StoreError {
    /// The store cannot be reached, was busy, or gave up on a conflict between transactions: trying again may help.
    pub fn transient(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), is_transient: true }
    }

    /// Anything else: a bug, a damaged row, a schema that does not fit.
    pub fn permanent(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), is_transient: false }
    }

    /// Whether trying again may help.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        self.is_transient
    }
}
