//! When to try again, in words.

use std::time::Duration;

/// A text and, where a time to wait is known, when to try again.
pub(crate) fn try_again(text: &str, retry_after: Option<Duration>) -> String {
    retry_after.map_or_else(|| text.to_owned(), |time| format!("{text} Try again in {}.", wait_in_words(time)))
}

/// A time to wait, rounded up.
fn wait_in_words(time: Duration) -> String {
    let (count, unit) = rounded_up(time);
    let unit = match unit {
        TimeUnit::Second => "second",
        TimeUnit::Minute => "minute",
        TimeUnit::Hour => "hour",
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// What a time to wait is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Second,
    Minute,
    Hour,
}

/// A time to wait as a person is told it: a count of a unit, rounded up.
pub(crate) fn rounded_up(time: Duration) -> (u64, TimeUnit) {
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    match seconds {
        0..=90 => (seconds.max(1), TimeUnit::Second),
        91..=5_400 => (seconds.div_ceil(60), TimeUnit::Minute),
        _ => (seconds.div_ceil(3_600), TimeUnit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_to_wait_are_rounded_up() {
        for (millis, words) in [
            (0, "1 second"),
            (1_001, "2 seconds"),
            (60_000, "60 seconds"),
            (91_000, "2 minutes"),
            (3_600_000, "60 minutes"),
            (5_401_000, "2 hours"),
            (86_400_000, "24 hours"),
        ] {
            assert_eq!(wait_in_words(Duration::from_millis(millis)), words);
        }
    }
}
