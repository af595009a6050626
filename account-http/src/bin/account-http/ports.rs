//! The clock and the generator of the machine, behind the core's ports.

use std::time::{SystemTime, UNIX_EPOCH};

use account_core::ports::{Clock, Entropy};
use account_core::timestamp::Timestamp;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the port that everybody else reads the time from")]
        let now = SystemTime::now();
        // A clock before 1970 is a machine that was never set: tokens then end early rather than late.
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_unix_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    /// Fills the buffer, or ends the process.
    ///
    /// Without randomness there is no token that could not be guessed, and nothing to be done about it: a panic would
    /// end one request and leave the next one to try the same. So the process ends, at once and with a reason in the
    /// log. What was acknowledged is in the store by then.
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(error) = getrandom::fill(buffer) {
            tracing::error!(event = "entropy_failed", %error, "the system's random generator failed: this process ends");
            std::process::abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_somewhere_in_this_age() {
        let now = SystemClock.now();
        assert!(now > Timestamp::from_unix_micros(1_767_225_600_000_000), "{now}");
        assert!(SystemClock.now() >= now);
    }

    #[test]
    fn the_generator_does_not_repeat_itself() {
        let (mut first, mut second) = ([0; 32], [0; 32]);
        SystemEntropy.fill(&mut first);
        SystemEntropy.fill(&mut second);
        assert_ne!(first, second);
    }
}
