//! Why a registration is refused.

use crate::challenge::ChallengeDemand;
use crate::service::Failure;
use crate::violation::Violations;

/// Why a registration was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Fields break rules. The list is complete.
    #[error("the registration is not valid")]
    Invalid(Violations),
    /// Registration is closed, for everyone or for this address and organization.
    #[error("registration is closed")]
    Closed {
        /// The reason that the administrators gave.
        reason: Option<String>,
    },
    /// The idempotency key was used with another body.
    #[error("the idempotency key was used with another body")]
    IdempotencyMismatch,
    /// A request with this idempotency key is still running.
    #[error("a request with this idempotency key is still running")]
    IdempotencyInProgress,
    /// An answer to a challenge is needed. The request can be sent again with one.
    #[error("an answer to a challenge is needed")]
    Challenged(Box<ChallengeDemand>),
    /// Limited, overloaded or unavailable. Nothing was stored, or everything.
    #[error(transparent)]
    Failed(Failure),
}

impl RegisterError {
    /// Returns the outcome for observers.
    pub(super) const fn outcome(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Closed { .. } => "closed",
            Self::IdempotencyMismatch | Self::IdempotencyInProgress => "conflict",
            Self::Challenged(_) => "challenged",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

use_case_error!(RegisterError: Failed, Invalid, Challenged, Closed);
