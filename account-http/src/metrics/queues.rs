//! What is in the outbox: of emails, and of each endpoint that events are told to.

use std::collections::BTreeSet;
use std::time::Duration;

use account_core::outbox::event::EndpointName;
use account_core::outbox::refused_sender::RefusedSender;
use account_core::outbox::{OutboxState, Queue};
use account_core::timestamp::Timestamp;

use super::exposition::{Exposition, Kind};

/// The figures of the outbox at a moment.
pub(super) struct Queues {
    pub(super) counts: Vec<(Queue, OutboxState, u64)>,
    pub(super) oldest: Vec<(Queue, Timestamp)>,
    pub(super) refused: RefusedSender,
    pub(super) now: Timestamp,
}

impl Queues {
    /// Writes those of emails, and of requests of which it is not decided whether an email is due; there are always
    /// some.
    pub(super) fn write_mails(&self, out: &mut Exposition) {
        let name = "account_outbox_entries";
        out.family(name, "Emails in the outbox of all instances, by state.", Kind::Gauge);
        for state in OutboxState::ALL {
            out.sample(name, &[("state", state.name())], &self.count(&Queue::Mail, state));
        }
        let help = "Age of the oldest queued email; 0 if none is queued.";
        out.gauge("account_outbox_oldest_queued_age_seconds", help, &self.age(&Queue::Mail));
        let help = "Recipient domains where this service was refused lately; from 3 on, every email is concerned.";
        out.gauge("account_mail_refusing_domains", help, &self.refused.domains.len().to_string());
        let help = "Requests for emails that are not decided yet.";
        out.gauge("account_outbox_undecided_entries", help, &self.count(&Queue::Deciding, OutboxState::Queued));
        let help = "Age of the oldest undecided request; 0 if there is none.";
        out.gauge("account_outbox_oldest_undecided_age_seconds", help, &self.age(&Queue::Deciding));
    }

    /// Writes those of every endpoint that has entries, configured here or not.
    pub(super) fn write_endpoints(&self, out: &mut Exposition) {
        let endpoints: BTreeSet<_> = self.counts.iter().filter_map(|(queue, ..)| queue.endpoint()).collect();
        if endpoints.is_empty() {
            return;
        }
        let queue = |endpoint: &EndpointName| Queue::Endpoint(endpoint.clone());
        let name = "account_webhook_entries";
        out.family(name, "Events in the outbox of all instances, by endpoint and state.", Kind::Gauge);
        for endpoint in &endpoints {
            for state in OutboxState::ALL {
                let labels = [("endpoint", endpoint.as_str()), ("state", state.name())];
                out.sample(name, &labels, &self.count(&queue(endpoint), state));
            }
        }
        let name = "account_webhook_oldest_queued_age_seconds";
        out.family(name, "Age of the oldest queued event; 0 if none is queued.", Kind::Gauge);
        for endpoint in &endpoints {
            out.sample(name, &[("endpoint", endpoint.as_str())], &self.age(&queue(endpoint)));
        }
    }

    fn count(&self, queue: &Queue, state: OutboxState) -> String {
        let found = self.counts.iter().find(|(of, in_state, _)| of == queue && *in_state == state);
        found.map_or(0, |(.., count)| *count).to_string()
    }

    fn age(&self, queue: &Queue) -> String {
        let oldest = self.oldest.iter().find(|(of, _)| of == queue);
        oldest.map_or(Duration::ZERO, |(_, oldest)| self.now.since(*oldest)).as_secs_f64().to_string()
    }
}
