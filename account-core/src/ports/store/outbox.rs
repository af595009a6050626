//! The outbox.

use async_trait::async_trait;

use super::outcome::{StoreError, Update};
use crate::email_address::EmailKey;
use crate::id::{OutboxId, RegistrationId};
use crate::outbox::{Decided, Fault, OutboxEntry, OutboxState, Queue, Refusal, Settlement};
use crate::timestamp::Timestamp;

/// Emails and events that wait for delivery.
#[async_trait]
pub trait Outbox {
    /// Inserts an entry.
    async fn enqueue(&mut self, entry: &OutboxEntry) -> Result<(), StoreError>;

    /// Claims up to `limit` queued entries of the queue that are due at `now` and not under a live lease, longest due
    /// first. Each gets a lease until `lease_until`; its `fence` and its `attempts` are incremented. Two workers never
    /// claim the same entry at once. Neither waits for the other if the database can skip locked rows.
    async fn claim(
        &mut self,
        queue: &Queue,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Returns the entries that [`claim`](Self::claim) would take, in the same order, unchanged. Where the database can
    /// lock rows, nobody else claims them until the unit of work ends.
    async fn lock_due(&mut self, queue: &Queue, now: Timestamp, limit: u32) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Deletes those of the entries that are queued and still have the given fence; returns how many.
    async fn remove_entries(&mut self, entries: &[(OutboxId, u32)]) -> Result<u64, StoreError>;

    /// Stores what was decided for a claimed entry, if it is still queued and its fence is still `fence`. Its intent
    /// becomes what [`Intent::decided`](crate::outbox::Intent::decided) returns, which puts it into another queue. The
    /// claim ends: the entry is due at `now`, without a lease and attempts, and its fence is incremented. Missed if
    /// nothing of this kind is decided for such an intent.
    async fn decide_entry(
        &mut self,
        id: OutboxId,
        fence: u32,
        decided: Decided,
        now: Timestamp,
    ) -> Result<Update, StoreError>;

    /// Ends a claim, if the entry is still queued and its fence is still `fence`.
    async fn settle(&mut self, id: OutboxId, fence: u32, settlement: &Settlement) -> Result<Update, StoreError>;

    /// Returns the newest entry of the registration.
    async fn find_newest_entry_of_registration(
        &mut self,
        registration: RegistrationId,
    ) -> Result<Option<OutboxEntry>, StoreError>;

    /// Returns whether any entry of the registration to an address with this key is [`OutboxState::Bounced`] by the
    /// recipient's fault, or nobody knows by whose.
    async fn has_bounced(&mut self, registration: RegistrationId, key: &EmailKey) -> Result<bool, StoreError>;

    /// Marks an email that was sent as [`OutboxState::Bounced`], settled when it was refused, with this note. Events
    /// cannot bounce.
    async fn bounce_entry(&mut self, id: OutboxId, refusal: Refusal, note: &str) -> Result<Update, StoreError>;

    /// Returns the entries in one of these states that were refused by this fault, after `since` and not after `until`,
    /// those refused last first, at most `limit`. Entries that were refused later MUST NOT count against the limit: a
    /// clock that was fast may have left many.
    async fn find_refused(
        &mut self,
        fault: Fault,
        since: Timestamp,
        until: Timestamp,
        states: &[OutboxState],
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Makes refused entries due at `due_at`, if they are dead, or queued without a lease and due later. The dead ones
    /// are queued again: they have no settlement time any more; everything else is kept. Returns how many.
    async fn requeue_refused(&mut self, ids: &[OutboxId], due_at: Timestamp) -> Result<u64, StoreError>;

    /// Returns the time at which the next queued entry of the queue is due or its lease ends; `None` if nothing is
    /// queued.
    async fn next_due(&mut self, queue: &Queue) -> Result<Option<Timestamp>, StoreError>;
}

/// The outbox, for administrators and metrics.
#[async_trait]
pub trait OutboxLists {
    /// Returns the entry with this id.
    async fn find_entry(&mut self, id: OutboxId) -> Result<Option<OutboxEntry>, StoreError>;

    /// Returns entries with ids below `before`, newest id first, at most `limit`; if a state is given, only those in
    /// it.
    async fn list_entries(
        &mut self,
        state: Option<OutboxState>,
        before: Option<OutboxId>,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Queues a dead or bounced entry again: due at `now`, with no attempts, note, refusal and settlement time. Its fence is
    /// kept.
    async fn redrive_entry(&mut self, id: OutboxId, now: Timestamp) -> Result<Update, StoreError>;

    /// Drops an entry that is dead, or queued and not under a live lease at `now`, with this note. Its fence is
    /// incremented.
    async fn drop_entry(&mut self, id: OutboxId, now: Timestamp, note: &str) -> Result<Update, StoreError>;

    /// Counts the entries by queue and state. Pairs with a count of 0 may be left out.
    async fn count_entries(&mut self) -> Result<Vec<(Queue, OutboxState, u64)>, StoreError>;

    /// Returns, for each queue, when its oldest queued entry was created. Queues without one are left out.
    async fn find_oldest_queued(&mut self) -> Result<Vec<(Queue, Timestamp)>, StoreError>;
}
