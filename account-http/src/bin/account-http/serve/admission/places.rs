//! The open connections, and the order in which they would be closed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Limit;

/// How long a client may leave a body unfinished or an answer unread before its connection can be closed for another.
/// An attacker who opens connections faster than places become free keeps others out.
const SLOW: Duration = Duration::from_secs(1);

/// How long every connection may be idle before it can be closed for one of another network. It protects new clients,
/// which send a request at once, from a flood of other connections.
pub(super) const YOUNG: Duration = Duration::from_millis(250);

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// No complete request has arrived since the last answer.
    Idle,
    /// A request is being handled.
    Handling,
    /// A request waits for its client: for the rest of a body, or until the answer is read.
    Waiting,
}

/// The decision about a new connection.
#[derive(Debug)]
pub(super) enum Admitted {
    /// It has a place: its id, and the token that tells it to close.
    Place {
        id: u64,
        cut: CancellationToken,
        /// The limit for which another connection is closed.
        closed_for: Option<Limit>,
    },
    /// That limit leaves no place.
    Refused(Limit),
    /// A place becomes free after this time.
    Wait(Duration),
}

/// The open connections.
#[derive(Debug)]
pub(super) struct Places {
    total: usize,
    per_network: usize,
    /// The next number, for a connection or a turn.
    next: u64,
    open: HashMap<u64, Open>,
    networks: HashMap<Arc<str>, Network>,
    closable: Closable,
}

#[derive(Debug)]
struct Open {
    network: Option<Arc<str>>,
    phase: Phase,
    /// Its position in the order of connections that can be closed.
    turn: u64,
    /// The turn and time at which this request first waited for its client.
    waiting_since: Option<(u64, Instant)>,
    cut: CancellationToken,
}

#[derive(Debug, Default)]
struct Network {
    count: usize,
    closable: Closable,
}

/// Connections by turn, oldest first, each with its id and the start of its state: those that can be closed at any
/// time, and those that can be closed once they are slow.
#[derive(Debug, Default)]
struct Closable {
    idle: BTreeMap<u64, (u64, Instant)>,
    waiting: BTreeMap<u64, (u64, Instant)>,
}

impl Closable {
    /// Returns the connection that has been idle longest, if for at least that time; otherwise the slowest one, if it
    /// is slow.
    fn victim(&self, idle_for: Duration, now: Instant) -> Option<u64> {
        let first = |of: &BTreeMap<u64, (u64, Instant)>, time| {
            let (_, (id, since)) = of.first_key_value()?;
            (now.duration_since(*since) >= time).then_some(*id)
        };
        first(&self.idle, idle_for).or_else(|| first(&self.waiting, SLOW))
    }

    /// Returns the time until an idle connection can be closed; `None` if none is idle.
    fn until_idle(&self, now: Instant) -> Option<Duration> {
        let (_, (_, since)) = self.idle.first_key_value()?;
        Some(YOUNG.saturating_sub(now.duration_since(*since)))
    }

    fn remove(&mut self, turn: u64) {
        self.idle.remove(&turn);
        self.waiting.remove(&turn);
    }
}

impl Places {
    pub(super) fn new(total: usize, per_network: usize) -> Self {
        let (open, networks) = (HashMap::new(), HashMap::new());
        Self { total, per_network, next: 0, open, networks, closable: Closable::default() }
    }

    /// Returns how many client networks have connections.
    pub(super) fn networks(&self) -> usize {
        self.networks.len()
    }

    /// Gives a new connection a place, if necessary that of another one.
    pub(super) fn admit(&mut self, network: Option<&str>, now: Instant) -> Admitted {
        let of_network = network.and_then(|network| self.networks.get(network));
        let is_network_full = of_network.is_some_and(|network| network.count >= self.per_network);
        let closed_for = if let Some(of_network) = of_network.filter(|_| is_network_full) {
            // A flood from one network must not make others wait.
            let Some(victim) = of_network.closable.victim(Duration::ZERO, now) else {
                return Admitted::Refused(Limit::PerNetwork);
            };
            self.close(victim);
            Some(Limit::PerNetwork)
        } else if self.open.len() >= self.total {
            let Some(victim) = self.closable.victim(YOUNG, now) else {
                return self.closable.until_idle(now).map_or(Admitted::Refused(Limit::Total), Admitted::Wait);
            };
            self.close(victim);
            Some(Limit::Total)
        } else {
            None
        };
        let (id, cut) = self.open(network, now);
        Admitted::Place { id, cut, closed_for }
    }

    /// Closes the connection that has been idle longest. Returns whether there was one.
    pub(super) fn close_idlest(&mut self, now: Instant) -> bool {
        let victim = self.closable.victim(Duration::ZERO, now);
        victim.map(|victim| self.close(victim)).is_some()
    }

    /// Records that a connection changes its phase. Returns whether it still has its place.
    pub(super) fn enter(&mut self, id: u64, phase: Phase, now: Instant) -> bool {
        let next = self.next;
        let Some(open) = self.open.get_mut(&id) else { return false };
        let (was, last) = (open.phase, open.turn);
        if was == phase {
            return true;
        }
        open.phase = phase;
        if phase == Phase::Idle || was == Phase::Idle {
            open.waiting_since = None;
        }
        // Each piece of a slow body must not restart the wait.
        let (turn, since) = match phase {
            Phase::Waiting => *open.waiting_since.get_or_insert((next, now)),
            Phase::Idle | Phase::Handling => (next, now),
        };
        open.turn = turn;
        let network = open.network.clone();
        self.next += 1;
        for closable in self.lists(network.as_deref()) {
            closable.remove(last);
            match phase {
                Phase::Idle => drop(closable.idle.insert(turn, (id, since))),
                Phase::Waiting => drop(closable.waiting.insert(turn, (id, since))),
                Phase::Handling => {}
            }
        }
        true
    }

    /// Removes a closed connection. One that was closed for another has already been removed.
    pub(super) fn leave(&mut self, id: u64) {
        let Some(open) = self.open.remove(&id) else { return };
        for closable in self.lists(open.network.as_deref()) {
            closable.remove(open.turn);
        }
        let Some(name) = open.network else { return };
        if let Some(network) = self.networks.get_mut(&name) {
            network.count -= 1;
            if network.count == 0 {
                self.networks.remove(&name);
            }
        }
    }

    fn open(&mut self, network: Option<&str>, now: Instant) -> (u64, CancellationToken) {
        let (id, cut) = (self.next, CancellationToken::new());
        self.next += 1;
        let network = network.map(|network| {
            let known = self.networks.get_key_value(network).map(|(known, _)| Arc::clone(known));
            let name = known.unwrap_or_else(|| Arc::from(network));
            self.networks.entry(Arc::clone(&name)).or_default().count += 1;
            name
        });
        let open = Open { network, phase: Phase::Handling, turn: id, waiting_since: None, cut: cut.clone() };
        self.open.insert(id, open);
        self.enter(id, Phase::Idle, now);
        (id, cut)
    }

    fn close(&mut self, id: u64) {
        if let Some(open) = self.open.get(&id) {
            open.cut.cancel();
        }
        self.leave(id);
    }

    /// Returns the lists that contain connections of that network.
    fn lists(&mut self, network: Option<&str>) -> impl Iterator<Item = &mut Closable> {
        let of_network = network.and_then(|network| self.networks.get_mut(network));
        std::iter::once(&mut self.closable).chain(of_network.map(|network| &mut network.closable))
    }
}
