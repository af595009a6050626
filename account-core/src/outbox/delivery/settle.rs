//! Settling: deliveries that end together share one commit.
//!
//! Making a commit durable costs far more than the update in it, and anyone who writes keeps everybody else from
//! writing. So a delivery that ends while another one is being settled, or waits for its turn to write, is settled with
//! all that came meanwhile. Nobody waits for company: with nothing to share, a settlement begins at once.
//!
//! Sharing a commit must not make mails share their fate. Each settlement is still guarded by its own fence, and when
//! the shared unit of work fails or its task goes away, each is settled by itself. So is one that the store gave up for
//! another unit of work, a few times: a mail that is sent and not settled is sent again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;

use crate::id::OutboxId;
use crate::outbox::{OutboxEntry, Settlement};
use crate::ports::store::Update;
use crate::ports::{Entropy, Store, StoreError, UnitOfWork};
use crate::retry::retried;

/// The settlements of all tasks that deliver.
pub(super) struct Settlements {
    store: Arc<dyn Store>,
    entropy: Arc<dyn Entropy>,
    pending: Mutex<Vec<Pending>>,
    /// Held by anyone who settles for all, from before it takes what is pending until it has reported.
    turn: tokio::sync::Mutex<()>,
}

/// The end of one claim, and where to report what became of it. Dropping it unreported has its task settle alone.
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

    /// Ends the claim of that entry; returns when that is durable.
    ///
    /// Cancel-safe: anyone who is dropped while it waits is settled with the others all the same, since its mail was
    /// handed over all the same. Should a shared commit be made though it failed, settling alone misses what is
    /// settled already: [`Update::Missed`] then stands for an entry that is settled as it should be.
    pub(super) async fn settle(&self, entry: &OutboxEntry, settlement: &Settlement) -> Result<Update, StoreError> {
        let (report, mut reported) = oneshot::channel();
        let (id, fence) = (entry.id, entry.fence);
        self.pending().push(Pending { id, fence, settlement: settlement.clone(), report });
        let turn = self.turn.lock().await;
        let mut update = reported.try_recv();
        if update == Err(TryRecvError::Empty) {
            // Nobody took it, and while we have the turn nobody will.
            self.settle_pending().await?;
            update = reported.try_recv();
        }
        drop(turn);
        if let Ok(update) = update {
            return Ok(update);
        }
        retried(&*self.store, &*self.entropy, || self.settle_alone(entry, settlement)).await
    }

    /// Settles all that is pending and reports to each. A failure that only one is hit by is returned.
    async fn settle_pending(&self) -> Result<(), StoreError> {
        // Beginning first: until it is our turn to write, more may come.
        let begun = self.store.begin().await;
        let group = std::mem::take(&mut *self.pending());
        let settled = match begun {
            Ok(unit) => settle_together(unit, &group).await,
            Err(error) => Err(error),
        };
        match settled {
            Ok(updates) => {
                for (pending, update) in group.into_iter().zip(updates) {
                    // Anyone who is gone needs no report.
                    let _ = pending.report.send(update);
                }
                Ok(())
            }
            Err(error) if group.len() == 1 && !error.is_aborted() => Err(error),
            // Perhaps one of them is to blame: each tries alone.
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

/// Settles the group in that unit of work and commits it.
async fn settle_together(mut unit: Box<dyn UnitOfWork>, group: &[Pending]) -> Result<Vec<Update>, StoreError> {
    let mut updates = Vec::with_capacity(group.len());
    for pending in group {
        updates.push(unit.settle(pending.id, pending.fence, &pending.settlement).await?);
    }
    unit.commit().await?;
    Ok(updates)
}
