//! The time.

use crate::timestamp::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment. MUST have whole microseconds; it may jump, as clocks do.
    fn now(&self) -> Timestamp;
}
