//! Slowing down clients that go on although a limit refuses them.
//!
//! A refusal needs no hash and no commit, but a few thousand of them a second take the processor from the hashes of
//! others. A client network gets some at once; further ones are answered later, so that connections which wait for an
//! answer before they ask again ask less. Nothing but refusals is delayed: an answer that a limit allows comes as ever.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use account_core::client::{Client, WideNetwork};

/// One refusal in this time is answered without a delay, in the long run.
const INTERVAL: Duration = Duration::from_millis(20);
/// How many refusals are answered without a delay in a row.
const BURST: u32 = 50;
/// A refusal is delayed at most by this.
const LONGEST: Duration = Duration::from_secs(1);
/// How many networks are remembered. Each is forgotten two seconds after its last refusal, so that more of them would
/// have to be refused thousands of times a second.
const MAX_NETWORKS: usize = 10_000;

/// What each client network was refused lately.
#[derive(Default)]
pub(crate) struct RefusalPace {
    /// When the refusals so far would all have been answered at one in each interval.
    due: Mutex<HashMap<WideNetwork, Instant>>,
}

impl RefusalPace {
    /// Counts a refusal, and returns how long to wait before it is answered.
    ///
    /// Exempt clients do not wait, and nobody does while too many networks are refused.
    pub(crate) fn delay(&self, client: &Client, now: Instant) -> Duration {
        let Some(networks) = client.networks() else { return Duration::ZERO };
        // No code that holds the lock can panic.
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        if due.len() >= MAX_NETWORKS && !due.contains_key(&networks.wide) {
            due.retain(|_, due| *due > now);
            if due.len() >= MAX_NETWORKS {
                return Duration::ZERO;
            }
        }
        let allowed = INTERVAL * BURST;
        let due = due.entry(networks.wide).or_insert(now);
        *due = (*due).max(now).min(now + allowed + LONGEST) + INTERVAL;
        due.duration_since(now).saturating_sub(allowed).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn client(network: u16) -> Client {
        let [a, b] = network.to_be_bytes();
        Client::at(IpAddr::V4(Ipv4Addr::new(10, a, b, 1)))
    }

    #[test]
    fn a_few_refusals_are_answered_at_once_and_further_ones_later() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        let delays: Vec<Duration> = (0..200).map(|_| pace.delay(&client(1), now)).collect();
        assert!(delays[..50].iter().all(Duration::is_zero));
        assert_eq!(delays[50..53], [INTERVAL, INTERVAL * 2, INTERVAL * 3]);
        assert_eq!(delays[199], LONGEST);
    }

    #[test]
    fn the_pace_is_a_networks_own() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        for _ in 0..200 {
            pace.delay(&client(1), now);
        }
        assert_eq!(pace.delay(&client(2), now), Duration::ZERO);
        let neighbor = Client::at(IpAddr::V4(Ipv4Addr::new(10, 0, 1, 200)));
        assert_eq!(pace.delay(&neighbor, now), LONGEST);
    }

    #[test]
    fn ten_thousand_refusals_are_forgotten_in_two_seconds() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        for _ in 0..10_000 {
            pace.delay(&client(1), now);
        }
        assert_eq!(pace.delay(&client(1), now + Duration::from_millis(500)), Duration::from_millis(540));
        assert_eq!(pace.delay(&client(1), now + Duration::from_millis(2_100)), Duration::ZERO);
    }

    #[test]
    fn exempt_clients_do_not_wait() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        let exempt = Client { is_exempt: true, ..client(1) };
        assert!((0..200).all(|_| pace.delay(&exempt, now).is_zero()));
    }

    #[test]
    fn networks_are_forgotten_and_only_so_many_are_remembered() {
        let (pace, now) = (RefusalPace::default(), Instant::now());
        for network in 0..20_000 {
            pace.delay(&client(network), now);
        }
        assert_eq!(pace.due.lock().unwrap().len(), MAX_NETWORKS);
        pace.delay(&client(30_000), now + INTERVAL);
        assert_eq!(pace.due.lock().unwrap().len(), 1);
    }
}
