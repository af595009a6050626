//! Requests that an attacker sends without a pause.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use account_tests::exchange;
use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// The setting that has the service believe where a [`Request`] says it comes from.
pub(super) const BELIEVED: (&str, &str) = ("HTTP__TRUSTED_PROXIES", "127.0.0.1/32");

/// Longest wait for an answer: one that takes longer is none.
pub(super) const ANSWER: Duration = Duration::from_secs(10);

/// A POST with JSON, and the address that it seems to come from.
pub(super) struct Request {
    pub(super) path: &'static str,
    pub(super) body: Value,
    pub(super) from: String,
}

impl Request {
    /// Sends it; returns the status of the answer, 0 if there is none.
    pub(super) async fn send(self, port: u16) -> u16 {
        let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", self.from.as_str())];
        let body = self.body.to_string();
        match timeout(ANSWER, exchange(port, "POST", self.path, &headers, &body)).await {
            Ok(Ok(reply)) => reply.status,
            Ok(Err(_)) | Err(_) => 0,
        }
    }
}

/// The body of a sign-in or a registration.
pub(super) fn credentials(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password})
}

/// An address of the IPv4 /24 of that number, below 62,500, in a /8.
pub(super) fn network(first: u8, number: u32) -> String {
    format!("{first}.{}.{}.1", number / 250 % 250, number % 250)
}

/// How many answers had each status.
#[derive(Debug, Default)]
pub(super) struct Answers(BTreeMap<u16, u32>);

impl Answers {
    pub(super) fn count(&mut self, status: u16) {
        *self.0.entry(status).or_default() += 1;
    }

    /// How many had that status.
    pub(super) fn with(&self, status: u16) -> u32 {
        self.0.get(&status).copied().unwrap_or_default()
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers: Vec<_> = self.0.iter().map(|(status, count)| format!("{count} x {status}")).collect();
        f.write_str(&answers.join(", "))
    }
}

/// Sends the requests on so many connections, until there are no more.
pub(super) fn send(
    port: u16,
    connections: usize,
    requests: impl Stream<Item = Request> + Send + 'static,
) -> JoinHandle<Answers> {
    // A task for each, so that the attacker is not held up by one core.
    let answers = requests.map(move |request| tokio::spawn(request.send(port))).buffer_unordered(connections);
    tokio::spawn(answers.fold(Answers::default(), async |mut answers, status| {
        answers.count(status.unwrap_or_default());
        answers
    }))
}

/// The answers to a flood that is over, or will be.
pub(super) async fn answers(flood: JoinHandle<Answers>) -> Answers {
    flood.await.expect("the flood ends")
}

#[cfg(test)]
mod tests {
    use super::{Answers, network};

    #[test]
    fn answers_are_counted_by_status() {
        let mut answers = Answers::default();
        for status in [429, 202, 429] {
            answers.count(status);
        }
        assert_eq!((answers.with(429), answers.with(503)), (2, 0));
        assert_eq!(answers.to_string(), "1 x 202, 2 x 429");
    }

    #[test]
    fn each_number_is_another_network() {
        let networks = [0, 1, 249, 250, 62_499].map(|number| network(10, number));
        assert_eq!(networks, ["10.0.0.1", "10.0.1.1", "10.0.249.1", "10.1.0.1", "10.249.249.1"]);
    }
}
