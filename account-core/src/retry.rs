//! Retrying a unit of work that the store aborted in favor of another one.
//!
//! The whole unit of work is repeated, from begin to commit, with its own time, and every decision in it is made again
//! on the new state. What was counted, hashed or emailed before is not repeated. Only an
//! [abort](StoreError::is_aborted) is retried, because only then is it certain that nothing was done: a commit with an
//! unknown outcome is never repeated here.
//!
//! Two units of work are not retried, because they do not matter enough: recording the use of a session, and releasing an
//! idempotency key after a failure. Reading is not retried either: it takes no locks.

use std::error::Error;
use std::iter;
use std::time::Duration;

use crate::ports::{Entropy, Store, StoreError};
use crate::service::AccountService;

/// Maximum number of attempts.
const MAX_ATTEMPTS: u32 = 5;
/// The pause after the first attempt. It grows by this much with each attempt, and by up to as much at random.
const PAUSE: Duration = Duration::from_millis(5);

/// Does the work, and repeats it while the store aborts it, up to [`MAX_ATTEMPTS`] times.
pub(crate) async fn retried<T, E, F>(store: &dyn Store, entropy: &dyn Entropy, work: impl Fn() -> F) -> Result<T, E>
where
    E: Error + 'static,
    F: Future<Output = Result<T, E>>,
{
    for attempt in 1..MAX_ATTEMPTS {
        match work().await {
            Err(error) if is_aborted(&error) => {}
            outcome => return outcome,
        }
        store.pause(pause(entropy, attempt)).await;
    }
    work().await
}

impl AccountService {
    /// Does the work, and repeats it while the store aborts it, up to [`MAX_ATTEMPTS`] times.
    pub(crate) async fn retried<T, E, F>(&self, work: impl Fn() -> F) -> Result<T, E>
    where
        E: Error + 'static,
        F: Future<Output = Result<T, E>>,
    {
        retried(&*self.ports.store, &*self.ports.entropy, work).await
    }
}

/// Random, so that two tasks that blocked each other do not do so again.
fn pause(entropy: &dyn Entropy, attempt: u32) -> Duration {
    let mut byte = [0];
    entropy.fill(&mut byte);
    PAUSE * attempt + PAUSE * u32::from(byte[0]) / 255
}

/// Returns whether the error, or one of its sources, is an abort.
fn is_aborted(error: &(dyn Error + 'static)) -> bool {
    let causes = iter::successors(Some(error), |error| (**error).source());
    causes.filter_map(|error| error.downcast_ref::<StoreError>()).any(StoreError::is_aborted)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::testing::{MemoryStore, SeededEntropy};

    /// How often the work is done that ends with the errors, one after the other, and then well; and how it ended.
    async fn attempts(error: impl Fn(u32) -> Option<StoreError>) -> (u32, Result<(), StoreError>) {
        let made = AtomicU32::new(0);
        let (store, entropy) = (MemoryStore::new(), SeededEntropy::new(1));
        let outcome = retried(&store, &entropy, || async {
            let attempt = made.fetch_add(1, Ordering::SeqCst) + 1;
            error(attempt).map_or(Ok(()), Err)
        });
        let outcome = outcome.await;
        (made.load(Ordering::SeqCst), outcome)
    }

    #[tokio::test]
    async fn a_conflict_is_retried_until_the_work_is_done() {
        let (made, outcome) = attempts(|attempt| (attempt < 4).then(|| StoreError::aborted("a deadlock"))).await;
        assert_eq!(made, 4);
        outcome.unwrap();
    }

    #[tokio::test]
    async fn a_conflict_without_end_is_reported_after_a_few_attempts() {
        let (made, outcome) = attempts(|_| Some(StoreError::aborted("a deadlock"))).await;
        assert_eq!(made, MAX_ATTEMPTS);
        assert!(outcome.unwrap_err().is_aborted());
    }

    #[tokio::test]
    async fn a_failure_with_unknown_outcome_is_not_retried() {
        for error in
            [StoreError::transient as fn(&'static str) -> _, StoreError::unknown_outcome, StoreError::permanent]
        {
            let (made, outcome) = attempts(|_| Some(error("gone"))).await;
            assert_eq!(made, 1);
            assert!(!outcome.unwrap_err().is_aborted());
        }
    }

    #[test]
    fn pauses_grow_and_are_randomized() {
        let entropy = SeededEntropy::new(1);
        let pauses: Vec<_> = (1..MAX_ATTEMPTS).map(|attempt| pause(&entropy, attempt)).collect();
        for (attempt, found) in (1..).zip(&pauses) {
            assert!((PAUSE * attempt..=PAUSE * (attempt + 1)).contains(found), "{pauses:?}");
        }
        assert!((0..20).any(|_| pause(&entropy, 1) != pauses[0]));
    }
}
