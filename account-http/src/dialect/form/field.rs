//! The fields of bodies: their lengths, their description and how they are read.

use account_core::field_limits as limits;
use account_core::input::Input;
use account_core::password::policy::{Guessable, PasswordPolicy};

use super::tag::NAME;
use crate::field::text_kinds;

/// The known policy: 8 to 40 characters.
pub(super) const PASSWORD_POLICY: PasswordPolicy = PasswordPolicy {
    name: NAME,
    min: 8,
    max: 40,
    guessable: Guessable::RefusedAsWritten,
    documented: &["yourpassword"],
    ..PasswordPolicy::PERMISSIVE
};
/// The stricter reading of the documents: also upper and lower case, a digit and one of `!@#$%^&*()`.
pub(super) const STRICT_PASSWORD_POLICY: PasswordPolicy = PasswordPolicy {
    name: "form-strict",
    uppercase: true,
    lowercase: true,
    digit: true,
    special: Some("!@#$%^&*()"),
    documented: &["Abcdef1!"],
    ..PASSWORD_POLICY
};

text_kinds! {
    /// A full name.
    FullName(limits::NAME.form) {}
    /// An address.
    Address(limits::EMAIL.form) { format: "email" }
    /// The name of an account.
    AccountName(limits::USER_NAME.form) {}
    /// A new password.
    NewSecret(PASSWORD_POLICY.limits()) { format: "password" }
}

/// Trims and lowercases a text, as the original does with addresses and account names.
pub(super) fn normalized(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The same for a received value.
pub(super) fn normalized_input(input: Input) -> Input {
    input.map(|text| normalized(&text))
}
