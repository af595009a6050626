//! Turns of registrations at the limiter.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

use super::failure::{Failure, Unavailable};
use crate::ports::StoreError;

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
    /// How many failed since the last that did not. When a whole round did, those who waited for it fail too: a database
    /// that does not answer would otherwise let each of them wait for its own deadline, one after the other.
    failures: AtomicUsize,
}

impl Default for CountingTurns {
    fn default() -> Self {
        Self(Arc::new(Turns { free: Semaphore::new(COUNTING_AT_ONCE), failures: AtomicUsize::new(0) }))
    }
}

impl CountingTurns {
    /// Does the work when it is its turn.
    ///
    /// # Errors
    /// Those of the work, and [`Failure::Unavailable`] if it was unavailable to all that were before.
    pub(crate) async fn take<T>(&self, work: impl Future<Output = Result<T, Failure>> + Send) -> Result<T, Failure> {
        let Turns { free, failures } = &*self.0;
        let before = failures.load(Ordering::Relaxed);
        // Never closed.
        let _turn = free.acquire().await;
        if failures.load(Ordering::Relaxed).saturating_sub(before) >= COUNTING_AT_ONCE {
            return Err(StoreError::transient("the limiter failed for those before").into());
        }
        let outcome = work.await;
        match &outcome {
            // The database is there, but gave this transaction up for another one.
            Err(Failure::Unavailable(Unavailable::Store(error))) if error.is_aborted() => {}
            Err(Failure::Unavailable(_)) => {
                failures.fetch_add(1, Ordering::Relaxed);
            }
            _ => failures.store(0, Ordering::Relaxed),
        }
        outcome
    }
}
