//! Answers to requests that never reach the app. The program that owns the connections sends them.

mod host;

use std::time::Duration;

use poem::Response;

use crate::answer_headers::add_default_headers;
use crate::context::RequestIds;
use crate::problem::{Problem, ProblemKind};
use crate::public_url::PublicUrl;

pub use host::has_valid_host;

/// How long a refused client is asked to wait.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// Why a request never reaches the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The request is not HTTP/1.1. Status 400.
    MalformedHead,
    /// The `Host` header is not valid: see [`has_valid_host`]. Status 400.
    InvalidHost,
    /// Request line and headers are too long, or there are too many headers. Status 431.
    HeadTooLarge,
    /// There is no place for the connection. Status 503.
    TooManyConnections,
}

impl Refusal {
    /// Its name, which is the `code` of the problem that is answered.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.problem().kind.facts().code
    }

    fn problem(self) -> Problem {
        let (kind, retry_after) = match self {
            Self::MalformedHead => (ProblemKind::MalformedHead, None),
            Self::InvalidHost => (ProblemKind::InvalidHost, None),
            Self::HeadTooLarge => (ProblemKind::HeadTooLarge, None),
            Self::TooManyConnections => (ProblemKind::TooManyConnections, Some(TRY_AGAIN)),
        };
        Problem { retry_after, ..Problem::new(kind) }
    }
}

/// Renders refusals as problem documents, each with an id and the headers of every answer.
#[derive(Debug, Clone)]
pub struct Refusals {
    ids: RequestIds,
    public_url: PublicUrl,
    is_https: bool,
}

impl Refusals {
    /// Creates the refusals of a service.
    #[must_use]
    pub fn new(public_url: PublicUrl) -> Self {
        Self { ids: RequestIds::new(), is_https: public_url.is_https(), public_url }
    }

    /// Creates the refusals of a listener that browsers do not reach by the public URL, but over plain http.
    #[must_use]
    pub fn of_plain_listener(public_url: PublicUrl) -> Self {
        Self { is_https: false, ..Self::new(public_url) }
    }

    /// Returns the answer. The connection must be closed after it, except for [`Refusal::InvalidHost`].
    #[must_use]
    pub fn answer(&self, refusal: Refusal) -> Response {
        let id = self.ids.next();
        let mut response = refusal.problem().render(&id, &self.public_url);
        add_default_headers(&mut response, &id, self.is_https);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_refusal_is_a_problem_document_with_an_id() {
        let refusals = Refusals::new("https://example.com/accounts".parse().unwrap());
        for (refusal, status, code) in [
            (Refusal::MalformedHead, 400, "malformed_head"),
            (Refusal::InvalidHost, 400, "invalid_host"),
            (Refusal::HeadTooLarge, 431, "head_too_large"),
            (Refusal::TooManyConnections, 503, "too_many_connections"),
        ] {
            let response = refusals.answer(refusal);
            assert_eq!((response.status().as_u16(), refusal.code()), (status, code));
            assert_eq!(response.content_type(), Some("application/problem+json"));
            assert!(response.headers().contains_key("strict-transport-security"));
            let waits = response.header("retry-after").map(str::to_owned);
            assert_eq!(waits.as_deref(), (status == 503).then_some("5"));
            let id = response.header("x-request-id").unwrap().to_owned();
            let body: serde_json::Value = response.into_body().into_json().await.unwrap();
            assert_eq!((&body["code"], &body["request_id"]), (&code.into(), &id.into()));
            assert_eq!(body["type"], format!("/accounts/problems/{code}"));
        }
    }
}
