//! Watching how passwords are hashed, for metrics.

use std::time::Duration;

use super::Urgency;

/// Is told what becomes of requests for hashes. Its methods are called by the workers and by the threads that serve
/// requests, so they MUST return at once.
pub trait HashingObserver: Send + Sync {
    /// A hash is about to be computed, that long after its place was taken.
    fn waited(&self, urgency: Urgency, waited: Duration);

    /// Somebody was refused.
    fn refused(&self, urgency: Urgency, why: HashingRefusal);
}

/// Why no hash is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashingRefusal {
    /// Every place is taken, by nobody who has to leave.
    Full,
    /// The client's network has taken half of the places.
    Network,
    /// It would have to wait beyond the deadline.
    Deadline,
    /// It had a place, and lost it to another network or class.
    Displaced,
    /// It had a place, and waited beyond the deadline all the same.
    Late,
}

impl HashingRefusal {
    /// Its name in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Network => "network",
            Self::Deadline => "deadline",
            Self::Displaced => "displaced",
            Self::Late => "late",
        }
    }
}
