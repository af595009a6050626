//! People who register.

use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use account_tests::{Reply, exchange};
use futures_util::future::join_all;
use tokio::time::{sleep, timeout};

use crate::ledger::Ledger;

/// Who finds nobody there, or is refused, tries again after this.
const PAUSE: Duration = Duration::from_millis(5);

/// Longest wait for an answer: one that takes longer is none.
const ANSWER: Duration = Duration::from_mins(1);

/// The people, each of whom has an address of their own.
#[derive(Debug, Default)]
pub(crate) struct Crowd {
    next: AtomicUsize,
    is_over: AtomicBool,
    pub(crate) ledger: Ledger,
}

impl Crowd {
    /// Registers one person after the other on so many connections, until it is over. The service may go away and come
    /// back meanwhile.
    pub(crate) async fn run(&self, port: u16, connections: usize) {
        self.is_over.store(false, Ordering::Relaxed);
        let client = || async {
            while !self.is_over() {
                if self.register(port, &[]).await.is_none_or(|status| status != 202) {
                    sleep(PAUSE).await;
                }
            }
        };
        join_all((0..connections).map(|_| client())).await;
    }

    /// Registers the next person; answers the status, if there was an answer.
    pub(crate) async fn register(&self, port: u16, headers: &[(&str, &str)]) -> Option<u16> {
        let address = format!("person-{}@example.org", self.next.fetch_add(1, Ordering::Relaxed));
        let begun = Instant::now();
        let reply = register(port, &address, headers).await;
        // A hang has to show as one, and not to end with the process.
        let hangs = reply.as_ref().is_err_and(|error| error.kind() == ErrorKind::TimedOut);
        assert!(!hangs, "a request was not answered within {ANSWER:?}");
        self.ledger.note(&address, &reply, begun.elapsed());
        reply.ok().map(|reply| reply.status)
    }

    /// Nobody registers any more; those who wait for an answer still get it.
    pub(crate) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

/// Registers an address.
///
/// # Errors
/// When nobody is there, or goes away before the answer; [`ErrorKind::TimedOut`] when there is none in time.
pub(crate) async fn register(port: u16, address: &str, headers: &[(&str, &str)]) -> std::io::Result<Reply> {
    let body = serde_json::json!({"email": address, "password": "nine violet otters sail past"}).to_string();
    let headers: Vec<_> = headers.iter().copied().chain([("Content-Type", "application/json")]).collect();
    timeout(ANSWER, exchange(port, "POST", "/account/v1/registrations", &headers, &body)).await?
}
