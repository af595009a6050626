//! A store in memory that counts, and fails, hangs or gives a unit of work up for another one when it is told to.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use uuid::Uuid;

use super::*;
use crate::audit::AuditEntry;
use crate::email_address::EmailKey;
use crate::feature::StoredFeature;
use crate::id::{AuditId, IdentityId, InvitationId, OutboxId, RegistrationId, SessionId};
use crate::idempotency::IdempotencyRecord;
use crate::invitation::{Invitation, InvitationState};
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use crate::organization::{ClientId, RegisteredClient};
use crate::outbox::{Decided, Fault, OutboxEntry, OutboxState, Queue, Refusal, Settlement};
use crate::ports::store::{
    AccountFilter, AccountLists, AccountUpdate, Accounts, AuditFilter, AuditTrail, Features, Housekeeping,
    IdempotencyRecords, Identities, Invitations, Measure, OneTimeTokens, Organizations, Outbox, OutboxLists,
    ProviderFlows, Purge, RegisteredClients, RegistrationFilter, Registrations, Sessions, Update, Wait,
};
use crate::ports::{Charge, RateLimiter, StoreError, Verdict};
use crate::provider::{Identity, IdentityKey, ProviderFlow};
use crate::registration::{Ending, Registration};
use crate::session::{Session, SignedIn};

/// Counts every call and fails one of them: the store goes away for that long.
#[derive(Clone)]
pub(crate) struct FaultyStore {
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
    /// Calls of units of work that write.
    writing_calls: AtomicUsize,
    /// Number of the first of these that is a conflict, from 1; 0 for none.
    conflicts_from: AtomicUsize,
    /// How many conflicts are still to come.
    conflicts: AtomicUsize,
    /// Whether a commit that fails has been made all the same.
    commits_first: bool,
}

impl FaultyStore {
    pub(crate) fn over(inner: Arc<MemoryStore>, commits_first: bool) -> Self {
        Self { inner, faults: Arc::new(Faults { commits_first, ..Faults::default() }) }
    }

    /// The `number`th call from now on fails; 0 for none.
    pub(crate) fn fail_at(&self, number: usize) {
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

    /// From the `number`th call of a unit of work that writes on, that many of these calls give it up for another one.
    pub(crate) fn aborted_from(&self, number: usize, count: usize) {
        self.faults.writing_calls.store(0, Ordering::SeqCst);
        self.faults.conflicts_from.store(number, Ordering::SeqCst);
        self.faults.conflicts.store(count, Ordering::SeqCst);
    }

    /// Whether all conflicts that were to come have come.
    pub(crate) fn has_conflicted(&self) -> bool {
        self.faults.conflicts.load(Ordering::SeqCst) == 0
    }

    /// Calls since it was last said which one fails.
    pub(crate) fn calls(&self) -> usize {
        self.faults.calls.load(Ordering::SeqCst)
    }

    /// Commits since it was last said which call fails.
    pub(super) fn commits(&self) -> usize {
        self.faults.commits.load(Ordering::SeqCst)
    }

    /// Whether the call that was to fail was made.
    pub(crate) fn has_failed(&self) -> bool {
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
        settings.limits.mails_per_mailbox = Rate::OFF;
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

    /// The same in a unit of work.
    async fn step_in_unit(&self, writes: bool) -> Result<(), StoreError> {
        if writes {
            let call = self.writing_calls.fetch_add(1, Ordering::SeqCst) + 1;
            let from = self.conflicts_from.load(Ordering::SeqCst);
            let left = self.conflicts.load(Ordering::SeqCst);
            if from > 0 && call >= from && left > 0 {
                self.conflicts.store(left - 1, Ordering::SeqCst);
                return Err(StoreError::aborted("a deadlock"));
            }
        }
        self.step().await
    }
}

struct FaultyUnitOfWork {
    inner: Box<dyn UnitOfWork>,
    faults: Arc<Faults>,
    writes: bool,
}

#[async_trait]
impl Store for FaultyStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.faults.step().await?;
        Ok(Box::new(FaultyUnitOfWork {
            inner: self.inner.begin().await?,
            faults: Arc::clone(&self.faults),
            writes: true,
        }))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.faults.step().await?;
        let inner = self.inner.begin_read_only().await?;
        Ok(Box::new(FaultyUnitOfWork { inner, faults: Arc::clone(&self.faults), writes: false }))
    }

    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        self.faults.step().await?;
        self.inner.find_signed_in(token).await
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

