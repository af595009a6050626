//! Broken rules, by the position of their fields in this dialect's bodies.

use account_core::violation::{Field, Violation, Violations};
use poem_openapi::Object;
use serde::Serialize;

/// Paths of the fields of a registration, in the document's order.
const REGISTRATION: &[(Field, &str)] = &[
    (Field::Name, "profile.name"),
    (Field::AlternateAddress, "profile.email"),
    (Field::Country, "profile.addressCountry"),
    (Field::PostalAddress, "profile.address"),
    (Field::TimeZone, "preferences.timeZone"),
    (Field::Language, "preferences.languagePreference"),
    (Field::Email, "initialAuth.identifier.email"),
    (Field::Password, "initialAuth.data.password"),
];
/// Paths of the fields of a sign-in.
const SIGN_IN: &[(Field, &str)] = &[(Field::Email, "email"), (Field::Password, "password")];

/// One broken rule.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "RuleViolation")]
pub(super) struct ViolationBody {
    /// The field, by its path.
    field: String,
    /// Stable name of the rule: `unknown`, `too_short`, `malformed`, ..
    rule: String,
    /// What is wrong, in words.
    message: String,
}

impl ViolationBody {
    fn of(violation: Violation, path: &str) -> Self {
        Self { field: path.to_owned(), rule: violation.rule.code().to_owned(), message: violation.to_string() }
    }

    /// Returns field and rule as a sentence.
    pub(super) fn sentence(&self) -> String {
        format!("{} {}", self.field, self.message)
    }
}

/// Returns the violations of a registration.
pub(super) fn of_registration(violations: &Violations) -> Vec<ViolationBody> {
    by_path(violations, REGISTRATION)
}

/// Returns the violations of a sign-in.
pub(super) fn of_sign_in(violations: &Violations) -> Vec<ViolationBody> {
    by_path(violations, SIGN_IN)
}

fn by_path(violations: &Violations, paths: &'static [(Field, &'static str)]) -> Vec<ViolationBody> {
    // A guard of an embedder always objects to the address.
    let place = |field| paths.iter().position(|(known, _)| *known == field);
    let place_of = |violation: &Violation| place(violation.field).or_else(|| place(Field::Email)).unwrap_or_default();
    let mut violations: Vec<_> = violations.iter().map(|violation| (place_of(&violation), violation)).collect();
    violations.sort_by_key(|(place, _)| *place);
    let bodies = violations.into_iter().map(|(place, violation)| {
        ViolationBody::of(violation, paths.get(place).map_or_else(|| violation.field.name(), |(_, path)| *path))
    });
    bodies.collect()
}
