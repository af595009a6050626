//! One class of requests: the places of each client network, and whose turn is next.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Instant;

use crate::client::WideNetwork;
use crate::ports::Urgency;

/// How many newcomers are served before the next turn of a network that goes on.
pub(super) const NEWCOMERS: usize = 3;

/// A place that was taken: what its holder shows to use it or to give it back.
#[derive(Debug, Clone, Copy)]
pub(in crate::password::argon2) struct Place {
    pub(super) number: u64,
    pub(super) urgency: Urgency,
    pub(super) network: Option<WideNetwork>,
    pub(super) since: Instant,
}

impl Place {
    pub(in crate::password::argon2) const fn urgency(&self) -> Urgency {
        self.urgency
    }
}

/// The places of one class, and the order in which its networks have their turns.
#[derive(Debug)]
pub(super) struct Class<J> {
    pub(super) held: HashMap<Option<WideNetwork>, Held<J>>,
    /// Networks that wait for their first turn.
    pub(super) newcomers: VecDeque<Option<WideNetwork>>,
    /// Networks with waiting jobs that have had a turn, in the order of the next ones.
    pub(super) turns: VecDeque<Option<WideNetwork>>,
    /// Newcomers that were served since a turn was.
    pub(super) newcomers_in_a_row: usize,
    /// Places of the class.
    pub(super) taken: usize,
    /// How many of them are being computed.
    pub(super) computing: usize,
    /// What decides which class is next: it grows by the share for each turn of any class.
    pub(super) credit: i64,
}

/// The places of one network in one class.
#[derive(Debug)]
pub(super) struct Held<J> {
    /// Admitted, and not asked for a hash yet.
    pub(super) admitted: BTreeSet<u64>,
    pub(super) waiting: VecDeque<(Place, J)>,
    pub(super) computing: usize,
    /// Whether it has had a turn since it came.
    pub(super) is_served: bool,
}

impl<J> Class<J> {
    /// Whether a job waits for a worker.
    pub(super) fn has_waiting(&self) -> bool {
        !self.newcomers.is_empty() || !self.turns.is_empty()
    }

    /// The next waiting job: the oldest of the network whose turn it is. Its place stays taken.
    pub(super) fn pop(&mut self) -> Option<(Place, J)> {
        let is_turn_due = self.newcomers_in_a_row >= NEWCOMERS && !self.turns.is_empty();
        let newcomer = if is_turn_due { None } else { self.newcomers.pop_front() };
        self.newcomers_in_a_row = if newcomer.is_some() { self.newcomers_in_a_row + 1 } else { 0 };
        let network = newcomer.or_else(|| self.turns.pop_front())?;
        let held = self.held.get_mut(&network)?;
        held.is_served = true;
        let next = held.waiting.pop_front();
        if !held.waiting.is_empty() {
            self.turns.push_back(network);
        }
        next
    }

    /// Ends the network's turns if nothing of it waits.
    pub(super) fn forget_turn(&mut self, network: Option<WideNetwork>) {
        if self.held.get(&network).is_some_and(|held| held.waiting.is_empty()) {
            self.newcomers.retain(|other| *other != network);
            self.turns.retain(|other| *other != network);
        }
    }

    /// One place of the network is free; the network is forgotten with its last.
    pub(super) fn give_back(&mut self, network: Option<WideNetwork>) {
        self.taken = self.taken.saturating_sub(1);
        if self.held.get(&network).is_some_and(|held| held.taken() == 0) {
            self.held.remove(&network);
        }
    }
}

impl<J> Held<J> {
    pub(super) fn taken(&self) -> usize {
        self.pending() + self.computing
    }

    pub(super) fn pending(&self) -> usize {
        self.admitted.len() + self.waiting.len()
    }

    /// Whether the next job is the first one.
    pub(super) fn is_newcomer(&self) -> bool {
        !self.is_served && self.pending() == 0
    }

    /// The newest place that can still be taken away.
    pub(super) fn newest(&self) -> Option<u64> {
        self.admitted.last().copied().max(self.waiting.back().map(|(place, _)| place.number))
    }
}

impl<J> Default for Held<J> {
    fn default() -> Self {
        Self { admitted: BTreeSet::new(), waiting: VecDeque::new(), computing: 0, is_served: false }
    }
}

impl<J> Default for Class<J> {
    fn default() -> Self {
        Self {
            held: HashMap::new(),
            newcomers: VecDeque::new(),
            turns: VecDeque::new(),
            newcomers_in_a_row: 0,
            taken: 0,
            computing: 0,
            credit: 0,
        }
    }
}
