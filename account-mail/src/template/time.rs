//! Times in words.

use std::fmt;
use std::time::Duration;

use account_core::timestamp::Timestamp;

/// How long a link works.
#[derive(Clone, Copy)]
pub(super) struct Expiry {
    /// From the mail's date.
    pub(super) words: Span,
    /// The end itself.
    pub(super) moment: Minute,
}

impl Expiry {
    pub(super) fn of(date: Timestamp, expires_at: Timestamp) -> Self {
        Self { words: Span(expires_at.since(date)), moment: Minute(expires_at) }
    }
}

/// A span of time in English words: `24 hours`. To the nearest minute, and from there on rounded down, so that not more
/// is promised than is kept.
#[derive(Clone, Copy)]
pub(super) struct Span(Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = ((self.0.as_secs() + 30) / 60).max(1);
        let (count, unit) = match minutes {
            0..60 => (minutes, "minute"),
            60..2880 => (minutes / 60, "hour"),
            _ => (minutes / 1440, "day"),
        };
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

/// A moment to the minute: `2023-11-08 05:31 UTC`.
#[derive(Clone, Copy)]
pub(super) struct Minute(pub(super) Timestamp);

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        match text.split_once('T').and_then(|(day, time)| Some((day, time.get(..5)?))) {
            Some((day, time)) => write!(f, "{day} {time} UTC"),
            None => f.write_str(&text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_words_and_rounded_down() {
        for (seconds, words) in [
            (0, "1 minute"),
            (90, "2 minutes"),
            (59 * 60, "59 minutes"),
            (3600, "1 hour"),
            (7199, "2 hours"),
            (23 * 3600 + 3540, "23 hours"),
            (86_399, "24 hours"),
            (86_400, "24 hours"),
            (47 * 3600, "47 hours"),
            (48 * 3600, "2 days"),
            (7 * 86_400, "7 days"),
        ] {
            assert_eq!(Span(Duration::from_secs(seconds)).to_string(), words, "{seconds} s");
        }
    }

    #[test]
    fn a_moment_is_told_to_the_minute() {
        assert_eq!(Minute(Timestamp::from_unix_micros(1_699_335_116_500_000)).to_string(), "2023-11-07 05:31 UTC");
        assert_eq!(Minute(Timestamp::from_unix_micros(i64::MAX)).to_string(), "9223372036854s");
    }
}
