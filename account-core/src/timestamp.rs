//! Times in whole microseconds.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

/// How far the clocks of a service's instances may differ. A stored time that is further ahead was written by a clock that was
/// fast and has been set back since.
pub const CLOCK_DIFFERENCE: Duration = Duration::from_mins(1);

/// A time in UTC, in whole microseconds since 1970-01-01T00:00:00Z.
///
/// Every supported database stores microseconds without loss, so a stored value equals the value read back. `Display`
/// writes RFC 3339 in whole seconds with `Z`, which has the same length for every time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Creates the time `micros` microseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Returns the microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_micros(self) -> i64 {
        self.0
    }

    /// Parses an RFC 3339 time with any offset from UTC; `None` if it has another format.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let moment: jiff::Timestamp = text.parse().ok()?;
        Some(Self(moment.as_microsecond()))
    }

    /// Parses the time of an HTTP header such as `Date` (RFC 9110, section 5.6.7); `None` if it has another format.
    #[must_use]
    pub fn parse_http_date(text: &str) -> Option<Self> {
        let moment = jiff::fmt::rfc2822::parse(text).ok()?;
        Some(Self(moment.timestamp().as_microsecond()))
    }

    /// Returns whether this time, which was stored as one that had come, is further ahead of `now` than clocks differ. It
    /// MUST NOT be trusted: until the clock gets there, it would count as just now.
    #[must_use]
    pub fn is_from_the_future(self, now: Self) -> bool {
        self > now.latest_credible()
    }

    /// Returns the latest time that, stored as one that had come, is not [from the future](Self::is_from_the_future).
    #[must_use]
    pub fn latest_credible(self) -> Self {
        self + CLOCK_DIFFERENCE
    }

    /// Returns the time from `earlier` to this time; zero if `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// Returns a duration in microseconds, saturating at 292,000 years.
fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(micros(duration)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(micros(duration)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.div_euclid(1_000_000);
        match jiff::Timestamp::from_second(seconds) {
            Ok(moment) => write!(f, "{moment}"),
            // RFC 3339 has no form for years outside -9999..=9999.
            Err(_) => write!(f, "{seconds}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_prints_as_rfc_3339_in_utc() {
        assert_eq!(Timestamp::from_unix_micros(1_699_335_116_000_000).to_string(), "2023-11-07T05:31:56Z");
        assert_eq!(Timestamp::from_unix_micros(1_999_999).to_string(), "1970-01-01T00:00:01Z");
        assert_eq!(Timestamp::from_unix_micros(-1).to_string(), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn elapsed_time_never_goes_below_zero() {
        let early = Timestamp::from_unix_micros(10);
        let late = early + Duration::from_secs(1);
        assert_eq!(late.since(early), Duration::from_secs(1));
        assert_eq!(early.since(late), Duration::ZERO);
        assert_eq!(late - Duration::from_secs(1), early);
    }

    #[test]
    fn clocks_may_differ_by_a_minute() {
        let now = Timestamp::from_unix_micros(10);
        for (stored, expected) in [
            (now - Duration::from_hours(1), false),
            (now, false),
            (now + CLOCK_DIFFERENCE, false),
            (now + CLOCK_DIFFERENCE + Duration::from_micros(1), true),
        ] {
            assert_eq!(stored.is_from_the_future(now), expected, "{stored:?}");
        }
    }

    #[test]
    fn arithmetic_saturates() {
        assert_eq!(Timestamp::from_unix_micros(5) + Duration::MAX, Timestamp::from_unix_micros(i64::MAX));
    }
}
