//! Requests to one provider, which are limited as a whole: a provider that is slow or broken takes nothing from others.

use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Map, Value};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use crate::outbound::client::{Allowance, Answer, ExchangeError, OutboundClient};
use crate::outbound::{Reach, Target, TargetError};

/// Maximum time for everything that one sign-in asks of a provider.
pub(super) const DEADLINE: Duration = Duration::from_secs(10);
/// Maximum time to wait for others that ask the same provider.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many sign-ins can ask a provider at a time.
const IN_FLIGHT: usize = 32;
/// Maximum size of an answer in bytes. The largest that providers send are their key sets, of about 10 KB.
pub(super) const MAX_ANSWER: usize = 256 * 1_024;

/// Why a provider's answer cannot be used. Contains nothing of it.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Too many are asking this provider already, because it is slow.
    #[error("too many sign-ins are waiting for it")]
    Busy,
    /// An address that it names must not be requested.
    #[error("its address cannot be used")]
    Address(#[from] TargetError),
    /// There is no answer.
    #[error("no answer")]
    Exchange(#[from] ExchangeError),
    /// The answer has another status than 200.
    #[error("it answered {0}")]
    Status(u16),
    /// The answer is too large, or breaks off.
    #[error("the answer is larger than {} KiB, or breaks off", MAX_ANSWER / 1_024)]
    Incomplete,
    /// The answer is not what it should be.
    #[error("the answer is not a JSON object")]
    NotJson,
}

/// Sends requests to one provider.
#[derive(Debug)]
pub(super) struct Calls {
    client: OutboundClient,
    reach: Reach,
    in_flight: Semaphore,
}

/// The right to ask a provider until a deadline.
#[derive(Debug)]
pub(super) struct Turn<'c> {
    calls: &'c Calls,
    pub(super) deadline: Instant,
    /// `None` for a command, which asks alone.
    _place: Option<SemaphorePermit<'c>>,
}

impl Calls {
    pub(super) const fn new(client: OutboundClient, reach: Reach) -> Self {
        Self { client, reach, in_flight: Semaphore::const_new(IN_FLIGHT) }
    }

    /// Waits for one's turn, but not long.
    pub(super) async fn turn(&self) -> Result<Turn<'_>, CallError> {
        let now = Instant::now();
        let place = timeout_at(now + PATIENCE, self.in_flight.acquire()).await;
        let place = place.map_err(|_| CallError::Busy)?.map_err(|_| CallError::Busy)?;
        Ok(Turn { calls: self, deadline: now + DEADLINE, _place: Some(place) })
    }

    /// Takes a turn that does not count: a command checks the provider.
    pub(super) fn uncounted_turn(&self) -> Turn<'_> {
        Turn { calls: self, deadline: Instant::now() + DEADLINE, _place: None }
    }

    /// Parses an address that may be requested.
    pub(super) fn target(&self, url: &str) -> Result<Target, CallError> {
        Ok(Target::parse(url, self.reach)?)
    }
}

impl Turn<'_> {
    /// Parses an address that may be requested.
    pub(super) fn target(&self, url: &str) -> Result<Target, CallError> {
        self.calls.target(url)
    }

    /// Gets a document.
    pub(super) async fn get(&self, target: &Target, headers: HeaderMap) -> Result<Answer, CallError> {
        let asked = self.calls.client.get(target, accepting_json(headers), self.allowance());
        // The future of a connection is large, and those that wait for it have it within them.
        whole(Box::pin(asked).await?)
    }

    /// Posts a form.
    pub(super) async fn post(&self, target: &Target, headers: HeaderMap, form: String) -> Result<Answer, CallError> {
        let mut headers = accepting_json(headers);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        whole(Box::pin(self.calls.client.post_within(target, headers, form, self.allowance())).await?)
    }

    fn allowance(&self) -> Allowance {
        Allowance { deadline: self.deadline, max_answer: MAX_ANSWER }
    }
}

fn accepting_json(mut headers: HeaderMap) -> HeaderMap {
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
    headers
}

fn whole(answer: Answer) -> Result<Answer, CallError> {
    if answer.is_whole { Ok(answer) } else { Err(CallError::Incomplete) }
}

/// Returns the body of a successful answer. A redirect is none: it is not followed.
pub(super) fn body(answer: Answer) -> Result<Vec<u8>, CallError> {
    if answer.status == StatusCode::OK { Ok(answer.body) } else { Err(CallError::Status(answer.status.as_u16())) }
}

/// Returns the JSON object of a successful answer.
pub(super) fn object(answer: Answer) -> Result<Map<String, Value>, CallError> {
    serde_json::from_slice(&body(answer)?).map_err(|_| CallError::NotJson)
}
