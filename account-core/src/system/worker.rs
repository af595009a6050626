//! The worker: delivers outbox entries, each in its own task, and runs housekeeping.

mod observer;
mod queue;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::housekeeping::Housekeeping;
use crate::outbox::Queue;
use crate::outbox::delivery::Delivery;
use crate::service::{AccountService, OutboxBell};
pub use observer::{Delivered, PendingDelivery, Unobserved, WorkerEvent, WorkerObserver};
use queue::{QueueWorker, Stop};

/// Time from one housekeeping to the next.
const HOUSEKEEPING_PAUSE: Duration = Duration::from_mins(1);

/// Does what has to be done beside the requests: delivers what the outbox holds, and removes what is of no use any more.
/// A service needs at least one; several, in one process or in many, share the work.
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
    /// All that was on its way was finished.
    Finished,
    /// The deadline came first. What was on its way is tried again when its lease ends, by any worker.
    Abandoned,
}

impl Worker {
    /// A worker of that service.
    #[must_use]
    pub fn new(service: &AccountService, delivery: Delivery) -> Self {
        Self {
            delivery,
            bell: service.outbox_bell().clone(),
            housekeeping: service.housekeeping(),
            observer: Arc::new(Unobserved),
        }
    }

    /// Tells `observer` what the worker does, for logs, counters and traces.
    #[must_use]
    pub fn observed_by(self, observer: Arc<dyn WorkerObserver>) -> Self {
        Self { observer, ..self }
    }

    /// Works until `shutdown` is over. Then nothing more is begun, and what is on its way is finished, for as long as
    /// `deadline` at most. Dropping the future ends the work at once, as a deadline of zero does.
    ///
    /// Mails and each endpoint have a queue of their own, so that an endpoint that is slow or dead delays nothing but
    /// itself. It runs on a Tokio runtime with its timers enabled.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send, deadline: Duration) -> Stopped {
        let (stop, stopped) = watch::channel(false);
        let mut work = std::pin::pin!(self.work(Stop::new(stopped)));
        tokio::select! {
            () = &mut work => return Stopped::Finished,
            () = shutdown => {}
        }
        // Received, or else nobody is left who would have to stop.
        let _ = stop.send(true);
        timeout(deadline, work).await.map_or(Stopped::Abandoned, |()| Stopped::Finished)
    }

    async fn work(self, stop: Stop) {
        let Self { delivery, bell, housekeeping, observer } = self;
        let queues: Vec<_> = delivery.queues().into_iter().map(|queue| (queue, OutboxBell::default())).collect();
        observer.observe(&WorkerEvent::Started { queues: queues.len() });
        // Aborted with this future.
        let mut works = JoinSet::new();
        for (queue, bell) in &queues {
            let worker = QueueWorker::new(queue.clone(), delivery.clone(), Arc::clone(&observer));
            works.spawn(worker.run(bell.clone(), stop.clone()));
        }
        works.spawn(tidy_now_and_then(housekeeping, Arc::clone(&observer), stop));
        tokio::select! {
            () = all_of(works) => {}
            () = pass_on(&bell, &queues) => {}
        }
        observer.observe(&WorkerEvent::Stopped);
    }
}

/// Waits for all of them. One that panics takes the others and the worker along: half a worker would look like a whole
/// one.
async fn all_of(mut works: JoinSet<()>) {
    while let Some(ended) = works.join_next().await {
        if let Err(error) = ended
            && let Ok(panic) = error.try_into_panic()
        {
            std::panic::resume_unwind(panic);
        }
    }
}

/// Rings in every queue when the bell is rung: it does not say for which.
async fn pass_on(bell: &OutboxBell, queues: &[(Queue, OutboxBell)]) {
    loop {
        bell.notified().await;
        for (_, bell) in queues {
            bell.ring();
        }
    }
}

/// Removes what is of no use any more, again and again, until it is told to stop.
async fn tidy_now_and_then(housekeeping: Housekeeping, observer: Arc<dyn WorkerObserver>, stop: Stop) {
    loop {
        tokio::select! {
            () = stop.requested() => return,
            () = sleep(HOUSEKEEPING_PAUSE) => {}
        }
        match housekeeping.tidy().await {
            Ok(tidied) => observer.observe(&WorkerEvent::Tidied(&tidied)),
            // The next look may find the store again; nothing depends on when it is done.
            Err(error) => observer.observe(&WorkerEvent::TidyingFailed(&error)),
        }
    }
}
