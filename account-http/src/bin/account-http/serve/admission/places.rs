//! The connections there are, and in which order they would be closed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Limit;

/// How long a client may leave a body unfinished, or an answer unread, before its connection can be closed for another.
/// Attackers who come faster than places become free keep others out.
const SLOW: Duration = Duration::from_secs(1);

/// How long every connection may be idle before it can be closed for one of another network: who has just come, and
/// sends a request at once, is not swept away by a flood of others.
pub(super) const YOUNG: Duration = Duration::from_millis(250);

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// No request: none has arrived whole since the last answer.
    Idle,
    /// A request is being handled.
    Handling,
    /// A request, which waits for its client: for the rest of a body, or until an answer is taken.
    Waiting,
}

/// What becomes of a new connection.
#[derive(Debug)]
pub(super) enum Admitted {
    /// It has a place: its id, and what tells it to close.
    Place {
        id: u64,
        cut: CancellationToken,
        /// The limit for which another connection is closed.
        closed_for: Option<Limit>,
    },
    /// That limit leaves no place.
    Refused(Limit),
    /// There will be a place after this time.
    Wait(Duration),
}

/// The connections there are.
#[derive(Debug)]
pub(super) struct Places {
    total: usize,
    per_network: usize,
    /// The next number, of a connection or a turn.
    next: u64,
    open: HashMap<u64, Open>,
    networks: HashMap<Arc<str>, Network>,
    closable: Closable,
}

#[derive(Debug)]
struct Open {
    network: Option<Arc<str>>,
    phase: Phase,
    /// Its place in the order of those that can be closed.
    turn: u64,
    /// When the client was first waited for during this request.
    waiting_since: Option<(u64, Instant)>,
    cut: CancellationToken,
}

#[derive(Debug, Default)]
struct Network {
    count: usize,
    closable: Closable,
}

/// Connections by turn, longest first, each with the time since when: those that can be closed at any time, and those
/// that can once they are slow.
#[derive(Debug, Default)]
struct Closable {
    idle: BTreeMap<u64, (u64, Instant)>,
    waiting: BTreeMap<u64, (u64, Instant)>,
}

impl Closable {
    /// The one that has been idle longest, if it has been so for that time, else the slowest one, if it is slow.
    fn victim(&self, idle_for: Duration, now: Instant) -> Option<u64> {
        let first = |of: &BTreeMap<u64, (u64, Instant)>, time| {
            let (_, (id, since)) = of.first_key_value()?;
            (now.duration_since(*since) >= time).then_some(*id)
        };
        first(&self.idle, idle_for).or_else(|| first(&self.waiting, SLOW))
    }

    /// The time until some idle connection is no longer young; `None` when none is idle.
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

    /// How many client networks have connections.
    pub(super) fn networks(&self) -> usize {
        self.networks.len()
    }

    /// Gives a new connection a place, if need be that of another.
    pub(super) fn admit(&mut self, network: Option<&str>, now: Instant) -> Admitted {
        let of_network = network.and_then(|network| self.networks.get(network));
        let is_network_full = of_network.is_some_and(|network| network.count >= self.per_network);
        let closed_for = if let Some(of_network) = of_network.filter(|_| is_network_full) {
            // A flood of one network is its own matter: nobody waits for it.
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

    /// Closes the connection that has been idle longest; returns whether there was one.
    pub(super) fn close_idlest(&mut self, now: Instant) -> bool {
        let victim = self.closable.victim(Duration::ZERO, now);
        victim.map(|victim| self.close(victim)).is_some()
    }

    /// A connection begins to do something else. Returns whether it still has its place.
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
        // Each piece of a slow body does not make it young again.
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

    /// A connection is closed. One that was closed for another has left before.
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

    /// The lists that a connection of that network is in.
    fn lists(&mut self, network: Option<&str>) -> impl Iterator<Item = &mut Closable> {
        let of_network = network.and_then(|network| self.networks.get_mut(network));
        std::iter::once(&mut self.closable).chain(of_network.map(|network| &mut network.closable))
    }
}
