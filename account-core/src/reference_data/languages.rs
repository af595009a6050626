//! Languages by BCP 47.

use super::countries::{find_country, find_country_by_any_name};
use super::rows::rows;

/// Tag and description, separated by a tab, one language per line, in the byte order of the tags.
const LANGUAGES: &str = include_str!("languages.txt");

/// Deprecated tags and other codes, in lower case, each with the tag that replaces it.
const LANGUAGE_ALIASES: &str = include_str!("language_aliases.txt");
/// The regional languages with a name of their own in CLDR's `en/languages.json`.
const NAMED_REGIONAL: [&str; 19] = [
    "ar-001",
    "de-AT",
    "de-CH",
    "en-AU",
    "en-CA",
    "en-GB",
    "en-US",
    "es-419",
    "es-ES",
    "es-MX",
    "fa-AF",
    "fr-CA",
    "fr-CH",
    "nl-BE",
    "pt-BR",
    "pt-PT",
    "ro-MD",
    "sw-CD",
    "zh-Hant-HK",
];
/// Longer texts, in bytes, are no tag.
const LONGEST_TAG: usize = 64;

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

/// Returns the languages to choose from: each one alone and by its scripts, and the regional ones that CLDR has a name for,
/// such as British English. In the order of their descriptions.
pub fn common_languages() -> impl Iterator<Item = Language> {
    let is_common = |language: &Language| {
        let of_region = language.tag.rsplit('-').next().is_some_and(|last| matches!(last.len(), 2 | 3));
        !language.tag.contains('-') || !of_region || NAMED_REGIONAL.contains(&language.tag)
    };
    let mut common: Vec<Language> = languages().filter(is_common).collect();
    common.sort_by_key(|language| language.description);
    common.into_iter()
}

/// Returns the listed language with this English description, ignoring case.
fn find_description(text: &str) -> Option<Language> {
    languages().find(|language| language.description.eq_ignore_ascii_case(text))
}

/// Returns the listed language with this BCP 47 tag, ignoring case.
#[must_use]
pub fn find_language(tag: &str) -> Option<Language> {
    languages().find(|language| language.tag.eq_ignore_ascii_case(tag))
}

/// Returns the canonical tag of the language that is meant, ignoring case: `EN` and `eng` become `en`, `pt_br` becomes
/// `pt-BR`, `iw` becomes `he`. English descriptions as in the list are understood as well: `German`.
///
/// Besides the listed languages, accepts every listed language with a listed script, a country or a listed region:
/// browsers send tags such as `ru-DE`, which no list has. Deprecated tags, subtags and codes of three letters stand for
/// what CLDR replaces them with. Underscores count as hyphens, and an encoding as in `de_DE.UTF-8` is ignored. Scripts and
/// regions that are not listed, variants, extensions and private-use subtags are dropped, if they are well-formed (RFC
/// 5646, section 2.1). `None` for everything else.
#[must_use]
pub fn canonical_language(tag: &str) -> Option<String> {
    let tag = tag.trim();
    if tag.len() > LONGEST_TAG {
        return None;
    }
    // POSIX: `de_DE.UTF-8@euro`. Java: `zh_TW_#Hant`.
    let locale = tag.split(['.', '@']).next().unwrap_or_default();
    let locale = locale.replace('_', "-").replace("-#", "-");
    if let Some(replacement) = alias(&locale) {
        return Some(replacement.to_owned());
    }
    if let Some(language) = find_language(&locale) {
        return Some(language.tag.to_owned());
    }
    if let Some(language) = find_description(tag) {
        return Some(language.tag.to_owned());
    }
    let mut subtags = locale.split('-');
    let first = subtags.next()?;
    let replaced = alias(first).unwrap_or(first);
    let (language, script) =
        replaced.split_once('-').map_or((replaced, None), |(language, rest)| (language, Some(rest)));
    let mut meant =
        Meant { language: find_language(language)?.tag, script: script.and_then(find_script), region: None };
    let mut follow = Follow::Language;
    for subtag in subtags {
        follow = meant.take(subtag, follow)?;
    }
    Some(meant.tag())
}

/// What the subtags read so far mean.
struct Meant {
    language: &'static str,
    script: Option<&'static str>,
    region: Option<&'static str>,
}

/// What the next subtag may be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Follow {
    Language,
    Script,
    Region,
    Extension,
}

impl Meant {
    /// Reads a subtag; `None` if it is not well-formed.
    fn take(&mut self, subtag: &str, follow: Follow) -> Option<Follow> {
        let is_alphabetic = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !(1..=8).contains(&subtag.len()) || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        if follow == Follow::Extension || subtag.len() == 1 {
            return Some(Follow::Extension);
        }
        match subtag.len() {
            // An extended language: `zh-yue` is `yue`.
            3 if is_alphabetic && follow == Follow::Language => {
                let language = alias(subtag).unwrap_or(subtag);
                self.language = find_language(language).map_or(self.language, |found| found.tag);
                Some(Follow::Language)
            }
            4 if is_alphabetic && follow <= Follow::Script => {
                self.script = find_script(subtag);
                Some(Follow::Script)
            }
            2 | 3 if follow < Follow::Region => {
                self.region = find_region(subtag);
                Some(Follow::Region)
            }
            2 | 3 => None,
            // A variant, or a script in the wrong place, as Java writes it.
            _ => Some(Follow::Region),
        }
    }

