//! One language of the catalog, for those who write to a person.

use std::sync::Arc;
use std::time::Duration;

use super::arguments::Arguments;
use super::language::Language;
use super::moment;
use crate::timestamp::Timestamp;

/// One language of the catalog. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Translator(Arc<Language>);

impl Translator {
    pub(super) const fn new(language: Arc<Language>) -> Self {
        Self(language)
    }

    /// Returns the language's tag (BCP 47), for the attribute `lang`.
    #[must_use]
    pub fn tag(&self) -> &str {
        self.0.tag()
    }

    /// Returns the language's own name: `Deutsch`.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.text("language-name", &Arguments::none())
    }

    /// Returns whether the language is written from right to left.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        self.0.is_right_to_left()
    }

    /// Returns the names of a message's variables, all of which must be given. `None` if there is no such message.
    #[must_use]
    pub fn variables(&self, key: &str) -> Option<impl Iterator<Item = &str>> {
        Some(self.0.variables(key)?.iter().map(String::as_str))
    }

    /// Returns how many links a message has, all of which need an address in HTML. `None` if there is no such message.
    #[must_use]
    pub fn links(&self, key: &str) -> Option<usize> {
        self.0.links(key)
    }

    /// Returns a message as plain text, without its tags.
    ///
    /// In languages that are written from right to left, values are isolated (U+2068 to U+2069), except numbers, those
    /// that choose between variants, and those with the name `url` or one that ends in `_url`. If there is no such
    /// message, the text is the key itself.
    #[must_use]
    pub fn text(&self, key: &str, arguments: &Arguments) -> String {
        self.0.text(key, arguments)
    }

    /// Returns a message as HTML. Values are escaped and isolated as in [`text`](Self::text), `<strong>` stays, and the
    /// n-th `<a>` gets the n-th of `links` as its address.
    #[must_use]
    pub fn html(&self, key: &str, arguments: &Arguments, links: &[&str]) -> String {
        self.0.html(key, arguments, links)
    }

    /// Returns a date and a time in a zone of the IANA database, with the zone's name: `7 November 2023 at 05:30 UTC`.
    /// In UTC if the zone is unknown.
    #[must_use]
    pub fn moment(&self, at: Timestamp, zone: Option<&str>) -> String {
        moment::moment(self.0.locale(), at, zone)
    }

    /// The same as [`Self::moment`], abbreviated: `7 Nov 2023, 05:30 UTC`.
    #[must_use]
    pub fn short_moment(&self, at: Timestamp, zone: Option<&str>) -> String {
        moment::short_moment(self.0.locale(), at, zone)
    }

    /// Returns the date in a zone of the IANA database: `7 November 2023`. In UTC if the zone is unknown.
    #[must_use]
    pub fn date(&self, at: Timestamp, zone: Option<&str>) -> String {
        moment::date(self.0.locale(), at, zone)
    }

    /// Returns a span of time: `24 hours`, `7 Tage`.
    ///
    /// To the nearest minute, and from there on rounded down, so that not more is promised than is kept.
    #[must_use]
    pub fn span(&self, span: Duration) -> String {
        self.counted(span, ["span-minutes", "span-hours", "span-days"])
    }

    /// Returns a span of time as it stands behind "within": `24 hours`, `7 Tagen`.
    #[must_use]
    pub fn span_within(&self, span: Duration) -> String {
        self.counted(span, ["span-within-minutes", "span-within-hours", "span-within-days"])
    }

    fn counted(&self, span: Duration, [minutes_key, hours_key, days_key]: [&str; 3]) -> String {
        let minutes = (span.as_secs().saturating_add(30) / 60).max(1);
        let (key, count) = match minutes {
            0..60 => (minutes_key, minutes),
            60..2880 => (hours_key, minutes / 60),
            _ => (days_key, minutes / 1440),
        };
        self.text(key, &Arguments::none().with("count", count))
    }

    /// Returns a list: `a, b and c`.
    #[must_use]
    pub fn list_and(&self, items: &[String]) -> String {
        let Some((last, before)) = items.split_last() else { return String::new() };
        let joined = |key, first: String, second: &str| {
            self.text(key, &Arguments::none().with("first", first).with("second", second))
        };
        let before = before.iter().fold(None, |list: Option<String>, item| {
            Some(list.map_or_else(|| item.clone(), |list| joined("list-comma", list, item)))
        });
        before.map_or_else(|| last.clone(), |before| joined("list-and", before, last))
    }
}
