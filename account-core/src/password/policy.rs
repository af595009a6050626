//! Password policies: named lists of rules, and the engine that applies them.
//!
//! A policy applies when a password is set, never when it is verified. Every length counts code points of the
//! NFKC form.

use unicode_normalization::UnicodeNormalization;

use super::{MAX_CODE_POINTS, Password, blocklist};
use crate::violation::Rule;

/// Shortest personal or service word that a password is searched for; shorter ones occur by chance.
const MIN_WORD: usize = 4;

/// A named list of rules for choosing a password.
///
/// All five of the documents' policies are data for one engine. Only [`PasswordPolicy::DEFAULT`] follows today's
/// guidance (NIST SP 800-63B-4, OWASP ASVS 5.0 6.2): length instead of composition, and a blocklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each rule is there or not, independent of the others")]
pub struct PasswordPolicy {
    /// Name, as configuration and documentation spell it.
    pub name: &'static str,
    /// Fewest code points.
    pub min: usize,
    /// Most code points.
    pub max: usize,
    /// Whether an upper-case letter is needed.
    pub uppercase: bool,
    /// Whether a lower-case letter is needed.
    pub lowercase: bool,
    /// Whether a digit is needed.
    pub digit: bool,
    /// Whether a digit or a special character is needed.
    pub digit_or_special: bool,
    /// The special characters of which one is needed.
    pub special: Option<&'static str>,
    /// Whether white space is refused.
    pub no_spaces: bool,
    /// Whether common and repetitive passwords, and the person's own words, are refused.
    pub blocklist: bool,
}

impl PasswordPolicy {
    /// Today's guidance: 15 to 256 code points, any passphrase that is neither common nor personal.
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
        blocklist: true,
    };
    /// As documented for `POST /user`: 8 or more, upper and lower case, a digit or special character.
    pub const MIKROCLOUD: Self = Self {
        name: "mikrocloud",
        min: 8,
        uppercase: true,
        lowercase: true,
        digit_or_special: true,
        ..Self::PERMISSIVE
    };
    /// As documented for `POST api/v1/Account/Register`: 8 to 25, upper and lower case, a digit, no spaces.
    pub const RPOST: Self = Self {
        name: "rpost",
        min: 8,
        max: 25,
        uppercase: true,
        lowercase: true,
        digit: true,
        no_spaces: true,
        ..Self::PERMISSIVE
    };
    /// As known of `POST /v1/account/register`: 8 or more, not blank.
    pub const WALTID: Self = Self { name: "waltid", min: 8, ..Self::PERMISSIVE };
    /// As known of `POST /api/v1/auth/register`: 8 to 40.
    pub const FORM: Self = Self { name: "form", min: 8, max: 40, ..Self::PERMISSIVE };
    /// The stricter reading of the same: upper and lower case, a digit, one of `!@#$%^&*()`.
    pub const FORM_STRICT: Self = Self {
        name: "form-strict",
        min: 8,
        max: 40,
        uppercase: true,
        lowercase: true,
        digit: true,
        special: Some("!@#$%^&*()"),
        ..Self::PERMISSIVE
    };

    /// Every policy, for look-up by name and for documentation.
    pub const ALL: [Self; 6] =
        [Self::DEFAULT, Self::MIKROCLOUD, Self::RPOST, Self::WALTID, Self::FORM, Self::FORM_STRICT];

    /// No rule but the cap; the base that the documents' policies add to.
    const PERMISSIVE: Self = Self { name: "", min: 1, blocklist: false, ..Self::DEFAULT };

    /// The policy of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name == name)
    }

    /// Every rule that the password breaks; empty when it may be used.
    ///
    /// `personal` are the person's own words (address, name, user name) and those of the service.
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
            (self.blocklist && blocklist::is_common(text), Rule::Common),
            (self.blocklist && blocklist::is_repetitive(text), Rule::Repetitive),
            (self.blocklist && is_made_of(text, personal), Rule::ContainsPersonalWord),
        ];
        broken.into_iter().filter_map(|(is_broken, rule)| is_broken.then_some(rule)).collect()
    }
}

