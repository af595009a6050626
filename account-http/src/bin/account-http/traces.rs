//! Traces: spans of requests, units of work, hashes and deliveries, sent to a collector by OTLP over HTTP.

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
/// How long the last spans may take when the process stops.
const FLUSH_DEADLINE: Duration = Duration::from_secs(2);

/// The exporter of spans cannot be created.
#[derive(Debug, thiserror::Error)]
#[error("cannot create the trace exporter")]
pub(crate) struct TracesError(#[from] opentelemetry_otlp::ExporterBuildError);

/// Sends spans to a collector. When dropped, sends the last ones.
pub(crate) struct Exporting(SdkTracerProvider);

impl Exporting {
    /// Starts exporting. Spans wait in a bounded queue and are sent by a separate thread: a collector that is slow or
    /// unavailable loses spans, but affects nothing else.
    ///
    /// # Errors
    /// [`TracesError`] if the exporter cannot be created.
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

    /// Returns the layer that turns spans of `tracing` into spans of traces.
    pub(crate) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let layer: OpenTelemetryLayer<S, SdkTracer> = tracing_opentelemetry::layer().with_tracer(self.0.tracer(TARGET));
        layer.with_location(false).with_threads(false).with_target(false).with_filter(filter_fn(is_traced))
    }
}

/// Decides which traces are recorded: the given share of those that start here, and of those that callers record, so
/// that callers can leave traces out. A caller that chooses the trace id can still make sure that its trace is
/// recorded, so proxies should drop these headers from strangers.
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

/// Returns whether it belongs to traces rather than the log.
pub(crate) fn is_traced(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.target().starts_with(TARGET)
}

/// A client that works on the runtime, because the exporting thread is not part of it.
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

    /// Returns the decision about a span whose parent is recorded.
    fn below_recorded(part: f64, is_remote: bool) -> SamplingDecision {
        let trace = TraceId::from(u128::MAX);
        let parent = SpanContext::new(trace, SpanId::from(1), TraceFlags::SAMPLED, is_remote, TraceState::NONE);
        let context = Context::new().with_remote_span_context(parent);
        sampler(part).should_sample(Some(&context), trace, "span", &SpanKind::Internal, &[], &[]).decision
    }

    #[test]
    fn sampling_applies_to_callers_traces_too_and_keeps_traces_whole() {
        assert_eq!(below_recorded(0.5, true), SamplingDecision::Drop);
        assert_eq!(below_recorded(1.0, true), SamplingDecision::RecordAndSample);
        assert_eq!(below_recorded(0.5, false), SamplingDecision::RecordAndSample);
    }
}
