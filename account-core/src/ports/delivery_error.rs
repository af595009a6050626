//! Why something of the outbox was not handed over.

/// Why a mail or an event was not handed over. The source names no person and no secret: it is kept as the entry's note.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// No connection, a deadline, an answer that asks to wait: try again later.
    #[error("the delivery failed for now")]
    Transient(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It was refused, or can never be sent.
    #[error("the delivery was refused permanently")]
    Permanent(#[source] Box<dyn std::error::Error + Send + Sync>),
}
