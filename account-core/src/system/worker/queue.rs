//! The worker of one queue.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::observer::{Delivered, WorkerEvent, WorkerObserver};
use crate::outbox::Queue;
use crate::outbox::delivery::{ClaimedEntry, Delivery, LEASE};
use crate::ports::StoreError;
use crate::service::OutboxBell;

/// Mails that are on their way at a time. No more are claimed than can leave at once, so that none waits under a lease.
pub(super) const MAX_MAILS: usize = 16;
/// Events that are on their way to one endpoint at a time: others' servers are not to be flooded.
pub(super) const MAX_EVENTS: usize = 4;
/// How long a send keeps the next one from beginning, unless it is settled before: what has been handed over and not been
/// settled when the process dies is sent again, and of fast servers that is to be one mail and not sixteen. A slow server
/// gets as many at a time as ever.
const TURN: Duration = Duration::from_millis(8);
/// Longest wait before the outbox is looked at: other processes write into it and ring no bell here. Half the second
/// within which their mails leave.
pub(super) const POLL: Duration = Duration::from_millis(500);
/// Shortest time from one claim to the next: under load, a claim then takes several entries with one commit, and their
/// mails share what it costs to make files durable. A mail that finds the worker idle does not wait.
pub(super) const CLAIM_PAUSE: Duration = Duration::from_millis(100);
/// Wait after the store failed.
const BACK_OFF: Duration = Duration::from_secs(1);

/// Whether the worker has been told to stop.
#[derive(Clone)]
pub(super) struct Stop(watch::Receiver<bool>);

impl Stop {
    pub(super) const fn new(told: watch::Receiver<bool>) -> Self {
        Self(told)
    }

    fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is.
    pub(super) async fn requested(&self) {
        // A sender that is gone has nobody left to work for.
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
    /// Held by the send that began last, for [`TURN`] at most.
    turn: Arc<Mutex<()>>,
    is_store_down: bool,
}

/// How long there is nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// Until then, or until the bell rings.
    For(Duration),
    /// Until a send is done.
    UntilRoom,
    /// The store is away: the bell makes no difference.
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
            // The sooner of: work that is due, a bell, a send that makes room.
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

    /// Starts what is due, as far as there is room.
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
                // Once, and not once a second until it is over.
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
        // Reading first: a look into an empty outbox takes no writer's turn.
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

/// Does the work, and lets the next begin when it is done or [`TURN`] is over.
async fn in_turn<T>(turn: MutexGuard<'_, ()>, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    if let Ok(done) = timeout(TURN, &mut work).await {
        return done;
    }
    drop(turn);
    work.await
}

/// Delivers one entry and says what became of it.
async fn deliver(delivery: &Delivery, claimed: &ClaimedEntry, observer: &dyn WorkerObserver) -> Delivered {
    // A mailer gives up by itself before that. One that does not must not keep its place for ever: when the claim has
    // lapsed, the entry is claimed again.
    let delivered = match timeout(LEASE, delivery.deliver(claimed)).await {
        Ok(Ok(outcome)) => Delivered::Settled(outcome),
        Ok(Err(error)) => Delivered::Unsettled(error),
        Err(_) => Delivered::Overdue,
    };
    observer.observe(&WorkerEvent::Delivered { entry: claimed.entry(), delivered: &delivered });
    delivered
}
