//! Lists of countries, languages and time zones.

/// Knows the countries, languages and time zones. Synchronous, because the lists are compiled in.
pub trait ReferenceData: Send + Sync {
    /// Returns the ISO 3166-1 alpha-2 code, in upper case, of the country that is meant by a code or a name; `None` if
    /// there is no such country. `XK` is Kosovo.
    fn country(&self, code: &str) -> Option<String>;

    /// Returns the canonical BCP 47 tag of the language that is meant, or `None` if there is no such language. Also
    /// accepts deprecated and similar tags.
    fn language(&self, tag: &str) -> Option<String>;

    /// Returns the time zone's canonical name in the IANA database, or `None` if there is no such time zone. Also
    /// accepts other names of a time zone.
    fn time_zone(&self, name: &str) -> Option<String>;

    /// Returns the time zone of nearly everybody in the country with this ISO 3166-1 alpha-2 code; `None` if the country
    /// has several, or if it is not known.
    fn time_zone_of_country(&self, code: &str) -> Option<String> {
        let _ = code;
        None
    }
}

/// Checks syntax only: two letters, a language tag, an `Area/Place`. For embedders that do not want compiled-in lists.
#[derive(Debug, Clone, Copy, Default)]
pub struct BySyntax;

impl ReferenceData for BySyntax {
    fn country(&self, code: &str) -> Option<String> {
        let code = code.trim();
        (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| code.to_ascii_uppercase())
    }

    fn language(&self, tag: &str) -> Option<String> {
        let tag = tag.trim();
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next()?;
        let is_primary = (2..=8).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
        let rest_fits = parts
            .clone()
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        (is_primary && rest_fits && tag.len() <= 35).then(|| {
            parts.fold(primary.to_ascii_lowercase(), |tag, part| {
                let part = if part.len() == 2 { part.to_ascii_uppercase() } else { part.to_ascii_lowercase() };
                format!("{tag}-{part}")
            })
        })
    }

    fn time_zone(&self, name: &str) -> Option<String> {
        let name = name.trim();
        let fits = |part: &str| {
            (1..=32).contains(&part.len())
                && part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
        };
        (name == "UTC" || (name.contains('/') && name.len() <= 64 && name.split('/').all(fits)))
            .then(|| name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_parsed_into_canonical_case() {
        assert_eq!(BySyntax.country("za").as_deref(), Some("ZA"));
        assert_eq!(BySyntax.language(" EN_us ").as_deref(), Some("en-US"));
        assert_eq!(BySyntax.language("zh-Hant-tw").as_deref(), Some("zh-hant-TW"));
        assert_eq!(BySyntax.time_zone("Europe/Vienna").as_deref(), Some("Europe/Vienna"));
        assert_eq!(BySyntax.time_zone("UTC").as_deref(), Some("UTC"));
    }

    #[test]
    fn malformed_codes_are_refused() {
        assert_eq!(BySyntax.country("ZAF"), None);
        assert_eq!(BySyntax.country("1A"), None);
        assert_eq!(BySyntax.language(""), None);
        assert_eq!(BySyntax.language("e-us"), None);
        assert_eq!(BySyntax.time_zone("Vienna"), None);
        assert_eq!(BySyntax.time_zone("Europe/Vien na"), None);
    }
}
