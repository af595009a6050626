//! What people were told, written down as they were told it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use account_tests::{Reply, exchange};

/// What somebody holds whose registration was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    pub(crate) email: String,
    pub(crate) id: String,
    pub(crate) continuation: String,
}

impl Acknowledged {
    /// What an answer of 202 gives to who registered that address.
    pub(crate) fn of(email: &str, reply: &Reply) -> Self {
        let [id, continuation] = ["/registration_id", "/continuation"].map(|pointer| reply.text(pointer));
        Self { email: email.to_owned(), id, continuation }
    }

    /// Whether its holder can look at it, at the service on that port.
    pub(crate) async fn is_readable(&self, port: u16) -> bool {
        let path = format!("/account/v1/registrations/{}", self.id);
        let headers = [("X-Registration-Continuation", self.continuation.as_str())];
        let reply = exchange(port, "GET", &path, &headers, "").await;
        reply.is_ok_and(|reply| reply.status == 200 && reply.text("/email") == self.email)
    }
}

/// Every answer to a registration.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Answers>);

/// The answers, by what they said.
#[derive(Debug, Default, Clone)]
pub(crate) struct Answers {
    /// By address: answered with 202.
    pub(crate) acknowledged: BTreeMap<String, Acknowledged>,
    /// Other answers, by status.
    pub(crate) refused: BTreeMap<u16, usize>,
    /// Requests that ended without an answer: nobody knows whether they count.
    pub(crate) unanswered: usize,
    /// How long the longest answer took.
    pub(crate) longest: Duration,
}

impl Ledger {
    /// Writes down what was answered to the registration of that address, and how long it took.
    pub(crate) fn note(&self, address: &str, reply: &std::io::Result<Reply>, took: Duration) {
        let mut answers = self.answers();
        match reply {
            Ok(reply) if reply.status == 202 => {
                answers.acknowledged.insert(address.to_owned(), Acknowledged::of(address, reply));
            }
            Ok(reply) => *answers.refused.entry(reply.status).or_default() += 1,
            Err(_) => answers.unanswered += 1,
        }
        if reply.is_ok() {
            answers.longest = answers.longest.max(took);
        }
    }

    /// How many were acknowledged so far.
    pub(crate) fn acknowledged(&self) -> usize {
        self.answers().acknowledged.len()
    }

    /// All of it.
    pub(crate) fn close(self) -> Answers {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn answers(&self) -> MutexGuard<'_, Answers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answers {
    /// The answers other than 202, in words.
    pub(crate) fn refusals(&self) -> String {
        if self.refused.is_empty() {
            return "0".to_owned();
        }
        let each = self.refused.iter().map(|(status, count)| format!("{count} of {status}"));
        each.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use account_tests::Reply;

    use super::{Acknowledged, Ledger};

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, headers: BTreeMap::new(), body: body.to_owned() }
    }

    #[test]
    fn only_an_answer_of_202_is_an_acknowledgement() {
        let ledger = Ledger::default();
        let body = r#"{"registration_id": "1", "continuation": "secret"}"#;
        ledger.note("a@example.org", &Ok(reply(202, body)), Duration::from_secs(1));
        ledger.note("b@example.org", &Ok(reply(503, "")), Duration::from_secs(2));
        ledger.note("c@example.org", &Err(std::io::Error::other("gone")), Duration::from_secs(3));
        assert_eq!(ledger.acknowledged(), 1);
        let answers = ledger.close();
        let [email, id, continuation] = ["a@example.org", "1", "secret"].map(str::to_owned);
        let held = Acknowledged { email, id, continuation };
        assert_eq!(answers.acknowledged, BTreeMap::from([("a@example.org".to_owned(), held)]));
        assert_eq!((answers.refusals().as_str(), answers.unanswered), ("1 of 503", 1));
        assert_eq!(answers.longest, Duration::from_secs(2));
    }

    #[test]
    fn an_empty_refusal_list_prints_none() {
        assert_eq!(Ledger::default().close().refusals(), "0");
    }
}
