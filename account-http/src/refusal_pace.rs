//! Slowing down clients that go on although they are refused.
//!
//! A refusal needs no hash and no commit, but a few thousand of them a second take the processor from the hashes of
//! others. Some are answered at once; further ones later, so that connections which wait for an answer before they ask
//! again ask less. They are counted by client network; those of a service that is overloaded, or whose database is away,
//! are also counted together, because a flood may come from many networks. Nothing else is delayed.
//!
//! An answer that waits keeps its connection. So that those do not use up the connections of others, only so many wait at
//! a time: more come from those who do not wait for answers, and a delay does not make them ask less.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use account_core::client::{Client, WideNetwork};
use poem::http::StatusCode;

/// How many refusals a client network gets in a second without a delay, and in a row.
const LIMITED: u32 = 50;
/// How many refusals by an overloaded service are sent in a second without a delay, and in a row, for each core. One takes
/// up to 0.2 ms of a core.
const UNAVAILABLE: u32 = 700;
/// As many refusals as in this time are answered in a row.
const ROW: Duration = Duration::from_secs(1);
/// A refusal is delayed at most by this.
const LONGEST: Duration = Duration::from_secs(1);
/// How many answers wait at a time: as many as half of the connections that a service has by default.
const MOST_WAITING: usize = 512;
/// How many networks are remembered. Each is forgotten two seconds after its last refusal, so that more of them would
/// have to be refused thousands of times a second.
const MAX_NETWORKS: usize = 10_000;

/// Refusals that are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Group {
    /// Of one client network.
    Network(WideNetwork),
    /// Of all together, because the service is overloaded.
    Unavailable,
}

/// What was refused lately.
pub(crate) struct RefusalPace {
    /// How many refusals by an overloaded service are sent in a second.
    unavailable: u32,
    /// When the refusals so far would all have been answered if they had come evenly.
    due: Mutex<HashMap<Group, Instant>>,
    /// How many answers wait.
    waiting: AtomicUsize,
}

impl Default for RefusalPace {
    fn default() -> Self {
        Self::on(std::thread::available_parallelism().map_or(1, NonZero::get))
    }
}

impl RefusalPace {
    /// On a machine with that many cores.
    fn on(cores: usize) -> Self {
        let unavailable = u32::try_from(cores).unwrap_or(u32::MAX).saturating_mul(UNAVAILABLE);
        Self { unavailable, due: Mutex::default(), waiting: AtomicUsize::new(0) }
    }

    /// Waits, if the answer is a refusal that comes too soon after others.
    pub(crate) async fn hold_back(&self, status: StatusCode, client: &Client) {
        let delay = self.delay(status, client, Instant::now());
        if delay.is_zero() {
            return;
        }
        if let Some(_waiting) = Waiting::one_more(&self.waiting) {
            tokio::time::sleep(delay).await;
        }
    }

    /// Counts an answer if it is a refusal, and returns how long to wait before it is sent.
    ///
    /// Exempt clients do not wait.
    fn delay(&self, status: StatusCode, client: &Client, now: Instant) -> Duration {
        if ![StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&status) {
            return Duration::ZERO;
        }
        let Some(networks) = client.networks() else { return Duration::ZERO };
        let own = self.delay_of(Group::Network(networks.wide), LIMITED, now);
        // What one network is delayed for delays no other.
        if status == StatusCode::SERVICE_UNAVAILABLE && own.is_zero() {
            return self.delay_of(Group::Unavailable, self.unavailable, now);
        }
        own
    }

    /// Counts a refusal in a group that gets so many of them in a second. Zero while too many networks are refused.
    fn delay_of(&self, group: Group, in_a_second: u32, now: Instant) -> Duration {
        // No code that holds the lock can panic.
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = due.contains_key(&group) || group == Group::Unavailable;
        if due.len() >= MAX_NETWORKS && !is_known {
            due.retain(|_, due| *due > now);
            if due.len() >= MAX_NETWORKS {
                return Duration::ZERO;
            }
        }
        let due = due.entry(group).or_insert(now);
        *due = (*due).max(now).min(now + ROW + LONGEST) + ROW / in_a_second.max(1);
        due.duration_since(now).saturating_sub(ROW).min(LONGEST)
    }
}

