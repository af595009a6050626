//! Limits that are known to be reached, so that refusing again costs neither a hashing place nor a query.
//!
//! The limiter's verdicts fill this memory. Two things keep it true. A counter that this process clears is forgotten here
//! too, and a verdict that was asked for before that is not believed. And because other instances clear counters as
//! well, one request a second for each counter is let through, to ask the limiter again.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::iter::successors;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Limited;
use crate::ports::{Charge, Verdict};
use crate::timestamp::Timestamp;

/// How long a verdict is believed before the limiter is asked again.
const BELIEVED: Duration = Duration::from_secs(1);
/// Most counters that are remembered; a counter's text has about 400 bytes at most.
const MAX_COUNTERS: usize = 4_096;
/// Counters share this many numbers that tell when one of them was cleared.
const CLEARINGS: usize = 256;

/// Counters that allow nothing for a while. Clones share one memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownLimits(Arc<Mutex<Known>>);

/// A moment before the limiter was asked: what was cleared since is known by it.
#[derive(Debug)]
pub(crate) struct Asking([u32; CLEARINGS]);

#[derive(Debug)]
struct Known {
    reached: BTreeMap<String, Reached>,
    /// How often a counter was cleared, over all counters of the same number.
    clearings: [u32; CLEARINGS],
}

#[derive(Debug, Clone, Copy)]
struct Reached {
    until: Timestamp,
    /// When the limiter said so, or somebody was last let through to ask it.
    asked: Timestamp,
}

impl Default for Known {
    fn default() -> Self {
        Self { reached: BTreeMap::new(), clearings: [0; CLEARINGS] }
    }
}

impl KnownLimits {
    /// The first of the charges that is known not to fit at `now`. `None` also for the one request a second that is to
    /// ask the limiter.
    pub(crate) fn find(&self, charges: &[Charge], now: Timestamp) -> Option<Limited> {
        let mut known = self.lock();
        charges.iter().find_map(|charge| known.refuse(charge, now))
    }

    /// To be called before the limiter is asked.
    pub(crate) fn asking(&self) -> Asking {
        Asking(self.lock().clearings)
    }

    /// Remembers what the limiter said of the charges at `now`.
    pub(crate) fn learn(&self, charges: &[Charge], verdict: &Verdict, now: Timestamp, asking: &Asking) {
        let mut known = self.lock();
        match verdict {
            Verdict::Allowed if known.reached.is_empty() => {}
            Verdict::Allowed => {
                for counter in charges.iter().flat_map(links).map(Charge::counter) {
                    known.reached.remove(&counter);
                }
            }
            Verdict::Limited { limit, rate, retry_after } => {
                let mut meant = charges.iter().filter(|charge| charge.limit == *limit && charge.rate == *rate);
                // Of two that are called alike nobody can say which one it was.
                if let (Some(charge), None) = (meant.next(), meant.next()) {
                    known.remember(charge, now, *retry_after, asking);
                }
            }
        }
    }

