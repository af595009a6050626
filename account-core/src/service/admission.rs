//! What comes before the work that a request asks for: limits, and a place in the hashing queue.

#[cfg(test)]
mod tests;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

use super::{AccountService, Failure, Limited};
use crate::client::{Client, WideNetwork};
use crate::ports::{Charge, HashingSlot, Overloaded, StoreError, Urgency};

/// How many registrations may ask the limiter at the same time. It answers in milliseconds, many times faster than
/// passwords can be hashed.
const COUNTING_AT_ONCE: usize = 4;

/// Lets only a few registrations ask the limiter at the same time.
///
/// All of those that wait for a hash would ask at once in a flood, and where a database has one writer at a time,
/// sign-ins would wait for each of them.
#[derive(Clone)]
pub(crate) struct CountingTurns(Arc<Turns>);

struct Turns {
    free: Semaphore,
    /// How many failed. When a whole round did, those who waited for it fail too: a database that does not answer would
    /// otherwise let each of them wait for its own deadline, one after the other.
    failures: AtomicUsize,
}

impl Default for CountingTurns {
    fn default() -> Self {
        Self(Arc::new(Turns { free: Semaphore::new(COUNTING_AT_ONCE), failures: AtomicUsize::new(0) }))
    }
}

impl CountingTurns {
    async fn take<T>(&self, work: impl Future<Output = Result<T, Failure>> + Send) -> Result<T, Failure> {
        let Turns { free, failures } = &*self.0;
        let before = failures.load(Ordering::Relaxed);
        // Never closed.
        let _turn = free.acquire().await;
        if failures.load(Ordering::Relaxed).wrapping_sub(before) >= COUNTING_AT_ONCE {
            return Err(StoreError::transient("the limiter failed for those before").into());
        }
        let outcome = work.await;
        if let Err(Failure::Unavailable(_)) = outcome {
            failures.fetch_add(1, Ordering::Relaxed);
        }
        outcome
    }
}

impl AccountService {
    /// Refuses charges that are known not to fit, without asking the limiter.
    pub(crate) fn refuse_if_limited(&self, charges: &[Charge]) -> Result<(), Limited> {
        let Some(limited) = self.known_limits.find(charges, self.ports.clock.now()) else { return Ok(()) };
        self.observe_refusal(limited.limit, charges);
        Err(limited)
    }

    /// Takes a place in the hashing queue.
    pub(crate) fn place(&self, urgency: Urgency, client: &Client) -> Result<Box<dyn HashingSlot>, Overloaded> {
        self.ports.password_hasher.admit(urgency, client.address.map(WideNetwork::of))
    }

    /// Takes a place in the hashing queue and counts the charges, all or none.
    ///
    /// A client that is known to be over its limit takes no place. The place comes before counting, so that being
    /// overloaded costs nobody's quota.
    pub(crate) async fn counted_place(
        &self,
        urgency: Urgency,
        client: &Client,
        charges: &[Charge],
    ) -> Result<Box<dyn HashingSlot>, Failure> {
        self.refuse_if_limited(charges)?;
        let place = self.place(urgency, client)?;
        match urgency {
            Urgency::Registration => self.counting_turns.take(self.ask_limiter(charges)).await?,
            Urgency::SignIn | Urgency::Completion => self.ask_limiter(charges).await?,
        };
        Ok(place)
    }
}
