//! Spans around hashes: from the place in the queue to the hash.

use std::sync::Arc;

use account_core::client::WideNetwork;
use account_core::password::{Password, PasswordHash};
use account_core::ports::{HashingError, HashingSlot, Overloaded, PasswordHasher, Urgency};
use async_trait::async_trait;
use tracing::{Instrument, Span};

/// A hasher that records a span for each hash.
pub(crate) struct TracedHasher(pub(crate) Arc<dyn PasswordHasher>);

struct TracedSlot(Box<dyn HashingSlot>);

impl PasswordHasher for TracedHasher {
    fn admit(&self, urgency: Urgency, network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded> {
        Ok(Box::new(TracedSlot(self.0.admit(urgency, network)?)))
    }

    fn is_current(&self, hash: &PasswordHash) -> bool {
        self.0.is_current(hash)
    }
}

#[async_trait]
impl HashingSlot for TracedSlot {
    async fn hash(self: Box<Self>, password: Password, salt: [u8; 16]) -> Result<PasswordHash, HashingError> {
        self.0.hash(password, salt).instrument(span("hash")).await
    }

    async fn verify(self: Box<Self>, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashingError> {
        self.0.verify(password, hash).instrument(span("verify")).await
    }
}

fn span(does: &'static str) -> Span {
    tracing::info_span!(target: "otel::hashing", "password hash", does)
}
