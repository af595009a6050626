//! Examples of bodies.

use crate::openapi::Example;

/// The documented user as the service answers it: the mailbox is not proven yet.
const REGISTERED: &str = r#"{"name":"Test User","email":"user@example.com","account":"testuser","id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","roles":"user","is_active":true,"is_verified":false,"is_superuser":false,"bio":null,"dob":null,"phone":null,"avatar_photo_id":null,"deleted_at":null,"created_at":"2023-11-07T05:31:56Z","updated_at":"2023-11-07T05:31:56Z"}"#;
/// A user with all that the documents know of one.
const USER: &str = r#"{"name":"Test User","email":"jsmith@example.com","account":"testuser","id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","roles":"user","is_active":true,"is_verified":true,"is_superuser":false,"bio":"A few words","dob":"2023-12-25","phone":"+27831234567","avatar_photo_id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","deleted_at":null,"created_at":"2023-11-07T05:31:56Z","updated_at":"2023-11-07T05:31:56Z"}"#;
/// A pair of tokens.
const TOKENS: &str = r#"{"access_token":"EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ","refresh_token":"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA","token_type":"bearer"}"#;
const TOO_MANY: &str = r#"{"errors":"TOO_MANY_REQUESTS"}"#;
const NOT_AUTHENTICATED: &str = r#"{"errors":"NOT_AUTHENTICATED"}"#;
const REFUSED: &str = r#"{"errors":"COULD_NOT_VALIDATE_CREDENTIALS"}"#;

const fn example(operation: &'static str, place: &'static str, body: &'static str) -> Example {
    Example { operation, place, body }
}

/// The examples of the published documentation, and of what is known beside it.
pub(super) const EXAMPLES: &[Example] = &[
    example(
        "formRegister",
        "request",
        r#"{"name":"Test User","account":"testuser","email":"user@example.com","password":"yourpassword","password_confirm":"yourpassword"}"#,
    ),
    example("formRegister", "201", REGISTERED),
    example("formRegister", "400", r#"{"errors":"PASSWORDS_DO_NOT_MATCH"}"#),
    example("formRegister", "403", r#"{"errors":"REGISTRATION_DISABLED"}"#),
    example(
        "formRegister",
        "422",
        r#"{"errors":{"name":"VALIDATION_NAME_TOO_SHORT","email":"VALIDATION_EMAIL_INVALID_EMAIL","account":"VALIDATION_ACCOUNT_TOO_SHORT","password":"VALIDATION_PASSWORD_TOO_LONG"}}"#,
    ),
    example("formRegister", "429", TOO_MANY),
    example("formLogin", "request", r#"{"email":"user@example.com","password":"yourpassword"}"#),
    example("formLogin", "200", TOKENS),
    example("formLogin", "401", r#"{"errors":"INCORRECT_EMAIL_OR_PASSWORD"}"#),
    example("formLogin", "422", r#"{"errors":{"body.email":"VALIDATION_BODY_REQUIRED"}}"#),
    example("formLogin", "429", TOO_MANY),
    example("formRenewTokens", "request", r#"{"refresh_token":"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA"}"#),
    example("formRenewTokens", "200", TOKENS),
    example("formRenewTokens", "403", REFUSED),
    example("formRenewTokens", "422", r#"{"errors":{"body.refresh_token":"VALIDATION_BODY_REQUIRED"}}"#),
    example("formRenewTokens", "429", TOO_MANY),
    example("formWhoami", "200", USER),
    example("formWhoami", "401", NOT_AUTHENTICATED),
    example("formWhoami", "403", REFUSED),
    example(
        "formUpdateUser",
        "request",
        r#"{"name":"Test User","bio":"A few words","dob":"2023-12-25","phone":"+27831234567","avatar_photo_id":"3c90c3cc-0d44-4b50-8888-8dd25736052a"}"#,
    ),
    example("formUpdateUser", "200", USER),
    example("formUpdateUser", "400", r#"{"errors":"ACCOUNT_NAME_ALREADY_TAKEN"}"#),
    example("formUpdateUser", "401", NOT_AUTHENTICATED),
    example("formUpdateUser", "403", REFUSED),
    example("formUpdateUser", "422", r#"{"errors":{"bio":"VALIDATION_BIO_TOO_LONG"}}"#),
    example("formUpdateUser", "429", TOO_MANY),
    example("formDeleteUser", "202", r#"{"message":"SCHEDULED_FOR_DELETION"}"#),
    example("formDeleteUser", "401", NOT_AUTHENTICATED),
    example("formDeleteUser", "403", r#"{"errors":"REAUTHENTICATION_REQUIRED"}"#),
    example("formDeleteUser", "429", TOO_MANY),
    example("formRecoverUser", "200", USER),
    example("formRecoverUser", "401", NOT_AUTHENTICATED),
    example("formRecoverUser", "403", REFUSED),
];
