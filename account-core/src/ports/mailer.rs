//! Sending email.

use async_trait::async_trait;

use super::DeliveryError;
use crate::outbox::mail::Mail;

/// Renders an email and passes it to a mail server.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one email, and returns once the server has taken responsibility for it.
    ///
    /// The implementation MUST use the email's Message-ID, send to its recipient only, use user text in bodies only,
    /// and give up within [`crate::outbox::delivery::SEND_DEADLINE`].
    ///
    /// # Errors
    /// [`DeliveryError::Transient`] if trying again later may help, [`DeliveryError::Permanent`] if it cannot.
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError>;
}
