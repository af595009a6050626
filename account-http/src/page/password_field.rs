//! The field for a new password: what the policy asks for, in words, for password managers and for the script.

use account_core::password::MAX_CODE_POINTS;
use account_core::password::policy::{Guessable, PasswordPolicy};
use account_core::translation::{Arguments, Translator};
use serde::Serialize;

use super::samples;
use super::words::say;

/// What the field for a new password says of its policy.
#[derive(Serialize)]
pub(super) struct PasswordField {
    /// What the policy asks for, in sentences.
    hint: String,
    /// The value of the attribute `passwordrules`, for password managers.
    attribute: String,
    /// The rules that the script can check.
    rules: Vec<LiveRule>,
}

/// A rule that the script can check.
#[derive(Serialize)]
struct LiveRule {
    /// Its name in the script.
    code: &'static str,
    /// A length or a set of characters; empty for most rules.
    value: String,
    text: String,
}

impl PasswordField {
    /// What is said of that policy in that language.
    pub(super) fn new(words: &Translator, policy: &PasswordPolicy) -> Self {
        Self { hint: hint(words, policy), attribute: attribute(policy), rules: live_rules(words, policy) }
    }

    /// Of a page that checks an operator's templates.
    pub(super) fn sample() -> Self {
        let rule = LiveRule { code: "min", value: "15".to_owned(), text: samples::text() };
        Self { hint: samples::text(), attribute: "minlength: 15;".to_owned(), rules: vec![rule] }
    }
}

/// What a policy asks of a password, as a hint below its label.
fn hint(words: &Translator, policy: &PasswordPolicy) -> String {
    let special = policy.special.map(|set| words.text("password-part-special", &Arguments::none().with("set", set)));
    let wanted: Vec<String> = [
        policy.uppercase.then(|| say(words, "password-part-uppercase")),
        policy.lowercase.then(|| say(words, "password-part-lowercase")),
        policy.digit.then(|| say(words, "password-part-digit")),
        policy.digit_or_special.then(|| say(words, "password-part-digit-or-special")),
        special,
    ]
    .into_iter()
    .flatten()
    .collect();
    let has_max = policy.max < MAX_CODE_POINTS;
    let key = match (has_max, wanted.is_empty()) {
        (false, true) => "password-hint-min",
        (true, true) => "password-hint-between",
        (false, false) => "password-hint-with-min",
        (true, false) => "password-hint-with-between",
    };
    let mut arguments = Arguments::none().with("min", policy.min);
    if has_max {
        arguments = arguments.with("max", policy.max);
    }
    if !wanted.is_empty() {
        arguments = arguments.with("list", words.list_and(&wanted));
    }
    let no_spaces = policy.no_spaces.then(|| say(words, "password-hint-no-spaces"));
    let advice = (policy.min >= PasswordPolicy::DEFAULT.min).then(|| say(words, "password-hint-words"));
    let sentences: Vec<String> = [Some(words.text(key, &arguments)), no_spaces, advice].into_iter().flatten().collect();
    sentences.join(" ")
}

