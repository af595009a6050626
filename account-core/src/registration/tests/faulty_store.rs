//! A store in memory that counts, and fails or hangs when it is told to.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use uuid::Uuid;

use super::*;
use crate::account::Organization;
use crate::email_address::EmailKey;
use crate::id::{OutboxId, RegistrationId};
use crate::idempotency::IdempotencyRecord;
use crate::outbox::{OutboxEntry, Settlement};
use crate::ports::store::{
    Accounts, IdempotencyRecords, Organizations, Outbox, Registrations, Sessions, Update, VerificationTokens,
};
use crate::ports::{Charge, RateLimiter, StoreError, Verdict};
use crate::registration::{Registration, RegistrationState};
use crate::session::Session;
use crate::verification_token::{Purpose, TokenDigest, TokenState, VerificationToken};

/// Counts every call and fails one of them: the store goes away for that long.
#[derive(Clone)]
pub(super) struct FaultyStore {
    inner: Arc<MemoryStore>,
    faults: Arc<Faults>,
}

#[derive(Default)]
struct Faults {
    calls: AtomicUsize,
    /// Number of the call that fails, from 1; 0 for none.
    fails_at: AtomicUsize,
    /// Whether that call never returns, instead.
    hangs: AtomicBool,
    commits: AtomicUsize,
    /// Whether a commit that fails has been made all the same.
    commits_first: bool,
}

impl FaultyStore {
    pub(super) fn over(inner: Arc<MemoryStore>, commits_first: bool) -> Self {
        Self { inner, faults: Arc::new(Faults { commits_first, ..Faults::default() }) }
    }

    /// The `number`th call from now on fails; 0 for none.
    pub(super) fn fail_at(&self, number: usize) {
        self.faults.calls.store(0, Ordering::SeqCst);
        self.faults.commits.store(0, Ordering::SeqCst);
        self.faults.hangs.store(false, Ordering::SeqCst);
        self.faults.fails_at.store(number, Ordering::SeqCst);
    }

    /// The `number`th call from now on never returns.
    pub(super) fn hang_at(&self, number: usize) {
        self.fail_at(number);
        self.faults.hangs.store(true, Ordering::SeqCst);
    }

    /// Calls since it was last said which one fails.
    pub(super) fn calls(&self) -> usize {
        self.faults.calls.load(Ordering::SeqCst)
    }

    /// Commits since it was last said which call fails.
    pub(super) fn commits(&self) -> usize {
        self.faults.commits.load(Ordering::SeqCst)
    }

    /// Whether the call that was to fail was made.
    pub(super) fn has_failed(&self) -> bool {
        self.calls() >= self.faults.fails_at.load(Ordering::SeqCst)
    }
}

/// A world on a store that can be made to fail. With `commits_first` a commit that fails was made all the same.
pub(super) fn faulty_world(commits_first: bool) -> (World, FaultyStore) {
    let mut faulty = None;
    let mut memory = None;
    let mut world = World::with(|ports, settings| {
        let inner = Arc::new(MemoryStore::new());
        let store = FaultyStore::over(Arc::clone(&inner), commits_first);
        ports.store = Arc::new(store.clone());
        ports.rate_limiter = Arc::new(store.clone());
        settings.limits.mails = Rate::OFF;
        settings.limits.resend = Rate::OFF;
        (faulty, memory) = (Some(store), Some(inner));
    });
    world.store = memory.unwrap();
    (world, faulty.unwrap())
}

impl Faults {
    async fn step(&self) -> Result<(), StoreError> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if call == self.fails_at.load(Ordering::SeqCst) {
            if self.hangs.load(Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            return Err(StoreError::transient("the store went away"));
        }
        Ok(())
    }
}

struct FaultyUnitOfWork {
    inner: Box<dyn UnitOfWork>,
    faults: Arc<Faults>,
}

