//! Examples of bodies.

use crate::openapi::Example;

/// The examples of the published documentation.
pub(super) const EXAMPLES: &[Example] = &[
    Example {
        operation: "registerUser",
        place: "request",
        body: r#"{"name":"John Appleseed","email":"john@acme.com","country":"ZA","password":"SDf345FCe","password_confirmation":"SDf345FCe","newsletter":false,"reseller_id":""}"#,
    },
    Example {
        operation: "registerUser",
        place: "201",
        body: r#"{"message":"Registration was successful, please verify your email address"}"#,
    },
    Example {
        operation: "registerUser",
        place: "422",
        body: r#"{"message":"The name field is required. (and 1 more error)","errors":{"name":["The name field is required."],"email":["The email field must be a valid email address."]}}"#,
    },
    Example { operation: "registerUser", place: "429", body: r#"{"message":"Too Many Attempts."}"# },
    Example { operation: "sendUserVerificationMail", place: "request", body: r#"{"email":"john@acme.com"}"# },
    Example {
        operation: "sendUserVerificationMail",
        place: "202",
        body: r#"{"message":"If a registration is pending, another verification email is on its way."}"#,
    },
    Example {
        operation: "sendUserVerificationMail",
        place: "422",
        body: r#"{"message":"The email field must be a valid email address.","errors":{"email":["The email field must be a valid email address."]}}"#,
    },
    Example { operation: "sendUserVerificationMail", place: "429", body: r#"{"message":"Too Many Attempts."}"# },
];
