//! The worker of the queue of undecided requests. It never waits for an email to be sent.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use super::observer::{Delivered, WorkerEvent, WorkerObserver};
use super::queue::{BACK_OFF, CLAIM_PAUSE, POLL, Stop};
use crate::outbox::Queue;
use crate::outbox::delivery::{DECIDED_TOGETHER, Delivery, Outcome};
use crate::ports::StoreError;
use crate::service::OutboxBell;

const QUEUE: Queue = Queue::Deciding;

pub(super) struct Decider {
    delivery: Delivery,
    observer: Arc<dyn WorkerObserver>,
    /// The bell of the queue of mails.
    mails: OutboxBell,
    is_store_down: bool,
}

impl Decider {
    pub(super) fn new(delivery: Delivery, observer: Arc<dyn WorkerObserver>, mails: OutboxBell) -> Self {
        Self { delivery, observer, mails, is_store_down: false }
    }

    pub(super) async fn run(mut self, bell: OutboxBell, stop: Stop) {
        while !stop.is_requested() {
            let begin = Instant::now();
            let rest = self.step().await;
            // Leave others who write at least as much time as this took.
            let pause = sleep_until(begin + CLAIM_PAUSE.max(begin.elapsed() * 2));
            tokio::select! {
                () = stop.requested() => break,
                () = self.rest(rest, &bell) => {}
            }
            tokio::select! {
                () = stop.requested() => break,
                () = pause => {}
            }
        }
        self.observer.observe(&WorkerEvent::Stopping { queue: &QUEUE, unfinished: 0 });
    }

    /// Decides what is due, and returns how long there is nothing to do.
    async fn step(&mut self) -> Duration {
        match self.decide_due().await {
            Ok(rest) => {
                if std::mem::take(&mut self.is_store_down) {
                    self.observer.observe(&WorkerEvent::OutboxAvailable { queue: &QUEUE });
                }
                rest
            }
            Err(error) => {
                if !std::mem::replace(&mut self.is_store_down, true) {
                    self.observer.observe(&WorkerEvent::OutboxUnavailable { queue: &QUEUE, error: &error });
                }
                BACK_OFF
            }
        }
    }

    async fn decide_due(&self) -> Result<Duration, StoreError> {
        // Read first: a look at an empty queue must not wait for writers.
        let idle = self.delivery.idle_time(&QUEUE, POLL).await?;
        if !idle.is_zero() {
            return Ok(idle);
        }
        let decided = self.delivery.decide(DECIDED_TOGETHER).await?;
        if decided.has_mails() {
            self.mails.ring();
        }
        for (intent, count) in &decided.removed {
            self.observer.observe(&WorkerEvent::Removed { intent, count: *count });
        }
        for request in decided.entries {
            let delivered = match request.is_mail_due {
                Ok(true) => continue,
                Ok(false) => Delivered::Settled(Outcome::Dropped.into()),
                Err(error) => Delivered::Unsettled(error),
            };
            self.observer.observe(&WorkerEvent::Delivered { entry: &request.entry, delivered: &delivered });
        }
        Ok(Duration::ZERO)
    }

    async fn rest(&self, time: Duration, bell: &OutboxBell) {
        if self.is_store_down {
            // The bell changes nothing.
            return sleep(time).await;
        }
        tokio::select! {
            () = sleep(time) => {}
            () = bell.notified() => {}
        }
    }
}
