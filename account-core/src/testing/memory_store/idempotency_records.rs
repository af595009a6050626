//! Answers kept under idempotency keys.

use async_trait::async_trait;

use super::MemoryUnitOfWork;
use crate::idempotency::IdempotencyRecord;
use crate::one_time_token::TokenDigest;
use crate::ports::StoreError;
use crate::ports::store::{IdempotencyRecords, Insert, Unique, Update};
use crate::timestamp::Timestamp;

impl MemoryUnitOfWork {
    /// Whether the record is there and still the one started at that moment.
    fn is_started_at(&self, key: &TokenDigest, started_at: Timestamp) -> bool {
        self.idempotency_records.get(key).is_some_and(|stored| stored.started_at == started_at)
    }
}

#[async_trait]
impl IdempotencyRecords for MemoryUnitOfWork {
    async fn insert_idempotency_record(&mut self, record: &IdempotencyRecord) -> Result<Insert, StoreError> {
        self.writable()?;
        if self.idempotency_records.get(&record.key).is_some() {
            return Ok(Insert::Conflict(Unique::IdempotencyKey));
        }
        self.idempotency_records.put(record.key, record.clone());
        Ok(Insert::Done)
    }

    async fn find_idempotency_record(&mut self, key: &TokenDigest) -> Result<Option<IdempotencyRecord>, StoreError> {
        Ok(self.idempotency_records.get(key).cloned())
    }

    async fn replace_idempotency_record(
        &mut self,
        record: &IdempotencyRecord,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        self.writable()?;
        if !self.is_started_at(&record.key, started_at) {
            return Ok(Update::Missed);
        }
        self.idempotency_records.put(record.key, record.clone());
        Ok(Update::Applied)
    }

    async fn delete_idempotency_record(
        &mut self,
        key: &TokenDigest,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        self.writable()?;
        if !self.is_started_at(key, started_at) {
            return Ok(Update::Missed);
        }
        self.idempotency_records.remove(*key);
        Ok(Update::Applied)
    }
}
