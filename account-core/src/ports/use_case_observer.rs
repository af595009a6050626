//! Watching how use cases end, for metrics.

/// Is told how the use cases end that a service is judged by.
pub trait UseCaseObserver: Send + Sync {
    /// Takes note of one that has ended. The channel is the wire grammar that it came by; the outcome is a word of a
    /// fixed few, in `snake_case`, and says nothing about anybody. MUST NOT block.
    fn ended(&self, use_case: UseCase, channel: &str, outcome: &'static str);
}

/// A use case that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UseCase {
    /// Registering: `accepted`, or why not.
    Registration,
    /// Proving a mailbox: `verified`, or why not.
    Verification,
    /// Signing in by password: `signed_in`, or why not.
    SignIn,
}
