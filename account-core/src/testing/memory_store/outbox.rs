//! What waits to be delivered.

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::email_address::EmailKey;
use crate::id::{OutboxId, RegistrationId};
use crate::outbox::{Decided, Fault, OutboxEntry, OutboxState, Queue, Refusal, Settlement};
use crate::ports::StoreError;
use crate::ports::store::{Outbox, Update};
use crate::timestamp::Timestamp;

/// From when on a queued entry can be claimed.
pub(super) fn claimable_at(entry: &OutboxEntry) -> Timestamp {
    entry.leased_until.unwrap_or(entry.due_at)
}

fn is_queued(entry: &OutboxEntry, queue: &Queue) -> bool {
    entry.state == OutboxState::Queued && entry.intent.queue() == *queue
}

impl MemoryUnitOfWork {
    /// A copy of the entry, if it is queued and under the claim of that fence.
    fn claimed(&self, id: OutboxId, fence: u32) -> Option<OutboxEntry> {
        self.outbox.get(&id).filter(|entry| entry.fence == fence && entry.state == OutboxState::Queued).cloned()
    }
}

#[async_trait]
impl Outbox for MemoryUnitOfWork {
    async fn enqueue(&mut self, entry: &OutboxEntry) -> Result<(), StoreError> {
        self.writable()?;
        if self.outbox.get(&entry.id).is_some() {
            return Err(duplicate("outbox"));
        }
        self.outbox.put(entry.id, entry.clone());
        Ok(())
    }

    async fn claim(
        &mut self,
        queue: &Queue,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let mut due = self.lock_due(queue, now, limit).await?;
        for entry in &mut due {
            entry.fence += 1;
            entry.attempts += 1;
            entry.leased_until = Some(lease_until);
            self.outbox.put(entry.id, entry.clone());
        }
        Ok(due)
    }

    async fn lock_due(&mut self, queue: &Queue, now: Timestamp, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        // Nobody else writes meanwhile.
        self.writable()?;
        let due = self.outbox.rows().filter(|entry| is_queued(entry, queue) && claimable_at(entry) <= now);
        let mut due: Vec<OutboxEntry> = due.cloned().collect();
        due.sort_by_key(|entry| (claimable_at(entry), entry.id));
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due)
    }

    async fn remove_entries(&mut self, entries: &[(OutboxId, u32)]) -> Result<u64, StoreError> {
        self.writable()?;
        let mut removed = 0;
        for (id, fence) in entries {
            if self.claimed(*id, *fence).is_some() {
                self.outbox.remove(*id);
                removed += 1;
            }
        }
        Ok(removed)
    }

    async fn decide_entry(
        &mut self,
        id: OutboxId,
        fence: u32,
        decided: Decided,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        self.writable()?;
        let Some(entry) = self.claimed(id, fence) else { return Ok(Update::Missed) };
        let Some(intent) = entry.intent.clone().decided(decided) else { return Ok(Update::Missed) };
        let fence = entry.fence + 1;
        self.outbox.put(id, OutboxEntry { intent, fence, attempts: 0, due_at: now, leased_until: None, ..entry });
        Ok(Update::Applied)
    }

    async fn settle(&mut self, id: OutboxId, fence: u32, settlement: &Settlement) -> Result<Update, StoreError> {
        self.writable()?;
        let Some(mut entry) = self.claimed(id, fence) else { return Ok(Update::Missed) };
        entry.state = settlement.state();
        entry.leased_until = None;
        entry.refusal = settlement.refusal();
        match settlement {
            Settlement::HandedOver { at } => {
                entry.settled_at = Some(*at);
                entry.note = None;
            }
            Settlement::Deferred { due_at, note, .. } => {
                entry.due_at = *due_at;
                entry.note = Some(note.clone());
            }
            Settlement::Dropped { at, note } | Settlement::Dead { at, note, .. } => {
                entry.settled_at = Some(*at);
                entry.note = Some(note.clone());
            }
        }
        self.outbox.put(id, entry);
        Ok(Update::Applied)
    }

    async fn find_newest_entry_of_registration(
        &mut self,
        registration: RegistrationId,
    ) -> Result<Option<OutboxEntry>, StoreError> {
        let entries = self.outbox.rows().filter(|entry| entry.intent.registration() == Some(registration));
        Ok(entries.max_by_key(|entry| (entry.created_at, entry.id)).cloned())
    }

    async fn has_bounced(&mut self, registration: RegistrationId, key: &EmailKey) -> Result<bool, StoreError> {
        let is_bounced = |entry: &OutboxEntry| {
            entry.intent.registration() == Some(registration)
                && entry.intent.address().is_some_and(|address| address.key() == key)
                && entry.state == OutboxState::Bounced
                && entry.refusal.is_none_or(|refusal| refusal.fault == Fault::Recipient)
        };
        Ok(self.outbox.rows().any(is_bounced))
    }

    async fn bounce_entry(&mut self, id: OutboxId, refusal: Refusal, note: &str) -> Result<Update, StoreError> {
        self.writable()?;
        let is_handed_over =
            |entry: &&OutboxEntry| entry.state == OutboxState::HandedOver && entry.intent.queue() == Queue::Mail;
        let handed_over = self.outbox.get(&id).filter(is_handed_over);
        let Some(mut entry) = handed_over.cloned() else { return Ok(Update::Missed) };
        entry.state = OutboxState::Bounced;
        entry.settled_at = Some(refusal.at);
        entry.note = Some(note.to_owned());
        entry.refusal = Some(refusal);
        self.outbox.put(id, entry);
        Ok(Update::Applied)
    }

    async fn find_refused(
        &mut self,
        fault: Fault,
        since: Timestamp,
        until: Timestamp,
        states: &[OutboxState],
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let is_found = |entry: &&OutboxEntry| {
            let is_meant = |refusal: Refusal| refusal.fault == fault && refusal.at > since && refusal.at <= until;
            states.contains(&entry.state) && entry.refusal.is_some_and(is_meant)
        };
        let mut found: Vec<OutboxEntry> = self.outbox.rows().filter(is_found).cloned().collect();
        found.sort_by_key(|entry| std::cmp::Reverse((entry.refusal.map(|refusal| refusal.at), entry.id)));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    async fn requeue_refused(&mut self, ids: &[OutboxId], due_at: Timestamp) -> Result<u64, StoreError> {
        self.writable()?;
        let mut count = 0;
        for id in ids {
            let is_meant = |entry: &&OutboxEntry| {
                let is_waiting =
                    entry.state == OutboxState::Queued && entry.leased_until.is_none() && entry.due_at > due_at;
                entry.refusal.is_some() && (entry.state == OutboxState::Dead || is_waiting)
            };
            let Some(entry) = self.outbox.get(id).filter(is_meant).cloned() else { continue };
            self.outbox.put(*id, OutboxEntry { state: OutboxState::Queued, due_at, settled_at: None, ..entry });
            count += 1;
        }
        Ok(count)
    }

    async fn next_due(&mut self, queue: &Queue) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.outbox.rows().filter(|entry| is_queued(entry, queue)).map(claimable_at).min())
    }
}
