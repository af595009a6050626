//! Countries by ISO 3166-1.

use unicode_normalization::UnicodeNormalization;

use super::rows::rows;

/// Code and name, separated by a tab, one country per line, in the order of the codes.
const COUNTRIES: &str = include_str!("countries.txt");

/// Other codes and names, folded, each with its code.
const COUNTRY_NAMES: &str = include_str!("country_names.txt");
/// Longer texts, in bytes, are no name.
const LONGEST_NAME: usize = 256;

/// A country with an officially assigned ISO 3166-1 code, or Kosovo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code: two capital letters.
    pub code: &'static str,
    /// English name as in Unicode's CLDR.
    pub name: &'static str,
}

/// Returns all countries, in the order of their codes.
pub fn countries() -> impl Iterator<Item = Country> {
    rows(COUNTRIES).map(|(code, name)| Country { code, name })
}

/// Returns the country with this ISO 3166-1 alpha-2 code, ignoring case.
///
/// `None` for codes that are not officially assigned, among them reserved ones such as `UK` and `EU`; but `XK`, which is
/// user-assigned and in wide use, is Kosovo, as in CLDR.
#[must_use]
pub fn find_country(code: &str) -> Option<Country> {
    countries().find(|country| country.code.eq_ignore_ascii_case(code))
}

/// Returns the country that is meant by a code or a name: ISO 3166-1 alpha-2 or alpha-3, or a name in English, German,
/// French or Spanish as in CLDR, ignoring case, accents, spaces and punctuation.
#[must_use]
pub fn find_country_by_any_name(text: &str) -> Option<Country> {
    if text.len() > LONGEST_NAME {
        return None;
    }
    let by_name = || {
        let name = folded(text);
        rows(COUNTRY_NAMES).find(|(known, _)| *known == name).and_then(|(_, code)| find_country(code))
    };
    find_country(text.trim()).or_else(by_name)
}

/// Returns letters and digits of a name, in lower case and without accents: names are compared in this form.
#[must_use]
pub fn folded(name: &str) -> String {
    let plain = name.nfkd().filter(|c| c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_its_code_in_any_case() {
        for code in ["DE", "de", "De"] {
            assert_eq!(find_country(code), Some(Country { code: "DE", name: "Germany" }));
        }
        assert_eq!(find_country("us").map(|country| country.name), Some("United States"));
    }

    #[test]
    fn a_country_is_found_by_what_people_and_programs_call_it() {
        for (text, code) in [
            ("za", "ZA"),
            (" ZA ", "ZA"),
            ("ZAF", "ZA"),
            ("South Africa", "ZA"),
            ("SÜDAFRIKA", "ZA"),
            ("Sudafrica", "ZA"),
            ("afrique du sud", "ZA"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("United States", "US"),
            ("États-Unis", "US"),
            ("estados unidos", "US"),
            ("UK", "GB"),
            ("Great Britain", "GB"),
            ("XK", "XK"),
            ("xkx", "XK"),
            ("Kosovo", "XK"),
            ("Deutschland", "DE"),
            ("Allemagne", "DE"),
            ("Türkiye", "TR"),
            ("Turkey", "TR"),
            ("Trinidad and Tobago", "TT"),
            ("Trinidad & Tobago", "TT"),
            ("Saint Lucia", "LC"),
            ("Côte d’Ivoire", "CI"),
            ("Cote d'Ivoire", "CI"),
            ("Ivory Coast", "CI"),
            ("Burma", "MM"),
            ("Österreich", "AT"),
            ("Oesterreich", ""),
            ("Hong Kong", "HK"),
            ("Republic of Korea", "KR"),
            ("Congo", "CG"),
            ("Guinea", "GN"),
            ("Georgia", "GE"),
            ("Germ", ""),
            ("", ""),
            ("EU", ""),
            ("Atlantis", ""),
            ("276", ""),
        ] {
            let found = find_country_by_any_name(text).map_or("", |country| country.code);
            assert_eq!(found, code, "{text}");
        }
        assert_eq!(find_country_by_any_name(&"a".repeat(10_000)), None);
    }

    #[test]
    fn every_country_is_found_by_its_name_and_three_letters() {
        let three = rows(COUNTRY_NAMES).filter(|(name, _)| name.len() == 3);
        let mut codes: Vec<&str> = three.map(|(_, code)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        for country in countries() {
            assert_eq!(find_country_by_any_name(country.name), Some(country));
            assert!(codes.contains(&country.code), "{}", country.code);
        }
        let names: Vec<&str> = rows(COUNTRY_NAMES).map(|(name, _)| name).collect();
        assert!(names.is_sorted_by(|one, next| one < next));
        assert!(names.iter().all(|name| folded(name) == *name));
    }

    #[test]
    fn unassigned_codes_are_not_found() {
        for code in ["", "D", "DEU", "276", "ZZ", "UK", "EU", "XX", "DE ", "Germany", "ＤＥ"] {
            assert_eq!(find_country(code), None, "{code:?}");
        }
    }

    #[test]
    fn every_assigned_code_is_listed_once_in_order() {
        let all: Vec<Country> = countries().collect();
        assert_eq!(all.len(), 250);
        assert_eq!(all.len(), COUNTRIES.lines().count());
        assert!(all.is_sorted_by(|one, next| one.code < next.code));
        for country in all {
            assert!(
                country.code.len() == 2 && country.code.bytes().all(|byte| byte.is_ascii_uppercase()),
                "{}",
                country.code
            );
            assert!(!country.name.is_empty() && country.name.trim() == country.name, "{}", country.code);
            assert_eq!(find_country(country.code), Some(country));
        }
    }
}
