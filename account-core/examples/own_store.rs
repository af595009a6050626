//! A store of one's own: everything in lists, for a program that serves a handful of people and forgets them when it
//! ends. It passes the contract that every store must pass, which is all that the core asks of one.
//!
//! A unit of work reads what was committed when it began. The first change makes a copy of the lists; committing
//! puts the copy in their place. Only one unit of work holds the pen at a time, so no copy is ever out of date.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use account_core::account::{Account, Organization};
use account_core::email_address::EmailKey;
use account_core::id::{AccountId, OrganizationId, OutboxId, RegistrationId};
use account_core::idempotency::IdempotencyRecord;
use account_core::name::UserName;
use account_core::outbox::{Intent, OutboxEntry, OutboxState, Settlement};
use account_core::ports::rate_limiter::{Tally, counters, tally};
use account_core::ports::store::{
    Accounts, IdempotencyRecords, Insert, Organizations, Outbox, Registrations, Sessions, Unique, Update,
    VerificationTokens,
};
use account_core::ports::{Charge, RateLimiter, Store, StoreError, UnitOfWork, Verdict};
use account_core::profile::Choices;
use account_core::rate::SlidingLog;
use account_core::registration::{Registration, RegistrationState};
use account_core::session::Session;
use account_core::testing::contract::{self, Subject};
use account_core::timestamp::Timestamp;
use account_core::verification_token::{Purpose, TokenDigest, TokenState, VerificationToken};
use async_trait::async_trait;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

#[tokio::main]
async fn main() {
    let passed = contract::run_every_clause(async || Subject::new(ListStore::default())).await;
    println!("{passed} clauses of the store contract hold");
}

/// The store. It counts as well: one object is both ports.
#[derive(Default)]
struct ListStore {
    committed: Arc<RwLock<Arc<Lists>>>,
    pen: Arc<tokio::sync::Mutex<()>>,
    counters: Mutex<BTreeMap<String, SlidingLog>>,
}

/// Everything that is kept.
#[derive(Clone, Default)]
struct Lists {
    registrations: Vec<Registration>,
    tokens: Vec<VerificationToken>,
    accounts: Vec<Account>,
    organizations: Vec<Organization>,
    sessions: Vec<Session>,
    outbox: Vec<OutboxEntry>,
    records: Vec<IdempotencyRecord>,
}

/// A unit of work. Dropping it drops the copy and the pen, and so undoes it.
struct Draft {
    lists: Arc<Lists>,
    committed: Arc<RwLock<Arc<Lists>>>,
    /// `None` in a unit of work that only reads.
    pen: Option<OwnedMutexGuard<()>>,
}

impl ListStore {
    fn draft(&self, pen: Option<OwnedMutexGuard<()>>) -> Box<dyn UnitOfWork> {
        let lists = Arc::clone(&self.committed.read().unwrap_or_else(PoisonError::into_inner));
        Box::new(Draft { lists, committed: Arc::clone(&self.committed), pen })
    }
}

#[async_trait]
impl Store for ListStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        // The pen first: what is read must not change until it is written.
        let pen = Arc::clone(&self.pen).lock_owned().await;
        Ok(self.draft(Some(pen)))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Ok(self.draft(None))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[async_trait]
impl UnitOfWork for Draft {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        if self.pen.is_some() {
            *self.committed.write().unwrap_or_else(PoisonError::into_inner) = self.lists;
        }
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}

#[async_trait]
impl RateLimiter for ListStore {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        let mut kept = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            counters(charges).into_iter().filter_map(|counter| Some((counter.clone(), kept.get(&counter)?.clone())));
        match tally(charges, now, known.collect()) {
            Tally::Limited(verdict) => Ok(verdict),
            Tally::Counted(changed) => {
                kept.extend(changed.into_iter().map(|(counter, log, _)| (counter, log)));
                Ok(Verdict::Allowed)
            }
        }
    }
}

impl Draft {
    /// The lists, to be changed: a copy, unless this unit of work has made one before.
    fn change(&mut self) -> Result<&mut Lists, StoreError> {
        if self.pen.is_none() {
            return Err(StoreError::permanent("this unit of work only reads"));
        }
        Ok(Arc::make_mut(&mut self.lists))
    }
}

