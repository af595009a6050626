//! Rates, and the arithmetic of limits: a sliding log.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::timestamp::Timestamp;

/// Maximum number of entries in a log. Limits up to this number are exact, with an entry for each event. For higher
/// limits, events that are close together share an entry.
const MAX_ENTRIES: u32 = 256;
/// Size of a stored entry in bytes: time and count.
const ENTRY_BYTES: usize = 12;

/// A number of events per period, or no limit. Written `5/min`, `10/15min`, `100/day`, `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(Option<(u32, Duration)>);

/// The text is not a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a limit is written as N/s, N/min, N/15min, N/h, N/day or off")]
pub struct RateError;

impl Rate {
    /// No limit.
    pub const OFF: Self = Self(None);

    /// Allows at most `count` events within any `period`. A count of 0 allows nothing.
    #[must_use]
    pub const fn new(count: u32, period: Duration) -> Self {
        Self(Some((count, period)))
    }

    /// So many times as many in the same time.
    #[must_use]
    pub const fn times(self, factor: u32) -> Self {
        match self.0 {
            Some((count, period)) => Self(Some((count.saturating_mul(factor), period))),
            None => Self::OFF,
        }
    }

    /// Returns count and period; `None` if there is no limit.
    #[must_use]
    pub const fn get(self) -> Option<(u32, Duration)> {
        self.0
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        if text == "off" {
            return Ok(Self::OFF);
        }
        let (count, unit) = text.split_once('/').ok_or(RateError)?;
        let digits = unit.find(|c: char| !c.is_ascii_digit()).ok_or(RateError)?;
        let (multiple, unit) = unit.split_at(digits);
        let seconds = match unit {
            "s" => 1,
            "min" => 60,
            "h" => 60 * 60,
            "day" => 24 * 60 * 60,
            _ => return Err(RateError),
        };
        let multiple: u64 = if multiple.is_empty() { 1 } else { multiple.parse().map_err(|_| RateError)? };
        let seconds = multiple.checked_mul(seconds).filter(|seconds| (1..=366 * 24 * 60 * 60).contains(seconds));
        if count.starts_with('+') {
            return Err(RateError);
        }
        Ok(Self::new(count.parse().map_err(|_| RateError)?, Duration::from_secs(seconds.ok_or(RateError)?)))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((count, period)) = self.0 else { return f.write_str("off") };
        let seconds = period.as_secs();
        let (multiple, unit) = [(86_400, "day"), (3_600, "h"), (60, "min")]
            .into_iter()
            .find(|(size, _)| seconds > 0 && seconds % size == 0)
            .map_or((seconds, "s"), |(size, unit)| (seconds / size, unit));
        if multiple == 1 { write!(f, "{count}/{unit}") } else { write!(f, "{count}/{multiple}{unit}") }
    }
}

/// The recent events of one counter, oldest first.
///
/// No window of the length of the period contains more events than allowed. For limits up to 256 the log is exact.
/// Above, events within 1/256 of the period share an entry with the time of the newest of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlidingLog {
    entries: Vec<(Timestamp, u32)>,
}

