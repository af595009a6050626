//! Idempotency keys: a request that is repeated gets the answer to the first one.
//!
//! The client chooses the key. It is never stored: the record is found by a digest of route and key, the body is
//! recognized by a fingerprint that depends on the key, and the answer is encrypted under a key derived from it.
//! Someone who reads the store can neither repeat a request nor read its answer.

use std::time::Duration;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::field_limits::IDEMPOTENCY_KEY;
use crate::one_time_token::TokenDigest;
use crate::timestamp::Timestamp;
use crate::violation::Rule;

/// How long an answer is kept.
pub const RETENTION: Duration = Duration::from_hours(24);
/// How long a request may run. After that it counts as lost, and can be repeated.
pub const ABANDONED_AFTER: Duration = Duration::from_mins(1);

/// A key that a client sent, with the digests made from it.
#[derive(Clone)]
pub struct IdempotencyKey {
    digest: TokenDigest,
    fingerprint: TokenDigest,
    text: Zeroizing<String>,
}

impl IdempotencyKey {
    /// Parses the key of a request with this route and body.
    ///
    /// # Errors
    /// The rule that the key breaks: 16 to 255 visible ASCII characters.
    pub fn parse(text: &str, route: &str, body: &[u8]) -> Result<Self, Rule> {
        IDEMPOTENCY_KEY.core.check(text)?;
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Rule::Malformed);
        }
        Ok(Self {
            digest: digest(&[b"idempotency key", route.as_bytes(), text.as_bytes()]),
            fingerprint: digest(&[b"idempotency body", text.as_bytes(), body]),
            text: Zeroizing::new(text.to_owned()),
        })
    }

    /// Makes the record of a request that starts now.
    pub(crate) fn start(&self, now: Timestamp) -> IdempotencyRecord {
        IdempotencyRecord {
            key: self.digest,
            fingerprint: self.fingerprint,
            started_at: now,
            expires_at: now + RETENTION,
            answer: None,
        }
    }

    /// Returns whether the record is for the same body.
    pub(crate) fn fits(&self, record: &IdempotencyRecord) -> bool {
        self.fingerprint == record.fingerprint
    }

    pub(crate) const fn digest(&self) -> &TokenDigest {
        &self.digest
    }

    /// Makes the cipher for one record. The encryption key depends on the start time, so each record has its own and
    /// the nonce can be constant.
    fn cipher(&self, record: &IdempotencyRecord) -> ChaCha20Poly1305 {
        let mut key = Zeroizing::new([0_u8; 32]);
        let info = [b"idempotency answer".as_slice(), &record.started_at.unix_micros().to_be_bytes()].concat();
        let expanded =
            Hkdf::<Sha256>::new(Some(record.key.as_bytes()), self.text.as_bytes()).expand(&info, key.as_mut());
        debug_assert!(expanded.is_ok());
        ChaCha20Poly1305::new(&Key::from(*key))
    }

    /// Returns the record with the encrypted answer.
    pub(crate) fn seal(&self, record: &IdempotencyRecord, answer: &[u8]) -> IdempotencyRecord {
        // Encryption fails only for gigabytes. A record without an answer counts as running, then as lost.
        let sealed = self.cipher(record).encrypt(&Nonce::default(), answer).ok();
        IdempotencyRecord { answer: sealed, ..record.clone() }
    }

    /// Returns the answer; `None` if it cannot be decrypted.
    pub(crate) fn open(&self, record: &IdempotencyRecord) -> Option<Zeroizing<Vec<u8>>> {
        let sealed = record.answer.as_deref()?;
        self.cipher(record).decrypt(&Nonce::default(), sealed).ok().map(Zeroizing::new)
    }
}

opaque_debug!(IdempotencyKey);

/// SHA-256 over the parts, each preceded by its length.
fn digest(parts: &[&[u8]]) -> TokenDigest {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    TokenDigest::from_bytes(hash.finalize().into())
}

/// The stored record of a request with an idempotency key. Neither the key nor the answer can be read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// Digest of route and key; unique.
    pub key: TokenDigest,
    /// Fingerprint of the body, which depends on the key.
    pub fingerprint: TokenDigest,
    /// When the request started.
    pub started_at: Timestamp,
    /// When the record expires.
    pub expires_at: Timestamp,
    /// The answer, encrypted under a key derived from the idempotency key; `None` while the request is running.
    pub answer: Option<Vec<u8>>,
}

impl IdempotencyRecord {
    /// Returns whether the record no longer counts, because it has expired or its request was lost. A request that started
    /// in the future was lost as well: the clock was set back, and nobody shall wait for it to get there again.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        let is_lost = now.since(self.started_at) >= ABANDONED_AFTER || self.started_at.is_from_the_future(now);
        now >= self.expires_at || (self.answer.is_none() && is_lost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::CLOCK_DIFFERENCE;

    fn key(text: &str, body: &str) -> IdempotencyKey {
        IdempotencyKey::parse(text, "/registrations", body.as_bytes()).unwrap()
    }

    #[test]
    fn an_answer_opens_with_the_same_key_only() {
        let now = Timestamp::from_unix_micros(1);
        let record = key("0123456789abcdef", "{}").start(now);
        let sealed = key("0123456789abcdef", "{}").seal(&record, b"answer");
        assert!(!sealed.answer.as_ref().unwrap().windows(6).any(|window| window == b"answer"));
        assert_eq!(key("0123456789abcdef", "{}").open(&sealed).unwrap().as_slice(), b"answer");
        assert!(key("0123456789abcdeg", "{}").open(&sealed).is_none());
        let moved = IdempotencyRecord { started_at: Timestamp::from_unix_micros(2), ..sealed };
        assert!(key("0123456789abcdef", "{}").open(&moved).is_none());
    }

    #[test]
    fn another_body_or_route_is_detected() {
        let record = key("0123456789abcdef", "{}").start(Timestamp::from_unix_micros(1));
        assert!(key("0123456789abcdef", "{}").fits(&record));
        assert!(!key("0123456789abcdef", "{ }").fits(&record));
        let elsewhere = IdempotencyKey::parse("0123456789abcdef", "/user", b"{}").unwrap();
        assert_ne!(elsewhere.digest(), &record.key);
    }

    #[test]
    fn keys_are_long_and_printable() {
        let parse = |text: &str| IdempotencyKey::parse(text, "/", b"").map(|_| ());
        assert_eq!(parse("short"), Err(Rule::TooShort { min: 16 }));
        assert_eq!(parse(&"x".repeat(256)), Err(Rule::TooLong { max: 255 }));
        assert_eq!(parse("0123456789abcde\u{e9}"), Err(Rule::Malformed));
        assert_eq!(parse("0123456789 abcdef"), Err(Rule::Malformed));
    }

    #[test]
    fn a_request_that_never_finished_is_given_up_after_a_minute() {
        let now = Timestamp::from_unix_micros(0);
        let running = key("0123456789abcdef", "").start(now);
        assert!(!running.is_stale(now + ABANDONED_AFTER - Duration::from_micros(1)));
        assert!(running.is_stale(now + ABANDONED_AFTER));
        assert!(!running.is_stale(now - CLOCK_DIFFERENCE));
        assert!(running.is_stale(now - CLOCK_DIFFERENCE - Duration::from_micros(1)));
        let done = key("0123456789abcdef", "").seal(&running, b"x");
        assert!(!done.is_stale(now + ABANDONED_AFTER) && !done.is_stale(now - ABANDONED_AFTER * 100));
        assert!(done.is_stale(now + RETENTION));
    }
}
