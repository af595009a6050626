//! Settings of dialects: those that all have, and the options that each declares.

use std::collections::BTreeMap;
use std::fmt;

use account_core::password::policy::PasswordPolicy;
use account_core::registration::activation::{Activation, RequiredProof};
use zeroize::Zeroizing;

/// Settings of one dialect.
#[derive(Debug, Clone)]
pub struct DialectSettings {
    /// Whether its routes and its document are served.
    pub is_enabled: bool,
    /// The password policy of its registrations.
    pub password_policy: PasswordPolicy,
    /// When its registrations become accounts.
    pub activation: Activation,
    /// The proof that completes its registrations.
    pub required_proof: RequiredProof,
    /// Whether it tells anyone who registers an address that it already has an account.
    pub discloses_existing: bool,
    /// Its own options with a value, by name.
    pub options: BTreeMap<&'static str, OptionValue>,
}

impl DialectSettings {
    /// Returns whether a flag is on.
    #[must_use]
    pub fn is_on(&self, option: &str) -> bool {
        matches!(self.options.get(option), Some(OptionValue::Flag(true)))
    }

    /// Returns the text of an option, if it has one.
    #[must_use]
    pub fn text(&self, option: &str) -> Option<&str> {
        match self.options.get(option) {
            Some(OptionValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Returns the secret of an option, if it has one.
    #[must_use]
    pub fn secret(&self, option: &str) -> Option<&str> {
        match self.options.get(option) {
            Some(OptionValue::Secret(secret)) => Some(secret),
            _ => None,
        }
    }
}

/// An option that only one dialect has.
#[derive(Debug, Clone, Copy)]
pub struct DialectOption {
    /// Its name in the configuration, below `dialects.<dialect>.`. It may contain a section, as in `superadmin.email`;
    /// then either all options of the section are set, or none.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: OptionKind,
    /// The allowed values, in words: `an email address`.
    pub allowed: &'static str,
    /// What it does.
    pub about: &'static str,
    /// The risk of switching a flag on, shown by `config check` and in the log.
    pub risk: Option<&'static str>,
}

/// The kinds of options.
#[derive(Debug, Clone, Copy)]
pub enum OptionKind {
    /// True or false.
    Flag {
        /// The default value.
        default: bool,
    },
    /// An optional text.
    Text {
        /// Whether a text is allowed.
        is_allowed: fn(&str) -> bool,
    },
    /// An optional secret. It can also be read from the file in `<name>_file`, and is never shown.
    Secret {
        /// Whether a secret is allowed.
        is_allowed: fn(&str) -> bool,
    },
}

/// The value of an option. Its `Debug` output shows no secret.
#[derive(Clone)]
pub enum OptionValue {
    /// True or false.
    Flag(bool),
    /// A text.
    Text(String),
    /// A secret.
    Secret(Zeroizing<String>),
}

impl fmt::Debug for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(value) => write!(f, "Flag({value})"),
            Self::Text(text) => write!(f, "Text({text:?})"),
            Self::Secret(_) => f.write_str("Secret(..)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_has_its_type_and_prints_no_secret() {
        let options = BTreeMap::from([
            ("flag", OptionValue::Flag(true)),
            ("text", OptionValue::Text("words".to_owned())),
            ("secret", OptionValue::Secret(Zeroizing::new("the-secret".to_owned()))),
        ]);
        let settings = DialectSettings {
            is_enabled: true,
            password_policy: PasswordPolicy::DEFAULT,
            activation: Activation::Verified,
            required_proof: RequiredProof::Bound,
            discloses_existing: false,
            options,
        };
        assert!(settings.is_on("flag") && !settings.is_on("text") && !settings.is_on("other"));
        assert_eq!((settings.text("text"), settings.text("secret")), (Some("words"), None));
        assert_eq!((settings.secret("secret"), settings.secret("other")), (Some("the-secret"), None));
        assert!(!format!("{settings:?}").contains("the-secret"));
    }
}
