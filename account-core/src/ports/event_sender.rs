//! Sending events to other systems.

use async_trait::async_trait;

use super::DeliveryError;
use crate::outbox::event::Event;

/// Sends an event to its endpoint.
#[async_trait]
pub trait EventSender: Send + Sync {
    /// Sends one event, and returns once the endpoint has confirmed that it accepted the event.
    ///
    /// The implementation MUST use the event's id as the message id in every attempt, so that receivers can recognize
    /// repetitions, and MUST give up within [`crate::outbox::delivery::SEND_DEADLINE`].
    ///
    /// # Errors
    /// [`DeliveryError::Transient`] if trying again later may help, [`DeliveryError::Permanent`] if it cannot.
    async fn send(&self, event: &Event) -> Result<(), DeliveryError>;
}
