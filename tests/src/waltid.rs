//! The documented registration of the waltid dialect, to the letter.

/// The documented request.
pub const REQUEST: &str = r#"{
  "profile": {
    "name": "Max Mustermann",
    "email": "max.mustermann@example.org",
    "addressCountry": "AT",
    "address": "Liechtensteinstraße 111/115, 1090 Vienna"
  },
  "preferences": {
    "timeZone": "UTC",
    "languagePreference": "EN"
  },
  "initialAuth": {
    "type": "email",
    "identifier": {
      "type": "email",
      "email": "max.mustermann@example.org"
    },
    "data": {
      "type": "email",
      "password": "password123456"
    }
  }
}"#;
/// The documented answer, as it is written; `{id}` is the account's.
pub const ANSWER: &str = r#"{"_id":"{id}","type":"USER","profile":{"name":"Max Mustermann","email":"max.mustermann@example.org","addressCountry":"AT","address":"Liechtensteinstraße 111/115, 1090 Vienna"},"accountPreferences":{"timeZone":"UTC","languagePreference":"EN"},"flags":[],"roles":{}}"#;
/// The documented password.
pub const PASSWORD: &str = "password123456";
/// The address of the documented request.
const EMAIL: &str = "max.mustermann@example.org";

/// The documented request for another address.
#[must_use]
pub fn request(email: &str) -> String {
    REQUEST.replace(EMAIL, email)
}

/// The documented answer for another address.
#[must_use]
pub fn answer(id: &str, email: &str) -> String {
    ANSWER.replace("{id}", id).replace(EMAIL, email)
}
