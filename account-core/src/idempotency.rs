//! Idempotency keys: a request that is sent again gets its first answer.

use crate::timestamp::Timestamp;
use crate::verification_token::TokenDigest;

/// What is stored of a request that carried an idempotency key. Neither the key's text nor the answer can be read
/// from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// Digest of the route and the key's text; unique.
    pub key: TokenDigest,
    /// Fingerprint of the body, keyed by the key's text.
    pub fingerprint: TokenDigest,
    /// When the request began that the record is of.
    pub started_at: Timestamp,
    /// When the record is forgotten.
    pub expires_at: Timestamp,
    /// The answer, sealed under a key that comes from the key's text; `None` while the request is running.
    pub answer: Option<Vec<u8>>,
}
