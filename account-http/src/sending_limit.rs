//! How often one client network is sent what anybody may ask for. Counted in this process alone: it must itself cost
//! nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use account_core::ports::Rate;
use account_core::{AccountService, Client};
use poem::Request;

use crate::context::RequestContext;
use crate::problem::{LimitReached, Problem, ProblemKind};

const PERIOD: Duration = Duration::from_mins(1);
/// Most networks that are counted. While there are more in a minute, further ones are not.
const MAX_NETWORKS: usize = 10_000;
/// How often those that no longer count are looked for, while there are that many.
const SWEEP: Duration = Duration::from_secs(1);

/// Counts what each client network was sent. Clones share the count.
#[derive(Clone)]
pub(crate) struct SendingLimit {
    /// Its name in problems.
    name: &'static str,
    /// How often a network is sent something in each period.
    count: u32,
    counts: Arc<Mutex<Counts>>,
    /// Its observers are told of what is refused.
    service: Option<AccountService>,
}

/// What each network was sent, and when those were last forgotten that no longer count.
#[derive(Default)]
struct Counts {
    networks: HashMap<String, Sent>,
    swept_at: Option<Instant>,
}

/// What a network was sent, and since when.
struct Sent {
    since: Instant,
    count: u32,
}

impl SendingLimit {
    /// A limit per minute, which tells the service's observers what it refuses.
    pub(crate) fn per_minute(name: &'static str, count: u32, service: &AccountService) -> Self {
        Self { name, count, counts: Arc::default(), service: Some(service.clone()) }
    }

    /// Counts one more for the client of a request.
    ///
    /// # Errors
    /// 429 when its network was sent enough this minute.
    pub(crate) fn count(&self, request: &Request) -> Result<(), Problem> {
        request.extensions().get::<RequestContext>().map_or(Ok(()), |context| self.count_client(&context.client))
    }

    /// Counts one more for a client.
    ///
    /// # Errors
    /// 429 when its network was sent enough this minute.
    pub(crate) fn count_client(&self, client: &Client) -> Result<(), Problem> {
        let Some(network) = client.networks() else { return Ok(()) };
        self.count_for(network.own, Instant::now()).map_err(|wait| {
            if let Some(service) = &self.service {
                service.observe_own_limit(self.name, client);
            }
            Problem {
                limit: Some(LimitReached { name: self.name, rate: Rate::new(self.count, PERIOD) }),
                retry_after: Some(wait),
                ..Problem::new(ProblemKind::RateLimited)
            }
        })
    }

    fn count_for(&self, network: String, now: Instant) -> Result<(), Duration> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let Counts { networks, swept_at } = &mut *counts;
        if networks.len() >= MAX_NETWORKS && !networks.contains_key(&network) {
            // Not for every newcomer: looking through all of them is what a flood of networks would like.
            if swept_at.is_none_or(|swept_at| now.duration_since(swept_at) >= SWEEP) {
                networks.retain(|_, sent| now.duration_since(sent.since) < PERIOD);
                *swept_at = Some(now);
            }
            if networks.len() >= MAX_NETWORKS {
                return Ok(());
            }
        }
        let sent = networks.entry(network).or_insert(Sent { since: now, count: 0 });
        let age = now.duration_since(sent.since);
        if age >= PERIOD {
            *sent = Sent { since: now, count: 0 };
        } else if sent.count >= self.count {
            return Err(PERIOD.saturating_sub(age));
        }
        sent.count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: u32 = 60;

    fn limit() -> SendingLimit {
        SendingLimit { name: "documents", count: COUNT, counts: Arc::default(), service: None }
    }

    #[test]
    fn each_network_has_its_own_limit_per_minute() {
        let (limit, begun) = (limit(), Instant::now());
        let count = |network: &str, after: u64| limit.count_for(network.to_owned(), begun + Duration::from_secs(after));
        for _ in 0..COUNT {
            assert_eq!(count("a", 0), Ok(()));
        }
        assert_eq!(count("a", 20), Err(Duration::from_secs(40)));
        assert_eq!(count("b", 20), Ok(()));
        assert_eq!(count("a", 60), Ok(()));
    }

    #[test]
    fn networks_are_forgotten_after_a_minute() {
        let (limit, begun) = (limit(), Instant::now());
        for number in 0..2 * MAX_NETWORKS {
            assert_eq!(limit.count_for(number.to_string(), begun), Ok(()));
        }
        assert_eq!(limit.counts.lock().unwrap().networks.len(), MAX_NETWORKS);
        assert_eq!(limit.count_for("a".to_owned(), begun + PERIOD), Ok(()));
        assert_eq!(limit.counts.lock().unwrap().networks.len(), 1);
    }

    #[test]
    fn a_request_without_a_known_client_is_not_counted() {
        let limit = limit();
        for _ in 0..=COUNT {
            assert!(limit.count(&Request::default()).is_ok());
        }
    }
}
