//! Spans around deliveries of emails and events.

use std::sync::Arc;

use account_core::outbox::event::Event;
use account_core::outbox::mail::Mail;
use account_core::ports::{DeliveryError, EventSender, Mailer};
use async_trait::async_trait;
use tracing::{Instrument, Span, field};

/// A mailer that records a span for each email.
pub(crate) struct TracedMailer(pub(crate) Arc<dyn Mailer>);

#[async_trait]
impl Mailer for TracedMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let span = tracing::info_span!(
            target: "otel::mail",
            "send email",
            otel.kind = "client",
            otel.status_code = field::Empty,
            mail = %mail.id
        );
        noted(self.0.send(mail), span).await
    }
}

/// An event sender that records a span for each event.
pub(crate) struct TracedSender(pub(crate) Arc<dyn EventSender>);

#[async_trait]
impl EventSender for TracedSender {
    async fn send(&self, event: &Event) -> Result<(), DeliveryError> {
        let span = tracing::info_span!(
            target: "otel::event",
            "send event",
            otel.kind = "client",
            otel.status_code = field::Empty,
            event = %event.id,
            endpoint = event.endpoint.as_str()
        );
        noted(self.0.send(event), span).await
    }
}

async fn noted(sending: impl Future<Output = Result<(), DeliveryError>>, span: Span) -> Result<(), DeliveryError> {
    let outcome = sending.instrument(span.clone()).await;
    if outcome.is_err() {
        span.record("otel.status_code", "ERROR");
    }
    outcome
}
