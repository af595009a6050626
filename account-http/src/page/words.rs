//! What the core says, in words for people.

use std::time::Duration;

use account_core::password::policy::PasswordPolicy;
use account_core::registration::status::MailProgress;
use account_core::registration::verify::Gone;
use account_core::violation::{Field, Rule, Violation, Violations};

/// The sentences about one field of a form.
pub(super) fn about(violations: &Violations, field: Field) -> Vec<String> {
    violations.iter().filter(|violation| violation.field == field).map(sentence).collect()
}

/// The sentences about fields that the form does not show.
pub(super) fn about_others(violations: &Violations, shown: &[Field]) -> Vec<String> {
    violations.iter().filter(|violation| !shown.contains(&violation.field)).map(sentence).collect()
}

/// A broken rule as a sentence.
fn sentence(violation: Violation) -> String {
    let Violation { field, rule } = violation;
    match (field, rule) {
        (Field::Email, Rule::Required) => "Enter your email address.".to_owned(),
        (Field::Email, Rule::Malformed) => "Enter an email address such as name@example.com.".to_owned(),
        (Field::Email, Rule::DomainDenied) => "Addresses of this domain may not register here.".to_owned(),
        (Field::Email, Rule::DomainDisposable) => {
            "This is an address of a throw-away mail service. Use one that you will keep.".to_owned()
        }
        (Field::Password | Field::NewPassword, Rule::Required) => "Choose a password.".to_owned(),
        (Field::Password | Field::NewPassword, Rule::Common) => {
            "This is one of the most common passwords, or known from a leak. Choose another one.".to_owned()
        }
        (field, rule) => format!("The {} {rule}.", label(field)),
    }
}

/// What a field is called in a sentence.
fn label(field: Field) -> String {
    match field {
        Field::Email => "email address".to_owned(),
        Field::NewPassword => "password".to_owned(),
        other => other.name().replace('_', " "),
    }
}

/// What a policy asks of a password, as a hint below its field.
pub(super) fn password_hint(policy: &PasswordPolicy) -> String {
    let mut hint = format!("At least {} characters", policy.min);
    if policy.max < account_core::password::MAX_CODE_POINTS {
        hint = format!("{hint}, at most {}", policy.max);
    }
    let special = policy.special.map(|set| format!("one of {set}"));
    let wanted: Vec<&str> = [
        policy.uppercase.then_some("an upper-case letter"),
        policy.lowercase.then_some("a lower-case letter"),
        policy.digit.then_some("a digit"),
        policy.digit_or_special.then_some("a digit or special character"),
        special.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some((last, others)) = wanted.split_last() {
        let list = if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
        hint = format!("{hint}, with {list}");
    }
    if policy.no_spaces {
        hint.push_str(", without spaces");
    }
    hint.push('.');
    if policy.min >= PasswordPolicy::DEFAULT.min {
        hint.push_str(" Several words that nobody would expect together make a good one.");
    }
    hint
}

/// What has become of a registration's newest mail.
pub(super) const fn mail(progress: MailProgress) -> &'static str {
    match progress {
        MailProgress::Queued => "The mail is about to be sent.",
        MailProgress::HandedOver => {
            "The mail has been sent. It can take a few minutes; if you cannot see it, look among the spam."
        }
        MailProgress::Deferred => "The mail could not be delivered yet. It is tried again by itself.",
        MailProgress::Bounced => {
            "The mail could not be delivered. Check the address; if it is mistyped, register again with the right one."
        }
    }
}

/// What has become of a link or code that is of no use any more: heading and explanation.
pub(super) const fn gone(gone: Gone) -> (&'static str, &'static str) {
    match gone {
        Gone::Expired => ("This mail has expired", "Ask for another mail below and use the link in it."),
        Gone::Used => {
            ("Already confirmed", "This mail was used already, and its address is confirmed. You can sign in.")
        }
        Gone::Superseded => (
            "A newer mail was sent",
            "Use the link in the newest mail. If you cannot find it, ask for another one below.",
        ),
        Gone::AlreadyRegistered => (
            "This address has an account already",
            "Sign in. If you do not know the password, you can ask for a new one.",
        ),
    }
}

/// A time to wait, rounded up.
pub(super) fn wait(time: Duration) -> String {
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    let (count, unit) = match seconds {
        0..=90 => (seconds.max(1), "second"),
        91..=5_400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3_600), "hour"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_say_what_the_policy_asks() {
        assert_eq!(
            password_hint(&PasswordPolicy::DEFAULT),
            "At least 15 characters. Several words that nobody would expect together make a good one."
        );
        assert_eq!(
            password_hint(&PasswordPolicy::RPOST),
            "At least 8 characters, at most 25, with an upper-case letter, a lower-case letter and a digit, without \
             spaces."
        );
        assert!(password_hint(&PasswordPolicy::FORM_STRICT).ends_with("a digit and one of !@#$%^&*()."));
    }

    #[test]
    fn times_to_wait_are_rounded_up() {
        for (millis, words) in [
            (0, "1 second"),
            (1_001, "2 seconds"),
            (60_000, "60 seconds"),
            (91_000, "2 minutes"),
            (3_600_000, "60 minutes"),
            (5_401_000, "2 hours"),
            (86_400_000, "24 hours"),
        ] {
            assert_eq!(wait(Duration::from_millis(millis)), words);
        }
    }

    #[test]
    fn every_broken_rule_is_a_sentence() {
        let violations: Violations = [
            Violation::new(Field::Email, Rule::Malformed),
            Violation::new(Field::Password, Rule::TooShort { min: 15 }),
            Violation::new(Field::Password, Rule::Repetitive),
            Violation::new(Field::UserName, Rule::Taken),
        ]
        .into_iter()
        .collect();
        assert_eq!(about(&violations, Field::Email), ["Enter an email address such as name@example.com."]);
        assert_eq!(
            about(&violations, Field::Password),
            ["The password must have at least 15 characters.", "The password repeats itself or follows the keyboard."]
        );
        assert_eq!(about_others(&violations, &[Field::Email, Field::Password]), ["The username is taken."]);
    }
}
