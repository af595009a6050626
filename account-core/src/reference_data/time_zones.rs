//! Time zones by the names of the IANA Time Zone Database and by Windows' ids.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu_time::{
    TimeZone,
    zone::{WindowsParser, iana::IanaParserExtended},
};

use super::rows::rows;

/// Windows time zone ids, one per line, in ascending byte order.
const WINDOWS_TIME_ZONES: &str = include_str!("windows_time_zones.txt");

/// Country and its time zone, separated by a tab, one country per line, in the order of the codes.
const COUNTRY_TIME_ZONES: &str = include_str!("country_time_zones.txt");

/// Coordinated Universal Time. In the database the zone is `Etc/UTC` and `UTC` is a link to it, but everybody calls it
/// `UTC`, and so does this module.
const UTC: &str = "UTC";
const DATABASE_NAME_OF_UTC: &str = "Etc/UTC";

/// A time zone as Windows names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WindowsTimeZone {
    /// Windows' id: `US Eastern Standard Time`.
    pub id: &'static str,
    /// Canonical name in the IANA Time Zone Database, by Unicode's CLDR:
    /// `America/Indiana/Indianapolis`.
    pub iana_name: &'static str,
}

/// Returns the canonical names of all zones in the IANA Time Zone Database, in byte order, with `UTC` in place of
/// `Etc/UTC` and without links.
pub fn time_zones() -> impl Iterator<Item = &'static str> {
    let mut names: Vec<&'static str> = IanaParserExtended::new()
        .iter()
        .filter(|zone| zone.time_zone != TimeZone::UNKNOWN)
        .map(|zone| everyday_name(zone.canonical))
        .collect();
    names.sort_unstable();
    names.into_iter()
}

/// Returns all time zones that Windows has an id for, in the byte order of the ids.
pub fn windows_time_zones() -> impl Iterator<Item = WindowsTimeZone> {
    WINDOWS_TIME_ZONES
        .lines()
        .filter_map(|id| name_of_windows_id(id).map(|iana_name| WindowsTimeZone { id, iana_name }))
}

/// Returns the canonical name in the IANA Time Zone Database for a name or a Windows id, ignoring case.
///
/// A link gives the zone that it points to (`Asia/Calcutta` gives `Asia/Kolkata`), a Windows id the zone that Unicode's
/// CLDR assigns to it without a territory, and every name of Coordinated Universal Time gives `UTC`.
#[must_use]
pub fn find_time_zone(name_or_windows_id: &str) -> Option<&'static str> {
    let name_or_windows_id = name_or_windows_id.trim();
    // People write `America/New York`, and no name has a space.
    let name = if name_or_windows_id.contains('/') {
        name_or_windows_id.replace(' ', "_")
    } else {
        name_or_windows_id.to_owned()
    };
    let zone = IanaParserExtended::new().parse(&name);
    if zone.time_zone == TimeZone::UNKNOWN {
        let id = WINDOWS_TIME_ZONES.lines().find(|id| id.eq_ignore_ascii_case(name_or_windows_id))?;
        name_of_windows_id(id)
    } else {
        Some(everyday_name(zone.canonical))
    }
}

/// Returns the Windows id for the zone with this canonical name; `None` if no id stands for exactly this zone, even if
/// one stands for its region (`Europe/Vienna` is in the region of `W. Europe Standard Time`, which stands for
/// `Europe/Berlin`).
///
/// If several ids stand for the zone, returns the first in byte order. [`find_time_zone`] maps all of them back to the
/// zone.
#[must_use]
pub fn windows_id(iana_name: &str) -> Option<&'static str> {
    static IDS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
        let zones: Vec<_> = windows_time_zones().collect();
        // In reverse, so that the first of several ids is inserted last and wins.
        zones.into_iter().rev().map(|zone| (zone.iana_name, zone.id)).collect()
    });
    IDS.get(iana_name).copied()
}

/// Returns the canonical name of the time zone in which nearly everybody in a country lives, by its ISO 3166-1 alpha-2
/// code in upper case.
///
/// `None` for a country with several time zones, none of which is that of nearly everybody (`US`), and for unknown
/// codes. `reference_data/README.md` says which these are.
#[must_use]
pub fn time_zone_of_country(code: &str) -> Option<&'static str> {
    rows(COUNTRY_TIME_ZONES).find(|(country, _)| *country == code).map(|(_, zone)| zone)
}

/// Returns the canonical name for a Windows id in its exact spelling.
fn name_of_windows_id(id: &str) -> Option<&'static str> {
    let zone = WindowsParser::new().parse(id, None)?;
    IanaParserExtended::new()
        .iter()
        .find(|listed| listed.time_zone == zone)
        .map(|listed| everyday_name(listed.canonical))
}

