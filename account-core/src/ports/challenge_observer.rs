//! Observing challenges, for metrics and alerts.

use super::challenge_verifier::{ChallengeFailure, ChallengePurpose};

/// Gets everything that happens to challenges.
pub trait ChallengeObserver: Send + Sync {
    /// Called for each request that is asked for a challenge, and for each answer to one. MUST NOT block.
    fn observe(&self, purpose: ChallengePurpose, event: ChallengeEvent);
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengeEvent {
    /// A request without an answer was asked for one.
    Demanded,
    /// A proof was accepted.
    Proved,
    /// A wait was accepted.
    Waited,
    /// An answer was not accepted, for this reason.
    Failed(ChallengeFailure),
    /// A request came by an API that cannot ask, and had to fit into the allowance of such requests.
    Unchallenged,
}

impl ChallengeEvent {
    /// Returns whether the request was refused.
    #[must_use]
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::Demanded | Self::Failed(_))
    }

    /// Returns the name, for metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Demanded => "demanded",
            Self::Proved => "proved",
            Self::Waited => "waited",
            Self::Failed(failure) => failure.name(),
            Self::Unchallenged => "unchallenged",
        }
    }
}
