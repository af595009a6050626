//! Countries, languages and time zones by their published lists (feature `reference-data`).
//!
//! The lists are compiled in; `reference_data/README.md` describes their origin and license. Names and descriptions are
//! in English, except those of [`LocalNames`]. Look-ups ignore case and return the published spelling.

pub mod countries;
pub mod languages;
pub mod local_names;
mod rows;
pub mod time_zones;

use crate::ports::ReferenceData;

pub use countries::{Country, countries, find_country, find_country_by_any_name};
pub use languages::{Language, canonical_language, common_languages, find_language, languages};
pub use local_names::LocalNames;
pub use time_zones::{
    WindowsTimeZone, find_time_zone, time_zone_of_country, time_zones, windows_id, windows_time_zones,
};

/// The published lists, as an implementation of the port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PublishedLists;

impl ReferenceData for PublishedLists {
    fn country(&self, code: &str) -> Option<String> {
        find_country_by_any_name(code).map(|country| country.code.to_owned())
    }

    fn language(&self, tag: &str) -> Option<String> {
        canonical_language(tag)
    }

    fn time_zone(&self, name: &str) -> Option<String> {
        find_time_zone(name).map(str::to_owned)
    }

    fn time_zone_of_country(&self, code: &str) -> Option<String> {
        time_zone_of_country(code).map(str::to_owned)
    }
}
