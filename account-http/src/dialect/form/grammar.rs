//! The dialect's error grammar: `{"errors": ..}` with one code, or with codes by field.

mod codes;
mod documented;

use account_core::input::Input;
use account_core::violation::{Field, Rule, Violation, Violations};
use poem::Response;
use poem::http::StatusCode;
use serde::Serialize;

use crate::json::ordered_json;
use crate::problem::{self, Problem, ProblemKind, ProblemSet, add_limit_headers};

pub(super) use codes::{
    ACCOUNT_NAME_ALREADY_TAKEN, COULD_NOT_VALIDATE_CREDENTIALS, Code, DOES_NOT_MEET_COMPLEXITY,
    EMAIL_ALREADY_REGISTERED, FieldCodes, PASSWORDS_DO_NOT_MATCH,
};
use codes::{MUST_BE_STRING, REQUIRED, code_of_problem};

/// Codes that an operation returns in addition to those of its problems.
pub(super) trait Codes: ProblemSet {
    /// All of them.
    const CODES: &'static [Code] = &[];
}

/// The dialect's error grammar, for the documents.
pub(super) struct Form;

/// Problems that an operation can return.
pub(super) type Failure<S> = problem::Failure<S, Form>;

/// The body of an answer.
#[derive(Serialize)]
struct Errors<T> {
    errors: T,
}

/// Returns the code for a field that is missing or not a string; `None` if it is a string, even an empty one.
pub(super) fn not_text((name, input): (&str, &Input)) -> Option<(String, String)> {
    let code = match input {
        Input::Absent => REQUIRED,
        Input::Mistyped => MUST_BE_STRING,
        Input::Given(_) => return None,
    };
    Some((format!("body.{name}"), code.to_owned()))
}

/// Returns the text of a required field.
pub(super) fn text_of<S>((name, input): (&str, Input)) -> Result<String, Failure<S>> {
    let refused: FieldCodes = not_text((name, &input)).into_iter().collect();
    input.given().ok_or_else(|| Failure::worded(of_fields(&refused)))
}

/// Returns the error of the first check that fails, in the original's order: strings, confirmation, complexity, lengths
/// and formats, taken values.
pub(super) fn first_check(not_text: &FieldCodes, violations: &Violations) -> Response {
    let breaks = |rule: Rule| violations.iter().any(|violation| violation.rule == rule);
    let is_taken = |field: Field| violations.iter().any(|violation| violation == Violation::new(field, Rule::Taken));
    let fields = FieldCodes::of(violations);
    if !not_text.is_empty() {
        of_fields(not_text)
    } else if breaks(Rule::ConfirmationMismatch) {
        of_code(PASSWORDS_DO_NOT_MATCH)
    } else if violations.iter().any(|violation| codes::is_about_complexity(violation.rule)) {
        of_code(DOES_NOT_MEET_COMPLEXITY)
    } else if !fields.is_empty() {
        of_fields(&fields)
    } else if is_taken(Field::Email) {
        of_code(EMAIL_ALREADY_REGISTERED)
    } else {
        of_code(ACCOUNT_NAME_ALREADY_TAKEN)
    }
}

/// Renders any problem in the dialect's grammar.
pub(super) fn render(problem: &Problem) -> Response {
    let mut response = if let Some(violations) = &problem.violations {
        first_check(&FieldCodes::default(), violations)
    } else {
        let (status, code) = code_of_problem(problem);
        json(status, code)
    };
    add_limit_headers(&mut response, problem.limit, problem.retry_after);
    response
}

/// Codes by field.
pub(super) fn of_fields(fields: &FieldCodes) -> Response {
    json(ProblemKind::Invalid.facts().status, fields)
}

/// A single code.
pub(super) fn of_code(code: Code) -> Response {
    json(code.status, code.name)
}

fn json(status: u16, errors: impl Serialize) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    ordered_json(status, &Errors { errors })
}

#[cfg(test)]
mod tests;
