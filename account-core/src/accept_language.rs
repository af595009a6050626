//! `Accept-Language`: the languages that a browser prefers (RFC 9110, section 12.5.4).

use std::cmp::Reverse;

/// Maximum number of languages to consider.
const MAX_LANGUAGES: usize = 16;

/// Returns what `known` makes of the most preferred language that it knows.
pub(crate) fn first_known<T>(accept_language: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    let items = accept_language.split(',').filter(|item| !item.trim().is_empty()).take(MAX_LANGUAGES);
    let mut wanted: Vec<(&str, u16)> = items.filter_map(read_item).filter(|(_, weight)| *weight > 0).collect();
    // A stable sort: among equal weights, the first one wins.
    wanted.sort_by_key(|(_, weight)| Reverse(*weight));
    wanted.into_iter().find_map(|(tag, _)| known(tag))
}

/// Parses a language and its weight in thousandths. `None` if it has another form, and for any language (`*`).
fn read_item(item: &str) -> Option<(&str, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let tag = parts.next().filter(|tag| !tag.is_empty() && *tag != "*")?;
    let weight = match parts.next() {
        Some(weight) => read_weight(weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="))?)?,
        None => 1_000,
    };
    parts.next().is_none().then_some((tag, weight))
}

/// Parses a `qvalue` (RFC 9110, section 12.4.2): from 0 to 1, up to three decimals.
fn read_weight(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", _) => Some(thousandths),
        ("1", 0) => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_four(tag: &str) -> Option<&'static str> {
        ["de", "de-AT", "en", "fr-CA"].into_iter().find(|known| known.eq_ignore_ascii_case(tag))
    }

    #[test]
    fn the_first_known_language_is_taken_by_weight_and_place() {
        for (header, language) in [
            ("de-AT,de;q=0.9,en;q=0.8", Some("de-AT")),
            ("DE-at", Some("de-AT")),
            ("en;q=0.5, de", Some("de")),
            ("en;q=0.8,de;q=0.8", Some("en")),
            ("tlh, fr-CA;q=0.3 , *;q=0.1", Some("fr-CA")),
            ("de;q=0, en;q=0.001", Some("en")),
            ("de;q=0.000", None),
            ("fr", None),
            ("*", None),
            ("", None),
            (",, ,en", Some("en")),
        ] {
            assert_eq!(first_known(header, of_four), language, "{header}");
        }
    }

    #[test]
    fn malformed_entries_are_skipped() {
        for item in [
            "de;q=2",
            "de;q=1.001",
            "de;q=0.1234",
            "de;q=-1",
            "de;q=",
            "de;x=1",
            "de;q=0.5;x",
            "de;q=.5",
            "de;q=0.\u{661}",
        ] {
            assert_eq!(first_known(item, of_four), None, "{item}");
            assert_eq!(first_known(&format!("{item},en;q=0.1"), of_four), Some("en"), "{item}");
        }
        let long = format!("{}en", "tlh,".repeat(MAX_LANGUAGES));
        assert_eq!(first_known(&long, of_four), None, "nobody reads that many");
    }
}