fn everyday_name(canonical: &'static str) -> &'static str {
    if canonical == DATABASE_NAME_OF_UTC { UTC } else { canonical }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_by_its_name_in_any_case() {
        for name in ["Europe/Berlin", "europe/berlin", "EUROPE/BERLIN", " Europe/Berlin "] {
            assert_eq!(find_time_zone(name), Some("Europe/Berlin"));
        }
        assert_eq!(find_time_zone("america/argentina/buenos_aires"), Some("America/Argentina/Buenos_Aires"));
        assert_eq!(find_time_zone("etc/gmt+5"), Some("Etc/GMT+5"));
        assert_eq!(find_time_zone("America/New York"), Some("America/New_York"));
    }

    #[test]
    fn every_name_of_utc_is_utc() {
        for name in ["UTC", "utc", "Etc/UTC", "Etc/UCT", "Zulu", "Universal"] {
            assert_eq!(find_time_zone(name), Some("UTC"), "{name}");
        }
    }

    #[test]
    fn links_lead_to_their_zones() {
        for (link, zone) in [
            ("Asia/Calcutta", "Asia/Kolkata"),
            ("Europe/Kiev", "Europe/Kyiv"),
            ("US/Eastern", "America/New_York"),
            ("America/Indianapolis", "America/Indiana/Indianapolis"),
            ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ] {
            assert_eq!(find_time_zone(link), Some(zone));
        }
    }

    #[test]
    fn windows_ids_stand_for_their_zones_in_any_case() {
        for (id, zone) in [
            ("US Eastern Standard Time", "America/Indiana/Indianapolis"),
            ("us eastern standard time", "America/Indiana/Indianapolis"),
            ("Eastern Standard Time", "America/New_York"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("India Standard Time", "Asia/Kolkata"),
            ("GMT Standard Time", "Europe/London"),
            ("UTC-11", "Etc/GMT+11"),
        ] {
            assert_eq!(find_time_zone(id), Some(zone));
        }
    }

    #[test]
    fn unknown_zones_are_not_found() {
        for name in
            ["", " ", "Europe", "Europe/", "Europe/Atlantis", "Etc/Unknown", "Eastern Time", "+01:00", "Local", "unk"]
        {
            assert_eq!(find_time_zone(name), None, "{name:?}");
        }
    }

    #[test]
    fn every_listed_zone_is_canonical() {
        let names: Vec<&str> = time_zones().collect();
        assert!(names.len() > 400);
        assert!(names.is_sorted_by(|one, next| one < next));
        assert!(names.contains(&"UTC") && names.contains(&"Pacific/Kiritimati"));
        for name in names {
            assert_eq!(find_time_zone(name), Some(name));
        }
    }

    #[test]
    fn a_country_has_the_time_zone_of_nearly_everybody_in_it() {
        for (country, zone) in [
            ("DE", "Europe/Berlin"),
            ("NL", "Europe/Amsterdam"),
            ("IN", "Asia/Kolkata"),
            ("CN", "Asia/Shanghai"),
            ("ES", "Europe/Madrid"),
            ("NZ", "Pacific/Auckland"),
            ("AR", "America/Argentina/Buenos_Aires"),
            ("KZ", "Asia/Almaty"),
        ] {
            assert_eq!(time_zone_of_country(country), Some(zone), "{country}");
        }
        for country in ["US", "RU", "CA", "BR", "AU", "MX", "ID", "CD", "MN", "de", "XX", ""] {
            assert_eq!(time_zone_of_country(country), None, "{country}");
        }
    }

    #[test]
    fn every_country_with_a_time_zone_is_listed_and_so_is_the_zone() {
        let rows: Vec<_> = rows(COUNTRY_TIME_ZONES).collect();
        assert_eq!(rows.len(), COUNTRY_TIME_ZONES.lines().count());
        assert!(rows.is_sorted_by(|(one, _), (next, _)| one < next));
        let names: Vec<&str> = time_zones().collect();
        for (country, zone) in rows {
            assert_eq!(crate::reference_data::find_country(country).map(|found| found.code), Some(country));
            assert!(names.contains(&zone), "{country}: {zone}");
        }
    }

    #[test]
    fn every_windows_id_stands_for_a_listed_zone() {
        let ids: Vec<&str> = WINDOWS_TIME_ZONES.lines().collect();
        assert!(ids.is_sorted_by(|one, next| one < next));
        let listed: Vec<WindowsTimeZone> = windows_time_zones().collect();
        assert_eq!(listed.len(), ids.len());
        let names: Vec<&str> = time_zones().collect();
        for zone in listed {
            assert!(names.contains(&zone.iana_name), "{}", zone.id);
            assert_eq!(find_time_zone(zone.id), Some(zone.iana_name));
        }
    }

    #[test]
    fn a_windows_id_comes_back_as_it_was_given() {
        let mut others = Vec::new();
        for zone in windows_time_zones() {
            let back = windows_id(zone.iana_name).unwrap();
            assert_eq!(find_time_zone(back), Some(zone.iana_name));
            if back != zone.id {
                others.push((zone.id, back));
            }
        }
        assert_eq!(others, []);
        assert_eq!(windows_id("America/Indiana/Indianapolis"), Some("US Eastern Standard Time"));
        for name in ["Europe/Vienna", "US/Eastern", "", "US Eastern Standard Time"] {
            assert_eq!(windows_id(name), None, "{name}");
        }
    }
}
