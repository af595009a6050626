//! Being told what a worker does.

use std::pin::Pin;

use crate::housekeeping::Tidied;
use crate::outbox::delivery::Outcome;
use crate::outbox::{OutboxEntry, Queue};
use crate::ports::StoreError;

/// What became of an entry that was claimed.
#[derive(Debug)]
pub enum Delivered {
    /// It was settled.
    Settled(Outcome),
    /// It could not be settled, because the store failed: it is claimed again when its lease ends.
    Unsettled(StoreError),
    /// It took longer than its lease: it is claimed again.
    Overdue,
}

impl Delivered {
    /// A name for logs and counters.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Settled(outcome) => outcome.name(),
            Self::Unsettled(_) => "unsettled",
            Self::Overdue => "overdue",
        }
    }
}

/// Something that happened to a worker.
#[derive(Debug)]
#[non_exhaustive]
pub enum WorkerEvent<'a> {
    /// It works, on that many queues.
    Started {
        /// Mails, and each endpoint.
        queues: usize,
    },
    /// A delivery ended.
    Delivered {
        /// What was delivered. Its address is a person's: mask it in logs.
        entry: &'a OutboxEntry,
        /// What became of it.
        delivered: &'a Delivered,
    },
    /// The outbox cannot be read; told once, until it can be read again.
    OutboxUnavailable {
        /// The queue that found out.
        queue: &'a Queue,
        /// Why.
        error: &'a StoreError,
    },
    /// The outbox can be read again.
    OutboxAvailable {
        /// The queue that found out.
        queue: &'a Queue,
    },
    /// Housekeeping removed what is of no use any more, or found nothing.
    Tidied(&'a Tidied),
    /// Housekeeping failed; the next one goes on.
    TidyingFailed(&'a StoreError),
    /// A queue was told to stop.
    Stopping {
        /// The queue.
        queue: &'a Queue,
        /// Deliveries that are on their way.
        unfinished: usize,
    },
    /// All queues have stopped.
    Stopped,
}

/// A delivery that is about to begin.
pub type PendingDelivery<'a> = Pin<Box<dyn Future<Output = Delivered> + Send + 'a>>;

/// Is told what a worker does.
pub trait WorkerObserver: Send + Sync {
    /// Something happened. MUST NOT block.
    fn observe(&self, event: &WorkerEvent<'_>);

    /// Wraps the delivery of an entry, to run it in the span of a trace. MUST poll what it was given, and return what
    /// that returns.
    fn wrap<'a>(&self, _entry: &'a OutboxEntry, delivery: PendingDelivery<'a>) -> PendingDelivery<'a> {
        delivery
    }
}

/// Nobody is told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl WorkerObserver for Unobserved {
    fn observe(&self, _: &WorkerEvent<'_>) {}
}
