//! A limit for the memory that request bodies take together while they arrive.
//!
//! People and their programs send bodies of one or two kilobytes. Those of 2,000 connections that send 60 KiB each and
//! do not end would take 120 MiB and more.
//!
//! A client network never holds more than an eighth of what is free then (dynamic thresholds, Choudhury and Hahne 1998). So one
//! that takes what it can leaves eight ninths to all others, and after twenty of them the next one still gets some. Nobody
//! has to know how many there are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use account_core::client::WideNetwork;
use tokio::sync::Notify;

/// This many bytes of each body are not counted, so that no other body can delay a usual one.
const FREE: usize = 8 * 1024;
/// At most this much is taken at a time: the usual maximum of a body. A larger one, or one of unknown length, takes more
/// when more has arrived. What a client only announces takes nothing from others.
const STEP: usize = 64 * 1024;
/// For all bodies together, in bytes, in addition to what is free.
const TOTAL: usize = 16 * 1024 * 1024;
/// This many times what a network holds is left to others when it takes something.
const LEFT_TO_OTHERS: usize = 8;
/// At most this many bodies wait. What has arrived of them is not counted, some 40 KiB each.
const MAX_WAITING: usize = 128;

/// The memory for large bodies. Clones share it.
#[derive(Clone)]
pub(super) struct BodyMemory(Arc<Memory>);

struct Memory {
    state: Mutex<State>,
    /// Notifies those who wait that something was given back.
    given_back: Notify,
}

struct State {
    /// How many bytes nobody holds.
    free: usize,
    /// How many bytes client networks hold; none that hold nothing.
    held: HashMap<WideNetwork, usize>,
    /// How many bodies wait.
    waiting: usize,
}

impl Default for BodyMemory {
    fn default() -> Self {
        Self::new(TOTAL)
    }
}

impl BodyMemory {
    /// That many bytes.
    pub(super) fn new(total: usize) -> Self {
        let state = Mutex::new(State { free: total, held: HashMap::new(), waiting: 0 });
        Self(Arc::new(Memory { state, given_back: Notify::new() }))
    }

    /// Returns the share of a body of that length, if the length is known. A network is not known of a connection that can
    /// carry the bodies of many, such as that of a proxy: it can take everything.
    pub(super) fn share(&self, length: Option<u64>, network: Option<WideNetwork>) -> Share {
        let length = length.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        // A usual body takes all at once, so that two of them cannot wait for each other.
        let step = length.map_or(STEP, |length| length.saturating_sub(FREE).clamp(1, STEP));
        Share { memory: Arc::clone(&self.0), network, room: FREE, step, held: 0 }
    }
}

impl Memory {
    fn state(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic in the middle of a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes memory for a network, unless too little would be left to others.
    fn try_take(&self, network: Option<WideNetwork>, bytes: usize) -> bool {
        let mut state = self.state();
        let Some(left) = state.free.checked_sub(bytes) else { return false };
        if let Some(network) = network {
            let holds = state.held.get(&network).copied().unwrap_or_default() + bytes;
            if holds > left / LEFT_TO_OTHERS {
                return false;
            }
            state.held.insert(network, holds);
        }
        state.free = left;
        true
    }

    fn give_back(&self, network: Option<WideNetwork>, bytes: usize) {
        {
            let mut state = self.state();
            state.free += bytes;
            if let Some(network) = network
                && let Some(holds) = state.held.get_mut(&network)
            {
                *holds -= bytes;
                if *holds == 0 {
                    state.held.remove(&network);
                }
            }
        }
        self.given_back.notify_waiters();
    }
}

/// A body that waits.
struct Waiting<'a>(&'a Memory);

impl<'a> Waiting<'a> {
    /// `None` if too many wait.
    fn begin(memory: &'a Memory) -> Option<Self> {
        let mut state = memory.state();
        if state.waiting >= MAX_WAITING {
            return None;
        }
        state.waiting += 1;
        Some(Self(memory))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.state().waiting -= 1;
    }
}

/// What one body takes. Dropping it gives the memory back.
pub(super) struct Share {
    memory: Arc<Memory>,
    network: Option<WideNetwork>,
    /// How many bytes may still arrive.
    room: usize,
    /// How many bytes are taken when there is no more room.
    step: usize,
    held: usize,
}

