//! The texts of bodies, as the documents describe them.

use account_core::field_limits as limits;
use account_core::password::policy::{Guessable, PasswordPolicy};

use crate::field::text_kinds;

/// As documented: 8 or more, upper and lower case, a digit or a special character.
pub(super) const PASSWORD_POLICY: PasswordPolicy = PasswordPolicy {
    name: "mikrocloud",
    min: 8,
    uppercase: true,
    lowercase: true,
    digit_or_special: true,
    guessable: Guessable::RefusedAsWritten,
    documented: &["SDf345FCe"],
    ..PasswordPolicy::PERMISSIVE
};

text_kinds! {
    /// The user's full name.
    FullName(limits::NAME.mikrocloud) {}
    /// The user's address.
    Address(limits::EMAIL.mikrocloud) { format: "email" }
    /// The user's country.
    CountryCode(limits::COUNTRY.mikrocloud) {}
    /// The user's password.
    Secret(PASSWORD_POLICY.limits()) { format: "password" }
    /// A reseller's id.
    Reseller { pattern: "^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$".to_owned() }
}
