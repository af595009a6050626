//! Idempotency records.

use account_core::idempotency::IdempotencyRecord;
use account_core::one_time_token::TokenDigest;
use account_core::ports::StoreError;
use account_core::ports::store::{IdempotencyRecords, Insert, Unique, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::idempotency_record::{ActiveModel, Column, Entity, Model};
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, done_or, outcome};

fn to_model(record: &IdempotencyRecord) -> Model {
    Model {
        digest: record.key.as_bytes().to_vec(),
        fingerprint: record.fingerprint.as_bytes().to_vec(),
        started_at: micros(record.started_at),
        expires_at: micros(record.expires_at),
        answer: record.answer.clone(),
    }
}

fn from_model(model: Model) -> Result<IdempotencyRecord, StoreError> {
    let row = Row::with_digest("idempotency_records", &model.digest);
    Ok(IdempotencyRecord {
        key: row.digest("digest", &model.digest)?,
        fingerprint: row.digest("fingerprint", &model.fingerprint)?,
        started_at: Timestamp::from_unix_micros(model.started_at),
        expires_at: Timestamp::from_unix_micros(model.expires_at),
        answer: model.answer,
    })
}

#[async_trait]
impl IdempotencyRecords for DatabaseUnitOfWork {
    async fn insert_idempotency_record(&mut self, record: &IdempotencyRecord) -> Result<Insert, StoreError> {
        let model = to_model(record);
        let is_done = self.insert_unless_taken::<ActiveModel>(model, "insert an idempotency record").await?;
        Ok(done_or(is_done, Unique::IdempotencyKey))
    }

    async fn find_idempotency_record(&mut self, key: &TokenDigest) -> Result<Option<IdempotencyRecord>, StoreError> {
        let found = Entity::find_by_id(key.as_bytes().to_vec()).one(self.reader()?).await;
        found.map_err(self.failed("find an idempotency record"))?.map(from_model).transpose()
    }

    async fn replace_idempotency_record(
        &mut self,
        record: &IdempotencyRecord,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        let model = to_model(record);
        let update = Entity::update_many()
            .col_expr(Column::Fingerprint, Expr::value(model.fingerprint))
            .col_expr(Column::StartedAt, Expr::value(model.started_at))
            .col_expr(Column::ExpiresAt, Expr::value(model.expires_at))
            .col_expr(Column::Answer, Expr::value(model.answer))
            .filter(Column::Digest.eq(model.digest))
            .filter(Column::StartedAt.eq(micros(started_at)));
        Ok(outcome(self.update(update, "replace an idempotency record").await?))
    }

    async fn delete_idempotency_record(
        &mut self,
        key: &TokenDigest,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        let deletion = Entity::delete_many()
            .filter(Column::Digest.eq(key.as_bytes().to_vec()))
            .filter(Column::StartedAt.eq(micros(started_at)));
        Ok(outcome(self.delete(deletion, "delete an idempotency record").await?))
    }
}
