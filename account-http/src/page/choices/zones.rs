//! Time zones to choose from: `Johannesburg (UTC+2)`, below the names of regions.
//!
//! The cities are those of the IANA database. Their names in other languages (CLDR, "exemplar cities") would add 2 MB of data
//! to the binary.

use std::sync::{Arc, Mutex, PoisonError};

use account_core::reference_data::countries::folded;
use account_core::reference_data::time_zones;
use account_core::timestamp::Timestamp;
use account_core::translation::{Translator, utc_offset};

use super::super::words::say;

const UTC: &str = "UTC";
/// The regions of the IANA database, with the keys of what they are called.
const REGIONS: [(&str, &str); 10] = [
    ("Africa", "zone-region-africa"),
    ("America", "zone-region-america"),
    ("Antarctica", "zone-region-antarctica"),
    ("Arctic", "zone-region-arctic"),
    ("Asia", "zone-region-asia"),
    ("Atlantic", "zone-region-atlantic"),
    ("Australia", "zone-region-australia"),
    ("Europe", "zone-region-europe"),
    ("Indian", "zone-region-indian"),
    ("Pacific", "zone-region-pacific"),
];
/// Zones of no region.
const OTHER: &str = "zone-region-other";
/// Clocks are put forward or back at most that often, everywhere on a quarter of an hour.
const QUARTER: i64 = 15 * 60 * 1_000_000;

/// A zone to choose.
struct Zone {
    name: &'static str,
    /// Place in [`REGIONS`], or behind them.
    region: usize,
    /// `Johannesburg (UTC+2)`
    shown: String,
}

/// The zones of a quarter of an hour.
type Listed = (i64, Arc<[Zone]>);

/// UTC, then all zones by region and city: their names in the database, what they are called, and their regions.
pub(super) fn listed(words: &Translator, now: Timestamp) -> Vec<(&'static str, String, String)> {
    let regions = REGIONS.map(|(_, key)| say(words, key));
    let others = say(words, OTHER);
    let choice = |zone: &Zone| {
        let region = if zone.name == UTC { "" } else { regions.get(zone.region).unwrap_or(&others) };
        (zone.name, zone.shown.clone(), region.to_owned())
    };
    zones(now).iter().map(choice).collect()
}

/// The zones now. To look up all offsets takes some milliseconds.
fn zones(now: Timestamp) -> Arc<[Zone]> {
    static LISTED: Mutex<Option<Listed>> = Mutex::new(None);
    let quarter = now.unix_micros().div_euclid(QUARTER);
    let mut listed = LISTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, zones)) = &*listed
        && *of == quarter
    {
        return Arc::clone(zones);
    }
    let mut zones: Vec<Zone> = time_zones().map(|name| zone(name, now)).collect();
    zones.sort_by_cached_key(|zone| (zone.name != UTC, zone.region, folded(&zone.shown)));
    let zones: Arc<[Zone]> = zones.into();
    *listed = Some((quarter, Arc::clone(&zones)));
    zones
}

fn zone(name: &'static str, now: Timestamp) -> Zone {
    let offset = utc_offset(name, now);
    let (region, city) = name.split_once('/').unwrap_or(("", name));
    let region = REGIONS.iter().position(|(known, _)| *known == region).unwrap_or(REGIONS.len());
    // `Indiana/Knox` is Knox in Indiana.
    let city = match city.split_once('/') {
        Some((state, city)) => format!("{city}, {state}"),
        None => city.to_owned(),
    }
    .replace('_', " ");
    let shown = match offset {
        Some(offset) if city == offset || name.starts_with("Etc/GMT") => offset,
        Some(offset) => format!("{city} ({offset})"),
        None => city,
    };
    Zone { name, region, shown }
}

#[cfg(test)]
mod tests {
    use account_core::translation::Catalog;

    use super::*;

    const WINTER: Timestamp = Timestamp::from_unix_micros(1_767_225_600_000_000);
    const SUMMER: Timestamp = Timestamp::from_unix_micros(1_782_864_000_000_000);

    fn named(tag: &str, zone: &str, now: Timestamp) -> (String, String) {
        let words = Catalog::built_in().speaking(tag).unwrap();
        let (_, shown, region) = listed(&words, now).into_iter().find(|(name, ..)| *name == zone).unwrap();
        (shown, region)
    }

    #[test]
    fn zones_are_named_by_their_city_and_offset_below_their_region() {
        for (tag, zone, now, shown, region) in [
            ("en", "Africa/Johannesburg", WINTER, "Johannesburg (UTC+2)", "Africa"),
            ("de", "Europe/Berlin", WINTER, "Berlin (UTC+1)", "Europa"),
            ("de", "Europe/Berlin", SUMMER, "Berlin (UTC+2)", "Europa"),
            ("fr", "America/Argentina/Ushuaia", SUMMER, "Ushuaia, Argentina (UTC\u{2212}3)", "Am\u{e9}rique"),
            ("en", "Etc/GMT+5", SUMMER, "UTC\u{2212}5", "Other"),
            ("en", "UTC", SUMMER, "UTC", ""),
        ] {
            assert_eq!(named(tag, zone, now), (shown.to_owned(), region.to_owned()), "{tag} {zone}");
        }
    }

    #[test]
    fn every_zone_is_listed_once_and_its_region_in_one_piece() {
        let listed = listed(&Catalog::built_in().english(), WINTER);
        assert_eq!(listed.len(), time_zones().count());
        assert_eq!(listed[0].0, "UTC");
        let mut regions: Vec<_> = listed.iter().map(|(.., region)| region.clone()).collect();
        regions.dedup();
        let count = regions.len();
        regions.sort_unstable();
        regions.dedup();
        assert_eq!(count, regions.len(), "{regions:?}");
    }
}
