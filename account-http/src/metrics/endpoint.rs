//! `GET /metrics`.

use std::sync::{Arc, Weak};
use std::time::Duration;

use account_core::outbox::refused_sender::RefusedSender;
use account_core::password::argon2::Argon2Workers;
use account_core::ports::{Clock, Store, StoreError};
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};
use tokio::time::timeout;

use super::counted::Metrics;
use super::exposition::{Exposition, Kind};
use super::queues::Queues;
use super::token::MetricsToken;

/// The path of the metrics.
pub(crate) const PATH: &str = "/metrics";
/// Maximum time to read the outbox figures. After that, the answer omits them.
const DEADLINE: Duration = Duration::from_secs(1);

const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers only `GET /metrics`, for a separate listener.
#[derive(Clone)]
pub struct MetricsEndpoint {
    /// The counters.
    pub metrics: Arc<Metrics>,
    /// The store with the outbox.
    pub store: Arc<dyn Store>,
    /// The clock, for the age of its entries.
    pub clock: Arc<dyn Clock>,
    /// The hashing workers, while they exist.
    pub workers: Weak<Argon2Workers>,
    /// The bearer token that is required, if any.
    pub token: Option<MetricsToken>,
}

impl Endpoint for MetricsEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if request.uri().path() != PATH {
            return Ok(StatusCode::NOT_FOUND.into());
        }
        if self.token.as_ref().is_some_and(|token| !token.is_borne(request.headers())) {
            let challenge = Response::builder().header(header::WWW_AUTHENTICATE, "Bearer");
            return Ok(challenge.status(StatusCode::UNAUTHORIZED).finish());
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let allowed = Response::builder().header(header::ALLOW, "GET, HEAD");
            return Ok(allowed.status(StatusCode::METHOD_NOT_ALLOWED).finish());
        }
        let is_open_metrics = wants_open_metrics(request.headers());
        let kind = HeaderValue::from_static(if is_open_metrics { OPEN_METRICS } else { PROMETHEUS });
        let text = self.text(is_open_metrics).await;
        Ok(Response::builder().header(header::CONTENT_TYPE, kind).body(text))
    }
}

impl MetricsEndpoint {
    async fn text(&self, is_open_metrics: bool) -> String {
        let mut out = Exposition::new(is_open_metrics);
        self.metrics.write(&mut out);
        if let Some(workers) = self.workers.upgrade() {
            write_workers(&workers, &mut out);
        }
        // If the store is unavailable, its figures are omitted rather than repeated.
        let outbox = timeout(DEADLINE, self.outbox()).await.ok().and_then(Result::ok);
        let is_up = if outbox.is_some() { "1" } else { "0" };
        out.gauge("account_store_up", "Whether the store answered.", is_up);
        if let Some(queues) = outbox {
            queues.write_mails(&mut out);
            queues.write_endpoints(&mut out);
        }
        out.finish()
    }

    async fn outbox(&self) -> Result<Queues, StoreError> {
        let mut unit = self.store.begin_read_only().await?;
        let now = self.clock.now();
        let (counts, oldest) = (unit.count_entries().await?, unit.find_oldest_queued().await?);
        Ok(Queues { counts, oldest, refused: RefusedSender::read(&mut *unit, now).await?, now })
    }
}

fn write_workers(workers: &Argon2Workers, out: &mut Exposition) {
    let load = workers.load();
    out.gauge("account_hashing_workers", "Hashes that can be computed at the same time.", &load.workers.to_string());
    out.gauge("account_hashing_workers_busy", "Hashes that are being computed.", &load.computing.to_string());
    out.gauge("account_hashing_queue_length", "Hashes that are waiting for a worker.", &load.waiting.to_string());
    let name = "account_hashing_refused";
    out.family(name, "Hashes that were refused.", Kind::Counter);
    out.sample("account_hashing_refused_total", &[], &load.refused.to_string());
}

fn wants_open_metrics(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("application/openmetrics-text"))
}
