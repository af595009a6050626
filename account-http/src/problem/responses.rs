//! Which problems an operation answers, as types: so that the documents list exactly those.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{
    MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};
use poem_openapi::types::Type;

use super::document::{Problem, ProblemBody};
use super::kind::ProblemKind;

/// The problems that one operation answers.
pub(crate) trait ProblemSet: Send + Sync + 'static {
    /// All of them.
    const KINDS: &'static [ProblemKind];
}

/// Declares a set.
macro_rules! problem_set {
    ($(#[$doc:meta])* $name:ident: $($kind:ident),+ $(,)?) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl $crate::problem::ProblemSet for $name {
            const KINDS: &'static [$crate::problem::ProblemKind] = &[$($crate::problem::ProblemKind::$kind),+];
        }
    };
}
pub(crate) use problem_set;

/// A problem out of a set.
pub(crate) struct Problems<S> {
    problem: Problem,
    set: PhantomData<S>,
}

impl<S: ProblemSet, P: Into<Problem>> From<P> for Problems<S> {
    fn from(problem: P) -> Self {
        let problem = problem.into();
        debug_assert!(S::KINDS.contains(&problem.kind), "the documents do not list {:?} here", problem.kind);
        Self { problem, set: PhantomData }
    }
}

impl<S> IntoResponse for Problems<S>
where
    S: ProblemSet,
{
    fn into_response(self) -> Response {
        self.problem.into_response()
    }
}

impl<S: ProblemSet> From<Problems<S>> for poem::Error {
    fn from(problems: Problems<S>) -> Self {
        problems.problem.into()
    }
}

impl<S: ProblemSet> ApiResponse for Problems<S> {
    /// One entry a status, naming the codes that it is answered with.
    fn meta() -> MetaResponses {
        let responses = by_status(S::KINDS).into_iter().map(|(status, kinds)| {
            documented_failure(status, describe(&kinds), "application/problem+json", ProblemBody::schema_ref())
        });
        MetaResponses { responses: responses.collect() }
    }

    fn register(registry: &mut Registry) {
        ProblemBody::register(registry);
    }
}

/// The kinds by the status that they are answered with.
pub(crate) fn by_status(kinds: &[ProblemKind]) -> BTreeMap<u16, Vec<ProblemKind>> {
    let mut by_status = BTreeMap::<u16, Vec<ProblemKind>>::new();
    for kind in kinds {
        by_status.entry(kind.facts().status).or_default().push(*kind);
    }
    by_status
}

fn describe(kinds: &[ProblemKind]) -> String {
    let texts: Vec<String> = kinds
        .iter()
        .map(|kind| {
            let facts = kind.facts();
            format!("`{}`: {}.", facts.code, facts.title)
        })
        .collect();
    texts.join(" ")
}

/// What the documents say of a failure, with the headers that failures of its status have in every grammar.
pub(crate) fn documented_failure(
    status: u16,
    description: String,
    content_type: &'static str,
    schema: MetaSchemaRef,
) -> MetaResponse {
    MetaResponse {
        // The documents are made once per process; the few descriptions live as long as it does.
        description: Box::leak(description.into_boxed_str()),
        status: Some(status),
        status_range: None,
        content: vec![MetaMediaType { content_type, schema }],
        headers: headers(status),
    }
}

/// What the documents say of an optional header.
pub(crate) fn documented_header(name: &str, description: &str, ty: &'static str) -> MetaHeader {
    MetaHeader {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        required: false,
        deprecated: false,
        schema: MetaSchemaRef::Inline(Box::new(MetaSchema::new(ty))),
    }
}

fn headers(status: u16) -> Vec<MetaHeader> {
    let mut headers = Vec::new();
    if matches!(status, 409 | 429 | 503) {
        headers.push(documented_header("Retry-After", "Seconds to wait before sending the request again.", "integer"));
    }
    if status == 429 {
        headers.push(documented_header("RateLimit-Policy", "The limit: its name, q requests in w seconds.", "string"));
        headers.push(documented_header("RateLimit", "The limit's name, r requests left, t seconds to wait.", "string"));
    }
    headers
}
