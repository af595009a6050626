//! The machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::ports::Clock;
use crate::timestamp::Timestamp;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the port that everybody else reads the time from")]
        let now = SystemTime::now();
        // A time before 1970 means that the clock was never set. Treat it as 1970: tokens then expire early rather than
        // late.
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_unix_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_plausible() {
        let now = SystemClock.now();
        assert!(now > Timestamp::from_unix_micros(1_767_225_600_000_000), "{now}");
        assert!(SystemClock.now() >= now);
    }
}