#[async_trait]
impl Store for FaultyStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.faults.step().await?;
        Ok(Box::new(FaultyUnitOfWork { inner: self.inner.begin().await?, faults: Arc::clone(&self.faults) }))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.faults.step().await?;
        let inner = self.inner.begin_read_only().await?;
        Ok(Box::new(FaultyUnitOfWork { inner, faults: Arc::clone(&self.faults) }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.faults.step().await
    }
}

#[async_trait]
impl RateLimiter for FaultyStore {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        self.faults.step().await?;
        self.inner.count(charges, now).await
    }
}

#[async_trait]
impl UnitOfWork for FaultyUnitOfWork {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let outcome = self.faults.step().await;
        if outcome.is_ok() || self.faults.commits_first {
            self.inner.commit().await?;
            self.faults.commits.fetch_add(1, Ordering::SeqCst);
        }
        outcome
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        self.faults.step().await?;
        self.inner.rollback().await
    }
}

/// Passes every call of a role on, unless it is the one that fails.
macro_rules! pass_on {
    ($($role:ident { $(fn $call:ident($($argument:ident: $type:ty),*) -> $answer:ty;)* })*) => {$(
        #[async_trait]
        impl $role for FaultyUnitOfWork {
            $(
                async fn $call(&mut self, $($argument: $type),*) -> Result<$answer, StoreError> {
                    self.faults.step().await?;
                    self.inner.$call($($argument),*).await
                }
            )*
        }
    )*};
}

pass_on! {
    Registrations {
        fn insert_registration(registration: &Registration) -> ();
        fn find_registration(id: RegistrationId) -> Option<Registration>;
        fn find_newest_uncompleted_registration(key: &EmailKey) -> Option<Registration>;
        fn find_registration_by_continuation(continuation: &TokenDigest) -> Option<Registration>;
        fn renew_registration(renewed: &Registration) -> Update;
        fn count_code_try(id: RegistrationId, max: u32) -> Update;
        fn end_registration(id: RegistrationId, outcome: RegistrationState) -> Update;
        fn void_registrations(key: &EmailKey) -> u64;
    }
    VerificationTokens {
        fn insert_token(token: &VerificationToken) -> ();
        fn find_token(digest: &TokenDigest) -> Option<VerificationToken>;
        fn redeem_token(digest: &TokenDigest, purpose: Purpose, now: Timestamp) -> Update;
        fn end_tokens_of_subject(purpose: Purpose, subject: Uuid, state: TokenState) -> u64;
        fn end_tokens_of_key(purpose: Purpose, key: &EmailKey, state: TokenState) -> u64;
    }
    Accounts {
        fn insert_account(account: &Account) -> Insert;
        fn find_account(id: AccountId) -> Option<Account>;
        fn find_account_by_email(key: &EmailKey) -> Option<Account>;
        fn find_account_by_user_name(name: &UserName) -> Option<Account>;
    }
    Organizations {
        fn insert_organization(organization: &Organization) -> Insert;
        fn find_organization(id: OrganizationId) -> Option<Organization>;
    }
    Sessions {
        fn insert_session(session: &Session) -> ();
        fn find_session(token: &TokenDigest) -> Option<Session>;
    }
    Outbox {
        fn enqueue(entry: &OutboxEntry) -> ();
        fn claim(now: Timestamp, lease_until: Timestamp, limit: u32) -> Vec<OutboxEntry>;
        fn decide_entry(id: OutboxId, fence: u32, registration: RegistrationId, generation: u32) -> Update;
        fn settle(id: OutboxId, fence: u32, settlement: &Settlement) -> Update;
        fn find_newest_entry_of_registration(registration: RegistrationId) -> Option<OutboxEntry>;
        fn next_due() -> Option<Timestamp>;
    }
    IdempotencyRecords {
        fn insert_idempotency_record(record: &IdempotencyRecord) -> Insert;
        fn find_idempotency_record(key: &TokenDigest) -> Option<IdempotencyRecord>;
        fn replace_idempotency_record(record: &IdempotencyRecord, started_at: Timestamp) -> Update;
        fn delete_idempotency_record(key: &TokenDigest, started_at: Timestamp) -> Update;
    }
}
