//! Test doubles of the ports, and the contract suite that every store must pass (feature `testing`).
//!
//! The doubles are real implementations without I/O: a store in memory, a clock that is set by hand, a seeded
//! generator, and a mailer and a sender of events that record what they get.

pub mod challenge;
pub mod contract;
mod memory_store;
pub mod provider;

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use sha2::{Digest, Sha256};

use crate::outbox::event::{EndpointName, Event};
use crate::outbox::mail::Mail;
use crate::ports::{Clock, DeliveryError, Entropy, EventSender, GeoLocator, Location, Mailer};
use crate::timestamp::Timestamp;

pub use memory_store::MemoryStore;

/// Takes a lock even if a holder has panicked: that is the failure of another test.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A clock that only moves when told to.
#[derive(Debug)]
pub struct FakeClock(Mutex<Timestamp>);

impl Default for FakeClock {
    /// Starts at 2026-01-01T00:00:00Z.
    fn default() -> Self {
        Self::at(Timestamp::from_unix_micros(1_767_225_600_000_000))
    }
}

impl FakeClock {
    /// Creates a clock that shows this time.
    #[must_use]
    pub const fn at(moment: Timestamp) -> Self {
        Self(Mutex::new(moment))
    }

    /// Moves the clock forwards.
    pub fn advance(&self, by: Duration) {
        let mut now = lock(&self.0);
        *now = *now + by;
    }

    /// Sets the clock.
    pub fn set(&self, moment: Timestamp) {
        *lock(&self.0) = moment;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *lock(&self.0)
    }
}

/// A generator that gives the same bytes for the same seed: SHA-256 of seed and counter.
#[derive(Debug)]
pub struct SeededEntropy {
    seed: u64,
    counter: Mutex<u64>,
}

impl SeededEntropy {
    /// Creates a generator with this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed, counter: Mutex::new(0) }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let mut counter = lock(&self.counter);
        for chunk in buffer.chunks_mut(32) {
            *counter += 1;
            let mut hash = Sha256::new();
            hash.update(self.seed.to_be_bytes());
            hash.update(counter.to_be_bytes());
            for (to, from) in chunk.iter_mut().zip(hash.finalize()) {
                *to = from;
            }
        }
    }
}

/// Knows where these addresses are.
#[derive(Debug, Clone, Default)]
pub struct FixedLocations(pub BTreeMap<IpAddr, Location>);

impl GeoLocator for FixedLocations {
    fn locate(&self, address: IpAddr) -> Location {
        self.0.get(&address).cloned().unwrap_or_default()
    }
}

/// A mailer that records every email, and fails on demand.
#[derive(Debug, Default)]
pub struct RecordingMailer {
    sent: Mutex<Vec<Mail>>,
    failures: Mutex<VecDeque<DeliveryError>>,
}

impl RecordingMailer {
    /// Returns the emails sent so far, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<Mail> {
        lock(&self.sent).clone()
    }

    /// Takes the emails sent so far, oldest first.
    #[must_use]
    pub fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut lock(&self.sent))
    }

    /// Makes the next delivery fail with this error.
    pub fn fail_next(&self, error: DeliveryError) {
        lock(&self.failures).push_back(error);
    }
}

#[async_trait]
impl Mailer for RecordingMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        if let Some(error) = lock(&self.failures).pop_front() {
            return Err(error);
        }
        lock(&self.sent).push(mail.clone());
        Ok(())
    }
}

/// A sender that records every event, and fails on demand.
#[derive(Debug, Default)]
pub struct RecordingEventSender {
    sent: Mutex<Vec<Event>>,
    failures: Mutex<VecDeque<(EndpointName, DeliveryError)>>,
}

impl RecordingEventSender {
    /// Takes the events sent so far, oldest first.
    #[must_use]
    pub fn take(&self) -> Vec<Event> {
        std::mem::take(&mut lock(&self.sent))
    }

    /// Makes the next delivery to this endpoint fail with this error.
    pub fn fail_next(&self, endpoint: EndpointName, error: DeliveryError) {
        lock(&self.failures).push_back((endpoint, error));
    }
}

#[async_trait]
impl EventSender for RecordingEventSender {
    async fn send(&self, event: &Event) -> Result<(), DeliveryError> {
        let mut failures = lock(&self.failures);
        let failing = failures.iter().position(|(endpoint, _)| *endpoint == event.endpoint);
        if let Some((_, error)) = failing.and_then(|place| failures.remove(place)) {
            return Err(error);
        }
        lock(&self.sent).push(event.clone());
        Ok(())
    }
}
