//! Errors of registering and signing in with a provider.

use account_core::error_chain::chain;
use account_core::ports::ProviderError;
use account_core::provider::{BeginProviderError, FinishProviderError, UnlinkError};

use super::super::{Problem, ProblemKind};
use super::OUTAGE_WAIT;

impl From<ProviderError> for Problem {
    /// Logged here, once, with its chain; nothing of it is answered.
    fn from(error: ProviderError) -> Self {
        let kind = match &error {
            ProviderError::Unavailable { .. } => ProblemKind::ProviderUnavailable,
            ProviderError::Refused { .. } | ProviderError::Invalid { .. } => ProblemKind::ProviderFailed,
        };
        tracing::warn!(event = "provider_failed", error = chain(&error), "a provider did not say who somebody is");
        let retry_after = (kind == ProblemKind::ProviderUnavailable).then_some(OUTAGE_WAIT);
        Self { retry_after, ..Self::new(kind) }
    }
}

impl From<BeginProviderError> for Problem {
    fn from(error: BeginProviderError) -> Self {
        match error {
            BeginProviderError::UnknownProvider => Self::new(ProblemKind::UnknownProvider),
            BeginProviderError::Invalid(violations) => violations.into(),
            BeginProviderError::UnknownApp => Self::new(ProblemKind::UnknownApp),
            BeginProviderError::Closed { reason } => Self::closed(reason),
            BeginProviderError::Unknown => Self::new(ProblemKind::UnknownToken),
            BeginProviderError::Gone(gone) => Self::new(gone.into()),
            BeginProviderError::OtherProvider => Self::new(ProblemKind::OtherIdentity),
            BeginProviderError::TooMany => Self::new(ProblemKind::TooManyIdentities),
            BeginProviderError::Provider(error) => error.into(),
            BeginProviderError::Failed(failure) => failure.into(),
        }
    }
}

impl From<FinishProviderError> for Problem {
    fn from(error: FinishProviderError) -> Self {
        match error {
            FinishProviderError::UnknownFlow => Self::new(ProblemKind::UnknownFlow),
            FinishProviderError::UnknownProvider => Self::new(ProblemKind::UnknownProvider),
            FinishProviderError::Denied => Self::new(ProblemKind::ProviderDenied),
            FinishProviderError::Provider(error) => error.into(),
            FinishProviderError::NoAddress => Self::new(ProblemKind::NoProviderAddress),
            FinishProviderError::Invalid(violations) => violations.into(),
            FinishProviderError::Closed { reason } => Self::closed(reason),
            FinishProviderError::Disabled => Self::new(ProblemKind::AccountDisabled),
            FinishProviderError::SessionMissing => Self::new(ProblemKind::WrongSession),
            FinishProviderError::OtherIdentity => Self::new(ProblemKind::OtherIdentity),
            FinishProviderError::LinkedElsewhere => Self::new(ProblemKind::IdentityTaken),
            FinishProviderError::TooMany => Self::new(ProblemKind::TooManyIdentities),
            FinishProviderError::Gone(gone) => Self::new(gone.into()),
            FinishProviderError::Failed(failure) => failure.into(),
        }
    }
}

impl From<UnlinkError> for Problem {
    fn from(error: UnlinkError) -> Self {
        match error {
            UnlinkError::Unknown => Self::new(ProblemKind::UnknownIdentity),
            UnlinkError::LastWay => Self::new(ProblemKind::LastSignInMethod),
            UnlinkError::Failed(failure) => failure.into(),
        }
    }
}
