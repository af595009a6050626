//! Mapping errors to problems, in one place. The core's errors are matched without a wildcard arm.

mod account;
mod administration;
mod challenge;
mod provider;
mod registration;

use std::any::Any;
use std::time::Duration;

use account_core::authorization::NotPermitted;
use account_core::error_chain::chain;
use account_core::ports::Overloaded;
use account_core::service::{Failure, Limited, Unavailable};
use account_core::violation::Violations;
use poem::error::{MethodNotAllowedError, NotFoundError};
use poem_openapi::error::ParsePathError;

use super::document::{LimitReached, Problem};
use super::kind::ProblemKind;
use crate::body::BodyError;

/// How long to wait for the answer to another request with the same idempotency key.
const ANSWER_WAIT: Duration = Duration::from_secs(1);
/// How long to wait if something that the service depends on is unavailable.
const OUTAGE_WAIT: Duration = Duration::from_secs(5);

impl From<Violations> for Problem {
    fn from(violations: Violations) -> Self {
        Self { violations: Some(Box::new(violations)), ..Self::new(ProblemKind::Invalid) }
    }
}

impl From<Limited> for Problem {
    fn from(Limited { limit, rate, retry_after }: Limited) -> Self {
        Self {
            limit: Some(LimitReached { name: limit, rate }),
            retry_after: Some(retry_after),
            ..Self::new(ProblemKind::RateLimited)
        }
    }
}

impl From<Overloaded> for Problem {
    fn from(Overloaded { retry_after }: Overloaded) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(ProblemKind::Overloaded) }
    }
}

impl From<Unavailable> for Problem {
    /// Logged here, once, with its chain; nothing of it is answered.
    fn from(error: Unavailable) -> Self {
        let is_transient = match &error {
            Unavailable::Store(store) => store.is_transient(),
            Unavailable::Hashing(_) => false,
            // Of another service, if there is one.
            Unavailable::Challenge(_) => true,
        };
        let error = chain(&error);
        if is_transient {
            tracing::warn!(error, "a request failed temporarily");
            Self { retry_after: Some(OUTAGE_WAIT), ..Self::new(ProblemKind::Unavailable) }
        } else {
            tracing::error!(error, "a request failed");
            Self::new(ProblemKind::Internal)
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Limited(limited) => limited.into(),
            Failure::Overloaded(overloaded) => overloaded.into(),
            Failure::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<NotPermitted> for Problem {
    fn from(error: NotPermitted) -> Self {
        Self::new(match error {
            NotPermitted::EmailUnverified => ProblemKind::EmailUnverified,
            NotPermitted::DeletionPending => ProblemKind::DeletionPending,
            NotPermitted::Role => ProblemKind::Forbidden,
            NotPermitted::ReauthenticationRequired => ProblemKind::ReauthenticationRequired,
        })
    }
}

impl From<BodyError> for Problem {
    fn from(error: BodyError) -> Self {
        Self::new(match error {
            BodyError::TooLarge => ProblemKind::BodyTooLarge,
            BodyError::MediaType => ProblemKind::UnsupportedMediaType,
            BodyError::Malformed => ProblemKind::MalformedBody,
            BodyError::TooSlow => ProblemKind::RequestTimeout,
            BodyError::NoMemory => {
                return Self { retry_after: Some(OUTAGE_WAIT), ..Self::new(ProblemKind::Unavailable) };
            }
        })
    }
}

/// An error of the framework as a problem; answers that are finished already pass.
pub(crate) fn from_framework(error: poem::Error) -> poem::Response {
    use poem::IntoResponse;

    if error.is_from_response() {
        return error.into_response();
    }
    if let Some(error) = error.downcast_ref::<BodyError>() {
        return Problem::from(*error).into_response();
    }
    let kind = if error.is::<MethodNotAllowedError>() {
        ProblemKind::MethodNotAllowed
    } else if error.is::<NotFoundError>() || error.is::<ParsePathError>() {
        ProblemKind::NotFound
    } else if error.status().is_client_error() {
        // A header or query that the framework cannot read.
        ProblemKind::MalformedRequest
    } else {
        tracing::error!(%error, "a request failed");
        ProblemKind::Internal
    };
    Problem::new(kind).into_response()
}

/// What became of a handler that panicked; the panic's message is in the log, not in the answer.
#[expect(clippy::needless_pass_by_value, reason = "poem hands it over like that")]
pub(crate) fn panicked(payload: Box<dyn Any + Send>) -> Problem {
    let text = payload.downcast_ref::<&str>().copied().map(str::to_owned);
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(panic = text, "a request failed");
    Problem::new(ProblemKind::Internal)
}
