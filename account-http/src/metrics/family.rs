//! Families of metrics: numbers by their labels.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::exposition::{Exposition, Kind};

/// Upper bounds of the buckets of a duration, in milliseconds, and as they are written, in seconds.
const BUCKETS: [(u64, &str); 11] = [
    (5, "0.005"),
    (10, "0.01"),
    (25, "0.025"),
    (50, "0.05"),
    (100, "0.1"),
    (250, "0.25"),
    (500, "0.5"),
    (1_000, "1.0"),
    (2_500, "2.5"),
    (5_000, "5.0"),
    (10_000, "10.0"),
];

/// Counters of one name. Label values are words of the program or of its configuration, so there are only so many.
#[derive(Debug)]
pub(super) struct Counters<const N: usize> {
    /// Without `_total`.
    name: &'static str,
    help: &'static str,
    labels: [&'static str; N],
    counts: Mutex<BTreeMap<[Cow<'static, str>; N], u64>>,
}

impl<const N: usize> Counters<N> {
    pub(super) const fn new(name: &'static str, help: &'static str, labels: [&'static str; N]) -> Self {
        Self { name, help, labels, counts: Mutex::new(BTreeMap::new()) }
    }

    pub(super) fn add<L: Into<Cow<'static, str>>>(&self, labels: [L; N], count: u64) {
        *lock(&self.counts).entry(labels.map(Into::into)).or_default() += count;
    }

    /// The counts, by the values of the labels.
    pub(super) fn values(&self) -> BTreeMap<[Cow<'static, str>; N], u64> {
        lock(&self.counts).clone()
    }

    pub(super) fn write(&self, out: &mut Exposition) {
        out.family(self.name, self.help, Kind::Counter);
        let name = format!("{}_total", self.name);
        for (values, count) in lock(&self.counts).iter() {
            let labels: Vec<_> = self.labels.into_iter().zip(values.iter().map(AsRef::as_ref)).collect();
            out.sample(&name, &labels, &count.to_string());
        }
    }
}

/// Numbers that go up and down, of one name, by one label.
#[derive(Debug)]
pub(super) struct Gauges {
    name: &'static str,
    help: &'static str,
    label: &'static str,
    values: Mutex<BTreeMap<&'static str, u64>>,
}

impl Gauges {
    pub(super) const fn new(name: &'static str, help: &'static str, label: &'static str) -> Self {
        Self { name, help, label, values: Mutex::new(BTreeMap::new()) }
    }

    pub(super) fn set(&self, label: &'static str, value: u64) {
        lock(&self.values).insert(label, value);
    }

    pub(super) fn write(&self, out: &mut Exposition) {
        out.family(self.name, self.help, Kind::Gauge);
        for (label, value) in lock(&self.values).iter() {
            out.sample(self.name, &[(self.label, label)], &value.to_string());
        }
    }
}

/// Histograms of durations, of one name, by one label.
#[derive(Debug)]
pub(super) struct Histograms {
    name: &'static str,
    help: &'static str,
    label: &'static str,
    observed: Mutex<BTreeMap<&'static str, Observed>>,
}

/// The durations of one label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) count: u64,
    pub(super) mean: Option<Duration>,
    /// The bound of the bucket that 95 of 100 are in or before; `None` if that has no bound.
    pub(super) p95: Option<Duration>,
}

#[derive(Debug, Default)]
struct Observed {
    /// How many fell into each bucket and into none before it.
    buckets: [u64; BUCKETS.len()],
    count: u64,
    sum: Duration,
}

impl Histograms {
    pub(super) const fn new(name: &'static str, help: &'static str, label: &'static str) -> Self {
        Self { name, help, label, observed: Mutex::new(BTreeMap::new()) }
    }

    pub(super) fn observe(&self, label: &'static str, duration: Duration) {
        let mut observed = lock(&self.observed);
        let observed = observed.entry(label).or_default();
        let is_within = |(bound, _): &(u64, &str)| duration <= Duration::from_millis(*bound);
        let bucket = BUCKETS.iter().position(is_within).and_then(|index| observed.buckets.get_mut(index));
        if let Some(bucket) = bucket {
            *bucket += 1;
        }
        observed.count += 1;
        observed.sum = observed.sum.saturating_add(duration);
    }

    /// A summary of the durations with that label.
    pub(super) fn summary(&self, label: &str) -> Summary {
        let observed = lock(&self.observed);
        let Some(Observed { buckets, count, sum }) = observed.get(label) else { return Summary::default() };
        let wanted = count.saturating_mul(95).div_ceil(100);
        let mut cumulated = 0;
        let p95 = BUCKETS.iter().zip(buckets).find(|(_, within)| {
            cumulated += **within;
            cumulated >= wanted
        });
        Summary {
            count: *count,
            mean: u32::try_from(*count).ok().and_then(|count| sum.checked_div(count)),
            p95: p95.map(|((bound, _), _)| Duration::from_millis(*bound)),
        }
    }

    pub(super) fn write(&self, out: &mut Exposition) {
        out.family(self.name, self.help, Kind::Histogram);
        let named = |suffix: &str| format!("{}_{suffix}", self.name);
        let (bucket_name, sum_name, count_name) = (named("bucket"), named("sum"), named("count"));
        for (value, observed) in lock(&self.observed).iter() {
            let mut cumulated = 0;
            for ((_, bound), count) in BUCKETS.iter().zip(observed.buckets) {
                cumulated += count;
                out.sample(&bucket_name, &[(self.label, value), ("le", bound)], &cumulated.to_string());
            }
            let count = observed.count.to_string();
            out.sample(&bucket_name, &[(self.label, value), ("le", "+Inf")], &count);
            out.sample(&sum_name, &[(self.label, value)], &observed.sum.as_secs_f64().to_string());
            out.sample(&count_name, &[(self.label, value)], &count);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // No code that holds a lock can panic half-way through a change.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
