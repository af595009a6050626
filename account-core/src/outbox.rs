//! The outbox: mails and events to deliver, stored in the same commit as their cause.
//!
//! An entry is an *intent*. Which mail to send is decided at delivery. An entry holds no secret: tokens and codes are
//! derived again. Entries are delivered in *queues*: one for all mails, and one for the events of each endpoint, so
//! that a slow or dead endpoint delays only itself.

pub mod bounce;
pub mod delivery;
pub mod event;
mod intent;
pub mod mail;
mod notice;
mod queue;
#[cfg(test)]
mod tests;

use crate::id::OutboxId;
use crate::named_enum;
use crate::timestamp::Timestamp;

pub use intent::{Decided, Intent, IntentParts};
pub use notice::Notice;
pub use queue::Queue;

/// Something to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Its id; the mail's Message-ID is made from it, and it is the id of the event's message.
    pub id: OutboxId,
    /// What is to be done.
    pub intent: Intent,
    /// How far it is.
    pub state: OutboxState,
    /// Counts the claims; a worker whose claim is no longer the newest can settle nothing.
    pub fence: u32,
    /// Deliveries begun so far.
    pub attempts: u32,
    /// Not to be claimed before.
    pub due_at: Timestamp,
    /// Claimed until then.
    pub leased_until: Option<Timestamp>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was handed over, dropped or given up.
    pub settled_at: Option<Timestamp>,
    /// Why the last attempt failed, or why it was dropped. Names no person and no secret.
    pub note: Option<String>,
}

impl OutboxEntry {
    /// A new entry, due at once.
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
        }
    }
}

named_enum! {
    /// How far an entry is.
    #[derive(PartialOrd, Ord)]
    pub enum OutboxState {
        /// Waits for delivery, the first or another.
        Queued = "queued",
        /// A mail server took responsibility for it, or an endpoint took it.
        HandedOver = "handed_over",
        /// Nothing was due: no registration is pending, or a newer mail takes its place.
        Dropped = "dropped",
        /// Given up: refused for good, or out of time.
        Dead = "dead",
        /// Was handed over, and came back: a report said that it was not delivered.
        Bounced = "bounced",
    }
}

/// How a claim ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// A mail server took responsibility, or an endpoint took it.
    HandedOver {
        /// When.
        at: Timestamp,
    },
    /// Try again.
    Deferred {
        /// Not before.
        due_at: Timestamp,
        /// Why it failed.
        note: String,
    },
    /// Nothing was due.
    Dropped {
        /// When.
        at: Timestamp,
        /// Why not.
        note: String,
    },
    /// Given up.
    Dead {
        /// When.
        at: Timestamp,
        /// Why.
        note: String,
    },
}

impl Settlement {
    /// The state that the entry is in afterwards.
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
