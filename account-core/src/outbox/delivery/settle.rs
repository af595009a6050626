//! Settling claims. Deliveries that end together share one commit.
//!
//! A durable commit costs far more than the update in it, and blocks other writers. So a delivery that ends while
//! another one is being settled is settled together with all others that ended in the meantime. Nobody waits for
//! others: if there is nothing to share, settling starts immediately.
//!
//! One failure must not affect all. Each settlement is guarded by its own fence. If the shared unit of work fails or
//! its task is dropped, each entry is settled separately, and that is retried a few times if the store aborts it: an
//! email that was sent but not settled is sent again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;

use crate::id::OutboxId;
use crate::outbox::{OutboxEntry, Settlement};
use crate::ports::store::Update;
use crate::ports::{Entropy, Store, StoreError, UnitOfWork};
use crate::retry::retried;

/// The settlements of all delivering tasks.
pub(super) struct Settlements {
    store: Arc<dyn Store>,
    entropy: Arc<dyn Entropy>,
    pending: Mutex<Vec<Pending>>,
    /// Held by the task that settles for all, from taking the pending settlements to reporting their outcomes.
    turn: tokio::sync::Mutex<()>,
}

/// A settlement, and where to report its outcome. If it is dropped without a report, its task settles alone.
struct Pending {
    id: OutboxId,
    fence: u32,
    settlement: Settlement,
    report: oneshot::Sender<Update>,
}

impl Settlements {
    pub(super) fn new(store: Arc<dyn Store>, entropy: Arc<dyn Entropy>) -> Self {
        Self { store, entropy, pending: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }

    /// Ends the claim of this entry; returns when that is durable.
    ///
    /// Cancel-safe: a task that is dropped while it waits is still settled with the others, because its email was sent.
    /// If a shared commit succeeded although it was reported as failed, settling alone returns [`Update::Missed`] for
    /// an entry that is correctly settled.
    pub(super) async fn settle(&self, entry: &OutboxEntry, settlement: &Settlement) -> Result<Update, StoreError> {
        let (report, mut reported) = oneshot::channel();
        let (id, fence) = (entry.id, entry.fence);
        self.pending().push(Pending { id, fence, settlement: settlement.clone(), report });
        let turn = self.turn.lock().await;
        let mut update = reported.try_recv();
        if update == Err(TryRecvError::Empty) {
            // No other task has taken it, and none can while this task holds the turn.
            self.settle_pending().await?;
            update = reported.try_recv();
        }
        drop(turn);
        if let Ok(update) = update {
            return Ok(update);
        }
        retried(&*self.store, &*self.entropy, || self.settle_alone(entry, settlement)).await
    }

    /// Settles everything pending and reports each outcome. Returns a failure if it affects only one entry.
    async fn settle_pending(&self) -> Result<(), StoreError> {
        // Begin first: while waiting to write, more may arrive.
        let begun = self.store.begin().await;
        let group = std::mem::take(&mut *self.pending());
        let settled = match begun {
            Ok(unit) => settle_together(unit, &group).await,
            Err(error) => Err(error),
        };
        match settled {
            Ok(updates) => {
                for (pending, update) in group.into_iter().zip(updates) {
                    // A task that is gone needs no report.
                    let _ = pending.report.send(update);
                }
                Ok(())
            }
            Err(error) if group.len() == 1 && !error.is_aborted() => Err(error),
            // Perhaps only one of them causes it: each tries alone.
            Err(_) => Ok(()),
        }
    }

    async fn settle_alone(&self, entry: &OutboxEntry, settlement: &Settlement) -> Result<Update, StoreError> {
        let mut unit = self.store.begin().await?;
        let update = unit.settle(entry.id, entry.fence, settlement).await?;
        unit.commit().await?;
        Ok(update)
    }

    fn pending(&self) -> MutexGuard<'_, Vec<Pending>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Settles the group in this unit of work and commits it.
async fn settle_together(mut unit: Box<dyn UnitOfWork>, group: &[Pending]) -> Result<Vec<Update>, StoreError> {
    let mut updates = Vec::with_capacity(group.len());
    for pending in group {
        updates.push(unit.settle(pending.id, pending.fence, &pending.settlement).await?);
    }
    unit.commit().await?;
    Ok(updates)
}
