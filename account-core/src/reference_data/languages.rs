//! Languages by BCP 47.

use super::countries::find_country;
use super::rows::rows;

/// Tag and description, separated by a tab, one language per line, in the byte order of the tags.
const LANGUAGES: &str = include_str!("languages.txt");

/// A language, possibly as written in a script or spoken in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language {
    /// BCP 47 tag in its canonical spelling: `de`, `pt-BR`, `zh-Hant-TW`.
    pub tag: &'static str,
    /// English description as in Unicode's CLDR: `German`, `Portuguese (Brazil)`, `Chinese
    /// (Traditional, Taiwan)`.
    pub description: &'static str,
}

/// Returns all listed languages, in the byte order of their tags: each language alone, then with scripts and regions.
pub fn languages() -> impl Iterator<Item = Language> {
    rows(LANGUAGES).map(|(tag, description)| Language { tag, description })
}

/// Returns the listed language with this BCP 47 tag, ignoring case.
#[must_use]
pub fn find_language(tag: &str) -> Option<Language> {
    languages().find(|language| language.tag.eq_ignore_ascii_case(tag))
}

/// Returns the canonical spelling of a BCP 47 tag, ignoring case: `EN` becomes `en`, `pt-br` becomes `pt-BR`.
///
/// Besides the listed languages, accepts every listed language with a listed script, a country or a listed region, in
/// that order: browsers send tags such as `ru-DE`, which no list has. `None` for everything else, including variants,
/// extensions and private-use subtags.
#[must_use]
pub fn canonical_language(tag: &str) -> Option<String> {
    find_language(tag).map(|language| language.tag.to_owned()).or_else(|| combine(tag))
}

fn combine(tag: &str) -> Option<String> {
    let (language, rest) = tag.split_once('-')?;
    let language = find_language(language)?.tag;
    let (script, region) = match rest.split_once('-') {
        Some((script, region)) => (Some(find_script(script)?), Some(find_region(region)?)),
        None => match find_script(rest) {
            Some(script) => (Some(script), None),
            None => (None, Some(find_region(rest)?)),
        },
    };
    let subtags = [Some(language), script, region];
    Some(subtags.into_iter().flatten().collect::<Vec<_>>().join("-"))
}

/// The canonical spelling of a script that a listed tag names: four letters.
fn find_script(subtag: &str) -> Option<&'static str> {
    if subtag.len() == 4 { find_subtag(subtag) } else { None }
}

/// The canonical spelling of a country, or of another region that a listed tag names: two letters
/// or three digits.
fn find_region(subtag: &str) -> Option<&'static str> {
    let of_a_tag = || {
        if subtag.len() <= 3 { find_subtag(subtag) } else { None }
    };
    find_country(subtag).map(|country| country.code).or_else(of_a_tag)
}

/// The spelling in which a listed tag has `subtag` after its language.
fn find_subtag(subtag: &str) -> Option<&'static str> {
    languages().flat_map(|language| language.tag.split('-').skip(1)).find(|listed| listed.eq_ignore_ascii_case(subtag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_tag_in_any_case() {
        for tag in ["en-us", "en-US", "EN-US", "eN-uS"] {
            assert_eq!(find_language(tag), Some(Language { tag: "en-US", description: "English (United States)" }));
        }
        for (tag, canonical, description) in [
            ("EN", "en", "English"),
            ("de", "de", "German"),
            ("pt-br", "pt-BR", "Portuguese (Brazil)"),
            ("zh-cn", "zh-CN", "Chinese (China)"),
            ("ZH-HANT-TW", "zh-Hant-TW", "Chinese (Traditional, Taiwan)"),
            ("es-419", "es-419", "Spanish (Latin America)"),
        ] {
            assert_eq!(find_language(tag), Some(Language { tag: canonical, description }));
        }
    }

    #[test]
    fn unlisted_languages_are_not_found() {
        for tag in ["", "e", "xx", "english", "en_US", "en-", "-US", "en-US-", "en US", "en-ZZ", "und"] {
            assert_eq!(find_language(tag), None, "{tag:?}");
            assert_eq!(canonical_language(tag), None, "{tag:?}");
        }
    }

    #[test]
    fn a_listed_language_in_any_country_or_script_has_a_canonical_tag() {
        for (tag, canonical) in [
            ("EN", "en"),
            ("en-us", "en-US"),
            ("RU-de", "ru-DE"),
            ("tr-latn-de", "tr-Latn-DE"),
            ("DE-LATN", "de-Latn"),
            ("fr-419", "fr-419"),
            ("la-va", "la-VA"),
        ] {
            assert_eq!(canonical_language(tag).as_deref(), Some(canonical), "{tag}");
        }
    }

    #[test]
    fn other_forms_of_tags_have_no_canonical_spelling_here() {
        for tag in [
            "xx-DE",
            "de-XX",
            "de-Abcd",
            "de-DE-Latn",
            "de-CH-1996",
            "en-US-x-mine",
            "x-mine",
            "i-klingon",
            "fr-999",
            "fr-+19",
            "de-Latn-Latn",
        ] {
            assert_eq!(canonical_language(tag), None, "{tag:?}");
        }
    }

    #[test]
    fn every_tag_is_listed_once_in_order_and_canonical() {
        let all: Vec<Language> = languages().collect();
        assert!(all.len() > 1_000);
        assert_eq!(all.len(), LANGUAGES.lines().count());
        assert!(all.is_sorted_by(|one, next| one.tag < next.tag));
        for language in all {
            assert!(!language.description.is_empty(), "{}", language.tag);
            assert_eq!(combine_or_alone(&language.tag.to_ascii_uppercase()).as_deref(), Some(language.tag));
        }
    }

    fn combine_or_alone(tag: &str) -> Option<String> {
        if tag.contains('-') { combine(tag) } else { canonical_language(tag) }
    }
}
