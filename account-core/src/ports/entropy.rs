//! Randomness.

/// A source of secret random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the buffer with random bytes. MUST use a cryptographically secure generator; only tests may use a seeded
    /// one.
    fn fill(&self, buffer: &mut [u8]);
}
