//! The time.

use crate::timestamp::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Returns the current time. MUST have whole microseconds. It may jump forwards or backwards, as system clocks do.
    fn now(&self) -> Timestamp;
}
