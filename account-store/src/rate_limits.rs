//! Counters of limits: one short transaction of its own for each call.

use std::collections::BTreeMap;

use account_core::ports::rate_limiter::{Tally, counters, tally};
use account_core::ports::{Charge, RateLimiter, StoreError, Verdict};
use account_core::rate::SlidingLog;
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::rate_limit::{Column, Entity, Model};
use crate::error::failed;
use crate::purge;
use crate::row::micros;
use crate::store::DatabaseStore;

#[async_trait]
impl RateLimiter for DatabaseStore {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        let counters = counters(charges);
        if counters.is_empty() {
            return Ok(Verdict::Allowed);
        }
        let transaction = self.connections.begin_counting().await?;
        let stored = Entity::find()
            .filter(Column::Counter.is_in(counters))
            // In one order for all, so that two who count the same do not wait for each other forever.
            .order_by_asc(Column::Counter)
            .lock_exclusive()
            .all(&transaction.transaction)
            .await
            .map_err(failed("read counters"))?;
        let logs: BTreeMap<String, SlidingLog> =
            stored.into_iter().map(|row| (row.counter, SlidingLog::decode(&row.log))).collect();
        match tally(charges, now, logs) {
            Tally::Counted(changed) => {
                write(&transaction.transaction, changed).await?;
                transaction.commit().await?;
                Ok(Verdict::Allowed)
            }
            Tally::Limited(verdict) => {
                transaction.rollback().await?;
                Ok(verdict)
            }
        }
    }

    async fn forget(&self, counters: &[String]) -> Result<(), StoreError> {
        if counters.is_empty() {
            return Ok(());
        }
        let transaction = self.connections.begin_counting().await?;
        let deletion = Entity::delete_many().filter(Column::Counter.is_in(counters));
        deletion.exec(&transaction.transaction).await.map_err(failed("forget counters"))?;
        transaction.commit().await
    }

    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let transaction = self.connections.begin_counting().await?;
        let is_empty = Condition::all().add(Column::ExpiresAt.lte(micros(now)));
        let purged = purge::remove::<Entity>(&transaction.transaction, &is_empty, limit).await;
        let purged = purged.map_err(failed("purge counters"))?;
        transaction.commit().await?;
        Ok(purged)
    }
}

/// Writes the counters that have changed, new ones and old ones, with one statement.
async fn write(
    transaction: &DatabaseTransaction,
    changed: Vec<(String, SlidingLog, Timestamp)>,
) -> Result<(), StoreError> {
    let rows = changed.into_iter().map(|(counter, log, empty_at)| {
        Model { counter, log: log.encode(), expires_at: micros(empty_at) }.into_active_model()
    });
    let replace = OnConflict::column(Column::Counter).update_columns([Column::Log, Column::ExpiresAt]).to_owned();
    let written = Entity::insert_many(rows).on_conflict(replace).exec_without_returning(transaction).await;
    written.map(drop).map_err(failed("write counters"))
}