fn is_digit_or_special(c: char) -> bool {
    c.is_numeric() || (!c.is_alphanumeric() && !c.is_whitespace() && !c.is_control())
}

/// Whether one of the words makes up the better part of the password.
///
/// Containing one's first name is no weakness of a long passphrase; consisting of it is.
fn is_made_of(password: &str, words: &[&str]) -> bool {
    let password = fold(password);
    words.iter().flat_map(|word| pieces(word)).any(|piece| {
        let length = piece.chars().count();
        length >= MIN_WORD && password.contains(&piece) && 2 * length >= password.chars().count()
    })
}

/// A personal word, whole and in its parts: `john.doe@acme.com` also as `john.doe`, `johndoe` and `acme.com`.
fn pieces(word: &str) -> Vec<String> {
    let whole = fold(word);
    let mut all: Vec<String> = whole.split(['@', ' ']).map(str::to_owned).collect();
    all.push(whole.chars().filter(|c| c.is_alphanumeric()).collect());
    all.extend(all.clone().iter().map(|part| part.chars().filter(|c| c.is_alphanumeric()).collect::<String>()));
    all.push(whole);
    all
}

fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(policy: PasswordPolicy, text: &str) -> Vec<Rule> {
        policy.violations(&Password::new(text).unwrap(), &["john.doe@acme.com", "John Doe", "Accounts"])
    }

    #[test]
    fn every_documented_password_passes_its_policy() {
        assert_eq!(broken(PasswordPolicy::MIKROCLOUD, "SDf345FCe"), []);
        assert_eq!(broken(PasswordPolicy::RPOST, "Secret007"), []);
        assert_eq!(broken(PasswordPolicy::WALTID, "password123456"), []);
        assert_eq!(broken(PasswordPolicy::FORM, "yourpassword"), []);
        assert_eq!(broken(PasswordPolicy::FORM_STRICT, "Abcdef1!"), []);
        assert_eq!(broken(PasswordPolicy::DEFAULT, "correct horse battery staple"), []);
    }

    #[test]
    fn all_broken_rules_are_reported_at_once() {
        assert_eq!(
            broken(PasswordPolicy::MIKROCLOUD, "     "),
            [
                Rule::TooShort { min: 8 },
                Rule::Blank,
                Rule::NeedsUppercase,
                Rule::NeedsLowercase,
                Rule::NeedsDigitOrSpecial
            ]
        );
        assert_eq!(
            broken(PasswordPolicy::RPOST, "a b"),
            [Rule::TooShort { min: 8 }, Rule::NeedsUppercase, Rule::NeedsDigit, Rule::ContainsSpace]
        );
        assert_eq!(
            broken(PasswordPolicy::FORM_STRICT, "abcdefgh"),
            [Rule::NeedsUppercase, Rule::NeedsDigit, Rule::NeedsSpecial]
        );
    }

    #[test]
    fn lengths_count_code_points_at_both_borders() {
        for policy in PasswordPolicy::ALL {
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
    fn a_special_character_stands_in_for_a_digit_where_either_will_do() {
        assert_eq!(broken(PasswordPolicy::MIKROCLOUD, "SDfxxxFC!"), []);
        assert_eq!(broken(PasswordPolicy::MIKROCLOUD, "SDfxxx FC"), [Rule::NeedsDigitOrSpecial]);
    }

    #[test]
    fn ones_own_words_are_refused_by_default() {
        for text in ["john.doe@acme.com", "JohnDoe@acme.com", "my john.doe@acme.com", "johndoe12345678"] {
            let rules = broken(PasswordPolicy::DEFAULT, text);
            if text == "johndoe12345678" {
                assert!(!rules.contains(&Rule::ContainsPersonalWord), "less than half of it is the name");
            } else {
                assert!(rules.contains(&Rule::ContainsPersonalWord), "{text}");
            }
        }
        assert_eq!(broken(PasswordPolicy::DEFAULT, "john likes seventeen green turtles"), []);
    }

    #[test]
    fn policies_are_found_by_name() {
        for policy in PasswordPolicy::ALL {
            assert_eq!(PasswordPolicy::by_name(policy.name), Some(policy));
        }
        assert_eq!(PasswordPolicy::by_name("none"), None);
    }
}
