//! Observing a worker.

use std::pin::Pin;

use crate::housekeeping::Tidied;
use crate::outbox::delivery::{Ended, News};
use crate::outbox::{OutboxEntry, Queue};
use crate::ports::StoreError;

/// The outcome of a claimed entry.
#[derive(Debug)]
pub enum Delivered {
    /// It was settled.
    Settled(Ended),
    /// It could not be settled because the store failed. It is claimed again when its lease ends.
    Unsettled(StoreError),
    /// It took longer than its lease, and is claimed again.
    Overdue,
}

impl Delivered {
    /// Returns a name for logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Settled(ended) => ended.outcome.name(),
            Self::Unsettled(_) => "unsettled",
            Self::Overdue => "overdue",
        }
    }
}

/// An event of a worker.
#[derive(Debug)]
#[non_exhaustive]
pub enum WorkerEvent<'a> {
    /// It started.
    Started {
        /// The number of queues: one for undecided requests, one for emails, and one per endpoint.
        queues: usize,
    },
    /// A delivery ended.
    Delivered {
        /// The entry. It contains a person's address: mask it in logs.
        entry: &'a OutboxEntry,
        /// Its outcome.
        delivered: &'a Delivered,
    },
    /// A delivery showed something of all emails.
    News(News),
    /// Requests were deleted together, because nobody has their addresses.
    Removed {
        /// The name of their intent.
        intent: &'static str,
        /// How many.
        count: u64,
    },
    /// The outbox cannot be read. Reported once, until it can be read again.
    OutboxUnavailable {
        /// The queue that noticed.
        queue: &'a Queue,
        /// Why.
        error: &'a StoreError,
    },
    /// The outbox can be read again.
    OutboxAvailable {
        /// The queue that noticed.
        queue: &'a Queue,
    },
    /// Housekeeping deleted expired data, or found none.
    Tidied(&'a Tidied),
    /// Housekeeping failed; the next run continues.
    TidyingFailed(&'a StoreError),
    /// A queue was told to stop.
    Stopping {
        /// The queue.
        queue: &'a Queue,
        /// How many deliveries are still running.
        unfinished: usize,
    },
    /// All queues have stopped.
    Stopped,
}

/// A delivery that is about to start.
pub type PendingDelivery<'a> = Pin<Box<dyn Future<Output = Delivered> + Send + 'a>>;

/// Gets the events of a worker.
pub trait WorkerObserver: Send + Sync {
    /// Called for each event. MUST NOT block.
    fn observe(&self, event: &WorkerEvent<'_>);

    /// Wraps the delivery of an entry, for example to run it in a trace span. MUST poll the given future and return its
    /// result.
    fn wrap<'a>(&self, _entry: &'a OutboxEntry, delivery: PendingDelivery<'a>) -> PendingDelivery<'a> {
        delivery
    }
}

/// Ignores all events.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl WorkerObserver for Unobserved {
    fn observe(&self, _: &WorkerEvent<'_>) {}
}
