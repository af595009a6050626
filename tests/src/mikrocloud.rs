//! The documented registration of the mikrocloud dialect, to the letter.

/// The documented request.
pub const REQUEST: &str = r#"{
  "name": "John Appleseed",
  "email": "john@acme.com",
  "country": "ZA",
  "password": "SDf345FCe",
  "password_confirmation": "SDf345FCe",
  "newsletter": false,
  "reseller_id": ""
}"#;
/// The documented answer.
pub const ANSWER: &str = r#"{"message":"Registration was successful, please verify your email address"}"#;
