//! A limit for the memory that request bodies take together while they arrive.
//!
//! People and their programs send bodies of one or two kilobytes. Those of 2,000 connections that send 60 KiB each and
//! do not end would take 120 MiB and more.
//!
//! A client network never holds more than an eighth of what is free then (dynamic thresholds, Choudhury and Hahne 1998). So one
//! that takes what it can leaves eight ninths to all others, and after twenty of them the next one still gets some. Nobody
//! has to know how many there are. Clients without a network, such as those that limits exempt, hold at most half.
//!
//! A body that gets nothing waits in a line, but not for long, and not if too many wait already. A body that holds memory never
//! waits for more: two of them could wait for each other.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use account_core::AccountService;
use account_core::client::{Client, WideNetwork};
use tokio::sync::Notify;
use tokio::time::timeout;

/// This many bytes of each body are not counted, so that no other body can delay a usual one.
const FREE: usize = 8 * 1024;
/// At most this much is taken at a time: the usual maximum of a body. A larger one, or one of unknown length, takes more
/// when more has arrived. What a client only announces takes nothing from others.
const STEP: usize = 64 * 1024;
/// What the connection of a body that does not end takes besides the body: what has been read from it, and what will be
/// read next.
const CONNECTION: usize = 32 * 1024;
/// For all bodies together, in bytes, in addition to what is free.
const TOTAL: usize = 16 * 1024 * 1024;
/// This many times what a network holds is left to others when it takes something.
const LEFT_TO_OTHERS: usize = 8;
/// At most this many bodies wait. What has arrived of them is not counted, some 40 KiB each.
const MAX_WAITING: usize = 128;
/// At most this many bodies of one network wait.
const MAX_WAITING_OF_NETWORK: usize = MAX_WAITING / 8;
/// Longest time that a body waits.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Its name in metrics and in what is told of attacks.
const LIMIT: &str = "body_memory";

/// No memory is free for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoMemory;

/// The memory for large bodies. Clones share it.
#[derive(Clone)]
pub(crate) struct BodyMemory(Arc<Memory>);

/// The memory for large bodies as one client can take it: a part of each request.
#[derive(Clone)]
pub(crate) struct ClientMemory {
    memory: Arc<Memory>,
    client: Client,
}

struct Memory {
    total: usize,
    /// Its observers are told of what is refused.
    service: Option<AccountService>,
    state: Mutex<State>,
}

struct State {
    /// How many bytes nobody holds.
    free: usize,
    /// How many bytes client networks hold; none that hold nothing. Clients without a network count as one.
    held: HashMap<Option<WideNetwork>, usize>,
    /// The bodies that wait, in the order in which they came.
    line: VecDeque<Waiting>,
    /// The number of the next body that waits.
    next: u64,
}

/// A body that waits.
struct Waiting {
    number: u64,
    network: Option<WideNetwork>,
    bytes: usize,
    /// Told when the memory is its own.
    granted: Arc<Notify>,
}

/// Whether somebody can take memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Enough,
    /// Not while its network holds so much.
    OfNetwork,
    /// Not while others hold so much.
    OfAll,
}

#[cfg(test)]
impl Default for BodyMemory {
    fn default() -> Self {
        Self::with(TOTAL, None)
    }
}

impl BodyMemory {
    /// The memory of a service, whose observers are told of what is refused.
    pub(crate) fn new(service: &AccountService) -> Self {
        Self::with(TOTAL, Some(service.clone()))
    }

    /// That many bytes.
    pub(super) fn with(total: usize, service: Option<AccountService>) -> Self {
        let state = State { free: total, held: HashMap::new(), line: VecDeque::new(), next: 0 };
        Self(Arc::new(Memory { total, service, state: Mutex::new(state) }))
    }

    /// Returns the memory as that client can take it.
    pub(crate) fn of(&self, client: &Client) -> ClientMemory {
        ClientMemory { memory: Arc::clone(&self.0), client: *client }
    }
}

impl ClientMemory {
    /// Returns the share of a body of that length, if the length is known.
    pub(super) fn share(&self, length: Option<usize>) -> Share {
        // A usual body takes all at once.
        let step = length.map_or(STEP, |length| length.saturating_sub(FREE).clamp(1, STEP));
        let network = self.client.networks().map(|networks| networks.wide);
        Share { memory: Arc::clone(&self.memory), client: self.client, network, granted: FREE, used: 0, step, held: 0 }
    }
}

