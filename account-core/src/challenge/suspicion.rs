//! Suspicion: whether so much was requested in the last minutes that clients are asked for a challenge.
//!
//! Requests are counted in all, by wide network, and by the address or user name as it was typed. What is known about
//! accounts plays no part, so new, pending, taken and unknown addresses are asked alike. Counted in this process alone:
//! it is a signal, not a limit, and must not cost a write for each request. Its memory is bounded.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::client::WideNetwork;
use crate::ports::{ChallengePurpose, Rate};
use crate::timestamp::Timestamp;

/// Most networks, and most identifiers, that are counted for one purpose.
const MAX_KEYS: usize = 8_192;

/// Counts of the last minutes. Clones share one memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Suspicion(Arc<Mutex<Counts>>);

/// Whom a request is counted under.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Suspects<'a> {
    /// What is requested.
    pub(crate) purpose: ChallengePurpose,
    /// The client's network, if it has one that is counted.
    pub(crate) network: Option<WideNetwork>,
    /// What was typed, folded.
    pub(crate) identifier: &'a str,
}

/// How many requests arouse no suspicion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thresholds {
    /// Of everybody.
    pub(crate) in_all: Rate,
    /// Of one wide network.
    pub(crate) per_network: Rate,
    /// With one identifier.
    pub(crate) per_identifier: Rate,
}

#[derive(Debug, Default)]
struct Counts {
    by_purpose: BTreeMap<ChallengePurpose, Counted>,
    /// Registrations that were accepted.
    accepted: Window,
    /// Registrations that were completed.
    completed: Window,
}

#[derive(Debug, Default)]
struct Counted {
    in_all: Window,
    by_network: Windows,
    by_identifier: Windows,
}

impl Suspicion {
    /// Counts a request. Returns whether those before it had reached a threshold already. In one step: of requests that
    /// come at once, no more get through.
    pub(crate) fn count(&self, suspects: &Suspects<'_>, thresholds: &Thresholds, now: Timestamp) -> bool {
        let mut counts = self.lock();
        let counted = counts.by_purpose.entry(suspects.purpose).or_default();
        let is_suspicious = counted.reach(suspects, thresholds, now);
        counted.in_all.add(thresholds.in_all, now);
        if let Some(network) = suspects.network {
            counted.by_network.add(number_of(&network), thresholds.per_network, now);
        }
        counted.by_identifier.add(number_of(suspects.identifier), thresholds.per_identifier, now);
        is_suspicious
    }

    /// Returns whether a threshold is reached.
    pub(crate) fn is_aroused(&self, suspects: &Suspects<'_>, thresholds: &Thresholds, now: Timestamp) -> bool {
        self.lock().by_purpose.entry(suspects.purpose).or_default().reach(suspects, thresholds, now)
    }

    /// Counts a registration that was accepted, by the threshold of unverified ones.
    pub(crate) fn count_accepted(&self, unverified: Rate, now: Timestamp) {
        self.lock().accepted.add(unverified, now);
    }

    /// Counts a registration that was completed.
    pub(crate) fn count_completed(&self, unverified: Rate, now: Timestamp) {
        self.lock().completed.add(unverified, now);
    }

    /// Returns whether that many more registrations were accepted than completed.
    pub(crate) fn has_many_unverified(&self, unverified: Rate, now: Timestamp) -> bool {
        let counts = self.lock();
        let completed = counts.completed.count(unverified, now);
        reaches(unverified, counts.accepted.count(unverified, now).saturating_sub(completed))
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        // No code that holds the lock can panic half-way through a change.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn remembered(&self, purpose: ChallengePurpose) -> usize {
        let counts = self.lock();
        let counted = counts.by_purpose.get(&purpose);
        counted.map_or(0, |counted| counted.by_network.0.len() + counted.by_identifier.0.len())
    }
}

