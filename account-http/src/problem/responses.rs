//! Problems that operations can return, as types, so that the documents list exactly these.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use poem::Response;
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
    ($($(#[$doc:meta])* $name:ident: $($kind:ident),+;)+) => { $(
        $(#[$doc])*
        pub(crate) struct $name;

        impl $crate::problem::ProblemSet for $name {
            const KINDS: &'static [$crate::problem::ProblemKind] = &[$($crate::problem::ProblemKind::$kind),+];
        }
    )+ };
}

/// Declares successful answers: the status, and the body if there is one. The comment is the description in the document.
macro_rules! answers {
    ($($(#[$doc:meta])* $visibility:vis $name:ident: $status:tt $($body:ty)?;)+) => { $(
        #[derive(poem_openapi::ApiResponse)]
        $visibility enum $name {
            $(#[$doc])*
            #[oai(status = $status)]
            Is$(($body))?,
        }
    )+ };
}

pub(crate) use answers;
pub(crate) use problem_set;

/// Problems that an operation can return: a problem out of a set, which the channel renders at the very end, or an
/// answer in words that only this operation has.
#[derive(Debug)]
pub(crate) struct Failure<S, G> {
    answer: Answer,
    of: PhantomData<(S, G)>,
}

#[derive(Debug)]
enum Answer {
    Problem(Problem),
    Worded(Box<Response>),
}

/// A failure as the native API answers it.
pub(crate) type Problems<S> = Failure<S, Native>;

impl<S, G> Failure<S, G> {
    /// This answer, in words that only the operation has.
    pub(crate) fn worded(answer: Response) -> Self {
        Self { answer: Answer::Worded(Box::new(answer)), of: PhantomData }
    }
}

impl<S: ProblemSet, G, P: Into<Problem>> From<P> for Failure<S, G> {
    fn from(problem: P) -> Self {
        let problem = problem.into();
        debug_assert!(S::KINDS.contains(&problem.kind), "the documents do not list {:?} here", problem.kind);
        Self { answer: Answer::Problem(problem), of: PhantomData }
    }
}

impl<S, G> From<Failure<S, G>> for poem::Error {
    fn from(failure: Failure<S, G>) -> Self {
        match failure.answer {
            Answer::Problem(problem) => problem.into(),
            Answer::Worded(answer) => Self::from_response(*answer),
        }
    }
}

impl<S: ProblemSet, G: Grammar<S>> ApiResponse for Failure<S, G> {
    fn meta() -> MetaResponses {
        MetaResponses { responses: G::documented() }
    }

    fn register(registry: &mut Registry) {
        G::register(registry);
    }
}

/// What the documents say of the problems of a set, in a channel's grammar.
pub(crate) trait Grammar<S: ProblemSet> {
    /// The media type of the bodies.
    const CONTENT_TYPE: &'static str = "application/json";

    /// The status of a problem.
    fn status_of(kind: ProblemKind) -> u16 {
        kind.facts().status
    }

    /// A problem in a sentence.
    fn describe(kind: ProblemKind) -> String {
        format!("{}.", kind.facts().title)
    }

    /// The schema of a body that may be about any of these problems.
    fn schema(kinds: &[ProblemKind]) -> MetaSchemaRef;

    /// Headers that answers of a status have in this grammar alone.
    fn headers(_status: u16) -> Vec<MetaHeader> {
        Vec::new()
    }

    /// Adds the schemas to the document.
    fn register(registry: &mut Registry);

    /// One entry a status, naming the problems that it is answered with.
    fn documented() -> Vec<MetaResponse> {
        let mut by_status = BTreeMap::<u16, Vec<ProblemKind>>::new();
        for kind in S::KINDS {
            by_status.entry(Self::status_of(*kind)).or_default().push(*kind);
        }
        let responses = by_status.into_iter().map(|(status, kinds)| {
            let texts: Vec<_> = kinds.iter().map(|kind| Self::describe(*kind)).collect();
            let mut response = documented_failure(status, texts.join(" "), Self::CONTENT_TYPE, Self::schema(&kinds));
            response.headers.extend(Self::headers(status));
            response
        });
        responses.collect()
    }
}

/// The grammar of the native API.
pub(crate) struct Native;

impl<S: ProblemSet> Grammar<S> for Native {
    const CONTENT_TYPE: &'static str = "application/problem+json";

    fn describe(kind: ProblemKind) -> String {
        let facts = kind.facts();
        format!("`{}`: {}.", facts.code, facts.title)
    }

    fn schema(_kinds: &[ProblemKind]) -> MetaSchemaRef {
        ProblemBody::schema_ref()
    }

    fn register(registry: &mut Registry) {
        ProblemBody::register(registry);
    }
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
