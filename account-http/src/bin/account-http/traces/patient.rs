//! Logs once that the collector is unavailable, instead of every few seconds.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use account_core::error_chain::chain;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// An exporter that logs when failures start and when they are over.
#[derive(Debug)]
pub(super) struct Patient<E> {
    inner: E,
    is_away: AtomicBool,
}

impl<E> Patient<E> {
    pub(super) const fn new(inner: E) -> Self {
        Self { inner, is_away: AtomicBool::new(false) }
    }
}

impl<E: SpanExporter> SpanExporter for Patient<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let outcome = self.inner.export(batch).await;
        let was_away = self.is_away.swap(outcome.is_err(), Ordering::Relaxed);
        match outcome {
            Err(error) if !was_away => tracing::warn!(event = "traces_lost", error = chain(&error)),
            Ok(()) if was_away => tracing::info!(event = "traces_taken", "the trace collector is available again"),
            _ => {}
        }
        Ok(())
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.inner.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.inner.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.inner.set_resource(resource);
    }
}
