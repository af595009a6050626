//! Logs, counts and traces what the worker does.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use account_core::email_address::EmailAddress;
use account_core::error_chain::chain;
use account_core::housekeeping::Tidied;
use account_core::outbox::delivery::{Ended, News, Outcome};
use account_core::outbox::event::EndpointName;
use account_core::outbox::{OutboxEntry, Queue};
use account_core::system::worker::{Delivered, PendingDelivery, WorkerEvent, WorkerObserver};
use account_http::metrics::Metrics;
use account_mail::mail_file;
use tracing::{Instrument, field};

/// Logs and counts what the worker does.
pub(crate) struct WorkerLog {
    /// The metrics that count it.
    pub(crate) metrics: Arc<Metrics>,
    /// The directory of emails that are written to files.
    pub(crate) mail_directory: Option<PathBuf>,
}

impl WorkerObserver for WorkerLog {
    fn observe(&self, event: &WorkerEvent<'_>) {
        match *event {
            WorkerEvent::Started { queues } => tracing::info!(event = "worker_started", queues),
            WorkerEvent::Delivered { entry, delivered } => {
                log_delivery(entry, delivered, self.mail_directory.as_deref());
                self.metrics.count_delivery(&entry.intent, delivered.name());
            }
            WorkerEvent::News(news) => log_news(news),
            WorkerEvent::Removed { intent, count } => {
                tracing::info!(event = "requests_dropped", intent, count, "nobody has the addresses");
                self.metrics.count_dropped(intent, count);
            }
            WorkerEvent::OutboxUnavailable { queue, error } => {
                tracing::error!(event = "outbox_unavailable", %queue, error = chain(error));
            }
            WorkerEvent::OutboxAvailable { queue } => {
                tracing::info!(event = "outbox_available", %queue, "the outbox is available again");
            }
            WorkerEvent::Tidied(tidied) => {
                self.metrics.count_removed(tidied);
                log_tidied(tidied);
            }
            WorkerEvent::TidyingFailed(error) => tracing::warn!(event = "housekeeping_failed", error = chain(error)),
            WorkerEvent::Stopping { queue, unfinished } => {
                tracing::info!(event = "worker_stopping", %queue, unfinished);
            }
            WorkerEvent::Stopped => tracing::info!(event = "worker_stopped"),
            _ => tracing::debug!(event = "worker", told = ?event),
        }
    }

    fn wrap<'a>(&self, entry: &'a OutboxEntry, delivery: PendingDelivery<'a>) -> PendingDelivery<'a> {
        let (id, intent, attempts) = (entry.id, entry.intent.name(), entry.attempts);
        let span =
            tracing::info_span!(target: "otel::delivery", "delivery", %id, intent, attempts, outcome = field::Empty);
        Box::pin(async move {
            let delivered = delivery.instrument(span.clone()).await;
            span.record("outcome", delivered.name());
            delivered
        })
    }
}

fn log_delivery(entry: &OutboxEntry, delivered: &Delivered, mail_directory: Option<&Path>) {
    let (address, queue) = (entry.intent.address().map(EmailAddress::masked), entry.intent.queue());
    let endpoint = queue.endpoint().map(EndpointName::as_str);
    let (id, intent, attempts, outcome) = (entry.id, entry.intent.name(), entry.attempts, delivered.name());
    match delivered {
        Delivered::Settled(Ended { outcome: Outcome::HandedOver, .. }) => {
            let directory = mail_directory.filter(|_| queue == Queue::Mail);
            let file = directory.map(|directory| mail_file(directory, id).display().to_string());
            tracing::info!(event = "delivery", %id, intent, attempts, address, endpoint, outcome, file);
        }
        Delivered::Settled(Ended { outcome: Outcome::Dropped, note, .. }) => {
            tracing::info!(event = "delivery", %id, intent, attempts, address, endpoint, outcome, why = note);
        }
        Delivered::Settled(Ended { note, .. }) => {
            tracing::warn!(event = "delivery", %id, intent, attempts, address, endpoint, outcome, why = note);
        }
        Delivered::Overdue => {
            tracing::warn!(event = "delivery", %id, intent, attempts, address, endpoint, outcome);
        }
        Delivered::Unsettled(error) => {
            let error = chain(error);
            tracing::error!(event = "delivery", %id, intent, attempts, address, endpoint, outcome, error);
        }
    }
}

fn log_news(news: News) {
    match news {
        News::SenderRefused { domains, revived } => tracing::error!(
            event = "sender_refused",
            domains,
            revived,
            "the mail servers of several domains refuse this service: emails wait until that is put right; `mail doctor` \
             says more"
        ),
        News::SenderAccepted => tracing::info!(event = "sender_accepted", "mail servers accept this service again"),
    }
}

fn log_tidied(tidied: &Tidied) {
    if tidied.total() == 0 {
        tracing::debug!(event = "housekeeping", "nothing to delete");
    }
    for (what, count) in tidied.counts.iter().filter(|(_, count)| *count > 0) {
        tracing::info!(event = "housekeeping", what, count);
    }
}
