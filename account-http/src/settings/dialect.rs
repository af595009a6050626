//! Settings of the dialects: what all have, and what each declares for itself.

use std::collections::BTreeMap;
use std::fmt;

use account_core::password::policy::PasswordPolicy;
use account_core::registration::activation::{Activation, RequiredProof};
use zeroize::Zeroizing;

/// Settings of one dialect.
#[derive(Debug, Clone)]
pub struct DialectSettings {
    /// Whether its routes and its document are there.
    pub is_enabled: bool,
    /// The password policy of its registrations.
    pub password_policy: PasswordPolicy,
    /// When a registration by it becomes an account.
    pub activation: Activation,
    /// What completes a registration by it.
    pub required_proof: RequiredProof,
    /// Whether it tells who registers that the address has an account.
    pub discloses_existing: bool,
    /// Its own options, by name; those without a value are not among them.
    pub options: BTreeMap<&'static str, OptionValue>,
}

impl DialectSettings {
    /// Whether an option is switched on.
    #[must_use]
    pub fn is_on(&self, option: &str) -> bool {
        matches!(self.options.get(option), Some(OptionValue::Flag(true)))
    }

    /// An option's text, if it has one.
    #[must_use]
    pub fn text(&self, option: &str) -> Option<&str> {
        match self.options.get(option) {
            Some(OptionValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// An option's secret, if it has one.
    #[must_use]
    pub fn secret(&self, option: &str) -> Option<&str> {
        match self.options.get(option) {
            Some(OptionValue::Secret(secret)) => Some(secret),
            _ => None,
        }
    }
}

/// An option that one dialect has beside those of all.
#[derive(Debug, Clone, Copy)]
pub struct DialectOption {
    /// Name of the endpoint in the configuration, below `dialects.<dialect>.`; it may have a section: `superadmin.email`. Options of
    /// one section are given all, or none.
    pub name: &'static str,
    /// What it holds.
    pub kind: OptionKind,
    /// What may be written, for people: `an email address`.
    pub allowed: &'static str,
    /// What it does.
    pub about: &'static str,
    /// What can happen when a flag is on; `config check` and the log say it.
    pub risk: Option<&'static str>,
}

/// What an option holds.
#[derive(Debug, Clone, Copy)]
pub enum OptionKind {
    /// True or false.
    Flag {
        /// What holds when it is not given.
        default: bool,
    },
    /// A text, or nothing.
    Text {
        /// Whether a text may be written there.
        is_allowed: fn(&str) -> bool,
    },
    /// A secret, or nothing: it can also be read from the file that `<name>_file` names, and is not shown.
    Secret {
        /// Whether a secret may be written there.
        is_allowed: fn(&str) -> bool,
    },
}

/// The value of an option. It prints no secret.
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
    fn an_option_is_read_as_what_it_is_and_prints_no_secret() {
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
