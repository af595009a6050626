//! A store of one's own: everything in lists, for a program that serves a handful of people and forgets them when it
//! ends. It passes the contract that every store must pass, which is all that the core asks of one.
//!
//! A unit of work reads what was committed when it began. The first change makes a copy of the lists; committing
//! puts the copy in their place. Only one unit of work holds the pen at a time, so no copy is ever out of date. What
//! a role does with its lists is in a module of its own; what all of them do with a list is in [`list`].
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

mod accounts;
mod administration;
mod identities;
mod list;
mod organizations;
mod outbox;
mod registrations;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use account_core::account::Account;
use account_core::audit::AuditEntry;
use account_core::email_address::EmailKey;
use account_core::feature::StoredFeature;
use account_core::id::AccountId;
use account_core::idempotency::IdempotencyRecord;
use account_core::invitation::Invitation;
use account_core::one_time_token::{OneTimeToken, TokenDigest};
use account_core::organization::{Organization, RegisteredClient};
use account_core::outbox::OutboxEntry;
use account_core::ports::rate_limiter::{Tally, counters_of, tally, without_events};
use account_core::ports::{Charge, RateLimiter, Store, StoreError, UnitOfWork, Verdict};
use account_core::provider::{Identity, ProviderFlow};
use account_core::rate::SlidingLog;
use account_core::registration::Registration;
use account_core::session::{Session, SignedIn};
use account_core::testing::contract::{self, Subject};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use tokio::sync::OwnedMutexGuard;

use self::list::List;

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
    /// Logs, each with the moment from which on it is empty.
    counters: Mutex<BTreeMap<String, (SlidingLog, Timestamp)>>,
}

/// Everything that is kept.
#[derive(Clone, Default)]
struct Lists {
    registrations: List<Registration>,
    tokens: List<OneTimeToken>,
    records: List<IdempotencyRecord>,
    accounts: List<Account>,
    /// How many tokens an account was emailed.
    mailed: BTreeMap<AccountId, u32>,
    sessions: List<Session>,
    identities: List<Identity>,
    flows: List<ProviderFlow>,
    organizations: List<Organization>,
    clients: List<RegisteredClient>,
    invitations: List<Invitation>,
    outbox: List<OutboxEntry>,
    features: List<StoredFeature>,
    audit: List<AuditEntry>,
}

/// A unit of work. Dropping it drops the copy and the pen, and so undoes it.
struct Draft {
    lists: Arc<Lists>,
    committed: Arc<RwLock<Arc<Lists>>>,
    /// `None` in a unit of work that only reads.
    pen: Option<OwnedMutexGuard<()>>,
}

impl ListStore {
    fn committed(&self) -> Arc<Lists> {
        Arc::clone(&self.committed.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn draft(&self, pen: Option<OwnedMutexGuard<()>>) -> Box<dyn UnitOfWork> {
        Box::new(Draft { lists: self.committed(), committed: Arc::clone(&self.committed), pen })
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

    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        let lists = self.committed();
        let Some(session) = lists.sessions.find(|row| row.token == *token) else { return Ok(None) };
        let account = lists.accounts.find(|row| row.id == session.account);
        Ok(account.map(|account| SignedIn { session, account }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[async_trait]
impl UnitOfWork for Draft {
    async fn hold_addresses(&mut self, _keys: &[&EmailKey]) -> Result<(), StoreError> {
        // Anyone who has the pen holds every address.
        self.change().map(drop)
    }

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

impl Draft {
    /// The lists, to be changed: a copy, unless this unit of work has made one before.
    fn change(&mut self) -> Result<&mut Lists, StoreError> {
        if self.pen.is_none() {
            return Err(StoreError::permanent("this unit of work is read-only"));
        }
        Ok(Arc::make_mut(&mut self.lists))
    }
}

#[async_trait]
impl RateLimiter for ListStore {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        let mut kept = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let known = counters_of(charges)
            .into_iter()
            .filter_map(|counter| Some((counter.clone(), kept.get(&counter)?.0.clone())));
        match tally(charges, now, known.collect()) {
            Tally::Limited(verdict) => Ok(verdict),
            Tally::Counted(changed) => {
                kept.extend(changed.into_iter().map(|(counter, log, empty_at)| (counter, (log, empty_at))));
                Ok(Verdict::Allowed)
            }
        }
    }

    async fn take_back(
        &self,
        events: &BTreeSet<String>,
        counted_at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let mut kept = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|counter, _| !forgotten.contains(counter));
        let logs = events.iter().filter_map(|counter| Some((counter.clone(), kept.get(counter)?.0.clone()))).collect();
        for (counter, changed) in without_events(logs, counted_at) {
            if let Some((log, _)) = kept.get_mut(&counter) {
                *log = changed;
            }
        }
        Ok(())
    }

    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut kept = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let mut removed = 0;
        kept.retain(|_, (_, empty_at)| {
            let goes = removed < u64::from(limit) && *empty_at <= now;
            removed += u64::from(goes);
            !goes
        });
        Ok(removed)
    }
}