    async fn take_back(
        &self,
        events: &BTreeSet<String>,
        counted_at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        self.faults.step().await?;
        self.inner.take_back(events, counted_at, forgotten).await
    }

    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        self.faults.step().await?;
        self.inner.purge(now, limit).await
    }
}

#[async_trait]
impl UnitOfWork for FaultyUnitOfWork {
    async fn hold_addresses(&mut self, keys: &[&EmailKey]) -> Result<(), StoreError> {
        self.faults.step_in_unit(self.writes).await?;
        self.inner.hold_addresses(keys).await
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let outcome = self.faults.step_in_unit(self.writes).await;
        let is_given_up = outcome.as_ref().is_err_and(StoreError::is_aborted);
        if outcome.is_ok() || (self.faults.commits_first && !is_given_up) {
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
                    self.faults.step_in_unit(self.writes).await?;
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
        fn find_uncompleted_keys(keys: &[EmailKey]) -> BTreeSet<EmailKey>;
        fn find_registration_by_continuation(continuation: &TokenDigest) -> Option<Registration>;
        fn renew_registration(renewed: &Registration) -> Update;
        fn count_code_try(id: RegistrationId, max: u32) -> Update;
        fn correct_registration(corrected: &Registration) -> Update;
        fn end_registration(id: RegistrationId, ending: Ending) -> Update;
        fn void_registrations(key: &EmailKey) -> u64;
        fn list_registrations(
            filter: &RegistrationFilter, before: Option<RegistrationId>, limit: u32
        ) -> Vec<Registration>;
    }
    OneTimeTokens {
        fn insert_token(token: &OneTimeToken) -> ();
        fn find_token(digest: &TokenDigest) -> Option<OneTimeToken>;
        fn redeem_token(digest: &TokenDigest, purpose: Purpose, now: Timestamp) -> Update;
        fn find_live_token(purpose: Purpose, subject: Uuid) -> Option<OneTimeToken>;
        fn end_tokens_of_subject(purpose: Purpose, subject: Uuid, state: TokenState) -> u64;
        fn delete_tokens_below(purpose: Purpose, subject: Uuid, generation: u32) -> u64;
        fn end_tokens_of_key(purpose: Purpose, key: &EmailKey, state: TokenState) -> u64;
    }
    Accounts {
        fn insert_account(account: &Account) -> Insert;
        fn find_account(id: AccountId) -> Option<Account>;
        fn find_account_by_email(key: &EmailKey) -> Option<Account>;
        fn update_account(account: &Account) -> AccountUpdate;
        fn find_account_by_user_name(name: &UserName) -> Option<Account>;
        fn find_account_keys(keys: &[EmailKey]) -> BTreeSet<EmailKey>;
        fn find_unverified_accounts(key: &EmailKey) -> Vec<Account>;
        fn find_credential(key: &EmailKey) -> Option<crate::account::Credential>;
        fn find_credential_by_user_name(name: &UserName) -> Option<crate::account::Credential>;
        fn next_token_generation(id: AccountId) -> Option<u32>;
        fn delete_account(id: AccountId, version: u32) -> Update;
    }
    AccountLists {
        fn list_accounts(filter: &AccountFilter, before: Option<AccountId>, limit: u32) -> Vec<Account>;
        fn scan_accounts(after: Option<AccountId>, limit: u32) -> Vec<Account>;
        fn count_other_super_admins(except: AccountId) -> u64;
        fn find_accounts_to_delete(now: Timestamp, unverified_before: Timestamp, limit: u32) -> Vec<Account>;
    }
    Sessions {
        fn insert_session(session: &Session) -> ();
        fn find_session(token: &TokenDigest) -> Option<Session>;
        fn find_session_by_id(id: SessionId) -> Option<Session>;
        fn find_sessions_of_account(account: AccountId) -> Vec<Session>;
        fn touch_session(token: &TokenDigest, last_used_at: Timestamp) -> Update;
        fn replace_session(token: &TokenDigest, session: &Session) -> Update;
        fn delete_session(account: AccountId, id: SessionId) -> Update;
        fn delete_sessions_of_account(account: AccountId, except: Option<&TokenDigest>) -> u64;
    }
    Identities {
        fn insert_identity(identity: &Identity) -> Insert;
        fn find_identity(key: &IdentityKey) -> Option<Identity>;
        fn find_identities_of_account(account: AccountId) -> Vec<Identity>;
        fn update_identity(used: &Identity) -> Update;
        fn delete_identity(owner: AccountId, id: IdentityId) -> Update;
    }
    ProviderFlows {
        fn insert_flow(flow: &ProviderFlow) -> ();
        fn find_flow(state: &TokenDigest) -> Option<ProviderFlow>;
        fn delete_flow(state: &TokenDigest) -> Update;
    }
    Organizations {
        fn insert_organization(organization: &Organization) -> Insert;
        fn find_organization(id: OrganizationId) -> Option<Organization>;
        fn find_organization_by_code(code: &str) -> Option<Organization>;
        fn update_organization(organization: &Organization) -> Update;
        fn delete_organization(id: OrganizationId) -> Update;
        fn list_organizations(before: Option<OrganizationId>, limit: u32) -> Vec<Organization>;
    }
    RegisteredClients {
        fn insert_client(client: &RegisteredClient) -> Insert;
        fn find_client(id: &ClientId) -> Option<RegisteredClient>;
        fn update_client(client: &RegisteredClient) -> Update;
        fn delete_client(id: &ClientId) -> Update;
        fn has_client(organization: OrganizationId) -> bool;
        fn list_clients(after: Option<&ClientId>, limit: u32) -> Vec<RegisteredClient>;
    }
    Invitations {
        fn insert_invitation(invitation: &Invitation) -> ();
        fn find_invitation(id: InvitationId) -> Option<Invitation>;
        fn find_pending_invitations(key: &EmailKey) -> Vec<Invitation>;
        fn renew_invitation(renewed: &Invitation) -> Update;
        fn end_invitation(id: InvitationId, state: InvitationState) -> Update;
        fn void_invitations(key: &EmailKey) -> u64;
        fn list_invitations(
            state: Option<InvitationState>, before: Option<InvitationId>, limit: u32
        ) -> Vec<Invitation>;
    }
    Features {
        fn find_features() -> Vec<StoredFeature>;
        fn put_feature(feature: &StoredFeature) -> Update;
    }
    AuditTrail {
        fn insert_audit_entry(entry: &AuditEntry) -> ();
        fn list_audit_entries(filter: &AuditFilter, before: Option<AuditId>, limit: u32) -> Vec<AuditEntry>;
        fn count_by_day(measure: Measure, from: Timestamp, until: Timestamp) -> Vec<(i64, u64)>;
        fn find_waits(wait: Wait, from: Timestamp, until: Timestamp, limit: u32) -> Vec<Duration>;
    }
    Housekeeping {
        fn purge(what: Purge, limit: u32) -> u64;
        fn count_purgeable(what: Purge) -> u64;
    }
    Outbox {
        fn enqueue(entry: &OutboxEntry) -> ();
        fn claim(queue: &Queue, now: Timestamp, lease_until: Timestamp, limit: u32) -> Vec<OutboxEntry>;
        fn lock_due(queue: &Queue, now: Timestamp, limit: u32) -> Vec<OutboxEntry>;
        fn remove_entries(entries: &[(OutboxId, u32)]) -> u64;
        fn decide_entry(id: OutboxId, fence: u32, decided: Decided, now: Timestamp) -> Update;
        fn settle(id: OutboxId, fence: u32, settlement: &Settlement) -> Update;
        fn find_newest_entry_of_registration(registration: RegistrationId) -> Option<OutboxEntry>;
        fn has_bounced(registration: RegistrationId, key: &EmailKey) -> bool;
        fn bounce_entry(id: OutboxId, refusal: Refusal, note: &str) -> Update;
        fn find_refused(
            fault: Fault, since: Timestamp, until: Timestamp, states: &[OutboxState], limit: u32
        ) -> Vec<OutboxEntry>;
        fn requeue_refused(ids: &[OutboxId], due_at: Timestamp) -> u64;
        fn next_due(queue: &Queue) -> Option<Timestamp>;
    }
    OutboxLists {
        fn find_entry(id: OutboxId) -> Option<OutboxEntry>;
        fn list_entries(state: Option<OutboxState>, before: Option<OutboxId>, limit: u32) -> Vec<OutboxEntry>;
        fn redrive_entry(id: OutboxId, now: Timestamp) -> Update;
        fn drop_entry(id: OutboxId, now: Timestamp, note: &str) -> Update;
        fn count_entries() -> Vec<(Queue, OutboxState, u64)>;
        fn find_oldest_queued() -> Vec<(Queue, Timestamp)>;
    }
    IdempotencyRecords {
        fn insert_idempotency_record(record: &IdempotencyRecord) -> Insert;
        fn find_idempotency_record(key: &TokenDigest) -> Option<IdempotencyRecord>;
        fn replace_idempotency_record(record: &IdempotencyRecord, started_at: Timestamp) -> Update;
        fn delete_idempotency_record(key: &TokenDigest, started_at: Timestamp) -> Update;
    }
}
