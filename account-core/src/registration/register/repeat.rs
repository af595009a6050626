//! Requests that are safe to repeat: the first answer is kept under the idempotency key.

use super::accepted::Accepted;
use super::error::RegisterError;
use crate::idempotency::{IdempotencyKey, IdempotencyRecord};
use crate::ports::UnitOfWork;
use crate::ports::store::{Insert, Update};
use crate::service::AccountService;

/// What was settled about the idempotency key before the work began.
pub(super) enum Reservation {
    /// There is no key.
    None,
    /// The request has the key for itself.
    Held(IdempotencyKey, IdempotencyRecord),
}

impl Reservation {
    /// Keeps the answer under the key.
    pub(super) async fn keep(&self, unit: &mut dyn UnitOfWork, accepted: &Accepted) -> Result<(), RegisterError> {
        let Self::Held(key, record) = self else { return Ok(()) };
        let kept = key.seal(record, &accepted.to_bytes());
        if unit.replace_idempotency_record(&kept, record.started_at).await? == Update::Missed {
            // This request took so long that another one took it to be lost.
            return Err(RegisterError::IdempotencyInProgress);
        }
        Ok(())
    }
}

impl AccountService {
    /// The answer that was given under the key before, if there was one.
    pub(super) async fn earlier_answer(&self, key: Option<&IdempotencyKey>) -> Result<Option<Accepted>, RegisterError> {
        let Some(key) = key else { return Ok(None) };
        let mut unit = self.ports.store.begin_read_only().await?;
        match unit.find_idempotency_record(key.digest()).await? {
            Some(record) if !record.is_stale(self.ports.clock.now()) => replay(key, &record).map(Some),
            _ => Ok(None),
        }
    }

    /// Takes the key for this request, in a commit of its own, so that a second request finds it taken.
    pub(super) async fn reserve(&self, key: Option<&IdempotencyKey>) -> Result<Reservation, RegisterError> {
        let Some(key) = key else { return Ok(Reservation::None) };
        let now = self.ports.clock.now();
        let record = key.start(now);
        let mut unit = self.ports.store.begin().await?;
        if matches!(unit.insert_idempotency_record(&record).await?, Insert::Conflict(_)) {
            let taken = unit.find_idempotency_record(key.digest()).await?;
            let Some(stale) = taken.filter(|taken| taken.is_stale(now)) else {
                // Anyone who was faster has it; its answer, if it is there by now, comes with the next request.
                return Err(RegisterError::IdempotencyInProgress);
            };
            if unit.replace_idempotency_record(&record, stale.started_at).await? == Update::Missed {
                return Err(RegisterError::IdempotencyInProgress);
            }
        }
        unit.commit().await?;
        Ok(Reservation::Held(key.clone(), record))
    }

    /// Lets go of the key after a failure, so that the request can be sent again. If even that fails, the key is
    /// free again once it counts as abandoned.
    ///
    /// An answer that is there stays: the commit was made though it was reported to have failed, and who sends the
    /// request again is to get it.
    pub(super) async fn give_up(&self, record: &IdempotencyRecord) {
        if let Ok(mut unit) = self.ports.store.begin().await
            && let Ok(Some(IdempotencyRecord { answer: None, .. })) = unit.find_idempotency_record(&record.key).await
            && unit.delete_idempotency_record(&record.key, record.started_at).await.is_ok()
        {
            let _ = unit.commit().await;
        }
    }
}

/// The answer of the record, or why there is none for this request.
fn replay(key: &IdempotencyKey, record: &IdempotencyRecord) -> Result<Accepted, RegisterError> {
    if !key.fits(record) {
        return Err(RegisterError::IdempotencyMismatch);
    }
    let opened = key.open(record).ok_or(RegisterError::IdempotencyInProgress)?;
    Accepted::from_bytes(&opened).ok_or(RegisterError::IdempotencyInProgress)
}
