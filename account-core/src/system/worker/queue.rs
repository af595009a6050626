//! The worker of one queue.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::observer::{Delivered, WorkerEvent, WorkerObserver};
use crate::outbox::Queue;
use crate::outbox::delivery::{ClaimedEntry, Delivery, Ended, LEASE};
use crate::ports::StoreError;
use crate::service::OutboxBell;

/// How many emails are sent at a time. No more are claimed than can be sent at once, so that none waits under a lease.
pub(super) const MAX_MAILS: usize = 16;
/// How many events are sent to one endpoint at a time, so as not to flood other people's servers.
pub(super) const MAX_EVENTS: usize = 4;
/// How long a send delays the start of the next one, unless it is settled earlier. An email that was sent but not
/// settled when the process dies is sent again: with fast servers this limits duplicates to one email rather than 16.
/// Slow servers still get as many at a time.
const TURN: Duration = Duration::from_millis(8);
/// Maximum time between looks at the outbox: other processes add entries without ringing this process's bell. Half of
/// the second within which their emails should leave.
pub(super) const POLL: Duration = Duration::from_millis(500);
/// Minimum time between claims. Under load, a claim then takes several entries in one commit, and their emails share
/// the cost of it. An email that finds the worker idle does not wait.
pub(super) const CLAIM_PAUSE: Duration = Duration::from_millis(100);
/// How long to wait after the store failed.
pub(super) const BACK_OFF: Duration = Duration::from_secs(1);

/// The signal to stop.
#[derive(Clone)]
pub(super) struct Stop(watch::Receiver<bool>);

impl Stop {
    pub(super) const fn new(told: watch::Receiver<bool>) -> Self {
        Self(told)
    }

    pub(super) fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits for the signal.
    pub(super) async fn requested(&self) {
        // If the sender is gone, stop too.
        let _ = self.0.clone().wait_for(|is_told| *is_told).await;
    }
}

/// The worker of one queue.
pub(super) struct QueueWorker {
    queue: Queue,
    max_sends: usize,
    delivery: Delivery,
    observer: Arc<dyn WorkerObserver>,
    sends: JoinSet<()>,
    /// Held by the latest send, for [`TURN`] at most.
    turn: Arc<Mutex<()>>,
    is_store_down: bool,
}

/// How long to rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// For this time, or until the bell rings.
    For(Duration),
    /// Until a send ends.
    UntilRoom,
    /// The store is unavailable: ignore the bell.
    BackOff,
}

impl QueueWorker {
    pub(super) fn new(queue: Queue, delivery: Delivery, observer: Arc<dyn WorkerObserver>) -> Self {
        let max_sends = if queue == Queue::Mail { MAX_MAILS } else { MAX_EVENTS };
        let (sends, turn) = (JoinSet::new(), Arc::default());
        Self { queue, max_sends, delivery, observer, sends, turn, is_store_down: false }
    }

    pub(super) async fn run(mut self, bell: OutboxBell, stop: Stop) {
        while !stop.is_requested() {
            let pause = sleep_until(Instant::now() + CLAIM_PAUSE);
            let wait = self.step().await;
            // Whichever is first: due work, the bell, or a send that ends.
            tokio::select! {
                () = stop.requested() => break,
                () = self.rest(wait, &bell) => {}
            }
            tokio::select! {
                () = stop.requested() => break,
                () = pause => {}
            }
        }
        self.observer.observe(&WorkerEvent::Stopping { queue: &self.queue, unfinished: self.sends.len() });
        while self.sends.join_next().await.is_some() {}
    }

    /// Starts due deliveries, as far as there is room.
    async fn step(&mut self) -> Rest {
        while self.sends.try_join_next().is_some() {}
        match self.start_due().await {
            Ok(rest) => {
                if std::mem::take(&mut self.is_store_down) {
                    self.observer.observe(&WorkerEvent::OutboxAvailable { queue: &self.queue });
                }
                rest
            }
            Err(error) => {
                // Report once, not once a second.
                if !std::mem::replace(&mut self.is_store_down, true) {
                    self.observer.observe(&WorkerEvent::OutboxUnavailable { queue: &self.queue, error: &error });
                }
                Rest::BackOff
            }
        }
    }

    async fn start_due(&mut self) -> Result<Rest, StoreError> {
        let room = self.max_sends.saturating_sub(self.sends.len());
        if room == 0 {
            return Ok(Rest::UntilRoom);
        }
        // Read first: checking an empty outbox must not block writers.
        let idle = self.delivery.idle_time(&self.queue, POLL).await?;
        if !idle.is_zero() {
            return Ok(Rest::For(idle));
        }
        let claimed = self.delivery.claim(&self.queue, u32::try_from(room).unwrap_or(u32::MAX)).await?;
        for claimed in claimed {
            let (delivery, observer) = (self.delivery.clone(), Arc::clone(&self.observer));
            let turn = Arc::clone(&self.turn);
            self.sends.spawn(async move {
                let turn = turn.lock().await;
                let work = Box::pin(deliver(&delivery, &claimed, &*observer));
                in_turn(turn, observer.wrap(claimed.entry(), work)).await;
            });
        }
        Ok(if self.sends.len() < self.max_sends { Rest::For(Duration::ZERO) } else { Rest::UntilRoom })
    }

    async fn rest(&mut self, rest: Rest, bell: &OutboxBell) {
        match rest {
            Rest::For(time) => {
                tokio::select! {
                    () = sleep(time) => {}
                    () = bell.notified() => {}
                }
            }
            Rest::UntilRoom => {
                self.sends.join_next().await;
            }
            Rest::BackOff => sleep(BACK_OFF).await,
        }
    }
}

/// Does the work. The next send may start when it is done or [`TURN`] has passed.
async fn in_turn<T>(turn: MutexGuard<'_, ()>, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    if let Ok(done) = timeout(TURN, &mut work).await {
        return done;
    }
    drop(turn);
    work.await
}

/// Delivers one entry and reports the outcome.
async fn deliver(delivery: &Delivery, claimed: &ClaimedEntry, observer: &dyn WorkerObserver) -> Delivered {
    // A correct mailer gives up earlier. One that does not must not keep its place forever: once its claim has lapsed,
    // the entry is claimed again.
    let delivered = match timeout(LEASE, delivery.deliver(claimed)).await {
        Ok(Ok(ended)) => Delivered::Settled(ended),
        Ok(Err(error)) => Delivered::Unsettled(error),
        Err(_) => Delivered::Overdue,
    };
    observer.observe(&WorkerEvent::Delivered { entry: claimed.entry(), delivered: &delivered });
    if let Delivered::Settled(Ended { news: Some(news), .. }) = &delivered {
        observer.observe(&WorkerEvent::News(*news));
    }
    delivered
}
