//! Traces: spans of requests, units of work, hashes and deliveries, handed to a collector by OTLP over HTTP.

mod handing_over;
mod hasher;
mod patient;

use std::time::Duration;

use account_core::error_chain::chain;
use account_http::trace::TARGET;
use async_trait::async_trait;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::hyper::HyperClient;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{ParentBasedSampler, Sampler, SdkTracer, SdkTracerProvider};
use tokio::runtime::Handle;
use tracing::{Metadata, Subscriber};
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

use crate::config::Traces;

pub(crate) use handing_over::{TracedMailer, TracedSender};
pub(crate) use hasher::TracedHasher;
use patient::Patient;

/// How long a collector may take to answer.
const EXPORT_DEADLINE: Duration = Duration::from_secs(5);
/// How long the last spans are waited for when the process stops.
const FLUSH_DEADLINE: Duration = Duration::from_secs(2);

/// The spans cannot be handed to anybody.
#[derive(Debug, thiserror::Error)]
#[error("cannot create the trace exporter")]
pub(crate) struct TracesError(#[from] opentelemetry_otlp::ExporterBuildError);

/// Hands spans to a collector until it is dropped; then the last ones.
pub(crate) struct Exporting(SdkTracerProvider);

impl Exporting {
    /// Begins. Spans wait in a queue of a bounded length, on a thread of their own: a collector that is slow, or away,
    /// costs spans and nothing else.
    ///
    /// # Errors
    /// [`TracesError`] when there can be no exporter.
    pub(crate) fn begin(traces: &Traces, runtime: Handle) -> Result<Self, TracesError> {
        let client = RuntimeClient { runtime, inner: HyperClient::with_default_connector(EXPORT_DEADLINE, None) };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(traces.url.as_str())
            .with_timeout(EXPORT_DEADLINE)
            .build()?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder().with_service_name("account-http").with_attribute(version).build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(Patient::new(exporter))
            .with_sampler(sampler(traces.sample))
            .with_resource(resource)
            .build();
        Ok(Self(provider))
    }

    /// What makes spans of traces of `tracing`'s.
    pub(crate) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let layer: OpenTelemetryLayer<S, SdkTracer> = tracing_opentelemetry::layer().with_tracer(self.0.tracer(TARGET));
        layer.with_location(false).with_threads(false).with_target(false).with_filter(filter_fn(is_traced))
    }
}

/// Which traces are recorded: that part of those that begin here, and of those whose part at a caller's is recorded, so
/// that callers decide what is left out. Anyone who makes up a fitting id still has its trace recorded: proxies are to
/// drop what strangers send.
fn sampler(part: f64) -> ParentBasedSampler {
    let of_part = || Sampler::TraceIdRatioBased(part);
    Sampler::parent_based(of_part()).with_remote_parent_sampled(of_part())
}

impl Drop for Exporting {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown_with_timeout(FLUSH_DEADLINE) {
            tracing::warn!(event = "traces_lost", error = chain(&error));
        }
    }
}

/// Whether it is of traces, and not of the log.
pub(crate) fn is_traced(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.target().starts_with(TARGET)
}

/// A client that works on the runtime: the thread that exports is none of it.
#[derive(Debug)]
struct RuntimeClient {
    runtime: Handle,
    inner: HyperClient,
}

#[async_trait]
impl HttpClient for RuntimeClient {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let inner = self.inner.clone();
        self.runtime.spawn(async move { inner.send_bytes(request).await }).await?
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry::Context;
    use opentelemetry::trace::{SpanContext, SpanId, SpanKind, TraceContextExt, TraceFlags, TraceId, TraceState};
    use opentelemetry_sdk::trace::{SamplingDecision, ShouldSample};

    use super::*;

    /// The decision about a span below one that is recorded.
    fn below_recorded(part: f64, is_remote: bool) -> SamplingDecision {
        let trace = TraceId::from(u128::MAX);
        let parent = SpanContext::new(trace, SpanId::from(1), TraceFlags::SAMPLED, is_remote, TraceState::NONE);
        let context = Context::new().with_remote_span_context(parent);
        sampler(part).should_sample(Some(&context), trace, "span", &SpanKind::Internal, &[], &[]).decision
    }

    #[test]
    fn the_part_holds_for_traces_of_callers_too_and_traces_stay_whole() {
        assert_eq!(below_recorded(0.5, true), SamplingDecision::Drop);
        assert_eq!(below_recorded(1.0, true), SamplingDecision::RecordAndSample);
        assert_eq!(below_recorded(0.5, false), SamplingDecision::RecordAndSample);
    }
}
