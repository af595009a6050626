//! The outbox as administrators see it.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::MemoryUnitOfWork;
use crate::id::OutboxId;
use crate::outbox::{OutboxEntry, OutboxState, Queue};
use crate::ports::StoreError;
use crate::ports::store::{OutboxLists, Update};
use crate::timestamp::Timestamp;

/// Whether nobody is at work on the entry, or will be handed over what became of it.
fn is_droppable(entry: &OutboxEntry, now: Timestamp) -> bool {
    match entry.state {
        OutboxState::Dead => true,
        OutboxState::Queued => entry.leased_until.is_none_or(|until| until <= now),
        OutboxState::HandedOver | OutboxState::Dropped | OutboxState::Bounced => false,
    }
}

/// Takes the entry from anyone who may still have it.
pub(super) fn end(entry: &mut OutboxEntry, state: OutboxState, now: Timestamp, note: &str) {
    entry.state = state;
    entry.fence += 1;
    entry.leased_until = None;
    entry.settled_at = Some(now);
    entry.note = Some(note.to_owned());
}

#[async_trait]
impl OutboxLists for MemoryUnitOfWork {
    async fn find_entry(&mut self, id: OutboxId) -> Result<Option<OutboxEntry>, StoreError> {
        Ok(self.outbox.get(&id).cloned())
    }

    async fn list_entries(
        &mut self,
        state: Option<OutboxState>,
        before: Option<OutboxId>,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        Ok(self.outbox.page(before.as_ref(), limit, |entry| state.is_none_or(|state| entry.state == state)))
    }

    async fn redrive_entry(&mut self, id: OutboxId, now: Timestamp) -> Result<Update, StoreError> {
        self.writable()?;
        let ended =
            self.outbox.get(&id).filter(|entry| matches!(entry.state, OutboxState::Dead | OutboxState::Bounced));
        let Some(mut entry) = ended.cloned() else { return Ok(Update::Missed) };
        entry.state = OutboxState::Queued;
        entry.due_at = now;
        entry.attempts = 0;
        entry.leased_until = None;
        entry.settled_at = None;
        entry.note = None;
        entry.refusal = None;
        self.outbox.put(id, entry);
        Ok(Update::Applied)
    }

    async fn drop_entry(&mut self, id: OutboxId, now: Timestamp, note: &str) -> Result<Update, StoreError> {
        self.writable()?;
        let droppable = self.outbox.get(&id).filter(|entry| is_droppable(entry, now));
        let Some(mut entry) = droppable.cloned() else { return Ok(Update::Missed) };
        end(&mut entry, OutboxState::Dropped, now, note);
        self.outbox.put(id, entry);
        Ok(Update::Applied)
    }

    async fn count_entries(&mut self) -> Result<Vec<(Queue, OutboxState, u64)>, StoreError> {
        let mut counts = BTreeMap::new();
        for entry in self.outbox.rows() {
            *counts.entry((entry.intent.queue(), entry.state)).or_insert(0) += 1;
        }
        Ok(counts.into_iter().map(|((queue, state), count)| (queue, state, count)).collect())
    }

    async fn find_oldest_queued(&mut self) -> Result<Vec<(Queue, Timestamp)>, StoreError> {
        let mut oldest = BTreeMap::new();
        for entry in self.outbox.rows().filter(|entry| entry.state == OutboxState::Queued) {
            let of_queue = oldest.entry(entry.intent.queue()).or_insert(entry.created_at);
            *of_queue = entry.created_at.min(*of_queue);
        }
        Ok(oldest.into_iter().collect())
    }
}
