//! Rate limits.

use std::collections::BTreeSet;
use std::time::Duration;

use async_trait::async_trait;

use super::StoreError;
use crate::client::{Client, WideNetwork};
use crate::timestamp::Timestamp;

mod tally;

pub use crate::rate::Rate;
pub use tally::{Tally, counters_of, tally, without_events};

/// Counts events against limits, across all instances of the service.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Checks and counts all charges in one atomic step: either every charge fits and all are counted, or the first
    /// that does not fit is reported and none is counted. Use [`tally`] for the arithmetic.
    ///
    /// The commit is separate from other work, and need not survive a power failure.
    ///
    /// # Errors
    /// [`StoreError`] if the counters cannot be reached.
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError>;

    /// Takes back what was counted, in one atomic step: of the `events` one each that was counted at `counted_at`, if it
    /// is still there; of the `forgotten` everything. Both name counters ([`Charge::counter`]); use [`without_events`] for the
    /// arithmetic.
    ///
    /// # Errors
    /// [`StoreError`] if the counters cannot be reached.
    async fn take_back(
        &self,
        events: &BTreeSet<String>,
        counted_at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError>;

    /// Removes up to `limit` counters that are empty at `now`, and returns how many. A limiter whose counters expire by
    /// themselves returns 0.
    ///
    /// # Errors
    /// [`StoreError`] if the counters cannot be reached.
    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError>;
}

/// One event to count against one limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Name of the limit, for headers and problem documents.
    pub limit: &'static str,
    /// What is counted together, such as an address key or a client network. At most 400 bytes.
    pub key: String,
    /// How many events are allowed in what time.
    pub rate: Rate,
    /// A charge to try if this one does not fit. If neither fits, this one is reported, with the shorter of the two
    /// waiting times.
    pub otherwise: Option<Box<Charge>>,
    /// The network of the client that causes the event, where it is known. It is for observers, and changes nothing about what
    /// is counted.
    pub network: Option<WideNetwork>,
}

impl Charge {
    /// A charge without another that may be made instead, of no known client.
    #[must_use]
    pub const fn new(limit: &'static str, key: String, rate: Rate) -> Self {
        Self { limit, key, rate, otherwise: None, network: None }
    }

    /// The same charge, caused by that client.
    #[must_use]
    pub fn by(self, client: &Client) -> Self {
        Self { network: client.networks().map(|networks| networks.wide), ..self }
    }

    /// Returns the name that the counter is stored under: limit and key.
    #[must_use]
    pub fn counter(&self) -> String {
        format!("{}:{}", self.limit, self.key)
    }
}

/// Whether the charges fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// All charges fit and were counted.
    Allowed,
    /// One charge did not fit, and nothing was counted.
    Limited {
        /// The limit that was reached.
        limit: &'static str,
        /// How many events it allows in what time.
        rate: Rate,
        /// How long to wait before trying again.
        retry_after: Duration,
    },
}
