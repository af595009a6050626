//! The outbox.

use async_trait::async_trait;

use super::outcome::{StoreError, Update};
use crate::id::{OutboxId, RegistrationId};
use crate::outbox::{Decided, OutboxEntry, OutboxState, Queue, Settlement};
use crate::timestamp::Timestamp;

/// What waits to be delivered.
#[async_trait]
pub trait Outbox {
    /// Writes a new entry.
    async fn enqueue(&mut self, entry: &OutboxEntry) -> Result<(), StoreError>;

    /// Takes up to `limit` entries of the queue that are queued, due at `now` and under no lease that still holds, longest due
    /// first, and puts them under a lease until `lease_until`: their `fence` goes up by one and `attempts` too. Two
    /// workers never claim one entry at once; neither waits for the other where the database can skip locked rows.
    async fn claim(
        &mut self,
        queue: &Queue,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Notes what a claimed entry was decided to mail, if its fence is still `fence` and it is queued.
    async fn decide_entry(&mut self, id: OutboxId, fence: u32, decided: Decided) -> Result<Update, StoreError>;

    /// Ends a claim, if the entry's fence is still `fence` and it is queued.
    async fn settle(&mut self, id: OutboxId, fence: u32, settlement: &Settlement) -> Result<Update, StoreError>;

    /// The youngest entry of the registration.
    async fn find_newest_entry_of_registration(
        &mut self,
        registration: RegistrationId,
    ) -> Result<Option<OutboxEntry>, StoreError>;

    /// Whether an entry of the registration is [`OutboxState::Bounced`].
    async fn has_bounced(&mut self, registration: RegistrationId) -> Result<bool, StoreError>;

    /// Marks a mail that was handed over as [`OutboxState::Bounced`], with that note. Events do not bounce.
    async fn bounce_entry(&mut self, id: OutboxId, now: Timestamp, note: &str) -> Result<Update, StoreError>;

    /// The moment at which the next queued entry of the queue is due or its lease ends; `None` when nothing is queued.
    async fn next_due(&mut self, queue: &Queue) -> Result<Option<Timestamp>, StoreError>;
}

/// The outbox as administrators see it.
#[async_trait]
pub trait OutboxLists {
    /// The entry with that id.
    async fn find_entry(&mut self, id: OutboxId) -> Result<Option<OutboxEntry>, StoreError>;

    /// Entries, youngest id first, at most `limit`, only those with ids below `before`, and, where a state is given,
    /// in that state.
    async fn list_entries(
        &mut self,
        state: Option<OutboxState>,
        before: Option<OutboxId>,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Puts an entry back that is dead or bounced: queued, due at `now`, without attempts, note and time of settlement. Its fence stays.
    async fn redrive_entry(&mut self, id: OutboxId, now: Timestamp) -> Result<Update, StoreError>;

    /// Takes an entry out that is dead, or queued and under no lease that holds at `now`: it is dropped, with that
    /// note, and its fence goes up by one.
    async fn drop_entry(&mut self, id: OutboxId, now: Timestamp, note: &str) -> Result<Update, StoreError>;

    /// How many entries of each queue are in each state, each pair once; where there are none may be left out.
    async fn count_entries(&mut self) -> Result<Vec<(Queue, OutboxState, u64)>, StoreError>;

    /// When the queued entry of each queue was written that has waited longest; queues without are left out.
    async fn find_oldest_queued(&mut self) -> Result<Vec<(Queue, Timestamp)>, StoreError>;
}
