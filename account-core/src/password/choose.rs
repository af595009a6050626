//! Choosing a password: checking it against a policy and the person's own words.

use super::policy::PasswordPolicy;
use super::{MAX_CODE_POINTS, Password};
use crate::email_address::EmailAddress;
use crate::input::Input;
use crate::name::UserName;
use crate::profile::Profile;
use crate::violation::{Field, Rule, Violations};

/// Parses a password that replaces another one, and collects every broken rule.
pub(crate) fn read_new_password(
    text: Input,
    policy: PasswordPolicy,
    personal: &[&str],
) -> (Option<Password>, Violations) {
    let mut violations = Violations::default();
    let password = check_password(Field::NewPassword, text, policy, personal, &mut violations);
    (password, violations)
}

/// Returns the words that a password must not consist of.
pub(crate) fn personal_words<'a>(
    address: Option<&'a EmailAddress>,
    profile: &'a Profile,
    user_name: Option<&'a UserName>,
    service_words: &'a [String],
) -> Vec<&'a str> {
    let names = [&profile.name, &profile.given_name, &profile.family_name];
    address
        .map(EmailAddress::as_str)
        .into_iter()
        .chain(names.into_iter().filter_map(Option::as_deref))
        .chain(user_name.map(UserName::as_str))
        .chain(service_words.iter().map(String::as_str))
        .collect()
}

/// Parses a password and collects every broken rule.
pub(crate) fn check_password(
    field: Field,
    text: Input,
    policy: PasswordPolicy,
    personal: &[&str],
    violations: &mut Violations,
) -> Option<Password> {
    match text {
        Input::Absent => violations.push(field, Rule::Required),
        Input::Mistyped => violations.push(field, Rule::MustBeText),
        Input::Given(text) if text.is_empty() => violations.push(field, Rule::Required),
        Input::Given(text) => match Password::new(&text) {
            Ok(password) => {
                for rule in policy.violations(&password, personal) {
                    violations.push(field, rule);
                }
                return Some(password);
            }
            Err(_) => violations.push(field, Rule::TooLong { max: policy.max.min(MAX_CODE_POINTS) }),
        },
    }
    None
}
