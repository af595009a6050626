//! Problem documents (RFC 9457): the one form of every error of the native API.

mod challenge;
mod document;
mod kind;
mod mapping;
mod responses;
mod retry;

pub(crate) use challenge::ChallengeBody;
pub(crate) use document::{LimitReached, Problem, add_limit_headers};
pub(crate) use kind::ProblemKind;
pub(crate) use mapping::{from_framework, panicked};
pub(crate) use responses::{
    Failure, Grammar, ProblemSet, Problems, answers, documented_failure, documented_header, problem_set,
};
pub(crate) use retry::{TimeUnit, rounded_up, try_again};
