//! Sentences on pages for what the core reports.

use std::time::Duration;

use account_core::registration::status::MailProgress;
use account_core::translation::{Arguments, Translator};
use account_core::violation::{Field, Rule, Violation, Violations};

use crate::problem::{TimeUnit, rounded_up};

/// A sentence without variables.
pub(super) fn say(words: &Translator, key: &str) -> String {
    words.text(key, &Arguments::none())
}

/// The sentences about one field of a form.
pub(super) fn about(words: &Translator, violations: &Violations, field: Field) -> Vec<String> {
    let of_field = violations.iter().filter(|violation| violation.field == field);
    of_field.map(|violation| sentence(words, violation)).collect()
}

/// The sentences about fields that the form does not show.
pub(super) fn about_others(words: &Translator, violations: &Violations, shown: &[Field]) -> Vec<String> {
    let others = violations.iter().filter(|violation| !shown.contains(&violation.field));
    others.map(|violation| sentence(words, violation)).collect()
}

/// A broken rule as a sentence.
fn sentence(words: &Translator, Violation { field, rule }: Violation) -> String {
    let arguments = match rule {
        Rule::TooShort { min } => Arguments::none().with("min", min),
        Rule::TooLong { max } => Arguments::none().with("max", max),
        _ => Arguments::none(),
    };
    if let Some(key) = key_of_field(field, rule) {
        return words.text(key, &arguments);
    }
    words.text(key_of_rule(rule), &arguments.with("field", say(words, label(field))))
}

/// The sentence about a rule of that field alone.
const fn key_of_field(field: Field, rule: Rule) -> Option<&'static str> {
    let key = match (field, rule) {
        (Field::Email, Rule::Required) => "violation-email-required",
        (Field::Email | Field::NotificationAddress | Field::AlternateAddress, Rule::Malformed) => {
            "violation-email-malformed"
        }
        (Field::Email, Rule::DomainDenied) => "violation-email-domain-denied",
        (Field::Email, Rule::DomainDisposable) => "violation-email-disposable",
        (Field::Email, Rule::Misspelled) => "violation-email-misspelled",
        (Field::Email, Rule::DomainWithoutMail) => "violation-email-without-mail",
        (Field::TermsAccepted | Field::TermsVersion | Field::PrivacyVersion, Rule::Required) => {
            "violation-consent-required"
        }
        (Field::CurrentPassword, Rule::Required) => "enter-password",
        (Field::Password | Field::NewPassword | Field::CurrentPassword, rule) => return key_of_password(rule),
        (Field::Country, Rule::Malformed | Rule::Unknown) => "violation-country",
        (Field::Language, Rule::Malformed | Rule::Unknown) => "violation-language",
        (Field::TimeZone, Rule::Malformed | Rule::Unknown) => "violation-time-zone",
        _ => return None,
    };
    Some(key)
}

const fn key_of_password(rule: Rule) -> Option<&'static str> {
    let key = match rule {
        Rule::Required => "violation-password-required",
        Rule::TooShort { .. } => "violation-password-too-short",
        Rule::TooLong { .. } => "violation-password-too-long",
        Rule::NeedsUppercase => "violation-password-uppercase",
        Rule::NeedsLowercase => "violation-password-lowercase",
        Rule::NeedsDigit => "violation-password-digit",
        Rule::NeedsDigitOrSpecial => "violation-password-digit-or-special",
        Rule::NeedsSpecial => "violation-password-special",
        Rule::ContainsSpace => "violation-password-space",
        Rule::Blank => "violation-password-blank",
        Rule::Common => "violation-password-common",
        Rule::Repetitive => "violation-password-repetitive",
        Rule::Guessable => "violation-password-guessable",
        Rule::ContainsPersonalWord => "violation-password-personal",
        Rule::UsedBefore => "violation-password-used-before",
        _ => return None,
    };
    Some(key)
}

