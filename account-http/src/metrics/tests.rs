//! What is counted, who may read it, and that the text is one that Prometheus reads.

mod strict;

use std::sync::Arc;
use std::time::Duration;

use account_core::audit::AuditEvent;
use account_core::client::WideNetwork;
use account_core::email_address::EmailAddress;
use account_core::housekeeping::Tidied;
use account_core::id::{AccountId, OutboxId, RegistrationId};
use account_core::one_time_token::master_key::MasterKey;
use account_core::outbox::event::EndpointName;
use account_core::outbox::{Intent, OutboxEntry};
use account_core::password::argon2::{Argon2Settings, Argon2Workers};
use account_core::ports::{
    ChallengeEvent, ChallengeFailure, ChallengeObserver, ChallengePurpose, Clock, LimitObserver, Store, UseCase,
    UseCaseObserver,
};
use account_core::testing::{FakeClock, MemoryStore, SeededEntropy};
use account_core::{AccountService, Ports, Settings};
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderValue, Method, StatusCode, Uri};
use poem::{Endpoint, EndpointExt, Request, Response};
use serde_json::json;

use super::exposition::Exposition;
use super::*;
use crate::attack_watch::AttackWatch;
use crate::settings::HttpSettings;
use strict::Samples;

const TOKEN: &str = "a-token-of-more-than-32-characters-x";
const PASSWORD: &str = "velvet lantern gravel orchid";

/// The app with everything around it.
struct Site {
    app: BoxEndpoint<'static, Response>,
    apart: MetricsEndpoint,
    store: Arc<MemoryStore>,
    clock: Arc<FakeClock>,
}

impl Site {
    /// A site whose own listener answers readers of metrics, if there is a token.
    fn new(token: Option<&str>) -> Self {
        let cheap = Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 8, ..Argon2Settings::default() };
        let workers = Arc::new(Argon2Workers::start(cheap).unwrap());
        let (store, clock) = (Arc::new(MemoryStore::default()), Arc::new(FakeClock::default()));
        let metrics = Arc::<Metrics>::default();
        let apart = MetricsEndpoint {
            metrics: Arc::clone(&metrics),
            store: Arc::clone(&store) as _,
            clock: Arc::clone(&clock) as _,
            workers: Arc::downgrade(&workers),
            token: token.map(|token| MetricsToken::parse(token).unwrap()),
        };
        let entropy = Arc::new(SeededEntropy::new(7));
        let key = MasterKey::generate(&*entropy);
        let ports = Ports {
            use_case_observers: vec![Arc::clone(&metrics) as _],
            challenge_observers: vec![Arc::clone(&metrics) as _],
            ..Ports::new(Arc::clone(&store), workers, Arc::clone(&clock) as _, entropy)
        };
        let service = AccountService::new(ports, Settings::new(key.clone()));
        let settings = HttpSettings::new("https://accounts.example.com".parse().unwrap());
        let here = token.is_some().then(|| apart.clone());
        let app = crate::app_with_metrics(&service, Arc::clone(&store) as _, &key, &settings, &metrics, here);
        Self { app: app.map_to_response().boxed(), apart, store, clock }
    }

    async fn enqueue(&self, intent: Intent) {
        let mut unit = self.store.begin().await.unwrap();
        let id = OutboxId::from_uuid(uuid::Uuid::from_u128(u128::try_from(self.store.outbox().len()).unwrap()));
        unit.enqueue(&OutboxEntry::new(id, intent, self.clock.now())).await.unwrap();
        unit.commit().await.unwrap();
    }

    async fn post(&self, path: &str, body: &serde_json::Value) -> u16 {
        let request = Request::builder().method(Method::POST).uri(path.parse().unwrap());
        let request = request.content_type("application/json").body(body.to_string());
        self.app.get_response(request).await.status().as_u16()
    }

    async fn get(&self, path: &str) -> u16 {
        self.app.get_response(Request::builder().uri(path.parse().unwrap()).finish()).await.status().as_u16()
    }

    /// The metrics, read strictly, from the listener of their own.
    async fn samples(&self) -> Samples {
        let open = MetricsEndpoint { token: None, ..self.apart.clone() };
        let response = open.get_response(Request::builder().uri(Uri::from_static("/metrics")).finish()).await;
        Samples::read(&response.into_body().into_string().await.unwrap())
    }
}

