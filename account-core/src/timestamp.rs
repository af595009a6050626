//! A moment in time, in whole microseconds.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

/// A moment in UTC, counted in whole microseconds since 1970-01-01T00:00:00Z.
///
/// Microseconds are what every supported database keeps without loss, so a value that was stored compares equal
/// to the value that is read back. `Display` writes RFC 3339 with `Z`, in whole seconds: that is what people and
/// answers need, and it has the same length for every moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment that lies `micros` microseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_micros(self) -> i64 {
        self.0
    }

    /// Reads a moment in the form of RFC 3339, with an offset from UTC; `None` when it is not of that form.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let moment: jiff::Timestamp = text.parse().ok()?;
        Some(Self(moment.as_microsecond()))
    }

    /// Time that passed from `earlier` until this moment; zero when `earlier` lies after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// A duration in microseconds, saturating: nobody configures 292,000 years.
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
            // Outside the years -9999..=9999 there is no RFC 3339 spelling.
            Err(_) => write!(f, "{seconds}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_prints_as_rfc_3339_in_utc() {
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
    fn arithmetic_saturates() {
        assert_eq!(Timestamp::from_unix_micros(5) + Duration::MAX, Timestamp::from_unix_micros(i64::MAX));
    }
}
