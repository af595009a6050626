//! Choosing a password: checking it against a policy and the person's own words.

use super::policy::PasswordPolicy;
use super::{MAX_CODE_POINTS, PassedPolicy, Password, PasswordHash};
use crate::email_address::EmailAddress;
use crate::input::{Input, Reader};
use crate::name::UserName;
use crate::ports::{HashingError, HashingSlot};
use crate::profile::Profile;
use crate::violation::{Field, Rule, Violations};

/// A password that somebody chooses, and the policy that it passes, whatever policy it had to pass.
#[derive(Clone)]
pub(crate) struct ChosenPassword {
    pub(crate) password: Password,
    pub(crate) passed: PassedPolicy,
}

impl ChosenPassword {
    /// Hashes the password. The hash remembers the policy.
    pub(crate) async fn hash(self, slot: Box<dyn HashingSlot>, salt: [u8; 16]) -> Result<PasswordHash, HashingError> {
        Ok(slot.hash(self.password, salt).await?.with_passed(Some(self.passed)))
    }
}

/// Returns the words of a person that a password must not consist of.
pub(crate) fn personal_words<'a>(
    address: Option<&'a EmailAddress>,
    profile: &'a Profile,
    user_name: Option<&'a UserName>,
) -> Vec<&'a str> {
    let names = [&profile.name, &profile.given_name, &profile.family_name, &profile.company];
    address
        .map(EmailAddress::as_str)
        .into_iter()
        .chain(names.into_iter().filter_map(Option::as_deref))
        .chain(user_name.map(UserName::as_str))
        .collect()
}

/// Parses a password, collects every rule of the policy that it breaks, and compares it with the default policy.
pub(crate) fn check_password(
    field: Field,
    text: Input,
    policy: PasswordPolicy,
    personal: &[&str],
    violations: &mut Violations,
) -> Option<ChosenPassword> {
    // A reader without the channel's length limits: the policy has its own.
    let mut reader = Reader::default();
    let max = policy.max.min(MAX_CODE_POINTS);
    let password = reader.required(field, text, |text| Password::new(text).map_err(|_| Rule::TooLong { max }));
    violations.extend(reader.violations);
    let password = password?;
    let broken = policy.violations(&password, personal);
    let is_default = if policy == PasswordPolicy::DEFAULT {
        broken.is_empty()
    } else {
        PasswordPolicy::DEFAULT.violations(&password, personal).is_empty()
    };
    for rule in broken {
        violations.push(field, rule);
    }
    let passed = if is_default { PassedPolicy::Default } else { PassedPolicy::Weaker };
    Some(ChosenPassword { password, passed })
}
