//! The codes of checks, fields and problems.

use account_core::violation::{Field, Rule, Violation, Violations};
use serde::{Serialize, Serializer};

use crate::problem::{Problem, ProblemKind};

/// A code that stands for a whole answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Code {
    /// The status that the code comes with.
    pub(super) status: u16,
    /// The code.
    pub(super) name: &'static str,
    /// What it means, for the documents.
    pub(super) meaning: &'static str,
}

const fn code(status: u16, name: &'static str, meaning: &'static str) -> Code {
    Code { status, name, meaning }
}

pub(in super::super) const PASSWORDS_DO_NOT_MATCH: Code =
    code(400, "PASSWORDS_DO_NOT_MATCH", "The password and its confirmation differ");
pub(in super::super) const DOES_NOT_MEET_COMPLEXITY: Code =
    code(400, "DOES_NOT_MEET_COMPLEXITY", "The password lacks a kind of character that its policy requires");
pub(in super::super) const EMAIL_ALREADY_REGISTERED: Code = code(
    400,
    "EMAIL_ALREADY_REGISTERED",
    "The address already has an account; only if the service is configured to disclose this",
);
pub(in super::super) const ACCOUNT_NAME_ALREADY_TAKEN: Code =
    code(400, "ACCOUNT_NAME_ALREADY_TAKEN", "Another account has this name");
pub(in super::super) const COULD_NOT_VALIDATE_CREDENTIALS: Code =
    code(403, "COULD_NOT_VALIDATE_CREDENTIALS", "The token is invalid, expired or revoked");
/// The request has no credentials, but needs some.
const NOT_AUTHENTICATED: &str = "NOT_AUTHENTICATED";

/// A field of the body is missing.
pub(super) const REQUIRED: &str = "VALIDATION_BODY_REQUIRED";
/// A field of the body is not a string.
pub(super) const MUST_BE_STRING: &str = "VALIDATION_BODY_MUST_BE_STRING";

/// The order in which fields are reported; all others follow.
const ORDER: [&str; 8] = ["name", "email", "account", "password", "bio", "dob", "phone", "avatar_photo_id"];

/// One code per field, in the order in which fields are reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct FieldCodes(Vec<(String, String)>);

impl FieldCodes {
    /// Collects the first code of every field that breaks rules. Taken values are left out: they have a check of their
    /// own.
    pub(super) fn of(violations: &Violations) -> Self {
        let reported = violations.iter().filter(|violation| !is_told_apart(*violation));
        let mut codes = Vec::<(String, String)>::new();
        for violation in reported {
            let key = key_of(violation.field);
            if !codes.iter().any(|(known, _)| known == key) {
                codes.push((key.to_owned(), validation_code(key, violation)));
            }
        }
        codes.sort_by_key(|(key, _)| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
        Self(codes)
    }

    /// Collects the fields of a body that are missing or not strings; an empty one counts as missing.
    pub(in super::super) fn of_body(violations: &Violations) -> Self {
        let code = |rule| if rule == Rule::MustBeText { MUST_BE_STRING } else { REQUIRED };
        let codes = violations.iter().map(|it| (format!("body.{}", key_of(it.field)), code(it.rule).to_owned()));
        codes.collect()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, String)> for FieldCodes {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(codes: I) -> Self {
        Self(codes.into_iter().collect())
    }
}

impl Serialize for FieldCodes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, code)| (key, code)))
    }
}

/// Returns whether a taken value has its own code.
fn is_told_apart(violation: Violation) -> bool {
    violation.rule == Rule::Taken && matches!(violation.field, Field::Email | Field::UserName)
}

/// Returns whether the rule is about the kinds of characters in a password.
pub(super) const fn is_about_complexity(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::NeedsUppercase
            | Rule::NeedsLowercase
            | Rule::NeedsDigit
            | Rule::NeedsDigitOrSpecial
            | Rule::NeedsSpecial
            | Rule::ContainsSpace
    )
}

/// Returns the dialect's name of a field.
const fn key_of(field: Field) -> &'static str {
    match field {
        Field::UserName => "account",
        Field::PasswordConfirmation => "password",
        Field::DateOfBirth => "dob",
        Field::AvatarId => "avatar_photo_id",
        other => other.name(),
    }
}

/// Returns the code of a broken rule: `VALIDATION_<FIELD>_<RULE>`.
fn validation_code(key: &str, violation: Violation) -> String {
    let rule = match (violation.field, violation.rule) {
        // An empty text was sent, so it is invalid rather than missing.
        (Field::Email, Rule::Required | Rule::Malformed) => "INVALID_EMAIL",
        (Field::UserName, Rule::Malformed | Rule::ForbiddenCharacter) => "INVALID_ACCOUNT",
        (Field::DateOfBirth, Rule::Malformed) => "INVALID_DATE",
        (Field::AvatarId, Rule::Malformed | Rule::MustBeText) => "INVALID_UUID",
        // An empty text was sent, so it is too short rather than missing.
        (_, Rule::Required) => "TOO_SHORT",
        (_, Rule::MustBeText) => "MUST_BE_STRING",
        (_, Rule::Malformed) => "INVALID",
        (_, Rule::ForbiddenCharacter) => "INVALID_CHARACTER",
        (_, Rule::Common) => "TOO_COMMON",
        (_, Rule::Taken) => "ALREADY_TAKEN",
        (_, other) => other.code(),
    };
    format!("VALIDATION_{key}_{rule}").to_ascii_uppercase()
}

/// Returns the status and the code of a problem.
pub(super) fn code_of_problem(problem: &Problem) -> (u16, String) {
    if problem.refuses_credentials {
        let Code { status, name, .. } = COULD_NOT_VALIDATE_CREDENTIALS;
        return (status, name.to_owned());
    }
    (problem.kind.facts().status, code_of_kind(problem.kind))
}

/// Returns the code of a kind of problem. Invalid credentials have a different one.
pub(super) fn code_of_kind(kind: ProblemKind) -> String {
    match kind {
        ProblemKind::Unauthenticated => NOT_AUTHENTICATED.to_owned(),
        ProblemKind::WrongCredentials => "INCORRECT_EMAIL_OR_PASSWORD".to_owned(),
        ProblemKind::RegistrationClosed => "REGISTRATION_DISABLED".to_owned(),
        ProblemKind::RateLimited => "TOO_MANY_REQUESTS".to_owned(),
        ProblemKind::Internal => "INTERNAL_SERVER_ERROR".to_owned(),
        ProblemKind::Overloaded | ProblemKind::Unavailable => "SERVICE_UNAVAILABLE".to_owned(),
        other => other.facts().code.to_ascii_uppercase(),
    }
}
