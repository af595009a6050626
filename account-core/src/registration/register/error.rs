//! Why a registration is refused.

use crate::service::{Closed, Failure};
use crate::violation::Violations;

/// Why a registration was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Fields break rules; these are all of them.
    #[error("the registration is not valid")]
    Invalid(Violations),
    /// Registration is closed: to everybody, or to who registers like that.
    #[error("registration is closed")]
    Closed {
        /// What the administrators want people to be told.
        reason: Option<String>,
    },
    /// The idempotency key was used with another body.
    #[error("the idempotency key was used with another body")]
    IdempotencyMismatch,
    /// A request with that idempotency key is still running.
    #[error("a request with this idempotency key is still running")]
    IdempotencyInProgress,
    /// Limited, overloaded or unavailable; nothing was written, or all of it.
    #[error(transparent)]
    Failed(Failure),
}

impl RegisterError {
    /// The outcome, as observers are told it.
    pub(super) const fn outcome(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Closed { .. } => "closed",
            Self::IdempotencyMismatch | Self::IdempotencyInProgress => "conflict",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

impl<E: Into<Failure>> From<E> for RegisterError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Violations> for RegisterError {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl From<Closed> for RegisterError {
    fn from(Closed { reason }: Closed) -> Self {
        Self::Closed { reason }
    }
}
