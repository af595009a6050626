//! Traces that an operator has collected.

use std::time::{Duration, Instant};

use account_tests::Service;
use account_tests::collector::{Collector, attribute};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// Registers with a trace's header in the request; stops the service, which hands over what is left.
async fn register_traced(service: &mut Service) {
    let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    let headers = [("Content-Type", "application/json"), ("traceparent", &parent)];
    let body = r#"{"email": "john@acme.com", "password": "velvet lantern gravel orchid"}"#;
    let reply = service.request("POST", "/account/v1/registrations", &headers, body).await;
    assert_eq!(reply.status, 202, "{}", reply.body);
    service.wait_for_mails(1).await;
    assert!(service.stop().await.success(), "{}", service.output());
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

#[tokio::test]
async fn a_trace_shows_how_a_request_spent_its_time_and_no_secret() {
    let collector = Collector::start().await;
    let settings =
        [("TRACES__URL", collector.url()), ("HTTP__TRUSTED_PROXIES", "127.0.0.0/8"), ("LIMITS__REGISTRATIONS", "30/h")];
    let mut service = Service::start_with(&settings).await;
    register_traced(&mut service).await;

    let spans = collector.spans();
    let of_trace: Vec<_> = spans.iter().filter(|span| hex(&span.trace_id) == TRACE).collect();
    let request = of_trace.iter().find(|span| span.name == "POST /account/v1/registrations").expect("the request");
    assert_eq!(hex(&request.parent_span_id), "00f067aa0ba902b7", "it goes on where the proxy began");
    assert_eq!((attribute(request, "channel"), attribute(request, "http.request.method")), ("native", "POST"));
    for (name, does) in [("password hash", "hash"), ("unit of work", "count"), ("unit of work", "write")] {
        let found = of_trace.iter().find(|span| span.name == name && attribute(span, "does") == does);
        let span = found.unwrap_or_else(|| panic!("no span of `{name}: {does}`"));
        assert_eq!(span.parent_span_id, request.span_id, "{name}");
        assert!(span.end_time_unix_nano > span.start_time_unix_nano, "{name} took time");
    }
    let delivery = spans.iter().find(|span| span.name == "delivery").expect("the delivery");
    assert_eq!((attribute(delivery, "intent"), attribute(delivery, "outcome")), ("registration", "handed_over"));
    let mail = spans.iter().find(|span| span.name == "send email").expect("the mail");
    assert_eq!(mail.parent_span_id, delivery.span_id);
    let all = format!("{spans:?}");
    for secret in ["acme.com", "velvet lantern", "INSERT", "SELECT"] {
        assert!(!all.contains(secret), "{secret}");
    }
    assert!(!service.output().contains("unit of work"), "spans of traces are not in the log");
}

#[tokio::test]
async fn strangers_cannot_continue_a_trace() {
    let collector = Collector::start().await;
    let mut service = Service::start_with(&[("TRACES__URL", collector.url())]).await;
    register_traced(&mut service).await;
    let spans = collector.spans();
    assert!(spans.iter().any(|span| span.name == "POST /account/v1/registrations"));
    assert!(spans.iter().all(|span| hex(&span.trace_id) != TRACE));
}

#[tokio::test]
async fn an_unavailable_collector_costs_only_the_traces() {
    let settings = [("TRACES__URL", "http://127.0.0.1:9/v1/traces")];
    let mut service = Service::start_with(&settings).await;
    let begun = Instant::now();
    register_traced(&mut service).await;
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert!(service.output().contains("traces_lost"), "it says so: {}", service.output());
}
