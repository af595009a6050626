//! Spans of traces, for operators who collect them.
//!
//! They are `tracing` spans whose targets begin with [`TARGET`], by which the binary keeps them apart from the log:
//! they cost nothing while nobody collects. What is in them is less than what is logged: no address, no secret.

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::TraceContextExt;
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use poem::http::{HeaderMap, Method, StatusCode};
use tracing::{Level, Span, field};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::metrics::method_label;

/// With what the targets of spans begin that are of traces, and not of the log.
pub const TARGET: &str = "otel";

/// The span of a request, by the names of OpenTelemetry's semantic conventions for HTTP. `route` finds the path's
/// template, if it has one: names of spans must be few.
pub(crate) fn request_span<'a>(
    method: &Method,
    route: impl FnOnce() -> Option<&'a str>,
    path: &str,
    request_id: &str,
) -> Span {
    // Looking for the route takes longer than the rest: not for nobody.
    if !tracing::span_enabled!(target: "otel::request", Level::INFO) {
        return Span::none();
    }
    let (route, method) = (route(), method_label(method));
    let name = route.map_or_else(|| method.to_owned(), |route| format!("{method} {route}"));
    tracing::info_span!(
        target: "otel::request",
        "request",
        otel.name = name,
        otel.kind = "server",
        otel.status_code = field::Empty,
        http.request.method = method,
        http.route = route,
        url.path = path,
        http.response.status_code = field::Empty,
        channel = field::Empty,
        request_id
    )
}

/// Makes the span part of the trace that the headers name (W3C Trace Context), if they do. For headers of proxies that
/// are trusted: a stranger could have everything recorded, or put requests into traces of others.
pub(crate) fn continue_trace(span: &Span, headers: &HeaderMap) {
    if span.is_disabled() {
        return;
    }
    let parent = TraceContextPropagator::new().extract(&HeaderExtractor(headers));
    if parent.span().span_context().is_valid() {
        // Without a collector there is nothing that it could be made part of.
        let _ = span.set_parent(parent);
    }
}

/// Notes the answer. Only a failure of ours makes a span a failure.
pub(crate) fn answered(span: &Span, channel: &'static str, status: StatusCode) {
    span.record("channel", channel);
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
}
