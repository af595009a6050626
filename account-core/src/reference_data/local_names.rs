//! What countries and languages are called in a language, for lists to choose from.

use super::rows::rows;

/// Every language's tag and table: what countries are called, then languages, each in the order of the language's
/// dictionaries.
macro_rules! tables {
    ($($tag:literal)+) => { [$(($tag, include_str!(concat!("names/", $tag, ".txt")))),+] };
}

const TABLES: [(&str, &str); 41] = tables![
    "ar" "bg" "ca" "cs" "da" "de" "el" "en" "es" "et" "fa" "fi" "fr" "ga" "he" "hi" "hr" "hu" "id" "it" "ja" "ko" "lt"
    "lv" "mt" "nb" "nl" "pl" "pt" "pt-PT" "ro" "ru" "sk" "sl" "sv" "th" "tr" "uk" "vi" "zh" "zh-Hant"
];

/// The language of names where there is no other.
const ENGLISH: &str = "en";

/// The names of countries and languages in one language, as in Unicode's CLDR.
#[derive(Debug, Clone, Copy)]
pub struct LocalNames {
    table: &'static str,
}

impl LocalNames {
    /// Returns the names in the language with this BCP 47 tag, or in the one that it is a variety of; in English if there
    /// are none.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let find = |wanted: &str| TABLES.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
        let mut wanted = tag;
        loop {
            if let Some((_, table)) = find(wanted) {
                return Self { table };
            }
            let Some((shorter, _)) = wanted.rsplit_once('-') else { break };
            wanted = shorter;
        }
        Self { table: find(ENGLISH).map_or("", |(_, table)| table) }
    }

    /// Returns the codes and names of all [countries](super::countries()), in the order of the names.
    pub fn countries(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        rows(self.table).filter(|(key, _)| is_country(key))
    }

    /// Returns the tags and names of the [languages to choose from](super::common_languages()), in the order of the names.
    pub fn languages(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        rows(self.table).filter(|(key, _)| !is_country(key))
    }

    /// Returns the name of the country with this code.
    #[must_use]
    pub fn country(self, code: &str) -> Option<&'static str> {
        self.countries().find(|(known, _)| *known == code).map(|(_, name)| name)
    }

    /// Returns the name of the language with this tag, in its canonical spelling, also of one that is not listed:
    /// `German (Liechtenstein)`.
    #[must_use]
    pub fn language(self, tag: &str) -> Option<String> {
        let find = |wanted: &str| self.languages().find(|(known, _)| *known == wanted).map(|(_, name)| name.to_owned());
        find(tag).or_else(|| {
            let (language, region) = tag.rsplit_once('-')?;
            let (language, region) = (find(language)?, self.country(region)?);
            Some(match language.strip_suffix(')') {
                Some(with_script) => format!("{with_script}, {region})"),
                None => format!("{language} ({region})"),
            })
        })
    }
}

/// Countries have two capital letters, and no language has.
fn is_country(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{common_languages, countries};
    use super::*;

    #[test]
    fn every_language_names_every_country_and_every_common_language() {
        let codes: BTreeSet<_> = countries().map(|country| country.code).collect();
        let tags: BTreeSet<_> = common_languages().map(|language| language.tag).collect();
        for (tag, _) in TABLES {
            let names = LocalNames::of(tag);
            let (countries, languages): (Vec<_>, Vec<_>) = (names.countries().collect(), names.languages().collect());
            assert_eq!(countries.iter().map(|(code, _)| *code).collect::<BTreeSet<_>>(), codes, "{tag}");
            assert_eq!(languages.iter().map(|(tag, _)| *tag).collect::<BTreeSet<_>>(), tags, "{tag}");
            assert_eq!((countries.len(), languages.len()), (codes.len(), tags.len()), "{tag}");
            for (key, name) in countries.into_iter().chain(languages) {
                assert!(!name.is_empty() && name.trim() == name, "{tag}: {key}");
                assert!(!name.starts_with(char::is_lowercase), "{tag}: {name}");
            }
        }
    }

    #[test]
    fn names_are_in_the_order_of_the_languages_dictionaries() {
        let position = |tag: &str, code: &str| LocalNames::of(tag).countries().position(|(known, _)| known == code);
        // By their bytes, these would come behind `Zypern`, `Zimbabwe` and `Zambie`.
        for (tag, before, code, after) in [("de", "AF", "EG", "AL"), ("en", "AF", "AX", "AL"), ("fr", "EC", "ER", "EE")]
        {
            let places = [before, code, after].map(|code| position(tag, code).unwrap());
            assert!(places.is_sorted(), "{tag}: {places:?}");
        }
        // The Swedish alphabet ends with it.
        assert!(position("sv", "AX") > position("sv", "ZA") && position("sv", "AT") > position("sv", "AX"));
    }

    #[test]
    fn a_name_is_that_of_the_language_or_english() {
        for (tag, country, language) in [
            ("de", "Deutschland", "Französisch"),
            ("de-AT", "Deutschland", "Französisch"),
            ("fr", "Allemagne", "Français"),
            ("es-419", "Alemania", "Francés"),
            ("ar", "ألمانيا", "الفرنسية"),
            ("it", "Germania", "Francese"),
            ("tlh", "Germany", "French"),
            ("", "Germany", "French"),
        ] {
            let names = LocalNames::of(tag);
            assert_eq!(
                (names.country("DE"), names.language("fr").as_deref()),
                (Some(country), Some(language)),
                "{tag}"
            );
        }
    }

    #[test]
    fn a_language_that_is_not_listed_is_named_by_its_parts() {
        let german = LocalNames::of("de");
        for (tag, name) in [
            ("de-LI", Some("Deutsch (Liechtenstein)")),
            ("ru-DE", Some("Russisch (Deutschland)")),
            ("zh-Hant-TW", Some("Chinesisch (Traditionell, Taiwan)")),
            ("xx-DE", None),
            ("de-ZZ", None),
            ("", None),
        ] {
            assert_eq!(german.language(tag).as_deref(), name, "{tag}");
        }
        assert_eq!(german.country("ZZ"), None);
    }
}
