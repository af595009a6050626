//! Spans around mails on their way.

use std::sync::Arc;

use account_core::outbox::mail::Mail;
use account_core::ports::{Mailer, MailerError};
use async_trait::async_trait;
use tracing::{Instrument, field};

/// A mailer whose work is in traces.
pub(crate) struct TracedMailer(pub(crate) Arc<dyn Mailer>);

#[async_trait]
impl Mailer for TracedMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailerError> {
        let span = tracing::info_span!(
            target: "otel::mail",
            "hand over mail",
            otel.kind = "client",
            otel.status_code = field::Empty,
            mail = %mail.id
        );
        let outcome = self.0.send(mail).instrument(span.clone()).await;
        if outcome.is_err() {
            span.record("otel.status_code", "ERROR");
        }
        outcome
    }
}
