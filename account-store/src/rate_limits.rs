//! Counters of limits. Each call is one short transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use account_core::ports::rate_limiter::{Tally, counters_of, tally, without_events};
use account_core::ports::{Charge, RateLimiter, StoreError, Verdict};
use account_core::rate::SlidingLog;
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use tokio::time::sleep;

use crate::connection::WholeTransaction;
use crate::entity::rate_limit::{Column, Entity, Model};
use crate::error::{GivenUp, failed};
use crate::purge;
use crate::row::micros;
use crate::store::DatabaseStore;

/// Maximum number of attempts at an aborted transaction, and the first pause between them.
const MAX_ATTEMPTS: u32 = 5;
const PAUSE: Duration = Duration::from_millis(5);

#[async_trait]
impl RateLimiter for DatabaseStore {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        let counters = counters_of(charges);
        if counters.is_empty() {
            return Ok(Verdict::Allowed);
        }
        let mut attempts = Attempts::default();
        loop {
            let outcome = self.try_count(charges, &counters, now).await;
            if !attempts.has_another(&outcome).await {
                return outcome;
            }
        }
    }

    async fn take_back(
        &self,
        events: &BTreeSet<String>,
        counted_at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        if events.is_empty() && forgotten.is_empty() {
            return Ok(());
        }
        let mut attempts = Attempts::default();
        loop {
            let outcome = self.try_take_back(events, counted_at, forgotten).await;
            if !attempts.has_another(&outcome).await {
                return outcome;
            }
        }
    }

    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut attempts = Attempts::default();
        loop {
            let outcome = self.try_purge(now, limit).await;
            if !attempts.has_another(&outcome).await {
                return outcome;
            }
        }
    }
}

/// Attempts at a transaction that the database may abort: nothing of it remains then, and it starts over.
#[derive(Default)]
struct Attempts {
    made: u32,
}

impl Attempts {
    /// Returns whether to try again, after a pause.
    async fn has_another<T: Sync>(&mut self, outcome: &Result<T, StoreError>) -> bool {
        self.made += 1;
        match outcome {
            Err(error) if self.made < MAX_ATTEMPTS && error.is_aborted() => {
                sleep(PAUSE * self.made).await;
                true
            }
            _ => false,
        }
    }
}

impl DatabaseStore {
    async fn try_count(
        &self,
        charges: &[Charge],
        counters: &BTreeSet<String>,
        now: Timestamp,
    ) -> Result<Verdict, StoreError> {
        let transaction = self.connections.begin_counting().await?;
        let logs = lock(&transaction.inner, counters).await?;
        match tally(charges, now, logs) {
            Tally::Counted(changed) => {
                write(&transaction.inner, changed).await?;
                transaction.commit().await?;
                Ok(Verdict::Allowed)
            }
            Tally::Limited(verdict) => {
                transaction.rollback().await?;
                Ok(verdict)
            }
        }
    }

    async fn try_purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let transaction = self.connections.begin_counting().await?;
        let is_empty = Condition::all().add(Column::ExpiresAt.lte(micros(now)));
        let purged = purge::remove::<Entity>(&transaction.inner, &is_empty, limit).await;
        let purged = purged.map_err(failed("purge counters"))?;
        transaction.commit().await?;
        Ok(purged)
    }

    async fn try_take_back(
        &self,
        events: &BTreeSet<String>,
        counted_at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let transaction = self.connections.begin_counting().await?;
        // All of them, in the one order in which counters are locked.
        let stored = locked(&transaction.inner, &events.union(forgotten).cloned().collect()).await?;
        let logs = stored.into_iter().filter(|row| events.contains(&row.counter));
        let logs = logs.map(|row| (row.counter, SlidingLog::decode(&row.log))).collect();
        for (counter, log) in without_events(logs, counted_at) {
            let update = Entity::update_many().col_expr(Column::Log, Expr::value(log.encode()));
            let updated = update.filter(Column::Counter.eq(counter)).exec(&transaction.inner).await;
            updated.map_err(failed("return counted events"))?;
        }
        if !forgotten.is_empty() {
            let deletion = Entity::delete_many().filter(Column::Counter.is_in(forgotten));
            deletion.exec(&transaction.inner).await.map_err(failed("forget counters"))?;
        }
        transaction.commit().await
    }
}

/// Locks the counters, and reads the existing ones.
async fn lock(
    transaction: &WholeTransaction,
    counters: &BTreeSet<String>,
) -> Result<BTreeMap<String, SlidingLog>, StoreError> {
    let has_one_writer = transaction.get_database_backend() == DbBackend::Sqlite;
    if !has_one_writer {
        make_missing(transaction, counters).await?;
    }
    let stored = locked(transaction, counters).await?;
    if !has_one_writer && stored.len() < counters.len() {
        // They were purged just before they were locked: never count without a lock.
        return Err(StoreError::aborted(GivenUp));
    }
    Ok(stored.into_iter().map(|row| (row.counter, SlidingLog::decode(&row.log))).collect())
}

/// The counters that are there, each locked.
async fn locked(transaction: &WholeTransaction, counters: &BTreeSet<String>) -> Result<Vec<Model>, StoreError> {
    Entity::find()
        .filter(Column::Counter.is_in(counters))
        // Always in the same order, so that two transactions cannot deadlock.
        .order_by_asc(Column::Counter)
        .lock_exclusive()
        .all(transaction)
        .await
        .map_err(failed("read counters"))
}

/// Creates missing counters, because a missing row cannot be locked: two would both count as the first. They are
/// deleted again if nothing is counted in them.
async fn make_missing(transaction: &WholeTransaction, counters: &BTreeSet<String>) -> Result<(), StoreError> {
    let rows = counters.iter().map(|counter| {
        Model { counter: counter.clone(), log: SlidingLog::default().encode(), expires_at: 0 }.into_active_model()
    });
    let mut conflict = OnConflict::column(Column::Counter);
    if transaction.get_database_backend() == DbBackend::MySql {
        // This is how to do nothing there.
        conflict.value(Column::Counter, Expr::col(Column::Counter));
    } else {
        conflict.do_nothing();
    }
    let insert = Entity::insert_many(rows).into_query().on_conflict(conflict).take();
    transaction.execute(&insert).await.map(drop).map_err(failed("make counters"))
}

/// Stores all changed counters with one statement.
async fn write(
    transaction: &WholeTransaction,
    changed: Vec<(String, SlidingLog, Timestamp)>,
) -> Result<(), StoreError> {
    let rows = changed.into_iter().map(|(counter, log, empty_at)| {
        Model { counter, log: log.encode(), expires_at: micros(empty_at) }.into_active_model()
    });
    let replace = OnConflict::column(Column::Counter).update_columns([Column::Log, Column::ExpiresAt]).to_owned();
    let written = Entity::insert_many(rows).on_conflict(replace).exec_without_returning(transaction).await;
    written.map(drop).map_err(failed("write counters"))
}