impl SlidingLog {
    /// Parses a stored log. A damaged one is read as far as possible: a counter is not worth an error.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Self {
        let entries = bytes
            .chunks_exact(ENTRY_BYTES)
            .filter_map(|chunk| {
                let (moment, count) = chunk.split_first_chunk::<8>()?;
                let micros = i64::from_be_bytes(*moment);
                Some((Timestamp::from_unix_micros(micros), u32::from_be_bytes(*count.first_chunk::<4>()?)))
            })
            .collect();
        Self { entries }
    }

    /// Returns the log's stored form.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.entries
            .iter()
            .flat_map(|(moment, count)| {
                moment.unix_micros().to_be_bytes().into_iter().chain(count.to_be_bytes()).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Counts one event if the rate allows it. Events from the future do not count: the clock was set back. Those that are
    /// ahead by no more than clocks differ count as now.
    ///
    /// # Errors
    /// The time until the event would be allowed. Nothing is counted then.
    pub fn count(&mut self, rate: Rate, now: Timestamp) -> Result<(), Duration> {
        let Some((limit, period)) = rate.get() else { return Ok(()) };
        self.entries.retain(|(moment, _)| !moment.is_from_the_future(now) && now.since(*moment) < period);
        for (moment, _) in &mut self.entries {
            *moment = (*moment).min(now);
        }
        let counted = self.entries.iter().fold(0_u32, |sum, (_, count)| sum.saturating_add(*count));
        if counted >= limit {
            return Err(self.wait(counted - limit, period, now));
        }
        // Time is divided into grains. Events in the same grain share an entry, with the time of the newest.
        let grain = i64::try_from(period.as_micros() / u128::from(MAX_ENTRIES)).unwrap_or(i64::MAX).max(1);
        let grain_of = |moment: Timestamp| moment.unix_micros().div_euclid(grain);
        match self.entries.last_mut() {
            Some((moment, count)) if limit > MAX_ENTRIES && grain_of(*moment) == grain_of(now) => {
                *moment = now;
                *count += 1;
            }
            _ => self.entries.push((now, 1)),
        }
        Ok(())
    }

    /// Takes back one event that was counted at that moment; false when there is none.
    pub fn take_back(&mut self, counted_at: Timestamp) -> bool {
        // An entry of several events is as young as its youngest.
        let is_its = |&(moment, count): &(Timestamp, u32)| moment == counted_at || (moment > counted_at && count > 1);
        let Some(index) = self.entries.iter().position(is_its) else { return false };
        if let Some((_, count)) = self.entries.get_mut(index) {
            *count -= 1;
            if *count == 0 {
                self.entries.remove(index);
            }
        }
        true
    }

    /// Returns when the last entry will have left the window.
    #[must_use]
    pub fn empty_at(&self, period: Duration) -> Option<Timestamp> {
        self.entries.last().map(|(moment, _)| *moment + period)
    }

    /// Returns the time until enough old events have left the window.
    fn wait(&self, excess: u32, period: Duration, now: Timestamp) -> Duration {
        let mut gone = 0_u32;
        for (moment, count) in &self.entries {
            gone = gone.saturating_add(*count);
            if gone > excess {
                return (*moment + period).since(now);
            }
        }
        period
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_unix_micros(1_700_000_000_000_000 + millis * 1000)
    }

    #[test]
    fn rates_are_read_and_written_alike() {
        for text in ["5/min", "10/15min", "30/h", "100/day", "600/min", "1/s", "off", "0/day", "7/90s"] {
            assert_eq!(text.parse::<Rate>().unwrap().to_string(), text);
        }
        for text in ["", "5", "5/", "/min", "5/minute", "-1/min", "+1/min", "5/0min", "5/min ", "x/min", "1/9999999day"]
        {
            assert_eq!(text.parse::<Rate>(), Err(RateError), "{text}");
        }
    }

    #[test]
    fn no_window_ever_holds_more_than_the_limit() {
        let rate = Rate::new(5, MINUTE);
        let mut log = SlidingLog::default();
        let mut allowed = Vec::new();
        // An odd step, so that events fall on all kinds of moments.
        for step in 0..2_000 {
            let now = at(step * 1_237);
            if log.count(rate, now).is_ok() {
                allowed.push(now);
            }
        }
        for window in allowed.windows(6) {
            assert!(window[5].since(window[0]) >= MINUTE);
        }
        assert!(allowed.len() > 5 * 2_000 * 1_237 / 60_000 - 100, "and the limit is used up: {}", allowed.len());
    }

    #[test]
    fn the_wait_is_exactly_until_the_oldest_event_is_gone() {
        let rate = Rate::new(2, MINUTE);
        let mut log = SlidingLog::default();
        assert_eq!(log.count(rate, at(0)), Ok(()));
        assert_eq!(log.count(rate, at(10_000)), Ok(()));
        assert_eq!(log.count(rate, at(15_000)), Err(Duration::from_secs(45)));
        assert_eq!(log.count(rate, at(59_999)), Err(Duration::from_millis(1)));
        assert_eq!(log.count(rate, at(60_000)), Ok(()));
        assert_eq!(log.count(rate, at(60_001)), Err(Duration::from_millis(9_999)));
    }

    #[test]
    fn a_high_limit_keeps_a_short_log_and_still_holds() {
        let rate = Rate::new(10_000, MINUTE);
        let mut log = SlidingLog::default();
        let mut allowed = Vec::new();
        for step in 0..60_000 {
            if log.count(rate, at(step * 3)).is_ok() {
                allowed.push(at(step * 3));
            }
        }
        assert!(log.encode().len() <= 257 * ENTRY_BYTES, "{}", log.encode().len());
        for window in allowed.windows(10_001).step_by(97) {
            assert!(window[10_000].since(window[0]) >= MINUTE);
        }
        assert!(allowed.len() > 29_000, "{}", allowed.len());
    }

    #[test]
    fn a_log_survives_its_storage_and_clocks_that_differ() {
        let rate = Rate::new(2, MINUTE);
        let mut log = SlidingLog::default();
        log.count(rate, at(60_000)).unwrap();
        let mut read = SlidingLog::decode(&log.encode());
        assert_eq!(read, log);
        read.count(rate, at(0)).unwrap();
        assert_eq!(read.count(rate, at(1)), Err(Duration::from_millis(59_999)));
        assert_eq!(SlidingLog::decode(&[1, 2, 3]), SlidingLog::default());
    }

    #[test]
    fn events_from_the_future_do_not_count() {
        for rate in [Rate::new(10, 15 * MINUTE), Rate::new(1_000, 24 * 60 * MINUTE)] {
            let (limit, period) = rate.get().unwrap();
            let mut log = SlidingLog::default();
            let fast = at(0) + 120 * MINUTE;
            for _ in 0..limit {
                log.count(rate, fast).unwrap();
            }
            assert_eq!(log.count(rate, fast), Err(period));
            for _ in 0..limit {
                assert_eq!(log.count(rate, at(0)), Ok(()));
            }
            assert_eq!(log.count(rate, at(1)), Err(period.checked_sub(Duration::from_millis(1)).unwrap()));
            assert_eq!(log.empty_at(period), Some(at(0) + period));
        }
    }

    #[test]
    fn a_returned_event_was_never_counted() {
        let rate = Rate::new(2, MINUTE);
        let mut log = SlidingLog::default();
        log.count(rate, at(0)).unwrap();
        log.count(rate, at(10)).unwrap();
        assert!(!log.take_back(at(5)), "nothing was counted then");
        assert!(log.take_back(at(0)));
        assert!(!log.take_back(at(0)), "only once");
        log.count(rate, at(20)).unwrap();
        assert_eq!(log.count(rate, at(20)), Err(Duration::from_millis(59_990)));
    }

    #[test]
    fn returning_takes_one_event_from_a_joint_entry() {
        let rate = Rate::new(1_000, MINUTE);
        let mut log = SlidingLog::default();
        for _ in 0..1_000 {
            log.count(rate, at(0)).unwrap();
        }
        assert!(log.count(rate, at(0)).is_err());
        assert!(log.take_back(at(0)));
        assert!(log.count(rate, at(0)).is_ok());
        assert!(log.count(rate, at(0)).is_err());
    }

    #[test]
    fn off_counts_nothing_and_zero_allows_nothing() {
        let mut log = SlidingLog::default();
        assert_eq!(log.count(Rate::OFF, at(0)), Ok(()));
        assert_eq!(log, SlidingLog::default());
        assert_eq!(log.count(Rate::new(0, MINUTE), at(0)), Err(MINUTE));
    }
}
