//! People who sign in during an attack.

use std::time::{Duration, Instant};

use account_tests::Service;
use account_tests::people::PASSWORD;
use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::table::Cell;
use crate::tell::tell;

/// The path to sign in.
pub(super) const SIGN_IN: &str = "/account/v1/sessions";

/// Accounts to sign in to in turn, so that no limit per account matters.
const ACCOUNTS: usize = 30;

/// The standard password, hashed with the default parameters.
const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$rzLjbx6p/7SgQdwgbfStpj9KJbJ7U8cP0FP3MVXNILY";

/// How long sign-ins are measured before an attack.
pub(super) const BEFORE: Duration = Duration::from_secs(5);
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
        let reply = timeout(ANSWER, service.try_request("POST", SIGN_IN, &headers, &body)).await;
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

/// Creates accounts with the standard password.
pub(crate) async fn import(service: &Service, emails: &[String]) {
    let account = |email: &String| json!({"email": email, "verified": true, "password_hash": HASH});
    service.import(&emails.iter().map(account).collect::<Vec<_>>()).await;
}

/// Creates the accounts to sign in to.
pub(super) async fn settle(service: &Service) {
    import(service, &(0..ACCOUNTS).map(email).collect::<Vec<_>>()).await;
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

/// What [`judge`] has cells for.
pub(super) const COLUMNS: [&str; 3] =
    ["others' sign-ins that succeeded (all)", "p50 / p99 before, ms", "p50 / p99 under attack, ms (p99 at most twice)"];

/// Judges the sign-ins during an attack by those before it.
pub(super) fn judge(attack: &str, before: &SignIns, during: &SignIns) -> [Cell; 3] {
    if let Some(failure) = &during.failure {
        tell(format_args!("{attack}: a sign-in failed: {failure}"));
    }
    let millis = |(p50, p99): (Duration, Duration)| format!("{} / {}", p50.as_millis(), p99.as_millis());
    let (tried, succeeded) = (during.tried, during.succeeded());
    [
        Cell::judged(format!("{succeeded} of {tried}"), succeeded == tried && tried > 0),
        Cell::told(millis(before.percentiles())),
        Cell::judged(millis(during.percentiles()), during.percentiles().1 <= before.percentiles().1 * 2),
    ]
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