    /// Forgets those counters. To be called after the limiter has cleared them, or taken an event back from them.
    pub(crate) fn clear<'a>(&self, counters: impl IntoIterator<Item = &'a String>) {
        let mut known = self.lock();
        for counter in counters {
            known.reached.remove(counter);
            if let Some(clearings) = known.clearings.get_mut(number_of(counter)) {
                *clearings = clearings.wrapping_add(1);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        // No code that holds the lock can panic half-way through a change.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn refuse(&mut self, charge: &Charge, now: Timestamp) -> Option<Limited> {
        let mut until: Option<Timestamp> = None;
        let mut is_believed = true;
        for link in links(charge) {
            let is_meant = |reached: &&Reached| now < reached.until && !reached.asked.is_from_the_future(now);
            let reached = self.reached.get(&link.counter()).filter(is_meant)?;
            until = Some(until.map_or(reached.until, |until| until.min(reached.until)));
            // A clock that was set back a little makes it old as well.
            is_believed &= now >= reached.asked && now.since(reached.asked) < BELIEVED;
        }
        if !is_believed {
            // This request asks; those that come meanwhile believe what was said last.
            for counter in links(charge).map(Charge::counter) {
                if let Some(reached) = self.reached.get_mut(&counter) {
                    reached.asked = now;
                }
            }
            return None;
        }
        Some(Limited { limit: charge.limit, rate: charge.rate, retry_after: until?.since(now) })
    }

    /// Each counter of the charge and of those that could be made instead allows nothing for that long at least.
    fn remember(&mut self, charge: &Charge, now: Timestamp, retry_after: Duration, asking: &Asking) {
        for counter in links(charge).map(Charge::counter) {
            let number = number_of(&counter);
            if self.clearings.get(number) != asking.0.get(number) {
                continue;
            }
            if self.reached.len() >= MAX_COUNTERS {
                self.make_room(now);
            }
            self.reached.insert(counter, Reached { until: now + retry_after, asked: now });
        }
    }

    /// Drops what has ended; if nothing has, the half that ends first.
    fn make_room(&mut self, now: Timestamp) {
        self.reached.retain(|_, reached| now < reached.until);
        if self.reached.len() < MAX_COUNTERS {
            return;
        }
        let mut ends: Vec<_> = self.reached.values().map(|reached| reached.until).collect();
        let middle = ends.len() / 2;
        let (_, median, _) = ends.select_nth_unstable(middle);
        self.reached.retain(|_, reached| reached.until > *median);
    }
}

/// The charge, and those that may be made instead. What has no rate always fits: a chain with one is never limited.
fn links(charge: &Charge) -> impl Iterator<Item = &Charge> {
    successors(Some(charge), |charge| charge.otherwise.as_deref())
}

fn number_of(counter: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    counter.hash(&mut hasher);
    usize::try_from(hasher.finish() % (CLEARINGS as u64)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Rate;

    const RATE: Rate = Rate::new(5, Duration::from_mins(1));
    const SECOND: Duration = Duration::from_secs(1);
    const MINUTE: Duration = Duration::from_mins(1);
    const START: Timestamp = Timestamp::from_unix_micros(1_700_000_000_000_000);

    fn charge(limit: &'static str, key: &str) -> Charge {
        Charge::new(limit, key.to_owned(), RATE)
    }

    fn limited(limit: &'static str) -> Verdict {
        Verdict::Limited { limit, rate: RATE, retry_after: MINUTE }
    }

    fn learned(charges: &[Charge], verdict: &Verdict) -> KnownLimits {
        let known = KnownLimits::default();
        known.learn(charges, verdict, START, &known.asking());
        known
    }

    #[test]
    fn what_the_limiter_refused_is_refused_until_it_said() {
        let charges = [charge("requests", "here"), charge("tries", "john here")];
        let known = learned(&charges, &limited("tries"));
        let refused = Limited { limit: "tries", rate: RATE, retry_after: Duration::from_millis(59_500) };
        assert_eq!(known.find(&charges, START + Duration::from_millis(500)), Some(refused));
        assert_eq!(known.find(&charges[..1], START), None, "the other counter has room");
        assert_eq!(known.find(&[charge("tries", "john there")], START), None);
        assert_eq!(known.find(&charges, START + MINUTE), None);
    }

    #[test]
    fn one_request_a_second_asks_again_and_the_rest_wait_for_its_answer() {
        let charges = [charge("tries", "john")];
        let known = learned(&charges, &limited("tries"));
        let asked = |now| known.find(&charges, now).is_none();
        assert!(!asked(START + SECOND - Duration::from_micros(1)));
        assert!(asked(START + SECOND));
        assert!(!asked(START + SECOND));
        assert!(asked(START + 2 * SECOND));
        known.learn(&charges, &Verdict::Allowed, START + 2 * SECOND, &known.asking());
        assert!(asked(START + 2 * SECOND) && asked(START + 2 * SECOND));
    }

    #[test]
    fn a_cleared_counter_is_forgotten_whatever_was_asked_before() {
        let charges = [charge("tries", "john")];
        let known = learned(&charges, &limited("tries"));
        let asking = known.asking();
        known.clear(&[charges[0].counter()]);
        assert_eq!(known.find(&charges, START), None);
        known.learn(&charges, &limited("tries"), START, &asking);
        assert_eq!(known.find(&charges, START), None, "that verdict is from before");
        known.learn(&charges, &limited("tries"), START, &known.asking());
        assert!(known.find(&charges, START).is_some());
    }

    #[test]
    fn an_exception_counts_as_long_as_it_is_not_used_up() {
        let exception = |network| Some(Box::new(charge("mails", network)));
        let mail = |network| [Charge { otherwise: exception(network), ..charge("mails", "john") }];
        let known = learned(&mail("here"), &limited("mails"));
        assert!(known.find(&mail("here"), START).is_some());
        assert_eq!(known.find(&mail("there"), START), None);
        assert!(known.find(&[charge("mails", "john")], START).is_some());
        known.clear(&["mails:here".to_owned()]);
        assert_eq!(known.find(&mail("here"), START), None);
    }

    #[test]
    fn a_verdict_that_may_be_of_either_of_two_is_not_remembered() {
        let charges = [charge("tries", "a"), charge("tries", "b")];
        assert_eq!(learned(&charges, &limited("tries")).find(&charges, START), None);
    }

    #[test]
    fn a_clock_that_was_set_back_asks_again() {
        let charges = [charge("tries", "john")];
        let known = learned(&charges, &limited("tries"));
        assert_eq!(known.find(&charges, START - SECOND), None);
        // Nobody is told to wait for the time by which it was fast.
        let known = learned(&charges, &limited("tries"));
        for _ in 0..3 {
            assert_eq!(known.find(&charges, START - 120 * MINUTE), None);
        }
    }

    #[test]
    fn the_memory_is_bounded_and_keeps_what_lasts() {
        let known = KnownLimits::default();
        let number_of = |number: usize| [charge("tries", &number.to_string())];
        for number in 0..3 * MAX_COUNTERS {
            let retry_after = SECOND * u32::try_from(number + 1).unwrap();
            let verdict = Verdict::Limited { limit: "tries", rate: RATE, retry_after };
            known.learn(&number_of(number), &verdict, START, &known.asking());
            assert!(known.lock().reached.len() <= MAX_COUNTERS);
        }
        assert!(known.find(&number_of(3 * MAX_COUNTERS - 1), START).is_some());
        let later = START + 24 * 60 * MINUTE;
        for number in 0..MAX_COUNTERS {
            known.learn(&number_of(number), &limited("tries"), later, &known.asking());
        }
        let is_known = |number| known.find(&number_of(number), later).is_some();
        assert!((0..MAX_COUNTERS).all(is_known), "what has ended goes first");
    }
}