    fn tag(&self) -> String {
        let subtags = [Some(self.language), self.script, self.region];
        subtags.into_iter().flatten().collect::<Vec<_>>().join("-")
    }
}

/// What CLDR replaces a deprecated tag or a code of three letters with.
fn alias(tag: &str) -> Option<&'static str> {
    rows(LANGUAGE_ALIASES).find(|(alias, _)| alias.eq_ignore_ascii_case(tag)).map(|(_, replacement)| replacement)
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
    // Deprecated regions have a successor: `UK` is `GB`.
    find_country(subtag).map(|country| country.code).or_else(of_a_tag).or_else(|| {
        let of_two_letters = subtag.len() == 2;
        of_two_letters.then(|| find_country_by_any_name(subtag)).flatten().map(|country| country.code)
    })
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
    fn what_systems_send_in_other_forms_has_a_canonical_tag() {
        for (tag, canonical) in [
            ("iw", "he"),
            ("iw_IL", "he-IL"),
            ("in", "id"),
            ("in_ID", "id-ID"),
            ("ji", "yi"),
            ("jw", "jv"),
            ("mo", "ro"),
            ("tl", "fil"),
            ("tl-PH", "fil-PH"),
            ("sh", "sr-Latn"),
            ("sh-BA", "sr-Latn-BA"),
            ("cmn-CN", "zh-CN"),
            ("zh-cmn", "zh"),
            ("zh-yue-HK", "yue-HK"),
            ("deu", "de"),
            ("ger", "de"),
            ("eng-US", "en-US"),
            ("en_US", "en-US"),
            ("en_uk", "en-GB"),
            ("zh_Hant_TW", "zh-Hant-TW"),
            ("zh_TW_#Hant", "zh-TW"),
            ("de_DE.UTF-8", "de-DE"),
            ("de_DE@euro", "de-DE"),
            (" fr ", "fr"),
            ("sq-XK", "sq-XK"),
            ("de-CH-1996", "de-CH"),
            ("ca-ES-valencia", "ca-ES"),
            ("sl-rozaj-biske", "sl"),
            ("en-US-x-mine", "en-US"),
            ("en-US-posix", "en-US"),
            ("de-DE-u-co-phonebk", "de-DE"),
            ("de-u-co-phonebk", "de"),
            ("ar-EG-u-nu-latn", "ar-EG"),
            ("en-XA", "en"),
            ("de-Abcd-AT", "de-AT"),
            ("fr-999", "fr"),
        ] {
            assert_eq!(canonical_language(tag).as_deref(), Some(canonical), "{tag}");
        }
    }

    #[test]
    fn languages_to_choose_from_are_few_and_in_the_order_of_their_names() {
        let all: Vec<Language> = common_languages().collect();
        assert!((150..500).contains(&all.len()), "{}", all.len());
        assert!(all.is_sorted_by_key(|language| language.description));
        for tag in ["de", "en", "en-GB", "pt-BR", "zh-Hans", "zh-Hant", "he", "sr-Latn"] {
            assert!(all.iter().any(|language| language.tag == tag), "{tag}");
        }
        assert!(NAMED_REGIONAL.iter().all(|tag| find_language(tag).is_some()));
        assert_eq!(canonical_language("german").as_deref(), Some("de"));
        assert_eq!(canonical_language("English (United Kingdom)").as_deref(), Some("en-GB"));
    }

    #[test]
    fn what_is_no_tag_of_a_known_language_has_none() {
        for tag in [
            "",
            "-",
            "xx-DE",
            "x-mine",
            "zz",
            "elvish",
            "C",
            "POSIX",
            "de-",
            "de--DE",
            "de-DE-AT",
            "fr-+19",
            "de-toolongasubtag",
            "\u{434}\u{435}",
            "de DE",
            "root",
            "und",
        ] {
            assert_eq!(canonical_language(tag), None, "{tag:?}");
        }
        assert_eq!(canonical_language(&"de-x".repeat(100)), None);
    }

    #[test]
    fn every_alias_leads_to_a_canonical_tag() {
        let aliases: Vec<(&str, &str)> = rows(LANGUAGE_ALIASES).collect();
        assert!(aliases.len() > 200 && aliases.is_sorted_by(|one, next| one.0 < next.0));
        for (alias, replacement) in aliases {
            assert_eq!(canonical_language(replacement).as_deref(), Some(replacement), "{alias}");
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
            assert_eq!(canonical_language(&language.tag.to_ascii_uppercase()).as_deref(), Some(language.tag));
        }
    }
}
