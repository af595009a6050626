//! Problems that operations return, and how the documents describe them.

use poem::IntoResponse;
use poem_openapi::registry::{MetaSchemaRef, Registry};
use poem_openapi::types::Type;

use super::exception::{Exception, ExceptionBody, status_of};
use crate::problem::{self, Grammar, ProblemKind, ProblemSet};

/// The dialect's error grammar, for the documents.
pub(super) struct Waltid;

/// Problems that an operation can return.
pub(super) type Failure<S> = problem::Failure<S, Waltid>;

impl<S> From<Exception> for Failure<S> {
    fn from(exception: Exception) -> Self {
        Self::worded(exception.into_response())
    }
}

impl<S: ProblemSet> Grammar<S> for Waltid {
    const CONTENT_TYPE: &'static str = "application/json; charset=utf-8";

    fn status_of(kind: ProblemKind) -> u16 {
        status_of(kind).as_u16()
    }

    fn describe(kind: ProblemKind) -> String {
        match kind {
            ProblemKind::Invalid => "Fields are missing, unknown or invalid.".to_owned(),
            ProblemKind::Unauthenticated => "The credentials are missing or invalid.".to_owned(),
            other => format!("{}.", other.facts().title),
        }
    }

    fn schema(_kinds: &[ProblemKind]) -> MetaSchemaRef {
        ExceptionBody::schema_ref()
    }

    fn register(registry: &mut Registry) {
        ExceptionBody::register(registry);
    }
}
