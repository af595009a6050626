//! Figures of this process for administrators: what limits and the hashing queue refused, and how long hashes waited.

use std::time::Duration;

use account_core::ports::Urgency;

use super::counted::Metrics;

/// The hashing of one class of requests since the start of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HashingFigures {
    /// What the hashes are for.
    pub(crate) class: Urgency,
    /// How many began.
    pub(crate) computed: u64,
    /// How long these had waited on average.
    pub(crate) mean_wait: Option<Duration>,
    /// The most that 95 of 100 had waited, in the steps of the metric; `None` also if that is more than its last step.
    pub(crate) p95_wait: Option<Duration>,
    /// How many were refused.
    pub(crate) refused: u64,
}

impl Metrics {
    /// How many requests each limit refused, by the name of the limit. Limits that refused none are left out.
    pub(crate) fn refused_by_limit(&self) -> Vec<(String, u64)> {
        self.limited.values().into_iter().map(|([limit], count)| (limit.into_owned(), count)).collect()
    }

    /// The hashing of every class.
    pub(crate) fn hashing(&self) -> [HashingFigures; 3] {
        let refused = self.hashing_refused.values();
        Urgency::ALL.map(|class| {
            let waited = self.hashing_waits.summary(class.name());
            let of_class = refused.iter().filter(|([name, _], _)| name == class.name());
            HashingFigures {
                class,
                computed: waited.count,
                mean_wait: waited.mean,
                p95_wait: waited.p95,
                refused: of_class.map(|(_, count)| count).sum(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use account_core::ports::{HashingObserver, HashingRefusal, LimitObserver};

    use super::*;

    #[test]
    fn refusals_are_shown_by_limit() {
        let metrics = Metrics::default();
        assert_eq!(metrics.refused_by_limit(), []);
        for limit in ["sign_ins", "registrations", "sign_ins"] {
            LimitObserver::refused(&metrics, limit, None);
        }
        assert_eq!(metrics.refused_by_limit(), [("registrations".to_owned(), 1), ("sign_ins".to_owned(), 2)]);
    }

    #[test]
    fn waits_and_refusals_of_hashes_are_shown_by_class() {
        let metrics = Metrics::default();
        let none = |class| HashingFigures { class, computed: 0, mean_wait: None, p95_wait: None, refused: 0 };
        assert_eq!(metrics.hashing(), Urgency::ALL.map(none));
        for _ in 0..19 {
            metrics.waited(Urgency::SignIn, Duration::from_millis(2));
        }
        metrics.waited(Urgency::SignIn, Duration::from_millis(62));
        metrics.waited(Urgency::Registration, Duration::from_secs(30));
        for why in [HashingRefusal::Full, HashingRefusal::Full, HashingRefusal::Late] {
            HashingObserver::refused(&metrics, Urgency::Registration, why);
        }
        let [sign_in, completion, registration] = metrics.hashing();
        let (mean_wait, p95_wait) = (Some(Duration::from_millis(5)), Some(Duration::from_millis(5)));
        assert_eq!(sign_in, HashingFigures { computed: 20, mean_wait, p95_wait, ..none(Urgency::SignIn) });
        assert_eq!(completion, none(Urgency::Completion));
        let mean_wait = Some(Duration::from_secs(30));
        assert_eq!(registration, HashingFigures { computed: 1, mean_wait, refused: 3, ..none(Urgency::Registration) });
        metrics.waited(Urgency::SignIn, Duration::from_millis(62));
        assert_eq!(metrics.hashing()[0].p95_wait, Some(Duration::from_millis(100)), "2 of 21 waited longer");
    }
}
