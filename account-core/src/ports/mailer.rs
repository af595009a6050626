//! Handing over mail.

use async_trait::async_trait;

use super::DeliveryError;
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
    /// [`DeliveryError::Transient`] when trying again later may help, [`DeliveryError::Permanent`] when it cannot.
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError>;
}