impl Counted {
    fn reach(&self, suspects: &Suspects<'_>, thresholds: &Thresholds, now: Timestamp) -> bool {
        let of_network = suspects
            .network
            .map_or(0, |network| self.by_network.count(number_of(&network), thresholds.per_network, now));
        let of_identifier = self.by_identifier.count(number_of(suspects.identifier), thresholds.per_identifier, now);
        reaches(thresholds.in_all, self.in_all.count(thresholds.in_all, now))
            || (suspects.network.is_some() && reaches(thresholds.per_network, of_network))
            || reaches(thresholds.per_identifier, of_identifier)
    }
}

/// Whether one more would be too many.
fn reaches(threshold: Rate, count: u32) -> bool {
    threshold.get().is_some_and(|(allowed, _)| count >= allowed)
}

/// An estimate of how many events the last period had: those of the current one, and of the one before as many as still
/// lie within the window if they were spread evenly.
#[derive(Debug, Clone, Copy, Default)]
struct Window {
    /// The number of the current period since 1970.
    period: i64,
    current: u32,
    previous: u32,
}

impl Window {
    /// The window as it is at `now`. If the clock was set back, what was counted counts as of now.
    fn moved_to(self, number: i64) -> Self {
        match number.saturating_sub(self.period) {
            ..=0 => Self { period: number, ..self },
            1 => Self { period: number, current: 0, previous: self.current },
            _ => Self { period: number, current: 0, previous: 0 },
        }
    }

    fn add(&mut self, rate: Rate, now: Timestamp) {
        let Some((number, _)) = position(rate, now) else { return };
        *self = self.moved_to(number);
        self.current = self.current.saturating_add(1);
    }

    fn count(self, rate: Rate, now: Timestamp) -> u32 {
        let Some((number, left)) = position(rate, now) else { return 0 };
        let moved = self.moved_to(number);
        let still = u64::from(moved.previous) * u64::from(left) / 1_000;
        moved.current.saturating_add(u32::try_from(still).unwrap_or(u32::MAX))
    }
}

/// The number of the period at `now`, and how many thousandths of it are left. `None` without a threshold: then nothing
/// need be counted.
fn position(rate: Rate, now: Timestamp) -> Option<(i64, u32)> {
    let (_, period) = rate.get()?;
    let period = i64::try_from(period.as_micros()).ok().filter(|period| *period > 0)?;
    let passed = i128::from(now.unix_micros().rem_euclid(period)) * 1_000 / i128::from(period);
    Some((now.unix_micros().div_euclid(period), 1_000 - u32::try_from(passed).unwrap_or(1_000)))
}

/// Windows by network or by identifier. Their keys are digests: a collision would make a client suspicious, no more.
#[derive(Debug, Default)]
struct Windows(BTreeMap<u64, Window>);

impl Windows {
    fn count(&self, key: u64, rate: Rate, now: Timestamp) -> u32 {
        self.0.get(&key).map_or(0, |window| window.count(rate, now))
    }

    fn add(&mut self, key: u64, rate: Rate, now: Timestamp) {
        if rate == Rate::OFF {
            return;
        }
        if self.0.len() >= MAX_KEYS && !self.0.contains_key(&key) {
            self.make_room(rate, now);
        }
        self.0.entry(key).or_default().add(rate, now);
    }

    /// Forgets what has ended, and if that is not enough, the half that was counted least.
    fn make_room(&mut self, rate: Rate, now: Timestamp) {
        self.0.retain(|_, window| window.count(rate, now) > 0);
        if self.0.len() < MAX_KEYS {
            return;
        }
        let mut counts: Vec<_> = self.0.iter().map(|(key, window)| (window.count(rate, now), *key)).collect();
        let middle = counts.len() / 2;
        let (_, median, _) = counts.select_nth_unstable(middle);
        let median = *median;
        self.0.retain(|key, window| (window.count(rate, now), *key) > median);
    }
}

fn number_of<T: Hash + ?Sized>(what: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
