//! Requests with an idempotency key: the first answer is stored and given again.

use super::accepted::Accepted;
use super::error::RegisterError;
use crate::idempotency::{IdempotencyKey, IdempotencyRecord};
use crate::ports::UnitOfWork;
use crate::ports::store::{Insert, Update};
use crate::service::AccountService;

/// The state of the idempotency key before the work starts.
pub(super) enum Reservation {
    /// There is no key.
    None,
    /// This request has reserved the key.
    Held(IdempotencyKey, IdempotencyRecord),
}

impl Reservation {
    /// Stores the answer under the key.
    pub(super) async fn keep(&self, unit: &mut dyn UnitOfWork, accepted: &Accepted) -> Result<(), RegisterError> {
        let Self::Held(key, record) = self else { return Ok(()) };
        let kept = key.seal(record, &accepted.to_bytes());
        if unit.replace_idempotency_record(&kept, record.started_at).await? == Update::Missed {
            // This request took so long that another one considered it lost.
            return Err(RegisterError::IdempotencyInProgress);
        }
        Ok(())
    }
}

impl AccountService {
    /// Returns the answer that was given under the key before, if any.
    pub(super) async fn earlier_answer(&self, key: Option<&IdempotencyKey>) -> Result<Option<Accepted>, RegisterError> {
        let Some(key) = key else { return Ok(None) };
        let mut unit = self.ports.store.begin_read_only().await?;
        match unit.find_idempotency_record(key.digest()).await? {
            Some(record) if !record.is_stale(self.ports.clock.now()) => replay(key, &record).map(Some),
            _ => Ok(None),
        }
    }

    /// Reserves the key for this request, in its own commit, so that a second request finds it reserved.
    pub(super) async fn reserve(&self, key: Option<&IdempotencyKey>) -> Result<Reservation, RegisterError> {
        let Some(key) = key else { return Ok(Reservation::None) };
        let now = self.ports.clock.now();
        let record = key.start(now);
        let mut unit = self.ports.store.begin().await?;
        if matches!(unit.insert_idempotency_record(&record).await?, Insert::Conflict(_)) {
            let taken = unit.find_idempotency_record(key.digest()).await?;
            let Some(stale) = taken.filter(|taken| taken.is_stale(now)) else {
                // Another request was faster; its answer, if there is one by now, goes to the next request.
                return Err(RegisterError::IdempotencyInProgress);
            };
            if unit.replace_idempotency_record(&record, stale.started_at).await? == Update::Missed {
                return Err(RegisterError::IdempotencyInProgress);
            }
        }
        unit.commit().await?;
        Ok(Reservation::Held(key.clone(), record))
    }

    /// Releases the key after a failure, so that the request can be sent again. If this fails too, the key is free
    /// again once the request counts as lost.
    ///
    /// An existing answer is kept: the commit succeeded although it was reported as failed, and a repeated request must
    /// get it.
    pub(super) async fn give_up(&self, record: &IdempotencyRecord) {
        if let Ok(mut unit) = self.ports.store.begin().await
            && let Ok(Some(IdempotencyRecord { answer: None, .. })) = unit.find_idempotency_record(&record.key).await
            && unit.delete_idempotency_record(&record.key, record.started_at).await.is_ok()
        {
            let _ = unit.commit().await;
        }
    }
}

/// Returns the answer in the record, or why there is none for this request.
fn replay(key: &IdempotencyKey, record: &IdempotencyRecord) -> Result<Accepted, RegisterError> {
    if !key.fits(record) {
        return Err(RegisterError::IdempotencyMismatch);
    }
    let opened = key.open(record).ok_or(RegisterError::IdempotencyInProgress)?;
    Accepted::from_bytes(&opened).ok_or(RegisterError::IdempotencyInProgress)
}