/// Changes the rows that match; returns how many.
fn change_all<T>(rows: &mut [T], matches: impl Fn(&T) -> bool, change: impl FnMut(&mut T)) -> u64 {
    rows.iter_mut().filter(|row| matches(row)).map(change).fold(0, |count, ()| count + 1)
}

/// Changes the one row that matches, if it does.
fn change_one<T>(rows: &mut [T], matches: impl Fn(&T) -> bool, change: impl FnMut(&mut T)) -> Update {
    if change_all(rows, matches, change) == 0 { Update::Missed } else { Update::Applied }
}

/// Adds a row whose key must be new.
fn add<T: Clone>(rows: &mut Vec<T>, row: &T, is_same: impl Fn(&T) -> bool) -> Result<(), StoreError> {
    if rows.iter().any(is_same) {
        return Err(StoreError::permanent("there is a row with this key"));
    }
    rows.push(row.clone());
    Ok(())
}

fn is_pending(registration: &Registration) -> bool {
    registration.state == RegistrationState::Pending
}

/// Ends a registration; who it was is nobody's business any more.
fn end(registration: &mut Registration, outcome: RegistrationState) {
    registration.state = outcome;
    registration.password_hash = None;
    registration.choices = Choices::default();
}

#[async_trait]
impl Registrations for Draft {
    async fn insert_registration(&mut self, registration: &Registration) -> Result<(), StoreError> {
        add(&mut self.change()?.registrations, registration, |row| row.id == registration.id)
    }

    async fn find_registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        Ok(self.lists.registrations.iter().find(|row| row.id == id).cloned())
    }

    async fn find_newest_uncompleted_registration(
        &mut self,
        key: &EmailKey,
    ) -> Result<Option<Registration>, StoreError> {
        let is_meant = |row: &&Registration| row.state != RegistrationState::Completed && row.address.key() == key;
        let uncompleted = self.lists.registrations.iter().filter(is_meant);
        Ok(uncompleted.max_by_key(|row| (row.created_at, row.id)).cloned())
    }

    async fn find_registration_by_continuation(
        &mut self,
        continuation: &TokenDigest,
    ) -> Result<Option<Registration>, StoreError> {
        Ok(self.lists.registrations.iter().find(|row| row.continuation == *continuation).cloned())
    }

    async fn renew_registration(&mut self, renewed: &Registration) -> Result<Update, StoreError> {
        let follows = |row: &Registration| row.generation.checked_add(1) == Some(renewed.generation);
        let rows = &mut self.change()?.registrations;
        Ok(change_one(
            rows,
            |row| row.id == renewed.id && row.state != RegistrationState::Completed && follows(row),
            |row| {
                row.generation = renewed.generation;
                row.code = renewed.code;
                row.key_id.clone_from(&renewed.key_id);
                row.expires_at = renewed.expires_at;
            },
        ))
    }

    async fn count_code_try(&mut self, id: RegistrationId, max: u32) -> Result<Update, StoreError> {
        let rows = &mut self.change()?.registrations;
        Ok(change_one(rows, |row| row.id == id && row.code_tries < max, |row| row.code_tries += 1))
    }

    async fn end_registration(&mut self, id: RegistrationId, outcome: RegistrationState) -> Result<Update, StoreError> {
        let rows = &mut self.change()?.registrations;
        Ok(change_one(rows, |row| row.id == id && is_pending(row), |row| end(row, outcome)))
    }

    async fn void_registrations(&mut self, key: &EmailKey) -> Result<u64, StoreError> {
        let is_concerned = |row: &Registration| is_pending(row) && row.address.key() == key;
        Ok(change_all(&mut self.change()?.registrations, is_concerned, |row| end(row, RegistrationState::Void)))
    }
}

impl Draft {
    fn end_tokens(
        &mut self,
        state: TokenState,
        is_concerned: impl Fn(&VerificationToken) -> bool,
    ) -> Result<u64, StoreError> {
        let is_live = |row: &VerificationToken| row.state == TokenState::Live;
        let rows = &mut self.change()?.tokens;
        Ok(change_all(rows, |row| is_live(row) && is_concerned(row), |row| row.state = state))
    }
}

