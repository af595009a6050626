//! The dialect's error grammar: `{"errors": ..}` with one code, or with codes by field.

mod codes;
mod documented;

use std::marker::PhantomData;

use account_core::account::deletion::DeletionError;
use account_core::account::details::ChangeDetailsError;
use account_core::input::Input;
use account_core::registration::register::RegisterError;
use account_core::service::Unavailable;
use account_core::session::{RenewSessionError, SignInError};
use account_core::violation::{Field, Rule, Violation, Violations};
use poem::http::StatusCode;
use poem::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::{Problem, ProblemKind, ProblemSet, add_limit_headers};

pub(super) use codes::{
    ACCOUNT_NAME_ALREADY_TAKEN, COULD_NOT_VALIDATE_CREDENTIALS, Code, DOES_NOT_MEET_COMPLEXITY,
    EMAIL_ALREADY_REGISTERED, FieldCodes, PASSWORDS_DO_NOT_MATCH,
};
use codes::{MUST_BE_STRING, REQUIRED, code_of_problem};

/// The codes that an operation answers beside those of its problems.
pub(super) trait Codes: ProblemSet {
    /// All of them.
    const CODES: &'static [Code] = &[];
}

/// What an operation answers when it fails; the set is of what the documents list.
#[derive(Debug)]
pub(super) struct Failure<S> {
    reason: Reason,
    set: PhantomData<S>,
}

#[derive(Debug)]
enum Reason {
    /// Codes by field.
    Fields(FieldCodes),
    /// One code.
    Code(Code),
    /// Anything else.
    Other(Problem),
}

/// The body of an answer.
#[derive(Serialize)]
struct Errors<T> {
    errors: T,
}

/// The code of a field of the body that is no text; none if it is one. An empty text is one.
pub(super) fn not_text((name, input): (&str, &Input)) -> Option<(String, String)> {
    let code = match input {
        Input::Absent => REQUIRED,
        Input::Mistyped => MUST_BE_STRING,
        Input::Given(_) => return None,
    };
    Some((format!("body.{name}"), code.to_owned()))
}

/// The text of a field that an operation needs.
pub(super) fn text_of<S: Codes>((name, input): (&str, Input)) -> Result<String, Failure<S>> {
    let refused: FieldCodes = not_text((name, &input)).into_iter().collect();
    input.given().ok_or_else(|| Failure::of(Reason::Fields(refused)))
}

/// What the first check that fails says, in the order of the original: texts, the confirmation, complexity, lengths and
/// forms, what is taken.
fn first_check(not_text: FieldCodes, violations: &Violations) -> Reason {
    let breaks = |rule: Rule| violations.iter().any(|violation| violation.rule == rule);
    let is_taken = |field: Field| violations.iter().any(|violation| violation == Violation::new(field, Rule::Taken));
    let fields = FieldCodes::of(violations);
    if !not_text.is_empty() {
        Reason::Fields(not_text)
    } else if breaks(Rule::ConfirmationMismatch) {
        Reason::Code(PASSWORDS_DO_NOT_MATCH)
    } else if violations.iter().any(|violation| codes::is_about_complexity(violation.rule)) {
        Reason::Code(DOES_NOT_MEET_COMPLEXITY)
    } else if !fields.is_empty() {
        Reason::Fields(fields)
    } else if is_taken(Field::Email) {
        Reason::Code(EMAIL_ALREADY_REGISTERED)
    } else {
        Reason::Code(ACCOUNT_NAME_ALREADY_TAKEN)
    }
}

/// Any problem in the dialect's grammar.
pub(super) fn render(problem: &Problem) -> Response {
    let (status, code) = code_of_problem(problem);
    let mut response = json(status, code);
    add_limit_headers(&mut response, problem.limit, problem.retry_after);
    response
}

fn json(status: u16, errors: impl Serialize) -> Response {
    let body = serde_json::to_string(&Errors { errors }).unwrap_or_default();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Response::builder().status(status).content_type("application/json; charset=utf-8").body(body)
}

impl<S: Codes> Failure<S> {
    const fn of(reason: Reason) -> Self {
        Self { reason, set: PhantomData }
    }

    /// Why a registration was not recorded; some of its fields may have been no texts.
    pub(super) fn of_registration(error: RegisterError, not_text: FieldCodes) -> Self {
        match error {
            RegisterError::Invalid(violations) => Self::of(first_check(not_text, &violations)),
            other => Problem::from(other).into(),
        }
    }
}

impl<S: Codes> From<Problem> for Failure<S> {
    fn from(problem: Problem) -> Self {
        debug_assert!(S::KINDS.contains(&problem.kind), "the documents do not list {:?} here", problem.kind);
        Self::of(Reason::Other(problem))
    }
}

impl<S: Codes> From<SignInError> for Failure<S> {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Invalid(violations) => Self::of(Reason::Fields(FieldCodes::of_body(&violations))),
            other => Problem::from(other).into(),
        }
    }
}

impl<S: Codes> From<RenewSessionError> for Failure<S> {
    fn from(error: RenewSessionError) -> Self {
        match error {
            RenewSessionError::WrongToken => Self::of(Reason::Code(COULD_NOT_VALIDATE_CREDENTIALS)),
            RenewSessionError::Failed(failure) => Problem::from(failure).into(),
        }
    }
}

impl<S: Codes> From<ChangeDetailsError> for Failure<S> {
    fn from(error: ChangeDetailsError) -> Self {
        match error {
            ChangeDetailsError::Invalid(violations) => Self::of(first_check(FieldCodes::default(), &violations)),
            other => Problem::from(other).into(),
        }
    }
}

impl<S: Codes> From<DeletionError> for Failure<S> {
    fn from(error: DeletionError) -> Self {
        Problem::from(error).into()
    }
}

impl<S: Codes> From<Unavailable> for Failure<S> {
    fn from(error: Unavailable) -> Self {
        Problem::from(error).into()
    }
}

impl<S: Send> IntoResponse for Failure<S> {
    fn into_response(self) -> Response {
        match self.reason {
            Reason::Fields(fields) => json(ProblemKind::Invalid.facts().status, fields),
            Reason::Code(code) => json(code.status, code.name),
            Reason::Other(problem) => render(&problem),
        }
    }
}

impl<S: Send> From<Failure<S>> for poem::Error {
    fn from(failure: Failure<S>) -> Self {
        Self::from_response(failure.into_response())
    }
}

#[cfg(test)]
mod tests;
