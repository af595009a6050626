//! The worker: takes entries out of the outbox and delivers them, each in a task of its own.

#[cfg(test)]
mod tests;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use account_core::Delivery;
use account_core::email_address::EmailAddress;
use account_core::error_chain::chain;
use account_core::outbox::Queue;
use account_core::outbox::delivery::{ClaimedEntry, LEASE, Outcome};
use account_core::outbox::event::EndpointName;
use account_core::ports::StoreError;
use account_core::service::OutboxBell;
use account_http::metrics::Metrics;
use futures_util::future::join_all;
use tokio::sync::{Mutex, MutexGuard};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span, field};

/// Mails that are on their way at a time. No more are claimed than can leave at once, so that none waits under a lease.
const MAX_MAILS: usize = 16;
/// Events that are on their way to one endpoint at a time: others' servers are not to be flooded.
const MAX_EVENTS: usize = 4;
/// How long a send keeps the next one from beginning, unless it is settled before: what has been handed over and not been
/// settled when the process dies is sent again, and of fast servers that is to be one mail and not sixteen. A slow server
/// gets as many at a time as ever.
const TURN: Duration = Duration::from_millis(8);
/// Longest wait before the outbox is looked at: other processes write into it and ring no bell here. Half the second
/// within which their mails leave.
const POLL: Duration = Duration::from_millis(500);
/// Shortest time from one claim to the next: under load, a claim then takes several entries with one commit, and their
/// mails share what it costs to make files durable. A mail that finds the worker idle does not wait.
const CLAIM_PAUSE: Duration = Duration::from_millis(100);
/// Wait after the store failed.
const BACK_OFF: Duration = Duration::from_secs(1);

/// Delivers what the outbox holds, until it is told to stop; then what is on its way is finished. Mails and each endpoint
/// have a queue of their own, so that an endpoint that is slow or dead delays nothing but itself.
pub(crate) async fn run(delivery: Delivery, bell: OutboxBell, metrics: Arc<Metrics>, stop: CancellationToken) {
    let queues: Vec<_> = delivery.queues().into_iter().map(|queue| (queue, OutboxBell::default())).collect();
    tracing::info!(event = "worker_started", queues = queues.len());
    let works = queues.iter().map(|(queue, bell)| {
        let worker = Worker::new(queue.clone(), delivery.clone(), Arc::clone(&metrics));
        worker.run(bell, &stop)
    });
    tokio::select! {
        _ = join_all(works) => {}
        () = pass_on(&bell, &queues) => {}
    }
    tracing::info!(event = "worker_stopped");
}

/// Rings in every queue whenever the bell is rung: whoever rings does not say for which.
async fn pass_on(bell: &OutboxBell, queues: &[(Queue, OutboxBell)]) {
    loop {
        bell.notified().await;
        for (_, bell) in queues {
            bell.ring();
        }
    }
}

/// The worker of one queue.
struct Worker {
    queue: Queue,
    max_sends: usize,
    delivery: Delivery,
    metrics: Arc<Metrics>,
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

impl Worker {
    fn new(queue: Queue, delivery: Delivery, metrics: Arc<Metrics>) -> Self {
        let max_sends = if queue == Queue::Mail { MAX_MAILS } else { MAX_EVENTS };
        Self { queue, max_sends, delivery, metrics, sends: JoinSet::new(), turn: Arc::default(), is_store_down: false }
    }

    async fn run(mut self, bell: &OutboxBell, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let pause = sleep_until(Instant::now() + CLAIM_PAUSE);
            let wait = self.step().await;
            // The sooner of: work that is due, a bell, a send that makes room.
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.rest(wait, bell) => {}
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = pause => {}
            }
        }
        let unfinished = self.sends.len();
        tracing::info!(event = "worker_stopping", queue = %self.queue, unfinished);
        while self.sends.join_next().await.is_some() {}
    }

    /// Starts what is due, as far as there is room.
    async fn step(&mut self) -> Rest {
        while self.sends.try_join_next().is_some() {}
        match self.start_due().await {
            Ok(rest) => {
                if std::mem::take(&mut self.is_store_down) {
                    tracing::info!(event = "outbox_available", queue = %self.queue, "the outbox can be read again");
                }
                rest
            }
            Err(error) => {
                // Once, and not once a second until it is over.
                if !std::mem::replace(&mut self.is_store_down, true) {
                    tracing::error!(event = "outbox_unavailable", queue = %self.queue, error = chain(&error));
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
            let (delivery, metrics, turn) = (self.delivery.clone(), Arc::clone(&self.metrics), Arc::clone(&self.turn));
            self.sends.spawn(async move {
                let span = delivery_span(&claimed);
                let outcome = in_turn(turn.lock().await, deliver(&delivery, &claimed).instrument(span.clone())).await;
                span.record("outcome", outcome);
                metrics.count_delivery(&claimed.entry().intent, outcome);
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

/// The span of a delivery, for traces.
fn delivery_span(claimed: &ClaimedEntry) -> Span {
    let (id, intent, attempts) = (claimed.entry().id, claimed.entry().intent.name(), claimed.entry().attempts);
    tracing::info_span!(target: "otel::delivery", "delivery", %id, intent, attempts, outcome = field::Empty)
}

/// Delivers one entry and says what became of it.
async fn deliver(delivery: &Delivery, claimed: &ClaimedEntry) -> &'static str {
    let entry = claimed.entry();
    let (address, queue) = (entry.intent.address().map(EmailAddress::masked), entry.intent.queue());
    let endpoint = queue.endpoint().map(EndpointName::as_str);
    let (id, intent, attempts) = (entry.id, entry.intent.name(), entry.attempts);
    // A mailer gives up by itself before that. One that does not must not keep its place for ever: when the claim has
    // lapsed, the entry is claimed again.
    match timeout(LEASE, delivery.deliver(claimed)).await {
        Ok(Ok(outcome)) => {
            let word = name(outcome);
            match outcome {
                Outcome::HandedOver | Outcome::Dropped => {
                    tracing::info!(event = "delivery", %id, intent, attempts, address, endpoint, outcome = word);
                }
                Outcome::Deferred | Outcome::Dead | Outcome::Lost => {
                    tracing::warn!(event = "delivery", %id, intent, attempts, address, endpoint, outcome = word);
                }
            }
            word
        }
        Ok(Err(error)) => {
            let (error, outcome) = (chain(&error), "unsettled");
            tracing::error!(event = "delivery", %id, intent, attempts, address, endpoint, outcome, error);
            outcome
        }
        Err(_) => {
            let outcome = "overdue";
            tracing::warn!(event = "delivery", %id, intent, attempts, address, endpoint, outcome);
            outcome
        }
    }
}

const fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::HandedOver => "handed_over",
        Outcome::Deferred => "deferred",
        Outcome::Dropped => "dropped",
        Outcome::Dead => "dead",
        Outcome::Lost => "lost",
    }
}
