//! People who sign in during an attack.

use std::time::{Duration, Instant};

use account_tests::Service;
use account_tests::people::PASSWORD;
use serde_json::json;
use tokio::time::{sleep, timeout};

/// Accounts to sign in to in turn, so that no limit per account matters.
const ACCOUNTS: usize = 30;

/// The standard password under cheap Argon2id parameters; the first sign-in replaces it with a normal hash.
const HASH: &str = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$0AD91zKzHxZbz+vxW3PQIFlSK3y0iQk3SYy2ACpHs0A";

/// The pause between two sign-ins.
const PAUSE: Duration = Duration::from_millis(50);
/// Maximum wait for an answer; a later one counts as none.
const ANSWER: Duration = Duration::from_secs(10);

/// The results of the sign-ins.
#[derive(Debug, Default)]
pub(super) struct SignIns {
    pub(super) tried: usize,
    /// The time of each successful sign-in.
    took: Vec<Duration>,
    /// The first failure.
    pub(super) failure: Option<String>,
}

impl SignIns {
    pub(super) const fn succeeded(&self) -> usize {
        self.took.len()
    }

    /// Returns the median and the 99th percentile.
    pub(super) fn percentiles(&self) -> (Duration, Duration) {
        let mut took = self.took.clone();
        took.sort();
        let at = |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1)));
        let at = |percent| at(percent).copied().unwrap_or_default();
        (at(50), at(99))
    }

    async fn sign_in(&mut self, service: &Service) {
        let begun = Instant::now();
        let body = json!({"email": email(self.tried), "password": PASSWORD}).to_string();
        let headers = [("Content-Type", "application/json")];
        let reply = timeout(ANSWER, service.try_request("POST", "/account/v1/sessions", &headers, &body)).await;
        self.tried += 1;
        match reply {
            Ok(Ok(reply)) if reply.status == 201 => self.took.push(begun.elapsed()),
            Ok(Ok(reply)) => self.fail(format!("{}: {}", reply.status, reply.body)),
            Ok(Err(error)) => self.fail(error.to_string()),
            Err(_) => self.fail(format!("no answer within {ANSWER:?}")),
        }
    }

    fn fail(&mut self, failure: String) {
        self.failure.get_or_insert(failure);
    }
}

fn email(number: usize) -> String {
    format!("person-{}@example.org", number % ACCOUNTS)
}

/// Creates the accounts.
pub(super) async fn settle(service: &Service) {
    let account = |number| json!({"email": email(number), "verified": true, "password_hash": HASH});
    service.import(&(0..ACCOUNTS).map(account).collect::<Vec<_>>()).await;
    let mut first = SignIns::default();
    for _ in 0..ACCOUNTS {
        first.sign_in(service).await;
    }
    assert_eq!(first.succeeded(), ACCOUNTS, "{:?}", first.failure);
}

/// Signs in repeatedly during the work.
pub(super) async fn sign_in_during<T>(service: &Service, work: impl Future<Output = T>) -> (T, SignIns) {
    let (mut work, mut sign_ins) = (std::pin::pin!(work), SignIns::default());
    loop {
        let next = async {
            sign_ins.sign_in(service).await;
            sleep(PAUSE).await;
        };
        tokio::select! {
            done = &mut work => return (done, sign_ins),
            () = next => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_count_only_successes() {
        let took = (1..=100).rev().map(Duration::from_millis).collect();
        let sign_ins = SignIns { tried: 200, took, failure: None };
        assert_eq!(sign_ins.percentiles(), (Duration::from_millis(51), Duration::from_millis(100)));
        assert_eq!(SignIns::default().percentiles(), (Duration::ZERO, Duration::ZERO));
    }
}
