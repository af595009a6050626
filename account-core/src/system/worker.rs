//! The worker: delivers outbox entries, each in its own task, and runs housekeeping.

mod decider;
mod observer;
mod queue;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::housekeeping::Housekeeping;
use crate::outbox::Queue;
use crate::outbox::delivery::Delivery;
use crate::service::{AccountService, OutboxBell};
use decider::Decider;
pub use observer::{Delivered, PendingDelivery, Unobserved, WorkerEvent, WorkerObserver};
use queue::{QueueWorker, Stop};

/// Time between two runs of the housekeeping, if the first one left nothing to do.
const HOUSEKEEPING_PAUSE: Duration = Duration::from_mins(1);
/// Minimum time between two runs of the housekeeping while there is more to do.
const HOUSEKEEPING_BREATH: Duration = Duration::from_millis(100);

/// Does the background work: delivers the outbox, and deletes expired data. A service needs at least one worker;
/// several, in one process or in many, share the work.
///
/// ```
/// use std::time::Duration;
/// use account_core::system::{Worker, worker::Stopped};
/// use account_core::{AccountService, Delivery};
///
/// # async fn shutdown_signal() {}
/// async fn serve(service: &AccountService, delivery: Delivery) {
///     let worker = tokio::spawn(Worker::new(service, delivery).run(shutdown_signal(), Duration::from_secs(25)));
///     // .. serve requests until the same signal, then wait for what is on its way:
///     assert!(matches!(worker.await, Ok(Stopped::Finished)));
/// }
/// ```
pub struct Worker {
    delivery: Delivery,
    bell: OutboxBell,
    housekeeping: Housekeeping,
    observer: Arc<dyn WorkerObserver>,
}

/// How a worker ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// All running deliveries were finished.
    Finished,
    /// The deadline came first. Unfinished deliveries are retried by any worker when their leases end.
    Abandoned,
}

impl Worker {
    /// Creates a worker for this service.
    #[must_use]
    pub fn new(service: &AccountService, delivery: Delivery) -> Self {
        Self {
            delivery,
            bell: service.outbox_bell().clone(),
            housekeeping: service.housekeeping(),
            observer: Arc::new(Unobserved),
        }
    }

    /// Sends the worker's events to `observer`, for logs, metrics and traces.
    #[must_use]
    pub fn observed_by(self, observer: Arc<dyn WorkerObserver>) -> Self {
        Self { observer, ..self }
    }

    /// Works until `shutdown` completes. Then nothing new is started, and running deliveries are finished, for at most
    /// `deadline`. Dropping the future stops the work immediately, as a deadline of zero does.
    ///
    /// Undecided requests, emails and each endpoint have their own queue, so that what is slow, dead or too much delays
    /// only itself. Needs a Tokio runtime with timers enabled.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send, deadline: Duration) -> Stopped {
        let (stop, stopped) = watch::channel(false);
        let mut work = std::pin::pin!(self.work(Stop::new(stopped)));
        tokio::select! {
            () = &mut work => return Stopped::Finished,
            () = shutdown => {}
        }
        // If this fails, nobody is left to stop.
        let _ = stop.send(true);
        timeout(deadline, work).await.map_or(Stopped::Abandoned, |()| Stopped::Finished)
    }

    async fn work(self, stop: Stop) {
        let Self { delivery, bell, housekeeping, observer } = self;
        let queues: Vec<_> = delivery.queues().into_iter().map(|queue| (queue, OutboxBell::default())).collect();
        let (deciding, mails) = (OutboxBell::default(), bell_of(&queues, &Queue::Mail));
        observer.observe(&WorkerEvent::Started { queues: queues.len() + 1 });
        // Aborted with this future.
        let mut works = JoinSet::new();
        for (queue, bell) in &queues {
            let worker = QueueWorker::new(queue.clone(), delivery.clone(), Arc::clone(&observer));
            works.spawn(worker.run(bell.clone(), stop.clone()));
        }
        let decider = Decider::new(delivery, Arc::clone(&observer), mails);
        works.spawn(decider.run(deciding.clone(), stop.clone()));
        works.spawn(tidy_now_and_then(housekeeping, Arc::clone(&observer), stop));
        tokio::select! {
            () = all_of(works) => {}
            () = pass_on(&bell, queues.iter().map(|(_, bell)| bell).chain([&deciding])) => {}
        }
        observer.observe(&WorkerEvent::Stopped);
    }
}

/// Waits for all tasks. If one panics, the others and the worker stop too: a worker that does only part of its work
/// would go unnoticed.
async fn all_of(mut works: JoinSet<()>) {
    while let Some(ended) = works.join_next().await {
        if let Err(error) = ended
            && let Ok(panic) = error.try_into_panic()
        {
            std::panic::resume_unwind(panic);
        }
    }
}

/// Returns the bell of this queue, or one that nobody hears if there is no such queue.
fn bell_of(queues: &[(Queue, OutboxBell)], queue: &Queue) -> OutboxBell {
    queues.iter().find(|(other, _)| other == queue).map(|(_, bell)| bell.clone()).unwrap_or_default()
}

/// Rings the bell of every queue, because the outbox bell does not say for which queue it rings.
async fn pass_on<'a>(bell: &OutboxBell, to: impl Iterator<Item = &'a OutboxBell> + Clone) {
    loop {
        bell.notified().await;
        for bell in to.clone() {
            bell.ring();
        }
    }
}

/// Runs housekeeping repeatedly until it is told to stop. While there is more to do it continues, with pauses as long
/// as the run took, so that a backlog takes at most half of the store's time.
async fn tidy_now_and_then(housekeeping: Housekeeping, observer: Arc<dyn WorkerObserver>, stop: Stop) {
    let mut pause = HOUSEKEEPING_PAUSE;
    loop {
        tokio::select! {
            () = stop.requested() => return,
            () = sleep(pause) => {}
        }
        let begin = Instant::now();
        let tidied = housekeeping.tidy().await;
        pause = match &tidied {
            Ok(tidied) if tidied.has_more => begin.elapsed().clamp(HOUSEKEEPING_BREATH, HOUSEKEEPING_PAUSE),
            _ => HOUSEKEEPING_PAUSE,
        };
        match tidied {
            Ok(tidied) => observer.observe(&WorkerEvent::Tidied(&tidied)),
            // The next run may succeed; the time does not matter.
            Err(error) => observer.observe(&WorkerEvent::TidyingFailed(&error)),
        }
    }
}
