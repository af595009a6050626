//! The outbox: emails and events to deliver, stored in the same commit as their cause.
//!
//! An entry is an *intent*. It holds no secret: tokens and codes are derived again. Entries wait in *queues*, so that
//! no kind of work delays another. One is for requests that anyone can make for any address: there it is *decided*
//! whether an email is due. Requests that lead to nothing are deleted, many at a time; the others move to the queue of
//! mails. The events of each endpoint have their own queue, so that a slow or dead endpoint delays only itself.

pub mod bounce;
pub mod delivery;
pub mod event;
mod fault;
mod intent;
pub mod mail;
mod notice;
mod queue;
pub mod refused_sender;
#[cfg(test)]
mod tests;

use crate::id::OutboxId;
use crate::named_enum;
use crate::timestamp::Timestamp;

pub use fault::{Answered, EnhancedCode, Fault, NotAnEnhancedCode, Refusal, Reply, Verdict};
pub use intent::{Decided, Intent, IntentParts};
pub use notice::{AboutIdentity, Notice};
pub use queue::Queue;

/// An email or an event to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Its id. An email's Message-ID is made from it; it is also the message id of an event.
    pub id: OutboxId,
    /// What to deliver.
    pub intent: Intent,
    /// Its state.
    pub state: OutboxState,
    /// Incremented by each claim and decision. A worker can only settle the entry while its claim is the newest.
    pub fence: u32,
    /// How many deliveries were started.
    pub attempts: u32,
    /// It is not claimed before this time.
    pub due_at: Timestamp,
    /// When the current claim ends.
    pub leased_until: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was sent, dropped or given up.
    pub settled_at: Option<Timestamp>,
    /// Why the last attempt failed, or why it was dropped. Contains no personal data and no secrets.
    pub note: Option<String>,
    /// Set while the newest attempt was refused for good, and for a bounce.
    pub refusal: Option<Refusal>,
}

impl OutboxEntry {
    /// Creates an entry that is due immediately.
    #[must_use]
    pub const fn new(id: OutboxId, intent: Intent, now: Timestamp) -> Self {
        Self {
            id,
            intent,
            state: OutboxState::Queued,
            fence: 0,
            attempts: 0,
            due_at: now,
            leased_until: None,
            created_at: now,
            settled_at: None,
            note: None,
            refusal: None,
        }
    }
}

named_enum! {
    /// The state of an outbox entry.
    #[derive(PartialOrd, Ord)]
    pub enum OutboxState {
        /// Waits for delivery or a retry.
        Queued = "queued",
        /// A mail server or an endpoint accepted it.
        HandedOver = "handed_over",
        /// Nothing was due: no registration is pending, or a newer email replaced it.
        Dropped = "dropped",
        /// Given up: refused permanently, or no longer useful.
        Dead = "dead",
        /// Sent, but a report said that it was not delivered.
        Bounced = "bounced",
    }
}

/// How a claim ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// A mail server or an endpoint accepted it.
    HandedOver {
        /// When.
        at: Timestamp,
    },
    /// Try again later.
    Deferred {
        /// When to try again.
        due_at: Timestamp,
        /// Why it failed.
        note: String,
        /// If it was refused for good, and is tried again nevertheless.
        refusal: Option<Refusal>,
    },
    /// Nothing was due.
    Dropped {
        /// When.
        at: Timestamp,
        /// Why nothing was due.
        note: String,
    },
    /// Given up.
    Dead {
        /// When.
        at: Timestamp,
        /// Why.
        note: String,
        /// If it was refused for good.
        refusal: Option<Refusal>,
    },
}

impl Settlement {
    /// Returns the refusal that this settlement notes.
    #[must_use]
    pub const fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::HandedOver { .. } | Self::Dropped { .. } => None,
            Self::Deferred { refusal, .. } | Self::Dead { refusal, .. } => *refusal,
        }
    }

    /// Returns the state of the entry after this settlement.
    #[must_use]
    pub const fn state(&self) -> OutboxState {
        match self {
            Self::HandedOver { .. } => OutboxState::HandedOver,
            Self::Deferred { .. } => OutboxState::Queued,
            Self::Dropped { .. } => OutboxState::Dropped,
            Self::Dead { .. } => OutboxState::Dead,
        }
    }
}