/// An answer that waits, for as long as this is kept.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    /// `None` if as many wait as may.
    fn one_more(waiting: &'a AtomicUsize) -> Option<Self> {
        let counted = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < MOST_WAITING).then_some(counted)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use futures_util::FutureExt as _;

    use super::*;

    const TOO_MANY: StatusCode = StatusCode::TOO_MANY_REQUESTS;
    const INTERVAL: Duration = Duration::from_millis(20);

    fn client(network: u16) -> Client {
        let [a, b] = network.to_be_bytes();
        Client::at(IpAddr::V4(Ipv4Addr::new(10, a, b, 1)))
    }

    #[test]
    fn a_few_refusals_are_answered_at_once_and_further_ones_later() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        let delays: Vec<Duration> = (0..200).map(|_| pace.delay(TOO_MANY, &client(1), now)).collect();
        assert!(delays[..50].iter().all(Duration::is_zero));
        assert_eq!(delays[50..53], [INTERVAL, INTERVAL * 2, INTERVAL * 3]);
        assert_eq!(delays[199], LONGEST);
    }

    #[test]
    fn the_pace_is_a_networks_own() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        for _ in 0..200 {
            pace.delay(TOO_MANY, &client(1), now);
        }
        assert_eq!(pace.delay(TOO_MANY, &client(2), now), Duration::ZERO);
        let neighbor = Client::at(IpAddr::V4(Ipv4Addr::new(10, 0, 1, 200)));
        assert_eq!(pace.delay(TOO_MANY, &neighbor, now), LONGEST);
    }

    #[test]
    fn ten_thousand_refusals_are_forgotten_in_two_seconds() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        for _ in 0..10_000 {
            pace.delay(TOO_MANY, &client(1), now);
        }
        assert_eq!(pace.delay(TOO_MANY, &client(1), now + Duration::from_millis(500)), Duration::from_millis(540));
        assert_eq!(pace.delay(TOO_MANY, &client(1), now + Duration::from_millis(2_100)), Duration::ZERO);
    }

    #[test]
    fn the_pace_of_an_overloaded_service_is_one_for_all_networks() {
        let (pace, now) = (RefusalPace::on(2), Instant::now());
        let delay = |network| pace.delay(StatusCode::SERVICE_UNAVAILABLE, &client(network), now);
        let delays: Vec<Duration> = (0..4_000).map(delay).collect();
        assert!(delays[..1_400].iter().all(Duration::is_zero));
        assert_eq!((delays[1_400], delays[3_999]), (Duration::from_nanos(713_285), LONGEST));
        assert_eq!(pace.delay(TOO_MANY, &client(1), now), Duration::ZERO);
    }

    #[test]
    fn one_network_delays_no_other_answers_of_an_overloaded_service() {
        let (pace, now) = (RefusalPace::on(2), Instant::now());
        let delay = |network| pace.delay(StatusCode::SERVICE_UNAVAILABLE, &client(network), now);
        let delays: Vec<Duration> = (0..3_000).map(|_| delay(1)).collect();
        assert!(delays[..50].iter().all(Duration::is_zero));
        assert_eq!((delays[50], delays[2_999]), (INTERVAL, LONGEST));
        assert_eq!(delay(2), Duration::ZERO);
    }

    #[test]
    fn only_refusals_wait() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        for status in [StatusCode::OK, StatusCode::UNAUTHORIZED, StatusCode::INTERNAL_SERVER_ERROR] {
            assert!((0..200).all(|_| pace.delay(status, &client(1), now).is_zero()));
        }
    }

    #[test]
    fn exempt_clients_do_not_wait() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        let exempt = Client { is_exempt: true, ..client(1) };
        assert!((0..200).all(|_| pace.delay(TOO_MANY, &exempt, now).is_zero()));
    }

    #[test]
    fn networks_are_forgotten_and_only_so_many_are_remembered() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        for network in 0..20_000 {
            pace.delay(TOO_MANY, &client(network), now);
        }
        assert_eq!(pace.due.lock().unwrap().len(), MAX_NETWORKS);
        pace.delay(TOO_MANY, &client(30_000), now + INTERVAL);
        assert_eq!(pace.due.lock().unwrap().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn only_so_many_answers_keep_a_connection_waiting() {
        let (pace, client) = (RefusalPace::default(), client(1));
        let begun = tokio::time::Instant::now();
        let hold_back = async || {
            pace.hold_back(TOO_MANY, &client).await;
            begun.elapsed()
        };
        let took = futures_util::future::join_all((0..1_000).map(|_| hold_back())).await;
        assert_eq!(took.iter().filter(|took| !took.is_zero()).count(), MOST_WAITING);
        assert!(took[50..50 + MOST_WAITING].iter().all(|took| !took.is_zero()));
        // An answer whose client goes away waits no longer.
        assert!(hold_back().now_or_never().is_none());
        assert_eq!(pace.waiting.load(Ordering::Relaxed), 0);
    }
}
