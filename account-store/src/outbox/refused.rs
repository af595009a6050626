//! Entries that were refused for good.

use account_core::id::OutboxId;
use account_core::outbox::{Fault, OutboxEntry, OutboxState};
use account_core::ports::StoreError;
use account_core::timestamp::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::from_model;
use crate::entity::outbox_entry::{Column, Entity};
use crate::purge::MAX_VALUES;
use crate::row::micros;
use crate::unit_of_work::DatabaseUnitOfWork;

impl DatabaseUnitOfWork {
    pub(super) async fn list_refused(
        &self,
        fault: Fault,
        since: Timestamp,
        until: Timestamp,
        states: &[OutboxState],
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let found = Entity::find()
            .filter(Column::Fault.eq(fault.name()))
            .filter(Column::RefusedAt.gt(micros(since)))
            .filter(Column::RefusedAt.lte(micros(until)))
            .filter(Column::State.is_in(states.iter().map(|state| state.name())))
            .order_by_desc(Column::RefusedAt)
            .order_by_desc(Column::Id)
            .limit(u64::from(limit))
            .all(self.reader()?)
            .await;
        // Entries that only a newer version can read are left out.
        Ok(found
            .map_err(self.failed("find refused entries"))?
            .into_iter()
            .filter_map(|row| from_model(row).ok())
            .collect())
    }

    pub(super) async fn update_refused(&self, ids: &[OutboxId], due_at: Timestamp) -> Result<u64, StoreError> {
        let due_at = micros(due_at);
        let is_waiting = Condition::all()
            .add(Column::State.eq(OutboxState::Queued.name()))
            .add(Column::LeasedUntil.is_null())
            .add(Column::DueAt.gt(due_at));
        let is_meant = Condition::any().add(Column::State.eq(OutboxState::Dead.name())).add(is_waiting);
        let mut count = 0;
        for ids in ids.chunks(MAX_VALUES) {
            let update = Entity::update_many()
                .col_expr(Column::State, Expr::value(OutboxState::Queued.name()))
                .col_expr(Column::DueAt, Expr::value(due_at))
                .col_expr(Column::ClaimableAt, Expr::value(due_at))
                .col_expr(Column::SettledAt, Expr::value(None::<i64>))
                .filter(Column::Id.is_in(ids.iter().map(OutboxId::as_uuid)))
                .filter(Column::Fault.is_not_null())
                .filter(is_meant.clone());
            count += self.update(update, "requeue refused entries").await?;
        }
        Ok(count)
    }
}
