//! Handing over mail.

use async_trait::async_trait;

use crate::outbox::mail::Mail;

/// Renders a mail and hands it over to a mail server.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one mail over. It returns once the server has taken responsibility for the mail.
    ///
    /// The implementation MUST use the mail's Message-ID, send to exactly its recipient, take user text into bodies
    /// only, and give up within [`crate::outbox::delivery::SEND_DEADLINE`].
    ///
    /// # Errors
    /// [`MailerError::Transient`] when trying again later may help, [`MailerError::Permanent`] when it cannot.
    async fn send(&self, mail: &Mail) -> Result<(), MailerError>;
}

/// Why a mail was not handed over. The source names no recipient and no secret.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// No connection, a deadline, a 4xx answer: try again later.
    #[error("the mail could not be handed over now")]
    Transient(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A 5xx answer, or a mail that can never be sent.
    #[error("the mail was refused for good")]
    Permanent(#[source] Box<dyn std::error::Error + Send + Sync>),
}
