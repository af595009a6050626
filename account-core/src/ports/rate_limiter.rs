//! Counting what strangers ask for.

use std::time::Duration;

use async_trait::async_trait;

use super::StoreError;
use crate::timestamp::Timestamp;

mod tally;

pub use crate::rate::Rate;
pub use tally::{Tally, counters_of, tally};

/// Counts events against limits, over all instances of the service.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Checks all charges and counts them in one atomic step: either every charge fits and all are counted, or the
    /// first that does not fit is reported and none is counted. Use [`tally`] for the arithmetic.
    ///
    /// A commit of its own that need not survive a power cut.
    ///
    /// # Errors
    /// [`StoreError`] when the counters cannot be reached.
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError>;

    /// Forgets what was counted under those counters ([`Charge::counter`]): the right password was given.
    ///
    /// # Errors
    /// [`StoreError`] when the counters cannot be reached.
    async fn forget(&self, counters: &[String]) -> Result<(), StoreError>;

    /// Removes up to `limit` counters that count nothing any more at `now`; returns how many. A limiter whose counters
    /// go by themselves returns 0.
    ///
    /// # Errors
    /// [`StoreError`] when the counters cannot be reached.
    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError>;
}

/// One event to be counted against one limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Name of the limit, for the answer's headers and its problem.
    pub limit: &'static str,
    /// Whose events are counted together: an address key, a client network. At most 400 bytes.
    pub key: String,
    /// How many are allowed.
    pub rate: Rate,
    /// A charge that may be made instead when this one does not fit. When it does not fit either, this one is
    /// reported, with the shorter of the two times.
    pub otherwise: Option<Box<Charge>>,
}

impl Charge {
    /// The text that the counter is kept under; unique over limits.
    #[must_use]
    pub fn counter(&self) -> String {
        format!("{}:{}", self.limit, self.key)
    }
}

/// Whether the charges fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// All fit and were counted.
    Allowed,
    /// One did not fit; nothing was counted.
    Limited {
        /// The limit that was reached.
        limit: &'static str,
        /// How many it allows in which time.
        rate: Rate,
        /// When to try again.
        retry_after: Duration,
    },
}
