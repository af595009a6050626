//! Telling other systems.

use async_trait::async_trait;

use super::DeliveryError;
use crate::outbox::event::Event;

/// Tells an event to its endpoint.
#[async_trait]
pub trait EventSender: Send + Sync {
    /// Tells one event. It returns once the endpoint has said that it took it.
    ///
    /// The implementation MUST use the event's id as the message's in each attempt, so that a receiver can tell a
    /// repetition, and give up within [`crate::outbox::delivery::SEND_DEADLINE`].
    ///
    /// # Errors
    /// [`DeliveryError::Transient`] when trying again later may help, [`DeliveryError::Permanent`] when it cannot.
    async fn send(&self, event: &Event) -> Result<(), DeliveryError>;
}
