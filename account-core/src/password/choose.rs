//! Choosing a password: checking it against a policy and the person's own words.

use super::policy::PasswordPolicy;
use super::{MAX_CODE_POINTS, Password};
use crate::email_address::EmailAddress;
use crate::input::{Input, Reader};
use crate::name::UserName;
use crate::profile::Profile;
use crate::violation::{Field, Rule, Violations};

/// Returns the words of a person that a password must not consist of.
pub(crate) fn personal_words<'a>(
    address: Option<&'a EmailAddress>,
    profile: &'a Profile,
    user_name: Option<&'a UserName>,
) -> Vec<&'a str> {
    let names = [&profile.name, &profile.given_name, &profile.family_name];
    address
        .map(EmailAddress::as_str)
        .into_iter()
        .chain(names.into_iter().filter_map(Option::as_deref))
        .chain(user_name.map(UserName::as_str))
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
    // A reader without the channel's length limits: the policy has its own.
    let mut reader = Reader::default();
    let max = policy.max.min(MAX_CODE_POINTS);
    let password = reader.required(field, text, |text| Password::new(text).map_err(|_| Rule::TooLong { max }));
    violations.extend(reader.violations);
    for rule in password.iter().flat_map(|password| policy.violations(password, personal)) {
        violations.push(field, rule);
    }
    password
}
