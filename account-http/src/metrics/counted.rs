//! The counters of a process.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use account_core::client::WideNetwork;
use account_core::housekeeping::Tidied;
use account_core::outbox::Intent;
use account_core::ports::{
    ChallengeEvent, ChallengeObserver, ChallengePurpose, HashingObserver, HashingRefusal, LimitObserver, Urgency,
    UseCase, UseCaseObserver,
};
use poem::http::{Method, StatusCode};

use super::exposition::{Exposition, Kind};
use super::family::{Counters, Gauges, Histograms};

/// The label of unknown channels.
const OTHER: &str = "other";

/// The counters of this process since its start.
#[derive(Debug)]
pub struct Metrics {
    registrations: Counters<2>,
    corrections: Counters<2>,
    verifications: Counters<2>,
    sign_ins: Counters<2>,
    continuations: Counters<2>,
    provider_starts: Counters<2>,
    provider_returns: Counters<2>,
    deliveries: Counters<2>,
    webhooks: Counters<2>,
    removed: Counters<1>,
    requests: Counters<3>,
    durations: Histograms,
    connections: AtomicU64,
    limited_connections: Counters<2>,
    pub(super) hashing_refused: Counters<2>,
    pub(super) hashing_waits: Histograms,
    pub(super) limited: Counters<1>,
    challenges: Counters<2>,
    attacks: Gauges,
    refused_heads: Counters<1>,
}

impl Default for Metrics {
    fn default() -> Self {
        let by_channel = ["channel", "outcome"];
        Self {
            registrations: Counters::new(
                "account_registrations",
                "Registration requests, by channel and outcome.",
                by_channel,
            ),
            corrections: Counters::new(
                "account_corrections",
                "Requests to correct the address of a registration, by channel and outcome.",
                by_channel,
            ),
            verifications: Counters::new(
                "account_verifications",
                "Verification attempts, by channel and outcome.",
                by_channel,
            ),
            sign_ins: Counters::new(
                "account_sign_ins",
                "Sign-in attempts with a password, by channel and outcome.",
                by_channel,
            ),
            continuations: Counters::new(
                "account_continuations",
                "Requests to continue after a registration was completed elsewhere, by channel and outcome.",
                by_channel,
            ),
            provider_starts: Counters::new(
                "account_provider_starts",
                "People sent to a provider, by channel and outcome.",
                by_channel,
            ),
            provider_returns: Counters::new(
                "account_provider_returns",
                "People who came back from a provider, by channel and outcome.",
                by_channel,
            ),
            deliveries: Counters::new(
                "account_deliveries",
                "Delivery attempts of emails, by intent and outcome.",
                ["kind", "outcome"],
            ),
            webhooks: Counters::new(
                "account_webhook_deliveries",
                "Delivery attempts of events, by endpoint and outcome.",
                ["endpoint", "outcome"],
            ),
            removed: Counters::new("account_housekeeping_removed", "Rows removed or wiped by housekeeping.", ["kind"]),
            requests: Counters::new("account_http_requests", "Requests answered.", ["channel", "method", "status"]),
            durations: Histograms::new(
                "account_http_request_duration_seconds",
                "Time from the head of a request to the head of its response.",
                "channel",
            ),
            connections: AtomicU64::new(0),
            limited_connections: Counters::new(
                "account_http_connections_limited",
                "Connections closed or refused because of a limit.",
                ["limit", "outcome"],
            ),
            hashing_refused: Counters::new(
                "account_hashing_refused_by_reason",
                "Hashes that were refused, by what they are for and why.",
                ["class", "reason"],
            ),
            hashing_waits: Histograms::new(
                "account_hashing_wait_seconds",
                "Time that hashes waited for a worker, the counting of limits included.",
                "class",
            ),
            limited: Counters::new("account_limits_refused", "Requests that a limit refused.", ["limit"]),
            challenges: Counters::new(
                "account_challenges",
                "Requests that were asked for a challenge, and answers to challenges, by purpose and outcome.",
                ["purpose", "outcome"],
            ),
            attacks: Gauges::new(
                "account_attack",
                "Whether a limit refuses so many requests that somebody seems to attack.",
                "limit",
            ),
            refused_heads: Counters::new(
                "account_http_heads_refused",
                "Requests refused because their first lines break the rules of HTTP.",
                ["reason"],
            ),
        }
    }
}

