//! Calls that take turns: a call stops before each unit of work and waits until it is let go on.
//!
//! Between two stops a call does one unit of work at most, from beginning to end. That is as fine as it has to be: units
//! that write are made one after the other, and one that reads sees what was committed when it began, so whatever
//! happens during a unit might as well have happened before it or after it.

use std::{
    collections::BTreeSet,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use account_core::{
    one_time_token::TokenDigest,
    ports::{Charge, RateLimiter, Store, StoreError, UnitOfWork, Verdict},
    session::SignedIn,
    testing::MemoryStore,
    timestamp::Timestamp,
};
use async_trait::async_trait;

/// More turns than any call takes: one that wants more waits for something that never comes.
const MOST_TURNS: usize = 1_000;

/// What a unit of work does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Reads,
    Writes,
}

/// Which of two calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Turn {
    First,
    Second,
}

/// Where a call waits before each unit of work.
#[derive(Clone, Default)]
pub(super) struct Gate(Arc<Mutex<Passage>>);

#[derive(Default)]
struct Passage {
    /// What waits.
    waits: Option<Unit>,
    /// Whether it may go on.
    may_pass: bool,
}

impl Gate {
    fn passage(&self) -> MutexGuard<'_, Passage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn pass(&self, unit: Unit) {
        poll_fn(|_| {
            let mut passage = self.passage();
            if std::mem::take(&mut passage.may_pass) {
                passage.waits = None;
                Poll::Ready(())
            } else {
                passage.waits = Some(unit);
                Poll::Pending
            }
        })
        .await;
    }

    /// Lets what waits go on.
    fn open(&self) {
        self.passage().may_pass = true;
    }

    /// What waits.
    fn waits(&self) -> Option<Unit> {
        self.passage().waits
    }
}

/// A store in memory behind a gate.
pub(super) struct GatedStore {
    pub(super) inner: MemoryStore,
    pub(super) gate: Gate,
}

#[async_trait]
impl Store for GatedStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.gate.pass(Unit::Writes).await;
        self.inner.begin().await
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.gate.pass(Unit::Reads).await;
        self.inner.begin_read_only().await
    }

    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        self.gate.pass(Unit::Reads).await;
        self.inner.find_signed_in(token).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}

#[async_trait]
impl RateLimiter for GatedStore {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        self.inner.count(charges, now).await
    }

    async fn take_back(
        &self,
        events: &BTreeSet<String>,
        counted_at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        self.inner.take_back(events, counted_at, forgotten).await
    }

    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        self.inner.purge(now, limit).await
    }
}

/// A call with the gate that it waits at.
pub(super) struct Running<'a, T> {
    gate: Gate,
    future: Pin<Box<dyn Future<Output = T> + 'a>>,
    outcome: Option<T>,
}

impl<'a, T> Running<'a, T> {
    /// Starts a call: it goes as far as its first unit of work.
    pub(super) fn start(gate: &Gate, call: impl Future<Output = T> + 'a) -> Self {
        let mut running = Self { gate: gate.clone(), future: Box::pin(call), outcome: None };
        running.poll();
        running
    }

    fn poll(&mut self) {
        if self.outcome.is_none()
            && let Poll::Ready(outcome) = self.future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        {
            self.outcome = Some(outcome);
        }
    }

    fn is_done(&self) -> bool {
        self.outcome.is_some()
    }

    /// Does one unit of work; returns what it was.
    fn step(&mut self, after_unit: &dyn Fn()) -> Option<Unit> {
        let unit = self.gate.waits();
        self.gate.open();
        self.poll();
        after_unit();
        unit
    }
}

/// Runs a call to its end. `after_unit` is called after each unit of work.
///
/// # Panics
/// When the call never ends.
#[expect(clippy::panic, reason = "a call that never ends cannot be gone on from")]
pub(super) fn run<T>(gate: &Gate, call: impl Future<Output = T>, after_unit: &dyn Fn()) -> T {
    let mut running = Running::start(gate, call);
    for _ in 0..MOST_TURNS {
        if let Some(outcome) = running.outcome {
            return outcome;
        }
        running.step(after_unit);
    }
    panic!("a call never ends");
}

/// What two calls came to, and the order that they took turns in while both were running.
pub(super) struct Together<T> {
    pub(super) outcomes: (T, T),
    pub(super) turns: Vec<Turn>,
    /// Orders that begin like this one and have not been tried.
    pub(super) others: Vec<Vec<Turn>>,
}

/// Runs two calls side by side, in that order of turns and then the first one first.
///
/// # Panics
/// When a call never ends.
#[expect(clippy::panic, reason = "a call that never ends cannot be gone on from")]
pub(super) fn run_both<'a, T>(
    mut first: Running<'a, T>,
    mut second: Running<'a, T>,
    order: &[Turn],
    after_unit: &dyn Fn(),
) -> Together<T> {
    let (mut turns, mut others) = (Vec::new(), Vec::new());
    let mut last: Option<(Turn, Option<Unit>)> = None;
    while !first.is_done() && !second.is_done() && turns.len() < MOST_TURNS {
        let turn = order.get(turns.len()).copied().unwrap_or_else(|| {
            // Two units that only read, one of each call, come to the same in both orders: one is enough.
            let is_same = |turn, waits: Option<Unit>| {
                last.is_some_and(|(before, unit)| {
                    before != turn && unit == Some(Unit::Reads) && waits == Some(Unit::Reads)
                })
            };
            if is_same(Turn::First, first.gate.waits()) {
                return Turn::Second;
            }
            let mut other = turns.clone();
            other.push(Turn::Second);
            others.push(other);
            Turn::First
        });
        let unit = if turn == Turn::First { first.step(after_unit) } else { second.step(after_unit) };
        last = Some((turn, unit));
        turns.push(turn);
    }
    for _ in 0..MOST_TURNS {
        if let (Some(_), Some(_)) = (&first.outcome, &second.outcome) {
            break;
        }
        let running = if first.is_done() { &mut second } else { &mut first };
        running.step(after_unit);
    }
    match (first.outcome, second.outcome) {
        (Some(first), Some(second)) => Together { outcomes: (first, second), turns, others },
        _ => panic!("a call never ends"),
    }
}
