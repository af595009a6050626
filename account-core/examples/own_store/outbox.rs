//! The outbox.

use std::collections::BTreeMap;

use account_core::email_address::EmailKey;
use account_core::id::{OutboxId, RegistrationId};
use account_core::outbox::{Decided, Fault, OutboxEntry, OutboxState, Queue, Refusal, Settlement};
use account_core::ports::StoreError;
use account_core::ports::store::{Outbox, OutboxLists, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;

use super::Draft;
use super::list::keyed;

keyed! {
    OutboxEntry: id as OutboxId,
}

/// From when on an entry can be claimed; `None` when it is settled.
pub(super) fn claimable_at(entry: &OutboxEntry) -> Option<Timestamp> {
    let is_queued = entry.state == OutboxState::Queued;
    is_queued.then(|| entry.leased_until.map_or(entry.due_at, |lease| lease.max(entry.due_at)))
}

/// Whether the entry is queued and the claim of that fence is its newest.
fn is_claimed(entry: &OutboxEntry, id: OutboxId, fence: u32) -> bool {
    entry.id == id && entry.fence == fence && entry.state == OutboxState::Queued
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
impl Outbox for Draft {
    async fn enqueue(&mut self, entry: &OutboxEntry) -> Result<(), StoreError> {
        self.change()?.outbox.add(entry)
    }

    async fn claim(
        &mut self,
        queue: &Queue,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let mut due = self.lock_due(queue, now, limit).await?;
        let outbox = &mut self.change()?.outbox;
        for row in &mut due {
            row.fence += 1;
            row.attempts += 1;
            row.leased_until = Some(lease_until);
            // It was there a moment ago, and nobody else writes.
            let _applied = outbox.replace(row, |stored| stored.id == row.id);
        }
        Ok(due)
    }

    async fn lock_due(&mut self, queue: &Queue, now: Timestamp, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        let is_due =
            |row: &OutboxEntry| row.intent.queue() == *queue && claimable_at(row).is_some_and(|due| due <= now);
        // Nobody else writes before this unit of work ends.
        let mut due = self.change()?.outbox.page(None, u32::MAX, is_due);
        due.sort_by_key(|row| (claimable_at(row), row.id));
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due)
    }

    async fn remove_entries(&mut self, entries: &[(OutboxId, u32)]) -> Result<u64, StoreError> {
        let is_meant = |row: &OutboxEntry| entries.iter().any(|(id, fence)| is_claimed(row, *id, *fence));
        Ok(self.change()?.outbox.remove(u32::MAX, is_meant))
    }

    async fn decide_entry(
        &mut self,
        id: OutboxId,
        fence: u32,
        decided: Decided,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        let outbox = &mut self.change()?.outbox;
        let intent = outbox.find(|row| is_claimed(row, id, fence)).and_then(|entry| entry.intent.decided(decided));
        let Some(intent) = intent else { return Ok(Update::Missed) };
        Ok(outbox.change_one(
            |row| row.id == id,
            |row| {
                row.intent = intent.clone();
                (row.fence, row.attempts, row.due_at, row.leased_until) = (row.fence + 1, 0, now, None);
            },
        ))
    }

    async fn settle(&mut self, id: OutboxId, fence: u32, settlement: &Settlement) -> Result<Update, StoreError> {
        Ok(self.change()?.outbox.change_one(
            |row| is_claimed(row, id, fence),
            |row| {
                row.state = settlement.state();
                row.leased_until = None;
                row.refusal = settlement.refusal();
                (row.settled_at, row.note) = match settlement {
                    Settlement::HandedOver { at } => (Some(*at), None),
                    Settlement::Deferred { note, .. } => (None, Some(note.clone())),
                    Settlement::Dropped { at, note } | Settlement::Dead { at, note, .. } => {
                        (Some(*at), Some(note.clone()))
                    }
                };
                if let Settlement::Deferred { due_at, .. } = settlement {
                    row.due_at = *due_at;
                }
            },
        ))
    }

    async fn find_newest_entry_of_registration(
        &mut self,
        registration: RegistrationId,
    ) -> Result<Option<OutboxEntry>, StoreError> {
        let entries = self.lists.outbox.rows().filter(|row| row.intent.registration() == Some(registration));
        Ok(entries.max_by_key(|row| (row.created_at, row.id)).cloned())
    }

    async fn has_bounced(&mut self, registration: RegistrationId, key: &EmailKey) -> Result<bool, StoreError> {
        let to_it = |row: &OutboxEntry| row.intent.address().is_some_and(|address| address.key() == key);
        let of_it = |row: &OutboxEntry| row.intent.registration() == Some(registration) && to_it(row);
        let is_recipients = |row: &OutboxEntry| row.refusal.is_none_or(|refusal| refusal.fault == Fault::Recipient);
        let is_bounce = |row: &OutboxEntry| row.state == OutboxState::Bounced && is_recipients(row);
        Ok(self.lists.outbox.rows().any(|row| of_it(row) && is_bounce(row)))
    }

    async fn bounce_entry(&mut self, id: OutboxId, refusal: Refusal, note: &str) -> Result<Update, StoreError> {
        Ok(self.change()?.outbox.change_one(
            |row| row.id == id && row.state == OutboxState::HandedOver && row.intent.queue() == Queue::Mail,
            |row| {
                row.state = OutboxState::Bounced;
                row.settled_at = Some(refusal.at);
                row.note = Some(note.to_owned());
                row.refusal = Some(refusal);
            },
        ))
    }

    async fn find_refused(
        &mut self,
        fault: Fault,
        since: Timestamp,
        until: Timestamp,
        states: &[OutboxState],
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let is_meant = |refusal: Refusal| refusal.fault == fault && refusal.at > since && refusal.at <= until;
        let is_found = |row: &&OutboxEntry| states.contains(&row.state) && row.refusal.is_some_and(is_meant);
        let mut found: Vec<OutboxEntry> = self.lists.outbox.rows().filter(is_found).cloned().collect();
        found.sort_by_key(|row| std::cmp::Reverse((row.refusal.map(|refusal| refusal.at), row.id)));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    async fn requeue_refused(&mut self, ids: &[OutboxId], due_at: Timestamp) -> Result<u64, StoreError> {
        let is_waiting =
            |row: &OutboxEntry| row.state == OutboxState::Queued && row.leased_until.is_none() && row.due_at > due_at;
        let is_meant = |row: &OutboxEntry| {
            ids.contains(&row.id) && row.refusal.is_some() && (row.state == OutboxState::Dead || is_waiting(row))
        };
        let outbox = &mut self.change()?.outbox;
        let mut count = 0;
        for id in ids {
            let update = outbox.change_one(
                |row| row.id == *id && is_meant(row),
                |row| (row.state, row.due_at, row.settled_at) = (OutboxState::Queued, due_at, None),
            );
            count += u64::from(update == Update::Applied);
        }
        Ok(count)
    }

    async fn next_due(&mut self, queue: &Queue) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.lists.outbox.rows().filter(|row| row.intent.queue() == *queue).filter_map(claimable_at).min())
    }
}

