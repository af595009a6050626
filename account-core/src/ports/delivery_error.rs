//! Why an outbox entry was not delivered.

/// Why an email or an event was not delivered. The source is stored as the note of the outbox entry, so it MUST NOT
/// contain personal data or secrets.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// Trying again later may help: no connection, a deadline passed, or the receiver asked to wait.
    #[error("the delivery failed for now")]
    Transient(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Trying again cannot help: it was refused, or can never be sent.
    #[error("the delivery was refused permanently")]
    Permanent(#[source] Box<dyn std::error::Error + Send + Sync>),
}
