//! Password policies: named lists of rules, and the engine that applies them.
//!
//! A policy applies when a password is set, never when it is verified. Lengths count code points of the NFKC form.

use super::guessing::{PersonalWords, weakness};
use super::{MAX_CODE_POINTS, Password, blocklist};
use crate::field_limits::Limits;
use crate::violation::Rule;

/// A named list of rules for new passwords.
///
/// [`PasswordPolicy::DEFAULT`] follows current guidance (NIST SP 800-63B-4, OWASP ASVS 5.0 6.2): length in place of
/// composition, and a blocklist. The policies of documented APIs are data for the same engine, and are defined with
/// those APIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each rule is there or not, independent of the others")]
pub struct PasswordPolicy {
    /// Its name, as in configuration and documentation.
    pub name: &'static str,
    /// Minimum length in code points.
    pub min: usize,
    /// Maximum length in code points.
    pub max: usize,
    /// Whether an upper-case letter is required.
    pub uppercase: bool,
    /// Whether a lower-case letter is required.
    pub lowercase: bool,
    /// Whether a digit is required.
    pub digit: bool,
    /// Whether a digit or a special character is required.
    pub digit_or_special: bool,
    /// Special characters, if one of them is required.
    pub special: Option<&'static str>,
    /// Whether white space is refused.
    pub no_spaces: bool,
    /// Which passwords are refused because they are easy to guess.
    pub guessable: Guessable,
    /// Passwords that the documentation of an API shows as valid. They are never refused as easy to guess.
    pub documented: &'static [&'static str],
}

/// How a policy finds passwords that are easy to guess, from the weakest to the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guessable {
    /// Not at all.
    Accepted,
    /// Common passwords and the person's own words are refused if they are the whole password, in any case. For
    /// documented APIs, whose clients expect that other short passwords are accepted.
    RefusedAsWritten,
    /// As well with additions, repeated, with digits in place of letters, and so on: whatever takes few guesses.
    RefusedInAnyForm,
}

impl PasswordPolicy {
    /// Current guidance: 15 to 256 code points, any passphrase that is neither common nor personal.
    pub const DEFAULT: Self = Self {
        name: "default",
        min: 15,
        max: MAX_CODE_POINTS,
        uppercase: false,
        lowercase: false,
        digit: false,
        digit_or_special: false,
        special: None,
        no_spaces: false,
        guessable: Guessable::RefusedInAnyForm,
        documented: &[],
    };
    /// No rule but the maximum length, and no name: the base for the policies of documented APIs.
    pub const PERMISSIVE: Self = Self { name: "", min: 1, guessable: Guessable::Accepted, ..Self::DEFAULT };

