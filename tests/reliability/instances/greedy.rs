//! Clients that register more often than they may, at all instances.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::time::sleep;

use crate::crowd::{self, Crowd};
use crate::table::Cell;

/// How often one client network may register, and the same as a number.
pub(super) const LIMIT: &str = "30/h";
pub(super) const ALLOWED: usize = 30;
/// Clients, and how often each tries: over most of the run, at one instance after the other.
const CLIENTS: usize = 10;
const TRIES: usize = 60;
const PAUSE: Duration = Duration::from_millis(700);

/// What one of them was answered.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Greedy {
    accepted: usize,
    limited: usize,
    /// Another answer, or none: it may have been counted, or not.
    uncertain: usize,
}

impl Greedy {
    const fn is_as_limited(self) -> bool {
        self.accepted <= ALLOWED && self.accepted + self.uncertain >= ALLOWED
    }
}

/// Registers as all of them. What is acknowledged goes to the ledger of the crowd.
pub(super) async fn register(crowd: &Crowd, ports: &[u16]) -> Vec<Greedy> {
    join_all((0..CLIENTS).map(|client| register_as(client, crowd, ports))).await
}

async fn register_as(client: usize, crowd: &Crowd, ports: &[u16]) -> Greedy {
    let mut greedy = Greedy::default();
    let network = format!("172.16.{client}.1");
    for (number, port) in ports.iter().copied().cycle().take(TRIES).enumerate() {
        let address = format!("greedy-{client}-{number}@example.org");
        let begun = Instant::now();
        let reply = crowd::register(port, &address, &[("X-Forwarded-For", &network)]).await;
        match reply.as_ref().map(|reply| reply.status) {
            Ok(202) => greedy.accepted += 1,
            Ok(429) => greedy.limited += 1,
            _ => greedy.uncertain += 1,
        }
        if !reply.as_ref().is_ok_and(|reply| reply.status == 429) {
            crowd.ledger.note(&address, &reply, begun.elapsed());
        }
        sleep(PAUSE).await;
    }
    greedy
}

/// What they were all answered, in one cell.
pub(super) fn cell(all: &[Greedy]) -> Cell {
    let told: Vec<_> = all.iter().map(|greedy| format!("{}+{}", greedy.accepted, greedy.uncertain)).collect();
    Cell::judged(told.join(", "), all.iter().all(|greedy| greedy.is_as_limited()))
}

#[cfg(test)]
mod tests {
    use super::{Greedy, cell};
    use crate::table::Cell;

    #[test]
    fn too_many_and_unexplained_too_few_both_fail() {
        let greedy = |accepted, uncertain| Greedy { accepted, limited: 30, uncertain };
        assert_eq!(cell(&[greedy(30, 0), greedy(28, 2)]), Cell::judged("30+0, 28+2", true));
        assert_eq!(cell(&[greedy(31, 0)]), Cell::judged("31+0", false));
        assert_eq!(cell(&[greedy(28, 1)]), Cell::judged("28+1", false));
    }
}
