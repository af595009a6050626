//! People who register at several services, and when they were answered.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::time::sleep;

use super::outage::Outages;
use crate::crowd::Crowd;
use crate::ledger::Answers;

/// Those who register at a time, at each service.
const CONNECTIONS: usize = 4;
/// Registrations of one client network: fewer than its limit.
const EACH: usize = 5;
/// Who is refused tries again after this.
const PAUSE: Duration = Duration::from_millis(50);
/// How long anybody waits for a service to recover.
const PATIENCE: Duration = Duration::from_mins(1);

/// The people.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) crowd: Crowd,
    next: AtomicUsize,
    acknowledged: Mutex<Vec<(usize, Instant)>>,
    refused: Mutex<Vec<Refused>>,
}

#[derive(Debug)]
struct Refused {
    service: usize,
    begun: Instant,
    ended: Instant,
}

impl People {
    /// Registers people at all services, until it is over.
    pub(super) async fn register(&self, ports: &[u16]) {
        let places = ports.iter().enumerate().flat_map(|place| std::iter::repeat_n(place, CONNECTIONS));
        join_all(places.map(|(service, port)| self.keep_registering(service, *port))).await;
    }

    async fn keep_registering(&self, service: usize, port: u16) {
        while !self.crowd.is_over() {
            let network = self.next.fetch_add(1, Ordering::Relaxed) / EACH;
            let address = format!("10.{}.{}.1", network / 256 % 256, network % 256);
            let begun = Instant::now();
            let status = self.crowd.register(port, &[("X-Forwarded-For", &address)]).await;
            let ended = Instant::now();
            if status == Some(202) {
                lock(&self.acknowledged).push((service, ended));
            } else {
                lock(&self.refused).push(Refused { service, begun, ended });
                sleep(PAUSE).await;
            }
        }
    }

    /// How long after that moment the first registration at that service was acknowledged; `None` if none is in a minute.
    pub(super) async fn first_after(&self, service: usize, moment: Instant) -> Option<Duration> {
        loop {
            let first = lock(&self.acknowledged)
                .iter()
                .filter(|(at, answered)| *at == service && *answered > moment)
                .map(|(_, answered)| *answered)
                .min();
            if let Some(first) = first {
                return Some(first - moment);
            }
            if moment.elapsed() > PATIENCE {
                return None;
            }
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Nobody registers any more: returns what was seen, and the answers.
    pub(super) fn close(mut self) -> (Self, Answers) {
        let answers = std::mem::take(&mut self.crowd.ledger).close();
        (self, answers)
    }

    /// How many were refused, or not answered, without an outage of their service.
    pub(super) fn refused_outside(&self, outages: &Outages) -> usize {
        let refused = lock(&self.refused);
        refused.iter().filter(|refused| !outages.explain(refused.service, refused.begun, refused.ended)).count()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