/// The sentence about a rule of any field.
const fn key_of_rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Required => "violation-required",
        Rule::TooShort { .. } => "violation-too-short",
        Rule::TooLong { .. } => "violation-too-long",
        Rule::Malformed => "violation-malformed",
        Rule::ForbiddenCharacter => "violation-forbidden-character",
        Rule::Unknown => "violation-unknown",
        Rule::Blank => "violation-blank",
        Rule::Taken => "violation-taken",
        Rule::OutOfRange => "violation-out-of-range",
        Rule::CannotBeCleared => "violation-cannot-be-cleared",
        _ => "violation-not-accepted",
    }
}

/// What a field is called in a sentence.
const fn label(field: Field) -> &'static str {
    match field {
        Field::Email => "field-email",
        Field::Password | Field::NewPassword | Field::CurrentPassword => "field-password",
        Field::Name => "field-name",
        Field::GivenName => "field-given-name",
        Field::FamilyName => "field-family-name",
        Field::UserName => "field-username",
        Field::Country => "field-country",
        Field::Language => "field-language",
        Field::TimeZone => "field-time-zone",
        Field::Phone => "field-phone",
        Field::PostalAddress => "field-postal-address",
        Field::Company => "field-company",
        Field::Industry => "field-industry",
        Field::DateOfBirth => "field-date-of-birth",
        Field::Bio => "field-bio",
        Field::AvatarId => "field-avatar",
        Field::NotificationAddress => "field-notification-address",
        Field::AlternateAddress => "field-alternate-address",
        Field::Organization | Field::OrganizationCode => "field-organization",
        _ => "field-other",
    }
}

/// What has become of a registration's newest email.
pub(super) const fn mail(progress: MailProgress) -> &'static str {
    match progress {
        MailProgress::Queued => "waiting-mail-queued",
        MailProgress::HandedOver => "waiting-mail-handed-over",
        MailProgress::Deferred => "waiting-mail-deferred",
        MailProgress::Failed => "waiting-mail-failed",
        MailProgress::Bounced => "waiting-mail-bounced",
    }
}

/// A time to wait, rounded up.
pub(super) fn wait(words: &Translator, time: Duration) -> String {
    let (count, unit) = rounded_up(time);
    let key = match unit {
        TimeUnit::Second => "wait-seconds",
        TimeUnit::Minute => "wait-minutes",
        TimeUnit::Hour => "wait-hours",
    };
    words.text(key, &Arguments::none().with("count", count))
}

/// A browser by what it says of itself: most say they are several, the most particular name goes first.
pub(super) fn browser(words: &Translator, user_agent: &str) -> String {
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
        (Some(browser), Some(system)) => {
            let arguments = Arguments::none().with("browser", browser).with("system", system);
            words.text("profile-session-client", &arguments)
        }
        _ => user_agent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use account_core::translation::Catalog;

    use super::*;

    fn english() -> Translator {
        Catalog::built_in().english()
    }

    #[test]
    fn browsers_have_their_usual_names() {
        for (user_agent, name) in [
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
            assert_eq!(browser(&english(), user_agent), name);
        }
    }

    #[test]
    fn times_to_wait_are_rounded_up_in_every_language() {
        for (language, seconds, text) in
            [("en", 1, "1 second"), ("en", 3_600, "60 minutes"), ("en", 5_401, "2 hours"), ("de", 61, "61 Sekunden")]
        {
            let words = Catalog::built_in().speaking(language).unwrap();
            assert_eq!(wait(&words, Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn every_broken_rule_is_a_sentence() {
        let violations: Violations = [
            Violation::new(Field::Email, Rule::Malformed),
            Violation::new(Field::Password, Rule::TooShort { min: 15 }),
            Violation::new(Field::Password, Rule::Repetitive),
            Violation::new(Field::UserName, Rule::Taken),
            Violation::new(Field::Code, Rule::NotGranted),
        ]
        .into_iter()
        .collect();
        let english = english();
        assert_eq!(
            about(&english, &violations, Field::Email),
            ["Enter a valid email address, such as name@example.com."]
        );
        assert_eq!(
            about(&english, &violations, Field::Password),
            [
                "The password must have at least 15 characters.",
                "The password must not be a repetition or a keyboard pattern."
            ]
        );
        assert_eq!(
            about_others(&english, &violations, &[Field::Email, Field::Password]),
            ["The username is already taken.", "The value is not accepted."]
        );
    }
}
