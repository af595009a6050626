//! The fields of bodies: how long they are, and how they are described and read.

use account_core::field_limits as limits;
use account_core::input::Input;
use account_core::password::policy::PasswordPolicy;

use super::tag::NAME;
use crate::field::text_kinds;

/// As known: 8 to 40.
pub(super) const PASSWORD_POLICY: PasswordPolicy =
    PasswordPolicy { name: NAME, min: 8, max: 40, ..PasswordPolicy::PERMISSIVE };
/// The stricter reading of the same: upper and lower case, a digit, one of `!@#$%^&*()`.
pub(super) const STRICT_PASSWORD_POLICY: PasswordPolicy = PasswordPolicy {
    name: "form-strict",
    uppercase: true,
    lowercase: true,
    digit: true,
    special: Some("!@#$%^&*()"),
    ..PASSWORD_POLICY
};

text_kinds! {
    /// A full name.
    FullName(limits::NAME.form) {}
    /// An address.
    Address(limits::EMAIL.form) { format: "email" }
    /// The name of an account.
    AccountName(limits::USER_NAME.form) {}
    /// A password that is chosen.
    NewSecret(PASSWORD_POLICY.limits()) { format: "password" }
}

/// A text as the original keeps addresses and account names: without white space around it, in lower case.
pub(super) fn normalized(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The same of what was received.
pub(super) fn normalized_input(input: Input) -> Input {
    input.map(|text| normalized(&text))
}
