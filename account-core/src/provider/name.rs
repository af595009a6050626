//! Names of providers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Maximum length of a provider's name.
const MAX_NAME: usize = 40;

/// Name of a provider, as in the configuration: a lower-case letter, then up to 39 lower-case letters, digits and
/// hyphens. Identities are stored under it, so a provider keeps its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProviderName(String);

/// The text is not a valid name of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name is a lower-case letter and up to 39 lower-case letters, digits and hyphens")]
pub struct ProviderNameError;

impl ProviderName {
    /// Parses a name.
    ///
    /// # Errors
    /// [`ProviderNameError`] if it has another form.
    pub fn parse(text: &str) -> Result<Self, ProviderNameError> {
        let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let begins_well = text.starts_with(|c: char| c.is_ascii_lowercase());
        if begins_well && text.len() <= MAX_NAME && text.chars().all(is_allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ProviderNameError)
        }
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProviderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ProviderName {
    type Error = ProviderNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ProviderName> for String {
    fn from(name: ProviderName) -> Self {
        name.0
    }
}

impl FromStr for ProviderName {
    type Err = ProviderNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_lower_case() {
        for text in ["google", "a", "acme-sso", "x509"] {
            assert_eq!(ProviderName::parse(text).map(|name| name.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "Google", "1st", "-a", "a b", "a/b", &"a".repeat(41)] {
            assert_eq!(ProviderName::parse(text), Err(ProviderNameError), "{text}");
        }
    }
}