    /// Returns the length limits of this policy.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        Limits::code_points(self.min, self.max)
    }

    /// Returns this policy with every rule at least as strict as that of [`PasswordPolicy::DEFAULT`], for passwords of
    /// administrators.
    #[must_use]
    pub fn at_least_default(self) -> Self {
        let default = Self::DEFAULT;
        let min = self.min.max(default.min);
        Self {
            name: self.name,
            min,
            // Of a policy for short passwords only, the maximum gives way.
            max: self.max.min(default.max).max(min),
            uppercase: self.uppercase || default.uppercase,
            lowercase: self.lowercase || default.lowercase,
            digit: self.digit || default.digit,
            digit_or_special: self.digit_or_special || default.digit_or_special,
            special: self.special.or(default.special),
            no_spaces: self.no_spaces || default.no_spaces,
            guessable: self.guessable.max(default.guessable),
            documented: default.documented,
        }
    }

    /// Returns the rules of another policy that make passwords harder to guess and that this one does not have.
    #[must_use]
    pub fn lacks(&self, other: &Self) -> Vec<Rule> {
        // Every rule is named here, so that a new one is one or the other.
        let Self {
            name: _,
            min,
            max: _,
            uppercase,
            lowercase,
            digit,
            digit_or_special,
            special,
            no_spaces: _,
            guessable,
            documented: _,
        } = *other;
        let finds_less = self.guessable < guessable;
        let has_digit_or_special = self.digit_or_special || self.digit || self.special.is_some();
        let lacking = [
            (self.min < min, Rule::TooShort { min }),
            (uppercase && !self.uppercase, Rule::NeedsUppercase),
            (lowercase && !self.lowercase, Rule::NeedsLowercase),
            (digit && !self.digit, Rule::NeedsDigit),
            (digit_or_special && !has_digit_or_special, Rule::NeedsDigitOrSpecial),
            (special.is_some() && self.special.is_none(), Rule::NeedsSpecial),
            (finds_less && self.guessable == Guessable::Accepted, Rule::Common),
            (finds_less, Rule::Repetitive),
            (finds_less, Rule::ContainsPersonalWord),
            (finds_less, Rule::Guessable),
        ];
        lacking.into_iter().filter_map(|(is_lacking, rule)| is_lacking.then_some(rule)).collect()
    }

    /// Returns every rule that the password breaks; none if it is accepted.
    ///
    /// `personal` contains the person's own words (address, name, username) and those of the service.
    #[must_use]
    pub fn violations(&self, password: &Password, personal: &[&str]) -> Vec<Rule> {
        let text = password.expose();
        let length = text.chars().count();
        let has = |test: fn(char) -> bool| text.chars().any(test);
        let broken = [
            (length < self.min, Rule::TooShort { min: self.min }),
            (length > self.max, Rule::TooLong { max: self.max }),
            (text.trim().is_empty(), Rule::Blank),
            (self.uppercase && !has(char::is_uppercase), Rule::NeedsUppercase),
            (self.lowercase && !has(char::is_lowercase), Rule::NeedsLowercase),
            (self.digit && !has(|c| c.is_ascii_digit()), Rule::NeedsDigit),
            (self.digit_or_special && !has(is_digit_or_special), Rule::NeedsDigitOrSpecial),
            (self.special.is_some_and(|set| !text.contains(|c| set.contains(c))), Rule::NeedsSpecial),
            (self.no_spaces && has(char::is_whitespace), Rule::ContainsSpace),
        ];
        let mut broken: Vec<Rule> =
            broken.into_iter().filter_map(|(is_broken, rule)| is_broken.then_some(rule)).collect();
        // Compared as written, a password that has to be changed for another rule is then another one. Documented APIs
        // answer with that rule alone.
        if broken.is_empty() || self.guessable != Guessable::RefusedAsWritten {
            broken.extend(self.why_guessable(text, personal));
        }
        broken
    }

    /// Returns whether the policy never refuses the password as common.
    pub(crate) fn is_documented(&self, password: &Password) -> bool {
        self.documented.contains(&password.expose())
    }

    fn why_guessable(&self, text: &str, personal: &[&str]) -> Option<Rule> {
        // Every short password takes few guesses: that it is too short says enough.
        let is_long = text.chars().count() >= self.min;
        match self.guessable {
            Guessable::Accepted => None,
            _ if self.documented.contains(&text) => None,
            _ if is_long && blocklist::is_common(text) => Some(Rule::Common),
            Guessable::RefusedAsWritten => {
                let text = text.to_lowercase();
                let is_own = personal.iter().any(|word| word.to_lowercase() == text);
                is_own.then_some(Rule::ContainsPersonalWord)
            }
            Guessable::RefusedInAnyForm => weakness(text, &PersonalWords::new(personal))
                .filter(|rule| is_long || *rule == Rule::ContainsPersonalWord),
        }
    }
}

