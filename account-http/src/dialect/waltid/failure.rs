//! What operations answer when they fail, and what the documents say of it.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{MetaResponses, Registry};
use poem_openapi::types::Type;

use super::exception::{Exception, ExceptionBody, status_of};
use crate::problem::{ProblemKind, ProblemSet, documented_failure};

/// What an operation answers when it fails; the set is of what the documents list.
#[derive(Debug)]
pub(super) struct Failure<S> {
    exception: Exception,
    set: PhantomData<S>,
}

impl<S: ProblemSet, E: Into<Exception>> From<E> for Failure<S> {
    fn from(error: E) -> Self {
        let exception = error.into();
        debug_assert!(S::KINDS.contains(&exception.kind), "the documents do not list {:?} here", exception.kind);
        Self { exception, set: PhantomData }
    }
}

impl<S: Send> IntoResponse for Failure<S> {
    fn into_response(self) -> Response {
        self.exception.into_response()
    }
}

impl<S: Send> From<Failure<S>> for poem::Error {
    fn from(failure: Failure<S>) -> Self {
        Self::from_response(failure.into_response())
    }
}

impl<S: ProblemSet> ApiResponse for Failure<S> {
    /// One entry a status.
    fn meta() -> MetaResponses {
        let mut by_status = BTreeMap::<u16, Vec<String>>::new();
        for kind in S::KINDS {
            by_status.entry(status_of(*kind).as_u16()).or_default().push(words(*kind));
        }
        let responses = by_status.into_iter().map(|(status, words)| {
            documented_failure(status, words.join(" "), "application/json; charset=utf-8", ExceptionBody::schema_ref())
        });
        MetaResponses { responses: responses.collect() }
    }

    fn register(registry: &mut Registry) {
        ExceptionBody::register(registry);
    }
}

fn words(kind: ProblemKind) -> String {
    match kind {
        ProblemKind::Invalid => "Fields are missing or unknown, or their values break rules.".to_owned(),
        ProblemKind::Unauthenticated => "The credentials are missing or invalid.".to_owned(),
        other => format!("{}.", other.facts().title),
    }
}
