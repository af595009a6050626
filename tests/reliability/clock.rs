//! Moments: those of this machine, and chosen ones.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use account_core::ports::Entropy;
use account_core::testing::SeededEntropy;

/// Seconds since 1970, as the mail server writes them down.
#[expect(clippy::disallowed_methods, reason = "compared with what another process writes down by the same clock")]
pub(crate) fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

/// Chooses moments without a pattern, the same ones for the same seed.
pub(crate) struct Chance(SeededEntropy);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(SeededEntropy::new(seed))
    }

    /// A time below `limit`.
    pub(crate) fn below(&self, limit: Duration) -> Duration {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        limit.mul_f64(f64::from(u32::from_be_bytes(bytes)) / (f64::from(u32::MAX) + 1.0))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Chance;

    #[test]
    fn random_moments_are_bounded_and_repeat_with_the_seed() {
        let limit = Duration::from_millis(50);
        let choose = |seed| {
            let chance = Chance::new(seed);
            (0..100).map(|_| chance.below(limit)).collect::<Vec<_>>()
        };
        assert!(choose(1).iter().all(|moment| *moment < limit));
        assert_eq!(choose(1), choose(1));
        assert_ne!(choose(1), choose(2));
    }
}
