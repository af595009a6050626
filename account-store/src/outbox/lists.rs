//! The outbox, for administrators.

use account_core::id::OutboxId;
use account_core::outbox::{OutboxEntry, OutboxState, Queue};
use account_core::ports::StoreError;
use account_core::ports::store::{OutboxLists, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::{Asterisk, Expr, Func};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait};

use super::{end, from_model, noted, to_queue};
use crate::entity::outbox_entry::{Column, Entity};
use crate::page::Page;
use crate::row::micros;
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

#[async_trait]
impl OutboxLists for DatabaseUnitOfWork {
    async fn find_entry(&mut self, id: OutboxId) -> Result<Option<OutboxEntry>, StoreError> {
        let found = Entity::find_by_id(id.as_uuid()).one(self.reader()?).await;
        found.map_err(self.failed("find an entry"))?.map(from_model).transpose()
    }

    async fn list_entries(
        &mut self,
        state: Option<OutboxState>,
        before: Option<OutboxId>,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let rows = Entity::find().apply_if(state, |rows, state| rows.filter(Column::State.eq(state.name())));
        let page = Page::newest_first(Column::Id, before.map(|id| id.as_uuid()), limit);
        self.list_page(rows, page, from_model, "list entries").await
    }

    async fn redrive_entry(&mut self, id: OutboxId, now: Timestamp) -> Result<Update, StoreError> {
        let update = noted(Entity::update_many(), None)
            .col_expr(Column::State, Expr::value(OutboxState::Queued.name()))
            .col_expr(Column::DueAt, Expr::value(micros(now)))
            .col_expr(Column::ClaimableAt, Expr::value(micros(now)))
            .col_expr(Column::Attempts, Expr::value(0_i64))
            .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
            .col_expr(Column::SettledAt, Expr::value(None::<i64>))
            .col_expr(Column::Note, Expr::value(None::<String>))
            .filter(Column::Id.eq(id.as_uuid()))
            .filter(Column::State.is_in([OutboxState::Dead, OutboxState::Bounced].map(OutboxState::name)));
        Ok(outcome(self.update(update, "redrive an entry").await?))
    }

    async fn drop_entry(&mut self, id: OutboxId, now: Timestamp, note: &str) -> Result<Update, StoreError> {
        let is_unclaimed =
            Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lte(micros(now)));
        let is_waiting = Condition::all().add(Column::State.eq(OutboxState::Queued.name())).add(is_unclaimed);
        let update = end(Entity::update_many(), OutboxState::Dropped, now, note)
            .filter(Column::Id.eq(id.as_uuid()))
            .filter(Condition::any().add(Column::State.eq(OutboxState::Dead.name())).add(is_waiting));
        Ok(outcome(self.update(update, "drop an entry").await?))
    }

    async fn count_entries(&mut self) -> Result<Vec<(Queue, OutboxState, u64)>, StoreError> {
        let counted: Vec<(String, String, i64)> = Entity::find()
            .select_only()
            .columns([Column::State, Column::Queue])
            .expr_as(Func::count(Expr::col(Asterisk)), "entries")
            .group_by(Column::State)
            .group_by(Column::Queue)
            .into_tuple()
            .all(self.reader()?)
            .await
            .map_err(self.failed("count entries"))?;
        // Entries that only a newer version can read are left out.
        let readable = counted.into_iter().filter_map(|(state, queue, count)| {
            Some((to_queue(&queue)?, OutboxState::by_name(&state)?, u64::try_from(count).ok()?))
        });
        Ok(readable.collect())
    }

    async fn find_oldest_queued(&mut self) -> Result<Vec<(Queue, Timestamp)>, StoreError> {
        let oldest: Vec<(String, i64)> = Entity::find()
            .select_only()
            .column(Column::Queue)
            .expr_as(Expr::col(Column::CreatedAt).min(), "oldest")
            .filter(Column::State.eq(OutboxState::Queued.name()))
            .group_by(Column::Queue)
            .into_tuple()
            .all(self.reader()?)
            .await
            .map_err(self.failed("find the oldest entry"))?;
        let oldest = oldest.into_iter();
        Ok(oldest.filter_map(|(queue, at)| Some((to_queue(&queue)?, Timestamp::from_unix_micros(at)))).collect())
    }
}
