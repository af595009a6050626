//! Lists to choose from: countries, languages and time zones, by their names in the language of the page.

use std::borrow::Cow;

use account_core::reference_data::{LocalNames, time_zones};
use account_core::translation::Translator;

/// A value to choose, and its name.
pub(super) type Choice = (Cow<'static, str>, Cow<'static, str>);

/// A list to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Countries,
    Languages,
    TimeZones,
}

impl List {
    /// The choices, and a value that is none of them: one that is saved, or was typed, stays until another is chosen.
    pub(super) fn choices(self, words: &Translator, value: &str) -> Vec<Choice> {
        let names = LocalNames::of(words.tag());
        let choice = |(value, name): (&'static str, &'static str)| (value.into(), name.into());
        let mut choices: Vec<Choice> = match self {
            Self::Countries => names.countries().map(choice).collect(),
            Self::Languages => names.languages().map(choice).collect(),
            Self::TimeZones => time_zones().map(|zone| (zone.into(), zone.replace('_', " ").into())).collect(),
        };
        if !value.is_empty() && !choices.iter().any(|(known, _)| known == value) {
            let name = if self == Self::Languages { names.language(value) } else { None };
            choices.insert(0, (value.to_owned().into(), name.unwrap_or_else(|| value.to_owned()).into()));
        }
        choices
    }

    /// The name of a value, or the value itself.
    pub(super) fn name(self, words: &Translator, value: &str) -> String {
        let found = self.choices(words, value).into_iter().find(|(known, _)| known == value);
        found.map_or_else(String::new, |(_, name)| name.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use account_core::translation::Catalog;

    use super::*;

    #[test]
    fn choices_have_the_names_of_the_pages_language() {
        for (tag, list, value, name) in [
            ("de", List::Countries, "DE", "Deutschland"),
            ("fr", List::Countries, "DE", "Allemagne"),
            ("es", List::Languages, "de-CH", "Alemán (Suiza)"),
            ("ar", List::Countries, "DE", "ألمانيا"),
            ("en", List::Languages, "de-LI", "German (Liechtenstein)"),
            ("en", List::TimeZones, "America/New_York", "America/New York"),
            ("en", List::Countries, "Atlantis", "Atlantis"),
            ("en", List::Countries, "", ""),
        ] {
            let words = Catalog::built_in().speaking(tag).unwrap();
            assert_eq!(list.name(&words, value), name, "{tag} {value}");
        }
    }

    #[test]
    fn a_value_that_is_no_choice_comes_first_and_once() {
        let words = Catalog::built_in().english();
        let listed = List::Countries.choices(&words, "DE");
        let unlisted = List::Countries.choices(&words, "Atlantis");
        assert_eq!((listed.len() + 1, unlisted[0].0.as_ref()), (unlisted.len(), "Atlantis"));
    }
}
