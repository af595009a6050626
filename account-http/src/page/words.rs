//! Texts on pages for what the core reports.

use account_core::password::policy::PasswordPolicy;
use account_core::registration::status::MailProgress;
use account_core::timestamp::Timestamp;
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
        (Field::Email | Field::NotificationAddress | Field::AlternateAddress, Rule::Malformed) => {
            "Enter a valid email address, such as name@example.com.".to_owned()
        }
        (Field::Email, Rule::DomainDenied) => {
            "Email addresses at this domain are not accepted. Use another one.".to_owned()
        }
        (Field::Email, Rule::DomainDisposable) => {
            "Disposable email addresses are not accepted. Use a permanent one.".to_owned()
        }
        (Field::CurrentPassword, Rule::Required) => "Enter your password.".to_owned(),
        (Field::Password | Field::NewPassword, Rule::Required) => "Choose a password.".to_owned(),
        (Field::Password | Field::NewPassword, Rule::Common) => {
            "This password is too common, or appeared in a data breach. Choose another one.".to_owned()
        }
        _ => format!("The {} {violation}.", label(field)),
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
        policy.uppercase.then_some("an uppercase letter"),
        policy.lowercase.then_some("a lowercase letter"),
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
        hint.push_str(" Several unrelated words make a strong password.");
    }
    hint
}

/// What has become of a registration's newest email.
pub(super) const fn mail(progress: MailProgress) -> &'static str {
    match progress {
        MailProgress::Queued => "The email is on its way.",
        MailProgress::HandedOver => {
            "It can take a few minutes to arrive. If you cannot find it, check your spam folder."
        }
        MailProgress::Deferred => "The email could not be delivered yet. We will keep trying.",
        MailProgress::Failed => "Send it again, or register with another address.",
        MailProgress::Bounced => "Check the address. If it is wrong, register again with the right one.",
    }
}

/// Shown if the password that was asked for again is wrong.
pub(super) const WRONG_PASSWORD: &str = "Incorrect password.";

/// A moment, as people write it.
pub(super) fn moment(moment: Timestamp) -> String {
    let text = moment.to_string();
    in_words(&text).unwrap_or(text)
}

fn in_words(rfc_3339: &str) -> Option<String> {
    let (date, time) = rfc_3339.split_once('T')?;
    let mut date = date.splitn(3, '-');
    let (year, month, day) = (date.next()?, date.next()?.parse::<usize>().ok()?, date.next()?);
    let (month, day) = (MONTHS.get(month.checked_sub(1)?)?, day.trim_start_matches('0'));
    Some(format!("{day} {month} {year}, {} UTC", time.get(..5)?))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A browser by what it says of itself: most say they are several, the most particular name goes first.
pub(super) fn browser(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    let browser = find(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        _ => user_agent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_describe_the_policy() {
        let composed =
            PasswordPolicy { min: 8, uppercase: true, lowercase: true, digit: true, ..PasswordPolicy::PERMISSIVE };
        assert_eq!(
            password_hint(&PasswordPolicy::DEFAULT),
            "At least 15 characters. Several unrelated words make a strong password."
        );
        assert_eq!(
            password_hint(&PasswordPolicy { max: 25, no_spaces: true, ..composed }),
            "At least 8 characters, at most 25, with an uppercase letter, a lowercase letter and a digit, without \
             spaces."
        );
        let special = PasswordPolicy { special: Some("!@#$%^&*()"), ..composed };
        assert!(password_hint(&special).ends_with("a digit and one of !@#$%^&*()."));
    }

    #[test]
    fn times_are_written_for_people() {
        let moment_at = |micros| moment(Timestamp::from_unix_micros(micros));
        assert_eq!(moment_at(1_699_335_116_000_000), "7 November 2023, 05:31 UTC");
        assert_eq!(moment_at(0), "1 January 1970, 00:00 UTC");
        assert_eq!(moment_at(i64::MAX), "9223372036854s");
    }

    #[test]
    fn browsers_have_their_usual_names() {
        for (user_agent, words) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
                "Chrome on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1",
                "Safari on iPhone",
            ),
            ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0", "Firefox on Android"),
            ("curl/8.9", "curl/8.9"),
        ] {
            assert_eq!(browser(user_agent), words);
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
        assert_eq!(about(&violations, Field::Email), ["Enter a valid email address, such as name@example.com."]);
        assert_eq!(
            about(&violations, Field::Password),
            [
                "The password must have at least 15 characters.",
                "The password must not be a repetition or a keyboard pattern."
            ]
        );
        assert_eq!(about_others(&violations, &[Field::Email, Field::Password]), ["The username is already taken."]);
    }
}
