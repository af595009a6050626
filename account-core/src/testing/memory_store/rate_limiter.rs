//! Counters.

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::MemoryStore;
use crate::ports::rate_limiter::{Tally, counters_of, tally, without_events};
use crate::ports::{Charge, RateLimiter, StoreError, Verdict};
use crate::testing::lock;
use crate::timestamp::Timestamp;

#[async_trait]
impl RateLimiter for MemoryStore {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        let mut kept = lock(&self.counters);
        let logs = counters_of(charges).into_iter().filter_map(|counter| kept.get_key_value(&counter));
        let logs = logs.map(|(counter, (log, _))| (counter.clone(), log.clone())).collect();
        match tally(charges, now, logs) {
            Tally::Counted(changed) => {
                kept.extend(changed.into_iter().map(|(counter, log, empty_at)| (counter, (log, empty_at))));
                Ok(Verdict::Allowed)
            }
            Tally::Limited(verdict) => Ok(verdict),
        }
    }

    async fn take_back(
        &self,
        events: &BTreeSet<String>,
        counted_at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let mut kept = lock(&self.counters);
        kept.retain(|counter, _| !forgotten.contains(counter));
        let logs = events.iter().filter_map(|counter| Some((counter.clone(), kept.get(counter)?.0.clone()))).collect();
        for (counter, changed) in without_events(logs, counted_at) {
            if let Some((log, _)) = kept.get_mut(&counter) {
                *log = changed;
            }
        }
        Ok(())
    }

    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut kept = lock(&self.counters);
        let empty = kept.iter().filter(|(_, (_, empty_at))| *empty_at <= now);
        let empty: Vec<String> =
            empty.map(|(counter, _)| counter.clone()).take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
        let mut count = 0;
        for counter in empty {
            kept.remove(&counter);
            count += 1;
        }
        Ok(count)
    }
}
