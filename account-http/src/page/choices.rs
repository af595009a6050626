//! Lists to choose from: countries, languages and time zones, by their names in the language of the page.

mod zones;

use std::borrow::Cow;

use account_core::reference_data::LocalNames;
use account_core::timestamp::Timestamp;
use account_core::translation::Translator;

/// A value to choose, its name, and the heading that it stands under; empty if it stands under none.
pub(super) type Choice = (Cow<'static, str>, Cow<'static, str>, Cow<'static, str>);

/// A list to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Countries,
    Languages,
    /// By region, with how far their clocks are ahead of UTC.
    TimeZones,
}

impl List {
    /// The choices now, and a value that is none of them: one that is saved, or was typed, stays until another is chosen.
    pub(super) fn choices(self, words: &Translator, value: &str, now: Timestamp) -> Vec<Choice> {
        let names = LocalNames::of(words.tag());
        let choice = |(value, name): (&'static str, &'static str)| (value.into(), name.into(), "".into());
        let mut choices: Vec<Choice> = match self {
            Self::Countries => names.countries().map(choice).collect(),
            Self::Languages => names.languages().map(choice).collect(),
            Self::TimeZones => {
                let zones = zones::listed(words, now).into_iter();
                zones.map(|(zone, name, region)| (zone.into(), name.into(), region.into())).collect()
            }
        };
        if !value.is_empty() && !choices.iter().any(|(known, ..)| known == value) {
            let name = if self == Self::Languages { names.language(value) } else { None };
            choices.insert(0, (value.to_owned().into(), name.unwrap_or_else(|| value.to_owned()).into(), "".into()));
        }
        choices
    }

    /// The name of a value, or the value itself.
    pub(super) fn name(self, words: &Translator, value: &str, now: Timestamp) -> String {
        let found = self.choices(words, value, now).into_iter().find(|(known, ..)| known == value);
        found.map_or_else(String::new, |(_, name, _)| name.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use account_core::translation::Catalog;

    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_micros(1_767_225_600_000_000);

    #[test]
    fn choices_have_the_names_of_the_pages_language() {
        for (tag, list, value, name) in [
            ("de", List::Countries, "DE", "Deutschland"),
            ("fr", List::Countries, "DE", "Allemagne"),
            ("es", List::Languages, "de-CH", "Alem\u{e1}n (Suiza)"),
            ("ar", List::Countries, "DE", "\u{623}\u{644}\u{645}\u{627}\u{646}\u{64a}\u{627}"),
            ("en", List::Languages, "de-LI", "German (Liechtenstein)"),
            ("en", List::TimeZones, "America/New_York", "New York (UTC\u{2212}5)"),
            ("en", List::Countries, "Atlantis", "Atlantis"),
            ("en", List::Countries, "", ""),
        ] {
            let words = Catalog::built_in().speaking(tag).unwrap();
            assert_eq!(list.name(&words, value, NOW), name, "{tag} {value}");
        }
    }

    #[test]
    fn a_value_that_is_no_choice_comes_first_and_once() {
        let words = Catalog::built_in().english();
        let listed = List::Countries.choices(&words, "DE", NOW);
        let unlisted = List::Countries.choices(&words, "Atlantis", NOW);
        assert_eq!((listed.len() + 1, unlisted[0].0.as_ref()), (unlisted.len(), "Atlantis"));
    }
}