fn is_digit_or_special(c: char) -> bool {
    c.is_numeric() || (!c.is_alphanumeric() && !c.is_whitespace() && !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(policy: PasswordPolicy, text: &str) -> Vec<Rule> {
        policy.violations(&Password::new(text).unwrap(), &["john.doe@acme.com", "John Doe", "Accounts"])
    }

    /// One policy for every rule but the blocklist.
    const STRICT: PasswordPolicy = PasswordPolicy {
        name: "strict",
        min: 8,
        max: 40,
        uppercase: true,
        lowercase: true,
        digit: true,
        special: Some("!@#$%^&*()"),
        no_spaces: true,
        ..PasswordPolicy::PERMISSIVE
    };
    const EITHER: PasswordPolicy =
        PasswordPolicy { name: "either", min: 8, digit_or_special: true, ..PasswordPolicy::PERMISSIVE };

    #[test]
    fn a_policy_lacks_the_rules_that_only_another_has() {
        let (default, permissive) = (PasswordPolicy::DEFAULT, PasswordPolicy::PERMISSIVE);
        let guessable = [Rule::Common, Rule::Repetitive, Rule::ContainsPersonalWord, Rule::Guessable];
        assert_eq!(permissive.lacks(&default), [&[Rule::TooShort { min: 15 }], &guessable[..]].concat());
        let as_written = PasswordPolicy { min: 15, guessable: Guessable::RefusedAsWritten, ..permissive };
        assert_eq!(as_written.lacks(&default), guessable[1..]);
        assert_eq!(default.lacks(&default), []);
        assert_eq!(default.lacks(&permissive), []);
        assert_eq!(
            PasswordPolicy { max: 40, no_spaces: true, ..default }.lacks(&default),
            [],
            "these help nobody guess"
        );
        let composed = [Rule::NeedsUppercase, Rule::NeedsLowercase, Rule::NeedsDigit, Rule::NeedsSpecial];
        assert_eq!(default.lacks(&STRICT), composed);
        assert_eq!(default.lacks(&EITHER), [Rule::NeedsDigitOrSpecial]);
        assert_eq!(STRICT.lacks(&EITHER), []);
    }

    #[test]
    fn a_password_that_follows_every_rule_is_accepted() {
        assert_eq!(broken(STRICT, "Abcdef1!"), []);
        assert_eq!(broken(PasswordPolicy::DEFAULT, "seven purple kites over the harbour"), []);
        assert_eq!(broken(PasswordPolicy::PERMISSIVE, "x"), []);
    }

    #[test]
    fn all_broken_rules_are_reported_at_once() {
        assert_eq!(broken(EITHER, "     "), [Rule::TooShort { min: 8 }, Rule::Blank, Rule::NeedsDigitOrSpecial]);
        assert_eq!(
            broken(STRICT, "a b"),
            [
                Rule::TooShort { min: 8 },
                Rule::NeedsUppercase,
                Rule::NeedsDigit,
                Rule::NeedsSpecial,
                Rule::ContainsSpace
            ]
        );
        assert_eq!(broken(STRICT, "ABCDEF1!"), [Rule::NeedsLowercase]);
    }

    #[test]
    fn no_rule_is_weaker_than_the_default_and_none_gets_weaker() {
        assert_eq!(PasswordPolicy::DEFAULT.at_least_default(), PasswordPolicy::DEFAULT);
        let permissive = PasswordPolicy { name: "default", ..PasswordPolicy::PERMISSIVE };
        assert_eq!(permissive.at_least_default(), PasswordPolicy::DEFAULT);
        let guessable = Guessable::RefusedInAnyForm;
        assert_eq!(STRICT.at_least_default(), PasswordPolicy { min: 15, guessable, ..STRICT });
        assert_eq!(EITHER.at_least_default(), PasswordPolicy { min: 15, guessable, ..EITHER });
        let stricter = PasswordPolicy { min: 20, ..STRICT };
        assert_eq!(stricter.at_least_default(), PasswordPolicy { guessable, ..stricter });
        let short = PasswordPolicy { max: 12, ..STRICT }.at_least_default();
        assert_eq!((short.min, short.max), (15, 15), "some password must pass");
    }

    #[test]
    fn lengths_count_code_points_at_both_borders() {
        for policy in [PasswordPolicy::DEFAULT, STRICT, EITHER, PasswordPolicy::PERMISSIVE] {
            let just = "Aa1!\u{10FFFD}\u{E9}".repeat(50);
            let of = |length: usize| just.chars().take(length).collect::<String>();
            let too_short = Rule::TooShort { min: policy.min };
            assert!(broken(policy, &of(policy.min - 1)).contains(&too_short), "{}", policy.name);
            assert!(!broken(policy, &of(policy.min)).contains(&too_short), "{}", policy.name);
            assert!(!broken(policy, &of(policy.max)).contains(&Rule::TooLong { max: policy.max }), "{}", policy.name);
            if policy.max < MAX_CODE_POINTS {
                assert!(
                    broken(policy, &of(policy.max + 1)).contains(&Rule::TooLong { max: policy.max }),
                    "{}",
                    policy.name
                );
            }
        }
    }

    #[test]
    fn a_special_character_replaces_a_digit_if_either_is_enough() {
        assert_eq!(broken(EITHER, "SDfxxxFC!"), []);
        assert_eq!(broken(EITHER, "SDfxxx FC"), [Rule::NeedsDigitOrSpecial]);
    }

    #[test]
    fn personal_words_are_refused_by_default() {
        for text in ["john.doe@acme.com", "JohnDoe@acme.com", "my john.doe@acme.com", "johndoe-acme-2026!"] {
            assert_eq!(broken(PasswordPolicy::DEFAULT, text), [Rule::ContainsPersonalWord], "{text}");
        }
        assert_eq!(broken(PasswordPolicy::DEFAULT, "john likes seventeen green turtles"), []);
    }

    #[test]
    fn a_documented_api_compares_passwords_as_they_are_written() {
        let policy = PasswordPolicy {
            name: "documented",
            min: 8,
            guessable: Guessable::RefusedAsWritten,
            documented: &["password1"],
            ..PasswordPolicy::PERMISSIVE
        };
        assert_eq!(broken(policy, "password1"), [], "the documents show it as valid");
        for common in ["Password1", "PASSWORD1", "sunshine", "iloveyou2"] {
            assert_eq!(broken(policy, common), [Rule::Common], "{common}");
        }
        for own in ["john.doe@acme.com", "John.Doe@ACME.com", "john doe"] {
            assert_eq!(broken(policy, own), [Rule::ContainsPersonalWord], "{own}");
        }
        for other in ["john.doe@acme.co", "passwordpassword1!", "aaaaaaaaaaaaaab", "johndoe-2026"] {
            assert_eq!(broken(policy, other), [], "{other}");
        }
    }
}
