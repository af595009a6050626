//! How a delivery ended.

use crate::named_enum;
use crate::outbox::Settlement;

named_enum! {
    /// The outcome of one entry.
    pub enum Outcome {
        /// Sent.
        HandedOver = "handed_over",
        /// Failed; will be tried again.
        Deferred = "deferred",
        /// Nothing was due.
        Dropped = "dropped",
        /// Given up.
        Dead = "dead",
        /// The claim expired. If that was before sending, the email was not sent. If it was during sending, another
        /// worker may send it a second time, with the same Message-ID. Or the entry was settled by a commit that was
        /// reported as failed.
        Lost = "lost",
    }
}

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The outcome.
    pub outcome: Outcome,
    /// Why, if it was not sent: the note of the entry, which contains no personal data and no secrets.
    pub note: Option<String>,
    /// What this delivery showed of all emails.
    pub news: Option<News>,
}

/// What a delivery shows of all emails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Mail servers refuse whatever this service sends: see [`refused_sender`](crate::outbox::refused_sender).
    SenderRefused {
        /// The number of recipient domains.
        domains: usize,
        /// How many emails were put back that had been given up for it.
        revived: u64,
    },
    /// They accept it again.
    SenderAccepted,
}

impl Ended {
    /// The end of an entry that was settled so.
    pub(super) fn of(settlement: &Settlement) -> Self {
        let (outcome, note) = match settlement {
            Settlement::HandedOver { .. } => (Outcome::HandedOver, None),
            Settlement::Deferred { note, .. } => (Outcome::Deferred, Some(note.clone())),
            Settlement::Dropped { note, .. } => (Outcome::Dropped, Some(note.clone())),
            Settlement::Dead { note, .. } => (Outcome::Dead, Some(note.clone())),
        };
        Self { outcome, note, news: None }
    }
}

impl From<Outcome> for Ended {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, note: None, news: None }
    }
}

impl PartialEq<Outcome> for Ended {
    fn eq(&self, outcome: &Outcome) -> bool {
        self.outcome == *outcome
    }
}
