//! Observing the outcome of use cases, for metrics.

/// Gets the outcome of every registration, correction, verification and sign-in, and of every way to a provider and back.
pub trait UseCaseObserver: Send + Sync {
    /// Called when a use case ends. `channel` is the wire grammar of the call. `outcome` is one of a fixed set of words
    /// in `snake_case` and contains no personal data. MUST NOT block.
    fn ended(&self, use_case: UseCase, channel: &str, outcome: &'static str);
}

/// A use case that is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UseCase {
    /// Registering: `accepted`, or the reason for the refusal.
    Registration,
    /// Correcting the address of a registration: `corrected`, `unchanged` if it was the same, or the reason for the
    /// refusal.
    Correction,
    /// Verifying an address: `verified`, or the reason for the refusal.
    Verification,
    /// Signing in with a password: `signed_in`, or the reason for the refusal.
    SignIn,
    /// Sending a person to a provider: `begun`, or the reason for the refusal.
    ProviderStart,
    /// Taking a person back from a provider: `signed_in`, `registered`, `completed`, `linked`, `confirmed`, or the reason
    /// for the refusal.
    ProviderReturn,
    /// Signing in by a registration that was completed elsewhere: `signed_in`, or the reason for the refusal.
    Continuation,
}