#[async_trait]
impl VerificationTokens for Draft {
    async fn insert_token(&mut self, token: &VerificationToken) -> Result<(), StoreError> {
        add(&mut self.change()?.tokens, token, |row| row.digest == token.digest)
    }

    async fn find_token(&mut self, digest: &TokenDigest) -> Result<Option<VerificationToken>, StoreError> {
        Ok(self.lists.tokens.iter().find(|row| row.digest == *digest).cloned())
    }

    async fn redeem_token(
        &mut self,
        digest: &TokenDigest,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        let is_good = |row: &VerificationToken| {
            row.digest == *digest && row.purpose == purpose && row.state == TokenState::Live && now < row.expires_at
        };
        Ok(change_one(&mut self.change()?.tokens, is_good, |row| row.state = TokenState::Used))
    }

    async fn end_tokens_of_subject(
        &mut self,
        purpose: Purpose,
        subject: Uuid,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        self.end_tokens(state, |row| row.purpose == purpose && row.subject == subject)
    }

    async fn end_tokens_of_key(
        &mut self,
        purpose: Purpose,
        key: &EmailKey,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        self.end_tokens(state, |row| row.purpose == purpose && row.email_key() == key)
    }
}

/// Whether the account holds that address: an address that nobody has proven is held by nobody.
fn holds(account: &Account, key: &EmailKey) -> bool {
    account.verified_at.is_some() && account.address.key() == key
}

#[async_trait]
impl Accounts for Draft {
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError> {
        let key = account.address.key();
        let rows = &mut self.change()?.accounts;
        let conflict = if rows.iter().any(|row| row.id == account.id) {
            Unique::Id
        } else if account.verified_at.is_some() && rows.iter().any(|row| holds(row, key)) {
            Unique::EmailKey
        } else if account.user_name.is_some() && rows.iter().any(|row| row.user_name == account.user_name) {
            Unique::UserName
        } else {
            rows.push(account.clone());
            return Ok(Insert::Done);
        };
        Ok(Insert::Conflict(conflict))
    }

    async fn find_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.lists.accounts.iter().find(|row| row.id == id).cloned())
    }

    async fn find_account_by_email(&mut self, key: &EmailKey) -> Result<Option<Account>, StoreError> {
        Ok(self.lists.accounts.iter().find(|row| holds(row, key)).cloned())
    }

    async fn find_account_by_user_name(&mut self, name: &UserName) -> Result<Option<Account>, StoreError> {
        Ok(self.lists.accounts.iter().find(|row| row.user_name.as_ref() == Some(name)).cloned())
    }
}

#[async_trait]
impl Organizations for Draft {
    async fn insert_organization(&mut self, organization: &Organization) -> Result<Insert, StoreError> {
        let rows = &mut self.change()?.organizations;
        if rows.iter().any(|row| row.id == organization.id) {
            return Ok(Insert::Conflict(Unique::Id));
        }
        if rows.iter().any(|row| row.code == organization.code) {
            return Ok(Insert::Conflict(Unique::OrganizationCode));
        }
        rows.push(organization.clone());
        Ok(Insert::Done)
    }

    async fn find_organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        Ok(self.lists.organizations.iter().find(|row| row.id == id).cloned())
    }
}

#[async_trait]
impl Sessions for Draft {
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        add(&mut self.change()?.sessions, session, |row| row.token == session.token)
    }

    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        Ok(self.lists.sessions.iter().find(|row| row.token == *token).cloned())
    }
}

/// From when on an entry can be claimed; `None` when it is settled.
fn claimable_at(entry: &OutboxEntry) -> Option<Timestamp> {
    let is_queued = entry.state == OutboxState::Queued;
    is_queued.then(|| entry.leased_until.map_or(entry.due_at, |lease| lease.max(entry.due_at)))
}

