//! What people were told, written down as they were told it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use account_tests::Reply;

/// What somebody holds whose registration was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    pub(crate) id: String,
    pub(crate) continuation: String,
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
                let [id, continuation] = ["/registration_id", "/continuation"].map(|pointer| reply.text(pointer));
                answers.acknowledged.insert(address.to_owned(), Acknowledged { id, continuation });
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
        let held = Acknowledged { id: "1".to_owned(), continuation: "secret".to_owned() };
        assert_eq!(answers.acknowledged, BTreeMap::from([("a@example.org".to_owned(), held)]));
        assert_eq!((answers.refusals().as_str(), answers.unanswered), ("1 of 503", 1));
        assert_eq!(answers.longest, Duration::from_secs(2));
    }

    #[test]
    fn no_refusal_is_told_as_none() {
        assert_eq!(Ledger::default().close().refusals(), "0");
    }
}
