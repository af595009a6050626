//! The arithmetic of several charges at once, which every limiter shares.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::{Charge, Verdict};
use crate::rate::SlidingLog;
use crate::timestamp::Timestamp;

/// The outcome of counting charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tally {
    /// All charges fit. Store these counters: the name of each, its log, and when that log will be empty.
    Counted(Vec<(String, SlidingLog, Timestamp)>),
    /// One charge did not fit. Store nothing.
    Limited(Verdict),
}

/// Returns the counters that [`tally`] needs for these charges, in the order in which to lock them.
#[must_use]
pub fn counters_of(charges: &[Charge]) -> BTreeSet<String> {
    let chain = |first| std::iter::successors(Some(first), |charge: &&Charge| charge.otherwise.as_deref());
    charges.iter().flat_map(chain).filter(|charge| charge.rate.get().is_some()).map(Charge::counter).collect()
}

/// Counts the charges against the stored logs of their [`counters_of`]. Leave out counters that are not stored yet.
#[must_use]
pub fn tally(charges: &[Charge], now: Timestamp, mut logs: BTreeMap<String, SlidingLog>) -> Tally {
    let mut changed = BTreeMap::new();
    for charge in charges {
        if let Err(retry_after) = count(charge, now, &mut logs, &mut changed) {
            return Tally::Limited(Verdict::Limited { limit: charge.limit, rate: charge.rate, retry_after });
        }
    }
    let counted = changed.into_iter().filter_map(|(counter, empty_at)| {
        let log = logs.remove(&counter)?;
        Some((counter, log, empty_at))
    });
    Tally::Counted(counted.collect())
}

/// Takes back one event of that moment from each log; the counters that have changed are to be written.
///
/// The moment at which a counter is empty stays as it was: later than needed, which does no harm.
#[must_use]
pub fn without_events(logs: BTreeMap<String, SlidingLog>, counted_at: Timestamp) -> Vec<(String, SlidingLog)> {
    let changed = logs.into_iter().map(|(counter, mut log)| (log.take_back(counted_at), counter, log));
    changed.filter_map(|(is_changed, counter, log)| is_changed.then_some((counter, log))).collect()
}

/// Counts one charge or its alternative. If neither fits, returns how long to wait until one does.
fn count(
    charge: &Charge,
    now: Timestamp,
    logs: &mut BTreeMap<String, SlidingLog>,
    changed: &mut BTreeMap<String, Timestamp>,
) -> Result<(), Duration> {
    let Some((_, period)) = charge.rate.get() else { return Ok(()) };
    let counter = charge.counter();
    let log = logs.entry(counter.clone()).or_default();
    match log.count(charge.rate, now) {
        Ok(()) => {
            changed.insert(counter, log.empty_at(period).unwrap_or(now));
            Ok(())
        }
        Err(wait) => match charge.otherwise.as_deref() {
            Some(otherwise) => count(otherwise, now, logs, changed).map_err(|other| other.min(wait)),
            None => Err(wait),
        },
    }
}
