//! The error grammar, compared byte for byte.

use account_core::administration::creation::CreateAccountError;
use account_core::operator::super_admin::SuperAdminError;
use account_core::registration::register::RegisterError;
use account_core::session::SignInError;
use account_core::violation::{Field, Rule, Violation, Violations};

use super::*;

async fn written(exception: Exception) -> (u16, String) {
    let response = exception.into_response();
    assert_eq!(response.content_type(), Some("application/json; charset=utf-8"));
    (response.status().as_u16(), response.into_body().into_string().await.unwrap())
}

fn of(problem: impl Into<Problem>) -> Exception {
    problem.into().into()
}

fn violations(broken: &[(Field, Rule)]) -> Violations {
    broken.iter().map(|(field, rule)| Violation::new(*field, *rule)).collect()
}

#[tokio::test]
async fn missing_and_unknown_fields_are_worded_as_the_original_does() {
    let missing = Exception::missing(vec!["profile".into(), "preferences".into()], "AccountRegistrationRequest");
    assert_eq!(
        written(missing).await,
        (
            400,
            r#"{"exception":true,"id":"BadRequestException","status":"Bad Request","code":"400","message":"Request body is missing required field(s): profile, preferences","details":{"missingFields":["profile","preferences"],"expectedType":"AccountRegistrationRequest"}}"#.into()
        )
    );
    let unknown = Exception::unknown(vec!["foo".into()], "AccountRegistrationRequest");
    assert_eq!(
        written(unknown).await,
        (
            400,
            r#"{"exception":true,"id":"BadRequestException","status":"Bad Request","code":"400","message":"Request body contains unknown field(s): foo","details":{"unknownFields":["foo"],"expectedType":"AccountRegistrationRequest"}}"#.into()
        )
    );
}

#[tokio::test]
async fn violations_are_in_the_documents_order() {
    let broken = [
        (Field::Email, Rule::Malformed),
        (Field::Password, Rule::TooShort { min: 8 }),
        (Field::Password, Rule::Blank),
        (Field::Country, Rule::Unknown),
        // A guard's objection: it has no field here.
        (Field::Organization, Rule::Required),
    ];
    let (status, body) = written(of(RegisterError::Invalid(violations(&broken)))).await;
    assert_eq!(status, 400);
    assert!(
        body.contains(
            r#""message":"profile.addressCountry must be a country's name or code, such as Germany or DE; initialAuth.identifier.email is not a valid email address; initialAuth.identifier.email is required; initialAuth.data.password must have at least 8 characters; initialAuth.data.password must not be blank","details":{"violations":[{"field":"profile.addressCountry","rule":"unknown","message":"must be a country's name or code, such as Germany or DE"},"#
        ),
        "{body}"
    );
    let (_, body) = written(Exception::of_sign_in(&violations(&[(Field::Email, Rule::Required)]))).await;
    assert!(body.contains(r#""message":"email is required""#), "{body}");
}

#[tokio::test]
async fn a_taken_address_is_a_conflict() {
    let conflict = r#"{"exception":true,"id":"ConflictException","status":"Conflict","code":"409","message":"An account with this email already exists"}"#;
    let taken = violations(&[(Field::Email, Rule::Taken)]);
    assert_eq!(written(of(RegisterError::Invalid(taken))).await, (409, conflict.into()));
    assert_eq!(written(of(CreateAccountError::AlreadyRegistered)).await, (409, conflict.into()));
}

#[tokio::test]
async fn missing_and_invalid_credentials_are_distinct() {
    let problem = Problem::new(ProblemKind::Unauthenticated);
    let refused = Problem { refuses_credentials: true, ..problem.clone() };
    for (exception, message) in [
        (of(problem), "Unauthorized (NoCredentials)"),
        (of(refused), "Unauthorized (InvalidCredentials)"),
        (of(SignInError::WrongCredentials), "Unauthorized (InvalidCredentials)"),
        (of(SuperAdminError::WrongToken), "Unauthorized (InvalidCredentials)"),
    ] {
        let body = format!(
            r#"{{"exception":true,"id":"UnauthorizedException","status":"Unauthorized","code":"401","message":"{message}"}}"#
        );
        assert_eq!(written(exception).await, (401, body));
    }
}

#[tokio::test]
async fn every_problem_has_the_same_form_with_a_consistent_status() {
    for kind in ProblemKind::ALL {
        let (status, body) = written(of(Problem::new(kind))).await;
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["code"], status.to_string(), "{kind:?}");
        assert_eq!(body["status"], StatusCode::from_u16(status).unwrap().canonical_reason().unwrap(), "{kind:?}");
        let id = body["id"].as_str().unwrap();
        assert!(id.ends_with("Exception") && !body["message"].as_str().unwrap().is_empty(), "{kind:?}");
        assert_eq!(id == "InternalServerErrorException", status == 500, "{kind:?}");
        assert_eq!(body.as_object().unwrap().len(), 5, "{kind:?}: no details");
    }
}

#[tokio::test]
async fn closed_registration_is_not_found_and_may_give_a_reason() {
    let closed = |reason: Option<&str>| of(RegisterError::Closed { reason: reason.map(str::to_owned) });
    let (status, body) = written(closed(None)).await;
    assert_eq!(status, 404);
    assert!(body.contains(r#""message":"The feature account-registration is not enabled""#), "{body}");
    assert!(written(closed(Some("Come back later."))).await.1.contains(r#""message":"Come back later.""#));
}
