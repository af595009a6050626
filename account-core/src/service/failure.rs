//! Failures that can happen in every use case.

use std::time::Duration;

use crate::ports::{ChallengeError, HashingError, Overloaded, Rate, StoreError};

/// The use case failed for a reason outside the request. The same request may succeed later.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A limit was reached.
    #[error(transparent)]
    Limited(#[from] Limited),
    /// The hashing queue has no place.
    #[error(transparent)]
    Overloaded(#[from] Overloaded),
    /// Something the service depends on failed.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl Failure {
    /// Returns the outcome for observers.
    pub(crate) const fn outcome(&self) -> &'static str {
        match self {
            Self::Limited(_) => "limited",
            Self::Overloaded(_) => "overloaded",
            Self::Unavailable(_) => "unavailable",
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error.into())
    }
}

impl From<HashingError> for Failure {
    fn from(error: HashingError) -> Self {
        match error {
            HashingError::Overloaded(overloaded) => overloaded.into(),
            error => Self::Unavailable(Unavailable::Hashing(error)),
        }
    }
}

/// A limit was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the limit `{limit}` ({rate}) is reached")]
pub struct Limited {
    /// Name of the limit.
    pub limit: &'static str,
    /// What it allows.
    pub rate: Rate,
    /// How long to wait before trying again.
    pub retry_after: Duration,
}

/// Something the service depends on failed.
#[derive(Debug, thiserror::Error)]
pub enum Unavailable {
    /// The store failed.
    #[error("the store is unavailable")]
    Store(#[from] StoreError),
    /// Hashing failed.
    #[error("hashing is unavailable")]
    Hashing(#[source] HashingError),
    /// A challenge can be neither made nor checked.
    #[error("challenges are unavailable")]
    Challenge(#[source] ChallengeError),
}