impl Metrics {
    /// Counts a delivery attempt and its outcome.
    pub fn count_delivery(&self, intent: &Intent, outcome: &'static str) {
        match intent.queue().endpoint() {
            Some(endpoint) => self.webhooks.add([endpoint.to_string(), outcome.to_owned()], 1),
            None => self.deliveries.add([intent.name(), outcome], 1),
        }
    }

    /// Counts requests that were dropped together.
    pub fn count_dropped(&self, intent: &'static str, count: u64) {
        self.deliveries.add([intent, "dropped"], count);
    }

    /// Counts what housekeeping deleted.
    pub fn count_removed(&self, tidied: &Tidied) {
        for (kind, count) in &tidied.counts {
            self.removed.add([*kind], *count);
        }
    }

    /// Counts a request that was answered.
    pub(crate) fn count_request(&self, channel: &'static str, method: &Method, status: StatusCode, took: Duration) {
        self.requests.add([channel, method_label(method), status_class(status)], 1);
        self.durations.observe(channel, took);
    }

    /// Counts a connection that was opened.
    pub fn connection_opened(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    /// Takes a connection that was opened out of the count.
    pub fn connection_closed(&self) {
        self.connections.fetch_sub(1, Ordering::Relaxed);
    }

    /// Counts a connection that was closed or refused because of that limit. Both labels are words of the program.
    pub fn count_limited_connection(&self, limit: &'static str, outcome: &'static str) {
        self.limited_connections.add([limit, outcome], 1);
    }

    /// Shows whether somebody seems to attack, judging by what that limit refuses. The label is a word of the program.
    pub(crate) fn show_attack(&self, limit: &'static str, goes_on: bool) {
        self.attacks.set(limit, u64::from(goes_on));
    }

    /// Counts a request that was refused because of its first lines. The label is a word of the program.
    pub fn count_refused_head(&self, reason: &'static str) {
        self.refused_heads.add([reason], 1);
    }

    pub(super) fn write(&self, out: &mut Exposition) {
        for counters in [
            &self.registrations,
            &self.corrections,
            &self.verifications,
            &self.sign_ins,
            &self.continuations,
            &self.provider_starts,
            &self.provider_returns,
            &self.deliveries,
            &self.webhooks,
        ] {
            counters.write(out);
        }
        self.removed.write(out);
        self.requests.write(out);
        self.durations.write(out);
        let open = self.connections.load(Ordering::Relaxed).to_string();
        out.gauge("account_http_connections", "Open connections.", &open);
        self.limited_connections.write(out);
        self.hashing_refused.write(out);
        self.hashing_waits.write(out);
        self.refused_heads.write(out);
        self.limited.write(out);
        self.challenges.write(out);
        self.attacks.write(out);
        out.family("account_build_info", "The running version; always 1.", Kind::Gauge);
        out.sample("account_build_info", &[("version", env!("CARGO_PKG_VERSION"))], "1");
    }
}

impl UseCaseObserver for Metrics {
    fn ended(&self, use_case: UseCase, channel: &str, outcome: &'static str) {
        let counters = match use_case {
            UseCase::Registration => &self.registrations,
            UseCase::Correction => &self.corrections,
            UseCase::Verification => &self.verifications,
            UseCase::SignIn => &self.sign_ins,
            UseCase::Continuation => &self.continuations,
            UseCase::ProviderStart => &self.provider_starts,
            UseCase::ProviderReturn => &self.provider_returns,
        };
        counters.add([channel_label(channel), outcome], 1);
    }
}

impl HashingObserver for Metrics {
    fn waited(&self, urgency: Urgency, waited: Duration) {
        self.hashing_waits.observe(urgency.name(), waited);
    }

    fn refused(&self, urgency: Urgency, why: HashingRefusal) {
        self.hashing_refused.add([urgency.name(), why.name()], 1);
    }
}

impl ChallengeObserver for Metrics {
    fn observe(&self, purpose: ChallengePurpose, event: ChallengeEvent) {
        self.challenges.add([purpose.name(), event.name()], 1);
    }
}

impl LimitObserver for Metrics {
    fn refused(&self, limit: &'static str, _: Option<WideNetwork>) {
        self.limited.add([limit], 1);
    }
}

/// Returns the label of a channel, from the fixed set.
fn channel_label(channel: &str) -> &'static str {
    let ours = ["native", "page", "operator"].into_iter().chain(crate::dialects().map(|dialect| dialect.name));
    ours.into_iter().find(|name| *name == channel).unwrap_or(OTHER)
}

/// Returns the label of a method; unknown methods share one.
pub(crate) fn method_label(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or(OTHER)
}

const fn status_class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
