//! Telling operators that somebody seems to attack: a limit refuses far more requests than honest clients cause.
//!
//! Of each limit, the last refusals are remembered with their times, and an estimate of how many client networks they came
//! from. That takes the same memory however many requests and networks there are. Counted in this process alone.

mod networks;
mod watched;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use account_core::client::WideNetwork;
use account_core::ports::{
    ChallengeEvent, ChallengeObserver, ChallengePurpose, Clock, HashingObserver, HashingRefusal, LimitObserver, Urgency,
};

use crate::metrics::Metrics;
use watched::{Figures, News, Watched};

/// What stands for the places in the hashing queue, which are limited, too.
const HASHING_QUEUE: &str = "hashing_queue";
/// What stands for requests that were asked for a challenge.
const CHALLENGES: &str = "challenges";

/// Watches what limits refuse; logs when an attack seems to begin, while it goes on, and when it is over.
pub struct AttackWatch {
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    /// Keyed, so that nobody can choose networks that mislead the estimate.
    hasher: RandomState,
    /// The names of limits are words of the program, so there are only so many.
    limits: Mutex<BTreeMap<&'static str, Watched>>,
}

impl AttackWatch {
    /// Creates a watch that also shows attacks in these metrics.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, metrics: Arc<Metrics>) -> Self {
        Self { clock, metrics, hasher: RandomState::new(), limits: Mutex::default() }
    }

    /// Logs attacks that are over by now. Call it every few seconds.
    pub fn look(&self) {
        let mut news = Vec::new();
        {
            let mut limits = self.limits();
            let now = self.clock.now();
            for (limit, watched) in limits.iter_mut() {
                news.extend(watched.look(now).map(|told| (*limit, told)));
            }
            self.show(&news);
        }
        log(news);
    }

    fn note(&self, limit: &'static str, network: Option<WideNetwork>) {
        let network = network.map(|network| self.hasher.hash_one(network));
        let news = {
            let mut limits = self.limits();
            // Under the lock, so that times are in order.
            let news = limits.entry(limit).or_default().refused(network, self.clock.now());
            let news: Vec<_> = news.into_iter().flatten().map(|told| (limit, told)).collect();
            self.show(&news);
            news
        };
        log(news);
    }

    fn show(&self, news: &[(&'static str, News)]) {
        for (limit, told) in news {
            self.metrics.show_attack(limit, !matches!(told, News::Over(_)));
        }
    }

    fn limits(&self) -> MutexGuard<'_, BTreeMap<&'static str, Watched>> {
        // No code that holds the lock can panic half-way through a change.
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LimitObserver for AttackWatch {
    fn refused(&self, limit: &'static str, network: Option<WideNetwork>) {
        self.note(limit, network);
    }
}

impl ChallengeObserver for AttackWatch {
    fn observe(&self, _: ChallengePurpose, event: ChallengeEvent) {
        if event.is_refusal() {
            self.note(CHALLENGES, None);
        }
    }
}

/// Hashing workers have one observer: what this one sees, it counts in the metrics, too.
impl HashingObserver for AttackWatch {
    fn waited(&self, urgency: Urgency, waited: Duration) {
        self.metrics.waited(urgency, waited);
    }

    fn refused(&self, urgency: Urgency, why: HashingRefusal) {
        HashingObserver::refused(&*self.metrics, urgency, why);
        self.note(HASHING_QUEUE, None);
    }
}

fn log(news: Vec<(&'static str, News)>) {
    for (limit, told) in news {
        match told {
            News::Began(Figures { refused, networks, seconds }) => tracing::warn!(
                event = "attack_began",
                limit,
                refused,
                networks,
                seconds,
                "this limit refuses many requests: somebody may be attacking, or the limit is too low"
            ),
            News::GoesOn(Figures { refused, networks, seconds }) => {
                tracing::warn!(event = "attack_goes_on", limit, refused, networks, seconds);
            }
            News::Over(Figures { refused, networks, seconds }) => {
                tracing::info!(event = "attack_over", limit, refused, networks, seconds);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use account_core::testing::FakeClock;
    use tracing_subscriber::fmt::MakeWriter;

    use super::*;

    /// The lines of a log, kept in memory.
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Lines {
        fn take(&self) -> Vec<serde_json::Value> {
            let bytes = std::mem::take(&mut *self.0.lock().unwrap());
            String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        }
    }

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl MakeWriter<'_> for Lines {
        type Writer = Self;

        fn make_writer(&self) -> Self {
            self.clone()
        }
    }

    fn network(number: u8) -> WideNetwork {
        WideNetwork::of([192, 0, number, 1].into())
    }

    fn watch() -> (Arc<FakeClock>, AttackWatch) {
        let clock = Arc::new(FakeClock::default());
        (Arc::clone(&clock), AttackWatch::new(clock, Arc::default()))
    }

    #[test]
    fn refusals_of_one_limit_or_of_the_hashing_queue_are_no_attack_on_another() {
        let (clock, watch) = watch();
        let is_attacked = |limit| watch.limits().get(limit).is_some_and(Watched::is_attacked);
        let refuse = |limit, number: u8| LimitObserver::refused(&watch, limit, Some(network(number)));
        let overload = || HashingObserver::refused(&watch, Urgency::SignIn, HashingRefusal::Full);
        for number in 0..100 {
            refuse("sign_ins", number);
            refuse("mails", 0);
            overload();
        }
        assert!(!is_attacked("sign_ins") && !is_attacked("mails") && !is_attacked(HASHING_QUEUE));
        refuse("sign_ins", 0);
        assert!(is_attacked("sign_ins") && !is_attacked("mails") && !is_attacked(HASHING_QUEUE));
        overload();
        assert!(is_attacked(HASHING_QUEUE) && !is_attacked("mails"));
        let observe = |event| ChallengeObserver::observe(&watch, ChallengePurpose::Registration, event);
        for _ in 0..200 {
            observe(ChallengeEvent::Proved);
        }
        assert!(!is_attacked(CHALLENGES), "answers are no attack");
        for _ in 0..101 {
            observe(ChallengeEvent::Demanded);
        }
        assert!(is_attacked(CHALLENGES));
        clock.advance(Duration::from_mins(5));
        assert!(is_attacked("sign_ins"));
        watch.look();
        assert!(!is_attacked("sign_ins") && !is_attacked(HASHING_QUEUE));
    }

    #[test]
    fn the_log_says_what_is_attacked_from_how_many_networks_and_names_none() {
        let lines = Lines::default();
        let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_writer(lines.clone()).finish();
        tracing::subscriber::with_default(subscriber, || {
            let (clock, watch) = watch();
            for number in (0..40).cycle().take(1_200) {
                LimitObserver::refused(&watch, "sign_ins", Some(network(number)));
                clock.advance(Duration::from_secs(1));
            }
            clock.advance(Duration::from_mins(4));
            watch.look();
            clock.advance(Duration::from_mins(1));
            watch.look();
            watch.look();
        });
        let lines = lines.take();
        let facts: Vec<_> = lines
            .iter()
            .map(|line| {
                let text = |name: &str| line[name].as_str().unwrap();
                assert_eq!(text("limit"), "sign_ins");
                assert!(!line.to_string().contains("192.0"), "{line}");
                let number = |name: &str| line[name].as_u64().unwrap();
                (text("level"), text("event"), number("refused"), number("networks"), number("seconds"))
            })
            .collect();
        let expected = [
            ("WARN", "attack_began", 101, 40, 100),
            ("WARN", "attack_goes_on", 1_001, 40, 1_000),
            ("INFO", "attack_over", 1_200, 40, 1_500),
        ];
        assert_eq!(facts, expected);
    }
}