/// Whether the entry is queued and the claim of that fence is its newest.
fn is_claimed(entry: &OutboxEntry, id: OutboxId, fence: u32) -> bool {
    entry.id == id && entry.fence == fence && entry.state == OutboxState::Queued
}

#[async_trait]
impl Outbox for Draft {
    async fn enqueue(&mut self, entry: &OutboxEntry) -> Result<(), StoreError> {
        add(&mut self.change()?.outbox, entry, |row| row.id == entry.id)
    }

    async fn claim(
        &mut self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let rows = &mut self.change()?.outbox;
        let mut due: Vec<_> = rows.iter_mut().filter(|row| claimable_at(row).is_some_and(|due| due <= now)).collect();
        due.sort_by_key(|row| (claimable_at(row), row.id));
        let claimed = due.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).map(|row| {
            row.fence += 1;
            row.attempts += 1;
            row.leased_until = Some(lease_until);
            row.clone()
        });
        Ok(claimed.collect())
    }

    async fn decide_entry(
        &mut self,
        id: OutboxId,
        fence: u32,
        registration: RegistrationId,
        generation: u32,
    ) -> Result<Update, StoreError> {
        let rows = &mut self.change()?.outbox;
        Ok(change_one(
            rows,
            |row| is_claimed(row, id, fence),
            |row| {
                let address = row.intent.address().clone();
                row.intent = match row.intent {
                    Intent::Registration { .. } => Intent::Registration { registration, address, generation },
                    Intent::Resend { .. } => {
                        Intent::Resend { registration: Some(registration), address, generation: Some(generation) }
                    }
                };
            },
        ))
    }

    async fn settle(&mut self, id: OutboxId, fence: u32, settlement: &Settlement) -> Result<Update, StoreError> {
        let rows = &mut self.change()?.outbox;
        Ok(change_one(
            rows,
            |row| is_claimed(row, id, fence),
            |row| {
                row.state = settlement.state();
                row.leased_until = None;
                (row.settled_at, row.note) = match settlement {
                    Settlement::HandedOver { at } => (Some(*at), None),
                    Settlement::Deferred { note, .. } => (None, Some(note.clone())),
                    Settlement::Dropped { at, note } | Settlement::Dead { at, note } => (Some(*at), Some(note.clone())),
                };
                if let Settlement::Deferred { due_at, .. } = settlement {
                    row.due_at = *due_at;
                }
            },
        ))
    }

    async fn find_newest_entry_of_registration(
        &mut self,
        registration: RegistrationId,
    ) -> Result<Option<OutboxEntry>, StoreError> {
        let entries = self.lists.outbox.iter().filter(|row| row.intent.registration() == Some(registration));
        Ok(entries.max_by_key(|row| (row.created_at, row.id)).cloned())
    }

    async fn next_due(&mut self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.lists.outbox.iter().filter_map(claimable_at).min())
    }
}

#[async_trait]
impl IdempotencyRecords for Draft {
    async fn insert_idempotency_record(&mut self, record: &IdempotencyRecord) -> Result<Insert, StoreError> {
        let rows = &mut self.change()?.records;
        if rows.iter().any(|row| row.key == record.key) {
            return Ok(Insert::Conflict(Unique::IdempotencyKey));
        }
        rows.push(record.clone());
        Ok(Insert::Done)
    }

    async fn find_idempotency_record(&mut self, key: &TokenDigest) -> Result<Option<IdempotencyRecord>, StoreError> {
        Ok(self.lists.records.iter().find(|row| row.key == *key).cloned())
    }

    async fn replace_idempotency_record(
        &mut self,
        record: &IdempotencyRecord,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        let rows = &mut self.change()?.records;
        let is_it = |row: &IdempotencyRecord| row.key == record.key && row.started_at == started_at;
        Ok(change_one(rows, is_it, |row| row.clone_from(record)))
    }

    async fn delete_idempotency_record(
        &mut self,
        key: &TokenDigest,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        let rows = &mut self.change()?.records;
        let before = rows.len();
        rows.retain(|row| row.key != *key || row.started_at != started_at);
        Ok(if rows.len() < before { Update::Applied } else { Update::Missed })
    }
}