fn registration() -> Intent {
    let (registration, address) = (RegistrationId::from_uuid(uuid::Uuid::from_u128(9)), "joe@acme.com");
    Intent::Registration { registration, address: EmailAddress::parse(address).unwrap(), generation: 1 }
}

fn resend() -> Intent {
    let address = EmailAddress::parse("jane@acme.com").unwrap();
    Intent::Resend { registration: None, address, generation: None }
}

/// A request to the metrics, with that authorization.
fn reading(authorization: Option<&str>) -> Request {
    let mut request = Request::builder().uri(Uri::from_static("/metrics"));
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    request.finish()
}

#[tokio::test]
async fn counters_have_the_right_labels_and_no_personal_data() {
    let site = Site::new(None);
    let body = json!({ "email": "john@acme.com", "password": PASSWORD });
    assert_eq!(site.post("/account/v1/registrations", &body).await, 202);
    let short = json!({ "email": "jane@acme.com", "password": "short" });
    assert_eq!(site.post("/account/v1/registrations", &short).await, 422);
    assert_eq!(site.get("/authenticate/register").await, 200);
    assert_eq!(site.get("/authenticate/john@acme.com").await, 404);
    assert_eq!(site.get("/account/v1/john@acme.com").await, 404);
    let samples = site.samples().await;
    let registrations =
        |outcome| samples.get("account_registrations_total", &[("channel", "native"), ("outcome", outcome)]);
    assert_eq!((registrations("accepted"), registrations("invalid")), (Some(1.0), Some(1.0)));
    assert_eq!(registrations("closed"), None);
    let requests = |channel, method, status| {
        samples.get("account_http_requests_total", &[("channel", channel), ("method", method), ("status", status)])
    };
    assert_eq!(requests("native", "POST", "2xx"), Some(1.0));
    assert_eq!(requests("native", "POST", "4xx"), Some(1.0));
    assert_eq!(requests("native", "GET", "4xx"), Some(1.0));
    assert_eq!(requests("page", "GET", "2xx"), Some(1.0));
    assert_eq!(requests("page", "GET", "4xx"), Some(1.0));
    assert_eq!(samples.get("account_http_request_duration_seconds_count", &[("channel", "native")]), Some(3.0));
    assert_eq!(samples.get("account_outbox_entries", &[("state", "queued")]), Some(1.0));
    assert_eq!(samples.get("account_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), Some(1.0));
    for secret in ["john", "jane", "acme", "@", PASSWORD] {
        assert!(!samples.text.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn requests_are_counted_by_dialect() {
    let site = Site::new(None);
    assert_eq!(site.post("/user", &json!({})).await / 100, 4);
    let labels = [("channel", "mikrocloud"), ("method", "POST"), ("status", "4xx")];
    let samples = site.samples().await;
    assert_eq!(samples.get("account_http_requests_total", &labels), Some(1.0));
    let labels = [("channel", "mikrocloud"), ("outcome", "invalid")];
    assert_eq!(samples.get("account_registrations_total", &labels), Some(1.0));
}

#[test]
fn unknown_values_share_one_label() {
    let metrics = Metrics::default();
    metrics.ended(UseCase::SignIn, "evil\"channel", "signed_in");
    metrics.ended(UseCase::SignIn, "another", "signed_in");
    metrics.ended(UseCase::Correction, "native", "corrected");
    metrics.ended(UseCase::Continuation, "page", "gone");
    metrics.count_request("native", &Method::from_bytes(b"EVIL").unwrap(), StatusCode::OK, Duration::from_mins(1));
    let mut out = Exposition::new(false);
    metrics.write(&mut out);
    let samples = Samples::read(&out.finish());
    assert_eq!(samples.get("account_sign_ins_total", &[("channel", "other"), ("outcome", "signed_in")]), Some(2.0));
    for (name, channel, outcome) in
        [("account_corrections_total", "native", "corrected"), ("account_continuations_total", "page", "gone")]
    {
        assert_eq!(samples.get(name, &[("channel", channel), ("outcome", outcome)]), Some(1.0));
    }
    let labels = [("channel", "native"), ("method", "other"), ("status", "2xx")];
    assert_eq!(samples.get("account_http_requests_total", &labels), Some(1.0));
    let bucket =
        |bound| samples.get("account_http_request_duration_seconds_bucket", &[("channel", "native"), ("le", bound)]);
    assert_eq!((bucket("10.0"), bucket("+Inf")), (Some(0.0), Some(1.0)));
}

#[test]
fn refusals_are_counted_by_limit_and_attacks_come_and_go() {
    let metrics = Arc::<Metrics>::default();
    let samples = || {
        let mut out = Exposition::new(false);
        metrics.write(&mut out);
        Samples::read(&out.finish())
    };
    let limit = [("limit", "sign_ins")];
    let figures = || {
        let samples = samples();
        (samples.get("account_limits_refused_total", &limit), samples.get("account_attack", &limit))
    };
    assert_eq!(figures(), (None, None));
    let clock = Arc::new(FakeClock::default());
    let watch = AttackWatch::new(Arc::clone(&clock) as _, Arc::clone(&metrics));
    for _ in 0..=100 {
        assert_eq!(figures().1, None);
        for observer in [&*metrics as &dyn LimitObserver, &watch] {
            observer.refused("sign_ins", Some(WideNetwork::of([192, 0, 2, 7].into())));
        }
    }
    assert_eq!(figures(), (Some(101.0), Some(1.0)));
    assert!(!samples().text.contains("192.0"));
    clock.advance(Duration::from_mins(5));
    watch.look();
    assert_eq!(figures(), (Some(101.0), Some(0.0)));
    metrics.observe(ChallengePurpose::SignIn, ChallengeEvent::Demanded);
    metrics.observe(ChallengePurpose::SignIn, ChallengeEvent::Failed(ChallengeFailure::Expired));
    for outcome in ["demanded", "expired"] {
        let labels = [("outcome", outcome), ("purpose", "sign_in")];
        assert_eq!(samples().get("account_challenges_total", &labels), Some(1.0), "{outcome}");
    }
    metrics.count_refused_head("invalid_host");
    assert_eq!(samples().get("account_http_heads_refused_total", &[("reason", "invalid_host")]), Some(1.0));
}

#[tokio::test]
async fn deliveries_removals_queues_and_the_age_of_the_outbox_are_shown() {
    let site = Site::new(None);
    site.apart.metrics.count_delivery(&resend(), "handed_over");
    site.apart.metrics.count_delivery(&resend(), "deferred");
    site.apart.metrics.count_removed(&Tidied { counts: vec![("sessions", 3), ("counters", 0)], has_more: false });
    site.apart.metrics.count_dropped("password_reset", 500);
    site.enqueue(resend()).await;
    site.enqueue(registration()).await;
    site.clock.advance(Duration::from_millis(90_500));
    let samples = site.samples().await;
    let delivered = |outcome| samples.get("account_deliveries_total", &[("kind", "resend"), ("outcome", outcome)]);
    assert_eq!((delivered("handed_over"), delivered("deferred"), delivered("dead")), (Some(1.0), Some(1.0), None));
    assert_eq!(samples.get("account_housekeeping_removed_total", &[("kind", "sessions")]), Some(3.0));
    assert_eq!(samples.get("account_outbox_oldest_queued_age_seconds", &[]), Some(90.5));
    assert_eq!(samples.get("account_outbox_oldest_undecided_age_seconds", &[]), Some(90.5));
    assert_eq!(samples.get("account_outbox_undecided_entries", &[]), Some(1.0));
    assert_eq!(samples.get("account_outbox_entries", &[("state", "queued")]), Some(1.0));
    let dropped = [("kind", "password_reset"), ("outcome", "dropped")];
    assert_eq!(samples.get("account_deliveries_total", &dropped), Some(500.0));
    assert_eq!(samples.get("account_hashing_workers", &[]), Some(1.0));
    for idle in ["account_hashing_workers_busy", "account_hashing_queue_length", "account_hashing_refused_total"] {
        assert_eq!(samples.get(idle, &[]), Some(0.0), "{idle}");
    }
    assert_eq!(samples.get("account_store_up", &[]), Some(1.0));
}

#[tokio::test]
async fn events_are_counted_by_endpoint_and_not_as_mails() {
    let site = Site::new(None);
    let endpoint = EndpointName::parse("crm").unwrap();
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(8));
    let intent = Intent::Event { account, endpoint, event: AuditEvent::AccountDeleted };
    site.apart.metrics.count_delivery(&intent, "deferred");
    assert_eq!(site.samples().await.get("account_webhook_oldest_queued_age_seconds", &[("endpoint", "crm")]), None);
    site.enqueue(intent).await;
    site.clock.advance(Duration::from_secs(7));
    let samples = site.samples().await;
    let labels = [("endpoint", "crm"), ("outcome", "deferred")];
    assert_eq!(samples.get("account_webhook_deliveries_total", &labels), Some(1.0));
    assert_eq!(samples.get("account_webhook_entries", &[("endpoint", "crm"), ("state", "queued")]), Some(1.0));
    assert_eq!(samples.get("account_webhook_oldest_queued_age_seconds", &[("endpoint", "crm")]), Some(7.0));
    assert_eq!(samples.get("account_outbox_entries", &[("state", "queued")]), Some(0.0));
    assert_eq!(samples.get("account_outbox_oldest_queued_age_seconds", &[]), Some(0.0));
}

#[tokio::test]
async fn without_a_token_the_services_own_listener_has_no_metrics() {
    let site = Site::new(None);
    assert_eq!(site.get("/metrics").await, 404);
    assert_eq!(site.app.get_response(reading(Some(&format!("Bearer {TOKEN}")))).await.status(), 404);
}

#[tokio::test]
async fn with_a_token_only_its_bearer_reads_metrics() {
    let site = Site::new(Some(TOKEN));
    let basic = format!("Basic {TOKEN}");
    let longer = format!("Bearer {TOKEN}x");
    for refused in [None, Some("Bearer"), Some("Bearer x"), Some(TOKEN), Some(&*basic), Some(&*longer)] {
        for response in [site.app.get_response(reading(refused)).await, site.apart.get_response(reading(refused)).await]
        {
            assert_eq!(response.status(), 401, "{refused:?}");
            assert_eq!(response.header("www-authenticate"), Some("Bearer"));
            assert!(response.into_body().into_vec().await.unwrap().is_empty());
        }
    }
    let response = site.app.get_response(reading(Some(&format!("Bearer {TOKEN}")))).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    Samples::read(&response.into_body().into_string().await.unwrap());
}

#[tokio::test]
async fn open_metrics_is_served_on_request() {
    let site = Site::new(None);
    site.apart.metrics.count_delivery(&resend(), "dead");
    let mut request = reading(None);
    let accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
    request.headers_mut().insert("accept", HeaderValue::from_static(accept));
    let response = site.apart.get_response(request).await;
    assert!(response.header("content-type").unwrap().starts_with("application/openmetrics-text; version=1.0.0"));
    let text = response.into_body().into_string().await.unwrap();
    assert!(text.contains("# TYPE account_deliveries counter\naccount_deliveries_total{kind="), "{text}");
    assert!(text.ends_with("\n# EOF\n"));
}

#[tokio::test]
async fn the_listener_for_metrics_answers_nothing_else() {
    let site = Site::new(None);
    for path in ["/", "/metrics/", "/account/v1/me", "/health/liveness"] {
        let response = site.apart.get_response(Request::builder().uri(path.parse().unwrap()).finish()).await;
        assert_eq!(response.status(), 404, "{path}");
    }
    let posted = site
        .apart
        .get_response(Request::builder().method(Method::POST).uri(Uri::from_static("/metrics")).finish())
        .await;
    assert_eq!(posted.status(), 405);
}

#[test]
fn a_token_is_long_and_never_printed() {
    assert_eq!(MetricsToken::parse(&"x".repeat(31)), None);
    assert_eq!(MetricsToken::parse(&format!("{TOKEN} {TOKEN}")), None);
    assert_eq!(format!("{:?}", MetricsToken::parse(TOKEN).unwrap()), "MetricsToken(..)");
}
