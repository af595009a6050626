//! Names of people, and usernames.

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::field_limits::{Limits, USER_NAME};
use crate::violation::Rule;

/// A person's name or a part of it: not blank, without control, bidirectional-override or zero-width characters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// Parses a name within the limits of its field. White space around it and directional marks around its words are
    /// removed: keyboards and address books of right-to-left scripts add such marks, and nobody sees them.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn parse(text: &str, limits: Limits) -> Result<Self, Rule> {
        let text = without_marks(text);
        let text = text.trim();
        if text.is_empty() {
            return Err(Rule::Blank);
        }
        limits.check_max(text)?;
        if text.chars().any(is_forbidden_in_names) {
            return Err(Rule::ForbiddenCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Removes directional marks around words: invisible characters that say how text next to them is ordered, alone or
/// around a text (Unicode Standard Annex 9, sections 2.4 and 2.6). Joiners within words, which some scripts need, are kept.
pub(crate) fn without_marks(text: &str) -> Cow<'_, str> {
    if !text.contains(is_directional_mark) {
        return Cow::Borrowed(text);
    }
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        let end = word.trim_end_matches(char::is_whitespace);
        let space = word.get(end.len()..).unwrap_or_default();
        format!("{}{space}", end.trim_matches(is_directional_mark))
    });
    Cow::Owned(words.collect())
}

pub(crate) const fn is_directional_mark(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether this is a control character, or an invisible one that reorders or hides text (Unicode TR 36,
/// sections 2.5 and 3.6).
pub(crate) fn is_forbidden_in_names(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// A username: public, chosen by the person, unique among accounts. Lower-case letters, digits and `. _ -`, never an
/// address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserName(String);

impl UserName {
    /// Parses a username: converts it to NFKC and lower case.
    ///
    /// # Errors
    /// The first rule that the text breaks. An `@` is refused, so that no username can be another person's address.
    pub fn parse(text: &str) -> Result<Self, Rule> {
        // Checked before normalization too, so that a long text costs nothing.
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_directional_mark(c));
        USER_NAME.core.check_max(text)?;
        let name: String = text.nfkc().flat_map(char::to_lowercase).collect();
        USER_NAME.core.check(&name)?;
        if !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-')) {
            return Err(Rule::ForbiddenCharacter);
        }
        Ok(Self(name))
    }

    /// Restores a stored username.
    #[must_use]
    pub const fn from_stored(name: String) -> Self {
        Self(name)
    }

    /// Returns the username.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserName({})", self.0)
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

opaque_debug!(PersonName);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field_limits::NAME;

    #[test]
    fn names_of_many_languages_are_kept_as_given() {
        for name in ["John Appleseed", "Ærøskøbing", "李小龍", "O'Neil-Smith Jr.", "Zoë", "می\u{200C}خواهم", "X"]
        {
            assert_eq!(PersonName::parse(name, NAME.core).unwrap().as_str(), name);
        }
    }

    #[test]
    fn names_hide_and_reorder_nothing() {
        for name in
            ["a\u{200F}b", "a\nb", "a\rb", "a\0b", "a\u{202E}b", "a\u{200B}b", "\u{FEFF}a", "a\u{2066}b", "a\u{85}b"]
        {
            assert_eq!(PersonName::parse(name, NAME.core), Err(Rule::ForbiddenCharacter), "{name:?}");
        }
        assert_eq!(PersonName::parse("  ", NAME.core), Err(Rule::Blank));
    }

    #[test]
    fn directional_marks_and_space_around_words_are_removed() {
        for (given, kept) in [
            ("\u{200F}דוד כהן\u{200F}", "דוד כהן"),
            ("\u{200F}דוד\u{200F} \u{200F}כהן", "דוד כהן"),
            ("\u{2068}محمد\u{2069}", "محمد"),
            ("محمد\u{61C}", "محمد"),
            (" John \u{200E}", "John"),
            ("\u{200E} می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("ක්\u{200D}රිස්ටි", "ක්\u{200D}රිස්ටි"),
        ] {
            assert_eq!(PersonName::parse(given, NAME.core).unwrap().as_str(), kept, "{given:?}");
        }
        assert_eq!(PersonName::parse("\u{200F} \u{200E}", NAME.core), Err(Rule::Blank));
    }

    #[test]
    fn name_lengths_count_code_points() {
        assert!(PersonName::parse(&"ä".repeat(255), NAME.core).is_ok());
        assert_eq!(PersonName::parse(&"ä".repeat(256), NAME.core), Err(Rule::TooLong { max: 255 }));
    }

    #[test]
    fn user_names_are_lowercased_and_never_addresses() {
        assert_eq!(UserName::parse("TestUser").unwrap().as_str(), "testuser");
        assert_eq!(UserName::parse(" test\u{200E} ").unwrap().as_str(), "test");
        assert_eq!(UserName::parse("ＡＢ").unwrap().as_str(), "ab");
        assert_eq!(UserName::parse("a@b.org"), Err(Rule::ForbiddenCharacter));
        assert_eq!(UserName::parse("a b"), Err(Rule::ForbiddenCharacter));
        assert_eq!(UserName::parse("a"), Err(Rule::TooShort { min: 2 }));
        assert_eq!(UserName::parse(&"a".repeat(65)), Err(Rule::TooLong { max: 64 }));
    }
}