impl Memory {
    fn state(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic in the middle of a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes memory, or returns the turn to wait for.
    fn take(
        self: &Arc<Self>,
        network: Option<WideNetwork>,
        bytes: usize,
        may_wait: bool,
    ) -> Result<Option<Turn>, NoMemory> {
        let mut state = self.state();
        let (number, granted) = (state.next, Arc::new(Notify::new()));
        state.next += 1;
        state.line.push_back(Waiting { number, network, bytes, granted: Arc::clone(&granted) });
        self.serve_line(&mut state);
        if state.line.back().is_none_or(|last| last.number != number) {
            return Ok(None);
        }
        let of_network = state.line.iter().filter(|waiting| waiting.network == network).count();
        if !may_wait || state.line.len() > MAX_WAITING || of_network > MAX_WAITING_OF_NETWORK {
            state.line.pop_back();
            return Err(NoMemory);
        }
        Ok(Some(Turn { memory: Arc::clone(self), number, granted, network, bytes, is_taken: false }))
    }

    fn give_back(&self, network: Option<WideNetwork>, bytes: usize) {
        let mut state = self.state();
        state.free += bytes;
        if let Some(holds) = state.held.get_mut(&network) {
            *holds -= bytes;
            if *holds == 0 {
                state.held.remove(&network);
            }
        }
        self.serve_line(&mut state);
    }

    /// Gives memory to those who wait, first come, first served. A network that has to wait for itself is overtaken by
    /// others.
    fn serve_line(&self, state: &mut State) {
        let mut passed = Vec::new();
        let mut place = 0;
        while let Some(Waiting { network, bytes, .. }) = state.line.get(place) {
            let (network, bytes) = (*network, *bytes);
            let room = if passed.contains(&network) { Room::OfNetwork } else { self.room(state, network, bytes) };
            match room {
                Room::OfAll => return,
                Room::OfNetwork => {
                    passed.push(network);
                    place += 1;
                }
                Room::Enough => {
                    state.free -= bytes;
                    *state.held.entry(network).or_default() += bytes;
                    if let Some(waiting) = state.line.remove(place) {
                        waiting.granted.notify_one();
                    }
                }
            }
        }
    }

    /// Whether a network can take memory, so that enough is left to others.
    fn room(&self, state: &State, network: Option<WideNetwork>, bytes: usize) -> Room {
        let holds = state.held.get(&network).copied().unwrap_or_default();
        let may_hold = |holds: usize, free: usize| {
            let Some(left) = free.checked_sub(bytes) else { return false };
            holds + bytes <= if network.is_some() { left / LEFT_TO_OTHERS } else { self.total / 2 }
        };
        if may_hold(holds, state.free) {
            Room::Enough
        } else if holds > 0 && may_hold(0, state.free + holds) {
            Room::OfNetwork
        } else {
            Room::OfAll
        }
    }
}

/// A body's place in the line. Dropping it leaves the line.
struct Turn {
    memory: Arc<Memory>,
    number: u64,
    granted: Arc<Notify>,
    network: Option<WideNetwork>,
    bytes: usize,
    /// Whether what was granted belongs to the share.
    is_taken: bool,
}

impl Turn {
    /// Returns when the memory is this body's.
    async fn come(mut self) {
        self.granted.notified().await;
        self.is_taken = true;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.is_taken {
            return;
        }
        let mut state = self.memory.state();
        if let Some(place) = state.line.iter().position(|waiting| waiting.number == self.number) {
            state.line.remove(place);
            // It may have held up others.
            self.memory.serve_line(&mut state);
        } else {
            drop(state);
            self.memory.give_back(self.network, self.bytes);
        }
    }
}

/// What one body takes. Dropping it gives the memory back.
pub(super) struct Share {
    memory: Arc<Memory>,
    client: Client,
    network: Option<WideNetwork>,
    /// How many bytes may arrive in all.
    granted: usize,
    /// How many bytes have arrived.
    used: usize,
    /// How many bytes are taken when there is no more room.
    step: usize,
    held: usize,
}

impl Share {
    /// How many bytes of the body there is room for.
    pub(super) const fn granted(&self) -> usize {
        self.granted
    }

    /// Makes room for bytes that have arrived. The first ones that are counted may have to wait for others.
    ///
    /// # Errors
    /// If none gets free in time, or too many wait already.
    pub(super) async fn take(&mut self, bytes: usize) -> Result<(), NoMemory> {
        let taken = self.make_room(bytes).await;
        if taken.is_err()
            && let Some(service) = &self.memory.service
        {
            service.observe_own_limit(LIMIT, &self.client);
        }
        taken
    }

    async fn make_room(&mut self, bytes: usize) -> Result<(), NoMemory> {
        self.used = self.used.saturating_add(bytes);
        while self.granted < self.used {
            let taken = if self.held == 0 { self.step + CONNECTION } else { self.step };
            if let Some(turn) = self.memory.take(self.network, taken, self.held == 0)? {
                timeout(LONGEST_WAIT, turn.come()).await.map_err(|_| NoMemory)?;
            }
            self.held += taken;
            self.granted = self.granted.saturating_add(self.step);
        }
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        if self.held > 0 {
            self.memory.give_back(self.network, self.held);
        }
    }
}
