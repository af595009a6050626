//! Spans of traces, for operators who collect them.
//!
//! They are `tracing` spans whose targets begin with [`TARGET`], by which the binary separates them from the log. They
//! cost nothing while nobody collects them. They contain less than the log: no addresses and no secrets.

#[cfg(feature = "traces")]
mod parent;

#[cfg(feature = "traces")]
pub(crate) use parent::continue_trace;
use poem::http::{Method, StatusCode};
use tracing::{Level, Span, field};

use crate::metrics::method_label;

/// The prefix of the targets of trace spans, which are not for the log.
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

/// Without the feature `traces` every trace begins here.
#[cfg(not(feature = "traces"))]
pub(crate) const fn continue_trace(_: &Span, _: &poem::http::HeaderMap) {}

/// Notes the answer. Only a failure of ours makes a span a failure.
pub(crate) fn answered(span: &Span, channel: &'static str, status: StatusCode) {
    span.record("channel", channel);
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
}
