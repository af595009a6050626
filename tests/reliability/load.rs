//! Clients that register without end, and what they were answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use account_tests::{Reply, Service};

use crate::ledger::Acknowledged;
use crate::registering::{Answer, is_proper_failure, register};

/// What clients were answered.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Each with the time of its answer.
    pub(crate) acknowledged: Vec<(Instant, Acknowledged)>,
    pub(crate) refusals: Vec<Reply>,
    /// Connections that ended without an answer.
    pub(crate) unanswered: usize,
    /// Longest wait for any answer.
    pub(crate) longest: Duration,
}

impl Seen {
    /// Refusals that do not say what is wrong as they must.
    pub(crate) fn improper(&self) -> usize {
        self.refusals.iter().filter(|reply| !is_proper_failure(reply)).count()
    }

    /// Those that were acknowledged.
    pub(crate) fn registrations(&self) -> Vec<Acknowledged> {
        self.acknowledged.iter().map(|(_, registration)| registration.clone()).collect()
    }
}

/// Clients at work.
pub(crate) struct Load {
    is_over: Arc<AtomicBool>,
    seen: Arc<Mutex<Seen>>,
    clients: Vec<tokio::task::JoinHandle<()>>,
}

impl Load {
    /// Sets so many clients to work.
    pub(crate) fn start(service: &Arc<Service>, clients: u32) -> Self {
        let (is_over, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Seen::default())));
        let clients = (0..clients).map(|client| {
            tokio::spawn(keep_registering(Arc::clone(service), client, Arc::clone(&is_over), Arc::clone(&seen)))
        });
        let clients = clients.collect();
        Self { is_over, seen, clients }
    }

    /// What they were answered so far.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&Seen) -> T) -> T {
        at(&self.seen.lock().expect("a client panicked"))
    }

    /// Waits until what they were answered is so, for a minute at most; returns whether it is.
    pub(crate) async fn wait_until(&self, holds: impl Fn(&Seen) -> bool) -> bool {
        let begun = Instant::now();
        while !self.look(&holds) {
            if begun.elapsed() > Duration::from_mins(1) {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        true
    }

    /// How long after that moment the first registration was acknowledged; `None` when none is within a minute.
    pub(crate) async fn first_after(&self, moment: Instant) -> Option<Duration> {
        let first = |seen: &Seen| seen.acknowledged.iter().map(|(at, _)| *at).find(|at| *at > moment);
        self.wait_until(|seen| first(seen).is_some()).await;
        self.look(first).map(|at| at - moment)
    }

    /// Lets the clients finish.
    pub(crate) async fn stop(self) -> Seen {
        self.is_over.store(true, Ordering::Relaxed);
        for client in self.clients {
            client.await.expect("a client panicked");
        }
        std::mem::take(&mut *self.seen.lock().expect("a client panicked"))
    }
}

async fn keep_registering(service: Arc<Service>, client: u32, is_over: Arc<AtomicBool>, seen: Arc<Mutex<Seen>>) {
    let mut number = 0;
    while !is_over.load(Ordering::Relaxed) {
        number += 1;
        let (answer, took) = register(&service, &format!("p{client}-{number}@example.org")).await;
        let was_accepted = matches!(answer, Answer::Accepted(_));
        {
            let mut seen = seen.lock().expect("another client panicked");
            seen.longest = seen.longest.max(took);
            match answer {
                Answer::Accepted(registration) => seen.acknowledged.push((Instant::now(), registration)),
                Answer::Refused(reply) => seen.refusals.push(reply),
                Answer::None => seen.unanswered += 1,
            }
        }
        if !was_accepted {
            // As a client that is told to come back later, only less patient.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
