use std::sync::Mutex;

use tokio::task::{JoinSet, yield_now};

use super::*;

/// Lets twenty do something at the same time, and returns the outcomes.
async fn twenty<F>(turns: &CountingTurns, work: impl Fn(usize) -> F) -> Vec<Result<(), Failure>>
where
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let mut all = JoinSet::new();
    for number in 0..20 {
        let (turns, work) = (turns.clone(), work(number));
        all.spawn(async move { turns.take(work).await });
    }
    all.join_all().await
}

fn failure() -> Failure {
    StoreError::transient("no answer").into()
}

#[tokio::test]
async fn only_a_few_registrations_count_at_the_same_time() {
    /// How many count now, and how many did at most.
    type Counting = Arc<Mutex<(usize, usize)>>;
    let (turns, counting) = (CountingTurns::default(), Counting::default());
    let outcomes = twenty(&turns, |_| {
        let counting = Arc::clone(&counting);
        async move {
            {
                let mut counting = counting.lock().unwrap();
                counting.0 += 1;
                counting.1 = counting.1.max(counting.0);
            }
            yield_now().await;
            counting.lock().unwrap().0 -= 1;
            Ok(())
        }
    });
    assert!(outcomes.await.iter().all(Result::is_ok));
    assert_eq!(*counting.lock().unwrap(), (0, COUNTING_AT_ONCE));
}

#[tokio::test]
async fn whoever_waited_for_a_round_that_failed_fails_without_asking() {
    let (turns, asked) = (CountingTurns::default(), Arc::new(AtomicUsize::new(0)));
    let outcomes = twenty(&turns, |_| {
        let asked = Arc::clone(&asked);
        async move {
            asked.fetch_add(1, Ordering::Relaxed);
            yield_now().await;
            Err(failure())
        }
    });
    assert!(outcomes.await.iter().all(Result::is_err));
    // Those who got the turns of the first to fail still asked.
    assert!((COUNTING_AT_ONCE..2 * COUNTING_AT_ONCE).contains(&asked.load(Ordering::Relaxed)));
    // Who comes later asks again.
    assert!(turns.take(async { Ok(()) }).await.is_ok());
}

#[tokio::test]
async fn failures_among_successes_are_nobody_elses() {
    let turns = CountingTurns::default();
    let outcomes = twenty(&turns, |number| async move { if number % 3 == 0 { Err(failure()) } else { Ok(()) } }).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_err()).count(), 7);
}
