//! Limits the number of connections, in total and per client network.
//!
//! A new connection replaces the one that has been idle longest, within its own network if that is at its limit. A
//! request that is being handled is never interrupted for another connection.

mod places;
mod reached;

#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use account_core::Client;
use account_core::client::unwrap_mapped;
use account_http::metrics::Metrics;
use account_http::refusal::Refusal;
use ipnet::IpNet;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use places::{Admitted, Phase, Places};
pub(super) use reached::Limit;
use reached::ReachedLog;

/// The limits on the number of connections.
#[derive(Debug, Clone)]
pub(super) struct Ceilings {
    /// In total.
    pub(super) total: usize,
    /// Of one client network.
    pub(super) per_network: usize,
    /// Networks whose connections count only toward the total: reverse proxies and back ends that serve many people.
    pub(super) uncounted: Vec<IpNet>,
}

/// Admits connections, and chooses which ones to close for them.
pub(super) struct Admissions {
    uncounted: Vec<IpNet>,
    places: Mutex<Places>,
    log: ReachedLog,
    metrics: Arc<Metrics>,
}

impl Admissions {
    pub(super) fn new(ceilings: Ceilings, metrics: Arc<Metrics>) -> Arc<Self> {
        let Ceilings { total, per_network, uncounted } = ceilings;
        let places = Mutex::new(Places::new(total, per_network));
        Arc::new(Self { uncounted, places, log: ReachedLog::default(), metrics })
    }

    /// Gives a new connection a place as soon as one is free. Returns `None` if none can be freed.
    pub(super) async fn admit(self: &Arc<Self>, remote: IpAddr) -> Option<Arc<Place>> {
        let network = self.network(remote);
        loop {
            let (admitted, networks) = {
                let mut places = self.places();
                (places.admit(network.as_deref(), Instant::now()), places.networks())
            };
            match admitted {
                Admitted::Place { id, cut, closed_for } => {
                    self.metrics.connection_opened();
                    if let Some(limit) = closed_for {
                        self.reached(limit, "closed", networks);
                    }
                    let admissions = Arc::clone(self);
                    let (is_busy, is_answered, has_unread) = (false.into(), false.into(), false.into());
                    return Some(Arc::new(Place { id, admissions, cut, is_busy, is_answered, has_unread }));
                }
                Admitted::Refused(limit) => {
                    self.reached(limit, "refused", networks);
                    return None;
                }
                Admitted::Wait(time) => sleep(time).await,
            }
        }
    }

    /// Returns the network that connections of this address are counted under; `None` for those that serve many people.
    fn network(&self, remote: IpAddr) -> Option<String> {
        let remote = unwrap_mapped(remote);
        let is_exempt = self.uncounted.iter().any(|network| network.contains(&remote));
        Client { is_exempt, ..Client::at(remote) }.networks().map(|networks| networks.own)
    }

    /// Closes the connection that has been idle longest, because the operating system has no more files.
    pub(super) fn make_room(&self) {
        let (was_closed, networks) = {
            let mut places = self.places();
            (places.close_idlest(Instant::now()), places.networks())
        };
        self.reached(Limit::OpenFiles, if was_closed { "closed" } else { "refused" }, networks);
    }

    /// Counts a connection that is closed because its client exceeded that limit.
    pub(super) fn exceeded(&self, limit: Limit) {
        self.metrics.count_limited_connection(limit.name(), "closed");
    }

    fn reached(&self, limit: Limit, outcome: &'static str, networks: usize) {
        self.metrics.count_limited_connection(limit.name(), outcome);
        self.log.note(limit, outcome == "closed", networks, Instant::now());
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        // No code that holds the lock can panic in the middle of a change.
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place. Dropping it frees the place.
pub(super) struct Place {
    id: u64,
    admissions: Arc<Admissions>,
    cut: CancellationToken,
    /// Whether a request is being handled; true until its answer is sent.
    is_busy: AtomicBool,
    /// Whether the whole answer has been queued for sending.
    is_answered: AtomicBool,
    /// Whether the request is answered without its whole body.
    has_unread: AtomicBool,
}

impl Place {
    /// Returns when the connection must be closed.
    pub(super) async fn until_cut(&self) {
        self.cut.cancelled().await;
    }

    /// Closes the connection because its client exceeded that limit.
    pub(super) fn cut(&self, limit: Limit) {
        self.admissions.exceeded(limit);
        self.cut.cancel();
    }

    /// Counts a request that is refused before the app sees it.
    pub(super) fn refused(&self, refusal: Refusal) {
        match refusal {
            Refusal::HeadTooLarge => self.exceeded(Limit::HeadSize),
            other => self.admissions.metrics.count_refused_head(other.code()),
        }
    }

    /// Counts that the client exceeded that limit, when the connection is already being closed.
    pub(super) fn exceeded(&self, limit: Limit) {
        self.admissions.exceeded(limit);
    }

    /// Records that the head of a request has arrived. Returns whether to handle it: `false` if the connection has just
    /// been chosen to be closed.
    pub(super) fn begin(&self) -> bool {
        self.is_answered.store(false, Ordering::Relaxed);
        self.has_unread.store(false, Ordering::Relaxed);
        self.is_busy.store(true, Ordering::Relaxed);
        self.enter(Phase::Handling)
    }

    /// Records that the client must act: send the rest of a body, or read what is sent.
    pub(super) fn wait_for_client(&self) {
        if self.is_busy() {
            self.enter(Phase::Waiting);
        }
    }

    /// Records that the client has acted.
    pub(super) fn go_on(&self) {
        if self.is_busy() {
            self.enter(Phase::Handling);
        }
    }

    /// Records that nobody reads the rest of the request's body.
    pub(super) fn leave_unread(&self) {
        self.has_unread.store(true, Ordering::Relaxed);
    }

    /// Returns whether the client may still send a body that nobody reads.
    pub(super) fn has_unread(&self) -> bool {
        self.has_unread.load(Ordering::Relaxed)
    }

    /// Records that the whole answer has been queued for sending.
    pub(super) fn answered(&self) {
        self.is_answered.store(true, Ordering::Relaxed);
    }

    /// Records that everything queued has been sent.
    pub(super) fn flushed(&self) {
        if self.is_answered.swap(false, Ordering::Relaxed) {
            self.is_busy.store(false, Ordering::Relaxed);
            self.enter(Phase::Idle);
        }
    }

    /// Returns whether a request is being handled; true until its answer is sent.
    pub(super) fn is_busy(&self) -> bool {
        self.is_busy.load(Ordering::Relaxed)
    }

    fn enter(&self, phase: Phase) -> bool {
        self.admissions.places().enter(self.id, phase, Instant::now())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.admissions.places().leave(self.id);
        self.admissions.metrics.connection_closed();
    }
}