#[async_trait]
impl OutboxLists for Draft {
    async fn find_entry(&mut self, id: OutboxId) -> Result<Option<OutboxEntry>, StoreError> {
        Ok(self.lists.outbox.find(|row| row.id == id))
    }

    async fn list_entries(
        &mut self,
        state: Option<OutboxState>,
        before: Option<OutboxId>,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        Ok(self.lists.outbox.page(before.as_ref(), limit, |row| state.is_none_or(|state| row.state == state)))
    }

    async fn redrive_entry(&mut self, id: OutboxId, now: Timestamp) -> Result<Update, StoreError> {
        Ok(self.change()?.outbox.change_one(
            |row| row.id == id && matches!(row.state, OutboxState::Dead | OutboxState::Bounced),
            |row| {
                let renewed = OutboxEntry::new(id, row.intent.clone(), now);
                *row = OutboxEntry { fence: row.fence, created_at: row.created_at, ..renewed };
            },
        ))
    }

    async fn drop_entry(&mut self, id: OutboxId, now: Timestamp, note: &str) -> Result<Update, StoreError> {
        let is_free = |row: &OutboxEntry| match row.state {
            OutboxState::Dead => true,
            OutboxState::Queued => row.leased_until.is_none_or(|lease| lease <= now),
            OutboxState::HandedOver | OutboxState::Dropped | OutboxState::Bounced => false,
        };
        Ok(self
            .change()?
            .outbox
            .change_one(|row| row.id == id && is_free(row), |row| end(row, OutboxState::Dropped, now, note)))
    }

    async fn count_entries(&mut self) -> Result<Vec<(Queue, OutboxState, u64)>, StoreError> {
        let mut counts = BTreeMap::new();
        for row in self.lists.outbox.rows() {
            *counts.entry((row.intent.queue(), row.state)).or_default() += 1;
        }
        Ok(counts.into_iter().map(|((queue, state), count)| (queue, state, count)).collect())
    }

    async fn find_oldest_queued(&mut self) -> Result<Vec<(Queue, Timestamp)>, StoreError> {
        let mut oldest = BTreeMap::new();
        for row in self.lists.outbox.rows().filter(|row| row.state == OutboxState::Queued) {
            let of_queue = oldest.entry(row.intent.queue()).or_insert(row.created_at);
            *of_queue = row.created_at.min(*of_queue);
        }
        Ok(oldest.into_iter().collect())
    }
}
