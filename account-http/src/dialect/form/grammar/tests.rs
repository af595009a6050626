//! Which check is reported, and with which code.

use super::*;

fn violations(all: &[(Field, Rule)]) -> Violations {
    all.iter().map(|(field, rule)| Violation::new(*field, *rule)).collect()
}

/// Returns the status and body for violations.
async fn answer(not_text: &[(&str, &str)], broken: &[(Field, Rule)]) -> (u16, String) {
    let not_text = not_text.iter().map(|(name, code)| ((*name).to_owned(), (*code).to_owned())).collect();
    let response = first_check(&not_text, &violations(broken));
    let status = response.status().as_u16();
    (status, response.into_body().into_string().await.unwrap())
}

const MISMATCH: (Field, Rule) = (Field::PasswordConfirmation, Rule::ConfirmationMismatch);
const COMPLEXITY: (Field, Rule) = (Field::Password, Rule::NeedsSpecial);
const SHORT: (Field, Rule) = (Field::Name, Rule::TooShort { min: 8 });
const ADDRESS: (Field, Rule) = (Field::Email, Rule::Taken);
const NAME: (Field, Rule) = (Field::UserName, Rule::Taken);

#[tokio::test]
async fn only_the_first_failed_check_is_reported() {
    let missing = [("body.name", REQUIRED)];
    for (not_text, broken, status, body) in [
        (
            &missing[..],
            &[MISMATCH, COMPLEXITY, SHORT, ADDRESS, NAME][..],
            422,
            r#"{"errors":{"body.name":"VALIDATION_BODY_REQUIRED"}}"#,
        ),
        (&[], &[MISMATCH, COMPLEXITY, SHORT, ADDRESS, NAME], 400, r#"{"errors":"PASSWORDS_DO_NOT_MATCH"}"#),
        (&[], &[COMPLEXITY, SHORT, ADDRESS, NAME], 400, r#"{"errors":"DOES_NOT_MEET_COMPLEXITY"}"#),
        (&[], &[NAME, ADDRESS, SHORT], 422, r#"{"errors":{"name":"VALIDATION_NAME_TOO_SHORT"}}"#),
        (&[], &[NAME, ADDRESS], 400, r#"{"errors":"EMAIL_ALREADY_REGISTERED"}"#),
        (&[], &[NAME], 400, r#"{"errors":"ACCOUNT_NAME_ALREADY_TAKEN"}"#),
    ] {
        assert_eq!(answer(not_text, broken).await, (status, body.to_owned()), "{broken:?}");
    }
}

#[tokio::test]
async fn fields_are_in_the_documented_order_with_their_first_code() {
    let broken = [
        (Field::Password, Rule::TooLong { max: 40 }),
        (Field::Password, Rule::Common),
        (Field::UserName, Rule::TooShort { min: 6 }),
        (Field::Country, Rule::Unknown),
        (Field::Email, Rule::Malformed),
        SHORT,
    ];
    let expected = r#"{"errors":{"name":"VALIDATION_NAME_TOO_SHORT","email":"VALIDATION_EMAIL_INVALID_EMAIL","account":"VALIDATION_ACCOUNT_TOO_SHORT","password":"VALIDATION_PASSWORD_TOO_LONG","country":"VALIDATION_COUNTRY_UNKNOWN"}}"#;
    assert_eq!(answer(&[], &broken).await, (422, expected.to_owned()));
}

#[tokio::test]
async fn every_rule_of_a_field_has_its_code() {
    for (field, rule, code) in [
        (Field::Name, Rule::TooLong { max: 40 }, "VALIDATION_NAME_TOO_LONG"),
        (Field::Name, Rule::Blank, "VALIDATION_NAME_BLANK"),
        (Field::Name, Rule::ForbiddenCharacter, "VALIDATION_NAME_INVALID_CHARACTER"),
        (Field::Name, Rule::MustBeText, "VALIDATION_NAME_MUST_BE_STRING"),
        (Field::Email, Rule::Required, "VALIDATION_EMAIL_INVALID_EMAIL"),
        (Field::Email, Rule::TooLong { max: 255 }, "VALIDATION_EMAIL_TOO_LONG"),
        (Field::Email, Rule::DomainDenied, "VALIDATION_EMAIL_DOMAIN_DENIED"),
        (Field::Email, Rule::DomainDisposable, "VALIDATION_EMAIL_DOMAIN_DISPOSABLE"),
        (Field::UserName, Rule::ForbiddenCharacter, "VALIDATION_ACCOUNT_INVALID_ACCOUNT"),
        (Field::UserName, Rule::TooLong { max: 32 }, "VALIDATION_ACCOUNT_TOO_LONG"),
        (Field::Password, Rule::Required, "VALIDATION_PASSWORD_TOO_SHORT"),
        (Field::Password, Rule::TooShort { min: 8 }, "VALIDATION_PASSWORD_TOO_SHORT"),
        (Field::Password, Rule::Blank, "VALIDATION_PASSWORD_BLANK"),
        (Field::Password, Rule::Common, "VALIDATION_PASSWORD_TOO_COMMON"),
        (Field::Password, Rule::Repetitive, "VALIDATION_PASSWORD_REPETITIVE"),
        (Field::Password, Rule::Guessable, "VALIDATION_PASSWORD_GUESSABLE"),
        (Field::Password, Rule::ContainsPersonalWord, "VALIDATION_PASSWORD_CONTAINS_PERSONAL_WORD"),
        (Field::DateOfBirth, Rule::Malformed, "VALIDATION_DOB_INVALID_DATE"),
        (Field::DateOfBirth, Rule::OutOfRange, "VALIDATION_DOB_OUT_OF_RANGE"),
        (Field::AvatarId, Rule::MustBeText, "VALIDATION_AVATAR_PHOTO_ID_INVALID_UUID"),
        (Field::Phone, Rule::Blank, "VALIDATION_PHONE_BLANK"),
        (Field::Country, Rule::Malformed, "VALIDATION_COUNTRY_INVALID"),
        (Field::Organization, Rule::Taken, "VALIDATION_ORGANIZATION_ALREADY_TAKEN"),
    ] {
        let body = answer(&[], &[(field, rule)]).await.1;
        assert!(body.ends_with(&format!(":\"{code}\"}}}}")), "{body}");
    }
}

#[tokio::test]
async fn all_rules_about_kinds_of_characters_have_one_code() {
    for rule in [
        Rule::NeedsUppercase,
        Rule::NeedsLowercase,
        Rule::NeedsDigit,
        Rule::NeedsDigitOrSpecial,
        Rule::NeedsSpecial,
        Rule::ContainsSpace,
    ] {
        let told = answer(&[], &[(Field::Password, rule), (Field::Password, Rule::TooShort { min: 8 })]).await;
        assert_eq!(told, (400, r#"{"errors":"DOES_NOT_MEET_COMPLEXITY"}"#.to_owned()), "{rule:?}");
    }
}

#[test]
fn missing_fields_and_wrong_types_have_different_codes() {
    assert_eq!(not_text(("name", &Input::Absent)), Some(("body.name".to_owned(), REQUIRED.to_owned())));
    assert_eq!(not_text(("name", &Input::Mistyped)), Some(("body.name".to_owned(), MUST_BE_STRING.to_owned())));
    assert_eq!(not_text(("name", &Input::Given(String::new()))), None);
}

#[tokio::test]
async fn every_problem_has_a_code() {
    for kind in ProblemKind::ALL {
        let response = render(&Problem::new(kind));
        assert_eq!(response.status().as_u16(), kind.facts().status);
        assert_eq!(response.content_type(), Some("application/json; charset=utf-8"));
        let body: serde_json::Value = serde_json::from_str(&response.into_body().into_string().await.unwrap()).unwrap();
        let code = body["errors"].as_str().unwrap();
        assert!(code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'), "{code}");
    }
    for (kind, code) in [
        (ProblemKind::Unauthenticated, "NOT_AUTHENTICATED"),
        (ProblemKind::WrongCredentials, "INCORRECT_EMAIL_OR_PASSWORD"),
        (ProblemKind::RegistrationClosed, "REGISTRATION_DISABLED"),
        (ProblemKind::RateLimited, "TOO_MANY_REQUESTS"),
        (ProblemKind::Unavailable, "SERVICE_UNAVAILABLE"),
        (ProblemKind::NotFound, "NOT_FOUND"),
        (ProblemKind::ReauthenticationRequired, "REAUTHENTICATION_REQUIRED"),
    ] {
        assert_eq!(code_of_problem(&Problem::new(kind)), (kind.facts().status, code.to_owned()));
    }
    let refused = Problem { refuses_credentials: true, ..Problem::new(ProblemKind::Unauthenticated) };
    assert_eq!(code_of_problem(&refused), (403, "COULD_NOT_VALIDATE_CREDENTIALS".to_owned()));
}