impl Share {
    /// Makes room for bytes that have arrived. Waits while other bodies, of its network or of all, take too much memory.
    /// Returns whether there is room: not if too many wait already.
    pub(super) async fn take(&mut self, bytes: usize) -> bool {
        let memory = Arc::clone(&self.memory);
        // Kept until there is room: one that already waits is not refused in favor of a newcomer.
        let mut waiting = None;
        while self.room < bytes {
            loop {
                // From before the attempt on, so that nothing that is given back is missed.
                let mut given_back = std::pin::pin!(memory.given_back.notified());
                given_back.as_mut().enable();
                if memory.try_take(self.network, self.step) {
                    break;
                }
                if waiting.is_none() {
                    waiting = Waiting::begin(&memory);
                }
                if waiting.is_none() {
                    return false;
                }
                given_back.await;
            }
            self.held += self.step;
            self.room = self.room.saturating_add(self.step);
        }
        self.room -= bytes;
        true
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        if self.held > 0 {
            self.memory.give_back(self.network, self.held);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    /// The length of a body that takes one step.
    const LENGTH: usize = FREE + STEP;
    /// How many such bodies there is memory for.
    const MANY: usize = TOTAL / STEP;

    fn network(number: u8) -> WideNetwork {
        WideNetwork::of([192, 0, number, 1].into())
    }

    impl BodyMemory {
        fn free(&self) -> usize {
            self.0.state().free
        }

        /// Begins as many bodies as a network is let, and at most that many.
        fn fill(&self, from: Option<WideNetwork>, most: usize) -> Vec<Share> {
            let begin = || {
                let mut share = self.share(Some(LENGTH as u64), from);
                share.take(LENGTH).now_or_never().is_some().then_some(share)
            };
            std::iter::from_fn(begin).take(most).collect()
        }
    }

    #[test]
    fn a_usual_body_takes_nothing() {
        let memory = BodyMemory::new(1);
        for length in [Some(2_000), None] {
            let mut usual = memory.share(length, Some(network(1)));
            assert!(usual.take(1_000).now_or_never().is_some());
            assert!(usual.take(FREE - 1_000).now_or_never().is_some());
        }
    }

    #[test]
    fn large_bodies_wait_until_others_are_done() {
        let memory = BodyMemory::default();
        let mut all = memory.fill(None, MANY);
        assert_eq!((all.len(), memory.free()), (MANY, 0));
        let mut next = memory.share(Some(LENGTH as u64), None);
        let mut taking = Box::pin(next.take(LENGTH));
        assert!(taking.as_mut().now_or_never().is_none());
        all.pop();
        assert!(taking.now_or_never().is_some());
        drop((all, next));
        assert_eq!(memory.free(), TOTAL);
    }

    #[test]
    fn networks_that_take_what_they_can_leave_most_to_others() {
        let memory = BodyMemory::default();
        // With all connections that each can have.
        let mut held = vec![memory.fill(Some(network(1)), 256)];
        assert_eq!(held[0].len(), MANY / 9, "one network");
        held.push(memory.fill(Some(network(2)), 256));
        assert!(memory.free() > TOTAL * 3 / 4, "two networks");
        held.extend((3..=13).map(|number| memory.fill(Some(network(number)), 256)));
        assert!(memory.free() > TOTAL / 5, "thirteen networks");
        for honest in 100..104 {
            assert_eq!(memory.fill(Some(network(honest)), 4).len(), 4, "{honest}");
        }
        held.extend((14..=20).map(|number| memory.fill(Some(network(number)), 256)));
        assert!(!memory.fill(Some(network(100)), 1).is_empty(), "twenty networks");
        drop(held);
        assert_eq!(memory.free(), TOTAL);
        assert!(memory.0.state().held.is_empty(), "nothing is remembered of those that hold nothing");
    }

    #[tokio::test]
    async fn a_body_that_waits_goes_on_when_its_network_has_ended_another() {
        let memory = BodyMemory::default();
        let mut held = memory.fill(Some(network(1)), 256);
        let mut next = memory.share(Some(LENGTH as u64), Some(network(1)));
        let waiting = tokio::spawn(async move { next.take(LENGTH).await });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        held.pop();
        waiting.await.unwrap();
    }

    #[test]
    fn a_body_takes_what_arrives_and_not_what_it_announces() {
        for length in [None, Some(17_000_000), Some(u64::MAX)] {
            let memory = BodyMemory::default();
            let mut share = memory.share(length, Some(network(1)));
            for (arrives, taken) in [(FREE + 1, STEP), (STEP - 1, STEP), (1, 2 * STEP)] {
                assert!(share.take(arrives).now_or_never().is_some());
                assert_eq!(memory.free(), TOTAL - taken);
            }
        }
    }

    #[test]
    fn few_bodies_wait() {
        let memory = BodyMemory::new(0);
        let mut shares: Vec<Share> = (0..=MAX_WAITING).map(|_| memory.share(None, None)).collect();
        let mut last = shares.pop().unwrap();
        let mut waiting: Vec<_> = shares.iter_mut().map(|share| Box::pin(share.take(FREE + 1))).collect();
        assert!(waiting.iter_mut().all(|taking| taking.as_mut().now_or_never().is_none()));
        assert_eq!(last.take(FREE + 1).now_or_never(), Some(false));
        // One that gives up makes room for another one.
        waiting.pop();
        assert_eq!(last.take(FREE + 1).now_or_never(), None);
    }

    #[test]
    fn a_body_that_waits_is_not_refused_in_favor_of_a_newcomer() {
        let memory = BodyMemory::new(STEP);
        let mut holder = memory.share(None, None);
        assert_eq!(holder.take(FREE + 1).now_or_never(), Some(true));
        let mut shares: Vec<Share> = (0..MAX_WAITING).map(|_| memory.share(None, None)).collect();
        let mut waiting: Vec<_> = shares.iter_mut().map(|share| Box::pin(share.take(FREE + 1))).collect();
        assert!(waiting.iter_mut().all(|taking| taking.as_mut().now_or_never().is_none()));
        // All wake, and one of them gets what was given back. The others go on waiting, and no newcomer gets in between.
        drop(holder);
        let woken: Vec<_> = waiting.iter_mut().map(|taking| taking.as_mut().now_or_never()).collect();
        assert_eq!(woken.iter().filter(|taken| **taken == Some(true)).count(), 1);
        assert_eq!(woken.iter().filter(|taken| **taken == Some(false)).count(), 0);
    }
}
