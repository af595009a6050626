//! The dialect's error grammar: one form, worded as in the original.

mod violations;

use std::time::Duration;

use account_core::violation::{Field, Rule, Violation, Violations};
use poem::http::StatusCode;
use poem::{IntoResponse, Response};
use poem_openapi::Object;
use serde::Serialize;

use crate::json::OrderedJson;
use crate::problem::{LimitReached, Problem, ProblemKind, add_limit_headers};
use violations::ViolationBody;

/// An error.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "Exception", skip_serializing_if_is_none)]
pub(super) struct ExceptionBody {
    /// Always true.
    exception: bool,
    /// Name of the error, by its status: `BadRequestException`, `UnauthorizedException`, ..
    #[oai(validator(pattern = "^[A-Za-z]+Exception$"))]
    id: String,
    /// The status in words.
    status: String,
    /// The HTTP status, as a text.
    code: String,
    /// What is wrong, for people.
    message: String,
    /// What is wrong, for programs; absent if there are no details.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Details>,
}

/// What is wrong with a body.
#[derive(Debug, Default, Object, Serialize)]
#[oai(rename = "ExceptionDetails", rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
struct Details {
    /// Required fields that are missing, by their paths.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_fields: Option<Vec<String>>,
    /// Unknown fields, by their paths; at most 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_fields: Option<Vec<String>>,
    /// The schema that the body should have.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_type: Option<String>,
    /// Rules that values break.
    #[serde(skip_serializing_if = "Option::is_none")]
    violations: Option<Vec<ViolationBody>>,
}

/// An error, before it is written.
#[derive(Debug)]
pub(super) struct Exception {
    kind: ProblemKind,
    message: String,
    details: Option<Box<Details>>,
    limit: Option<LimitReached>,
    retry_after: Option<Duration>,
}

impl Exception {
    fn bad_request(message: String, details: Option<Details>) -> Self {
        let details = details.map(Box::new);
        Self { kind: ProblemKind::Invalid, message, details, limit: None, retry_after: None }
    }

    /// Required fields are missing.
    pub(super) fn missing(paths: Vec<String>, expected_type: &str) -> Self {
        let message = format!("Request body is missing required field(s): {}", paths.join(", "));
        let expected_type = Some(expected_type.to_owned());
        Self::bad_request(message, Some(Details { missing_fields: Some(paths), expected_type, ..Details::default() }))
    }

    /// The body has unknown fields.
    pub(super) fn unknown(paths: Vec<String>, expected_type: &str) -> Self {
        let message = format!("Request body contains unknown field(s): {}", paths.join(", "));
        let expected_type = Some(expected_type.to_owned());
        Self::bad_request(message, Some(Details { unknown_fields: Some(paths), expected_type, ..Details::default() }))
    }

    /// Fields have unsuitable values: their paths, and the reasons.
    pub(super) fn refused(broken: impl IntoIterator<Item = (String, String)>) -> Self {
        let texts: Vec<_> = broken.into_iter().map(|(path, words)| format!("{path} {words}")).collect();
        Self::bad_request(texts.join("; "), None)
    }

    /// Values break rules.
    fn invalid(violations: Vec<ViolationBody>) -> Self {
        let texts: Vec<_> = violations.iter().map(ViolationBody::sentence).collect();
        Self::bad_request(texts.join("; "), Some(Details { violations: Some(violations), ..Details::default() }))
    }

    /// A registration breaks rules; an address that has an account is a conflict.
    fn of_registration(violations: &Violations) -> Self {
        if violations.iter().any(|violation| violation == Violation::new(Field::Email, Rule::Taken)) {
            return Problem::new(ProblemKind::AddressRegistered).into();
        }
        Self::invalid(violations::of_registration(violations))
    }

    /// A sign-in breaks rules.
    pub(super) fn of_sign_in(violations: &Violations) -> Self {
        Self::invalid(violations::of_sign_in(violations))
    }

    fn body(self) -> ExceptionBody {
        let status = status_of(self.kind);
        ExceptionBody {
            exception: true,
            id: name_of(status).to_owned(),
            status: status.canonical_reason().unwrap_or_default().to_owned(),
            code: status.as_str().to_owned(),
            message: self.message,
            details: self.details.map(|details| *details),
        }
    }
}

impl IntoResponse for Exception {
    fn into_response(self) -> Response {
        let (status, limit, retry_after) = (status_of(self.kind), self.limit, self.retry_after);
        let mut response = OrderedJson(self.body()).with_status(status).into_response();
        add_limit_headers(&mut response, limit, retry_after);
        response
    }
}

/// Renders any problem in the dialect's grammar.
pub(super) fn render(problem: &Problem) -> Response {
    Exception::from(problem.clone()).into_response()
}

/// Returns the status of a problem in this dialect.
pub(super) fn status_of(kind: ProblemKind) -> StatusCode {
    match kind {
        ProblemKind::Invalid => StatusCode::BAD_REQUEST,
        // The route does not exist while the feature is off.
        ProblemKind::RegistrationClosed => StatusCode::NOT_FOUND,
        other => Problem::new(other).status(),
    }
}

/// Returns the name of an error, by its status.
fn name_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "BadRequestException",
        401 => "UnauthorizedException",
        403 => "ForbiddenException",
        404 => "NotFoundException",
        405 => "MethodNotAllowedException",
        408 => "RequestTimeoutException",
        409 => "ConflictException",
        410 => "GoneException",
        412 => "PreconditionFailedException",
        413 => "PayloadTooLargeException",
        415 => "UnsupportedMediaTypeException",
        422 => "UnprocessableEntityException",
        429 => "TooManyRequestsException",
        431 => "RequestHeaderFieldsTooLargeException",
        502 => "BadGatewayException",
        503 => "ServiceUnavailableException",
        _ => "InternalServerErrorException",
    }
}

impl From<Problem> for Exception {
    /// Violations are those of a registration unless an operation says otherwise.
    fn from(problem: Problem) -> Self {
        if let Some(violations) = &problem.violations {
            return Self::of_registration(violations);
        }
        let words = match problem.kind {
            ProblemKind::Unauthenticated if !problem.refuses_credentials => "Unauthorized (NoCredentials)",
            ProblemKind::Unauthenticated | ProblemKind::WrongCredentials => "Unauthorized (InvalidCredentials)",
            ProblemKind::AddressRegistered => "An account with this email already exists",
            ProblemKind::RegistrationClosed => "The feature account-registration is not enabled",
            other => other.facts().title,
        };
        Self {
            kind: problem.kind,
            message: problem.reason.map_or_else(|| words.to_owned(), Into::into),
            details: None,
            limit: problem.limit,
            retry_after: problem.retry_after,
        }
    }
}

#[cfg(test)]
mod tests;
