//! People who sign out on one node of a cluster, and are checked on another.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use account_tests::people::PASSWORD;
use account_tests::{Service, exchange};
use futures_util::future::join_all;
use serde_json::json;

use crate::attack;
use crate::tell::tell;

const ACCOUNTS: u32 = 30;
/// Those who sign in at a time.
const CONNECTIONS: usize = 4;
/// How long all of it may take.
const PATIENCE: Duration = Duration::from_mins(10);
/// What the limits of sign-ins would be in the way of.
pub(super) const NO_LIMITS: [(&str, &str); 2] = [("LIMITS__SIGN_INS", "off"), ("LIMITS__SIGN_INS_PER_ACCOUNT", "off")];

/// What was seen of them.
#[derive(Debug, Default)]
pub(super) struct SignOuts {
    /// How many there should be.
    pub(super) wanted: u32,
    /// Sign-outs that were acknowledged, and checked on another node.
    pub(super) done: AtomicU32,
    /// Still signed in there.
    pub(super) stale: AtomicU32,
    /// Not signed in there yet, although the sign-in was acknowledged.
    pub(super) late: AtomicU32,
    /// Answers that were none of those.
    pub(super) failed: AtomicU32,
}

/// Signs people in and out until that many are checked.
pub(super) async fn run(services: &[Service], count: u32) -> SignOuts {
    let Some(first) = services.first() else { return SignOuts { wanted: count, ..SignOuts::default() } };
    attack::import(first, &(0..ACCOUNTS).map(email).collect::<Vec<_>>()).await;
    let ports: Vec<_> = services.iter().map(Service::port).collect();
    let (seen, next, begun) = (SignOuts { wanted: count, ..SignOuts::default() }, AtomicU32::new(0), Instant::now());
    let person = async || {
        while count_of(&seen.done) + count_of(&seen.failed) < count && begun.elapsed() < PATIENCE {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return;
            }
            let turn = usize::try_from(number).unwrap_or_default();
            let port = |offset: usize| ports.get((turn + offset) % ports.len()).copied().unwrap_or_default();
            if seen.check(number, port(0), port(1)).await.is_none() {
                seen.failed.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    join_all((0..CONNECTIONS).map(|_| person())).await;
    tell(format_args!("sign-outs: {seen:?}"));
    seen
}

impl SignOuts {
    /// Signs in and out on one node, and looks at both on the other. `None` for an answer that does not fit.
    async fn check(&self, number: u32, here: u16, there: u16) -> Option<()> {
        let body = json!({"email": email(number), "password": PASSWORD}).to_string();
        let headers = [("Content-Type", "application/json")];
        let reply = exchange(here, "POST", "/account/v1/sessions", &headers, &body).await.ok()?;
        let authorization = format!("Bearer {}", reply.text("/token"));
        if reply.status != 201 {
            tell(format_args!("a sign-in was answered with {}: {}", reply.status, reply.body));
            return None;
        }
        let headers = [("Authorization", authorization.as_str())];
        let me = async || exchange(there, "GET", "/account/v1/me", &headers, "").await.ok().map(|reply| reply.status);
        match me().await? {
            200 => {}
            401 => drop(self.late.fetch_add(1, Ordering::Relaxed)),
            _ => return None,
        }
        let reply = exchange(here, "DELETE", "/account/v1/sessions/current", &headers, "").await.ok()?;
        if reply.status != 204 {
            tell(format_args!("a sign-out was answered with {}: {}", reply.status, reply.body));
            return None;
        }
        match me().await? {
            401 => {}
            200 => drop(self.stale.fetch_add(1, Ordering::Relaxed)),
            _ => return None,
        }
        self.done.fetch_add(1, Ordering::Relaxed);
        Some(())
    }
}

/// A count that was made by all.
pub(super) fn count_of(counter: &AtomicU32) -> u32 {
    counter.load(Ordering::Relaxed)
}

fn email(number: u32) -> String {
    format!("signed-in-{}@example.org", number % ACCOUNTS)
}
