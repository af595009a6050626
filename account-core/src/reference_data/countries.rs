//! Countries by ISO 3166-1.

use super::rows::rows;

/// Code and name, separated by a tab, one country per line, in the order of the codes.
const COUNTRIES: &str = include_str!("countries.txt");

/// A country with an officially assigned ISO 3166-1 code.
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
/// `None` for codes that are not officially assigned, among them reserved ones such as `UK` and
/// `EU` and user-assigned ones such as `XK`.
#[must_use]
pub fn find_country(code: &str) -> Option<Country> {
    countries().find(|country| country.code.eq_ignore_ascii_case(code))
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
    fn unassigned_codes_are_not_found() {
        for code in ["", "D", "DEU", "276", "ZZ", "UK", "EU", "XK", "DE ", "Germany", "ＤＥ"] {
            assert_eq!(find_country(code), None, "{code:?}");
        }
    }

    #[test]
    fn every_assigned_code_is_listed_once_in_order() {
        let all: Vec<Country> = countries().collect();
        assert_eq!(all.len(), 249);
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
