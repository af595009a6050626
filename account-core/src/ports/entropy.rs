//! Randomness.

/// A source of secret random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the buffer. MUST be a cryptographically secure generator, in tests alone a seeded one.
    fn fill(&self, buffer: &mut [u8]);
}