/// The rules that a policy has and a browser can check.
fn live_rules(words: &Translator, policy: &PasswordPolicy) -> Vec<LiveRule> {
    let counted = |code, name: &str, key, value: usize| LiveRule {
        code,
        value: value.to_string(),
        text: words.text(key, &Arguments::none().with(name, value)),
    };
    let plain = |code, key| LiveRule { code, value: String::new(), text: say(words, key) };
    [
        Some(counted("min", "min", "password-rule-min", policy.min)),
        (policy.max < MAX_CODE_POINTS).then(|| counted("max", "max", "password-rule-max", policy.max)),
        policy.uppercase.then(|| plain("uppercase", "password-rule-uppercase")),
        policy.lowercase.then(|| plain("lowercase", "password-rule-lowercase")),
        policy.digit.then(|| plain("digit", "password-rule-digit")),
        policy.digit_or_special.then(|| plain("digit_or_special", "password-rule-digit-or-special")),
        policy.special.map(|set| LiveRule {
            code: "special",
            value: set.to_owned(),
            text: words.text("password-rule-special", &Arguments::none().with("set", set)),
        }),
        policy.no_spaces.then(|| plain("no_spaces", "password-rule-no-spaces")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every rule of a policy as a phrase, also those that only the service can check.
pub(super) fn rules(words: &Translator, policy: &PasswordPolicy) -> Vec<String> {
    let mut rules: Vec<String> = live_rules(words, policy).into_iter().map(|rule| rule.text).collect();
    let more: &[&str] = match policy.guessable {
        Guessable::Accepted => &[],
        Guessable::RefusedAsWritten => &["password-rule-common", "password-rule-personal"],
        Guessable::RefusedInAnyForm => &["password-rule-common", "password-rule-guessable", "password-rule-personal"],
    };
    rules.extend(more.iter().map(|key| say(words, key)));
    rules
}

/// The policy for password managers (Apple, "Password Rules"; the WHATWG has an issue for the attribute).
fn attribute(policy: &PasswordPolicy) -> String {
    let mut parts = vec![format!("minlength: {}", policy.min), format!("maxlength: {}", policy.max)];
    let required = [
        policy.uppercase.then_some("upper"),
        policy.lowercase.then_some("lower"),
        policy.digit.then_some("digit"),
        policy.digit_or_special.then_some("digit, special"),
    ];
    parts.extend(required.into_iter().flatten().map(|class| format!("required: {class}")));
    parts.extend(policy.special.map(|set| format!("required: [{}]", class_of(set))));
    parts.join("; ") + ";"
}

/// A set of characters as a class: a hyphen stands first in it, and a bracket last.
fn class_of(set: &str) -> String {
    let mut characters: Vec<char> = set.chars().collect();
    characters.sort_by_key(|c| match c {
        '-' => 0,
        ']' => 2,
        _ => 1,
    });
    characters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use account_core::translation::Catalog;

    use super::*;

    const COMPOSED: PasswordPolicy = PasswordPolicy {
        min: 8,
        uppercase: true,
        lowercase: true,
        digit: true,
        guessable: Guessable::Accepted,
        ..PasswordPolicy::PERMISSIVE
    };

    fn english() -> Translator {
        Catalog::built_in().english()
    }

    #[test]
    fn hints_describe_the_policy() {
        let hint = |policy| hint(&english(), &policy);
        assert_eq!(
            hint(PasswordPolicy::DEFAULT),
            "At least 15 characters. Several unrelated words make a strong password."
        );
        assert_eq!(
            hint(PasswordPolicy { max: 25, no_spaces: true, ..COMPOSED }),
            "At least 8 characters, at most 25, with an uppercase letter, a lowercase letter and a digit. Without spaces."
        );
        let special = PasswordPolicy { special: Some("!@#$%^&*()"), ..COMPOSED };
        assert!(hint(special).ends_with("a digit and one of !@#$%^&*()."));
    }

    #[test]
    fn password_managers_learn_the_rules() {
        let policy = PasswordPolicy { max: 25, special: Some("a]b-c"), digit_or_special: true, ..COMPOSED };
        assert_eq!(
            attribute(&policy),
            "minlength: 8; maxlength: 25; required: upper; required: lower; required: digit; required: digit, special; \
             required: [-abc]];"
        );
    }

    #[test]
    fn every_rule_is_listed_and_the_script_checks_what_it_can() {
        let policy = PasswordPolicy { max: 25, special: Some("!-"), no_spaces: true, ..COMPOSED };
        let codes: Vec<_> =
            live_rules(&english(), &policy).iter().map(|rule| (rule.code, rule.value.clone())).collect();
        let plain = |code| (code, String::new());
        assert_eq!(
            codes,
            [
                ("min", "8".to_owned()),
                ("max", "25".to_owned()),
                plain("uppercase"),
                plain("lowercase"),
                plain("digit"),
                ("special", "!-".to_owned()),
                plain("no_spaces")
            ]
        );
        let rules = rules(&english(), &PasswordPolicy::DEFAULT);
        assert_eq!((rules.len(), rules[0].as_str()), (4, "At least 15 characters"));
    }

    #[test]
    fn the_script_knows_every_rule() {
        let script = include_str!("../../templates/page.js");
        let everything =
            PasswordPolicy { max: 25, special: Some("!"), no_spaces: true, digit_or_special: true, ..COMPOSED };
        for rule in live_rules(&english(), &everything) {
            assert!(script.contains(&format!("    {}: (text", rule.code)), "{}", rule.code);
        }
    }
}
