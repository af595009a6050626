//! Problems, and their documents.

use std::time::Duration;

use account_core::challenge::ChallengeDemand;
use account_core::ports::{ChallengeFailure, Rate};
use account_core::violation::{Field, Rule, Violation, Violations};
use poem::http::{HeaderValue, StatusCode, header};
use poem::{IntoResponse, Response};
use poem_openapi::Object;

use crate::choice::Chosen;
use crate::json::compact_json;
use crate::public_url::PublicUrl;
use crate::unknown_names::{HIDDEN, UnknownName, UnknownNames};

use super::challenge::ChallengeBody;
use super::kind::ProblemKind;
use super::retry::try_again;

/// The code of a member that nothing knows.
const UNKNOWN_MEMBER: &str = "unknown_member";

/// An error before it is rendered. Rendering happens in the outermost layer, which knows the request's id.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) kind: ProblemKind,
    pub(crate) violations: Option<Box<Violations>>,
    /// The field with the wrong proof.
    pub(crate) wrong_proof: Option<Field>,
    pub(crate) limit: Option<LimitReached>,
    pub(crate) retry_after: Option<Duration>,
    /// What to answer before the request is accepted.
    pub(crate) challenge: Option<Box<ChallengeDemand>>,
    /// The reason, in place of the problem's own text.
    pub(crate) reason: Option<Box<str>>,
    /// Names in the query or the body that nothing knows.
    pub(crate) unknown: Option<Box<UnknownNames>>,
    /// Whether credentials were sent but are not valid: some dialects answer this differently from none at all.
    pub(crate) refuses_credentials: bool,
}

/// The limit that a 429 is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LimitReached {
    pub(crate) name: &'static str,
    pub(crate) rate: Rate,
}

/// One broken rule.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Violation")]
pub(crate) struct ViolationBody {
    /// JSON Pointer (RFC 6901) to the member of the request body that broke the rule.
    pub(crate) pointer: String,
    /// Stable name of the rule, for programs: `required`, `too_short`, `common`, ..
    pub(crate) code: String,
    /// The rule in words, for people. English.
    pub(crate) message: String,
}

impl ViolationBody {
    /// Of a field in the place where the native API's bodies have it (RFC 6901).
    fn new(field: Field, code: &str, message: String) -> Self {
        Self { pointer: format!("/{}", field.name()), code: code.to_owned(), message }
    }

    fn unknown(unknown: &UnknownName) -> Self {
        let UnknownName { within, name, .. } = unknown;
        // The object, if the name is not repeated.
        let pointer = if name == HIDDEN { within.clone() } else { format!("{within}/{name}") };
        Self { pointer, code: UNKNOWN_MEMBER.to_owned(), message: unknown.message() }
    }

    /// Of those that are not listed.
    fn more_unknown(count: usize) -> Self {
        let message = format!("has {count} more unknown members");
        Self { pointer: String::new(), code: UNKNOWN_MEMBER.to_owned(), message }
    }

    fn wrong_proof(field: Field) -> Self {
        Self::new(field, "wrong", "does not belong to the registration".to_owned())
    }
}

impl From<Violation> for ViolationBody {
    fn from(violation: Violation) -> Self {
        let list = match (violation.field, violation.rule) {
            (Field::Country, Rule::Malformed | Rule::Unknown) => Some("countries"),
            (Field::Language, Rule::Malformed | Rule::Unknown) => Some("languages"),
            (Field::TimeZone, Rule::Malformed | Rule::Unknown) => Some("time-zones"),
            _ => None,
        };
        let list = list.map_or_else(String::new, |list| format!("; GET /account/v1/lookups/{list} lists all"));
        Self::new(violation.field, violation.rule.code(), format!("{violation}{list}"))
    }
}

/// A problem document (RFC 9457).
#[derive(Debug, Object)]
#[oai(rename = "Problem", skip_serializing_if_is_none)]
pub(crate) struct ProblemBody {
    /// Path of the page that describes the problem, such as `/problems/invalid`; the same for every problem of its `code`.
    #[oai(rename = "type")]
    pub(crate) kind: String,
    /// The problem in words, the same for every problem of its `code`.
    pub(crate) title: String,
    /// The HTTP status code.
    pub(crate) status: u16,
    /// Stable name of the problem, for programs.
    pub(crate) code: String,
    /// What to do about it.
    pub(crate) detail: String,
    /// The request's id, as in the header `X-Request-Id` and in the logs.
    pub(crate) request_id: String,
    /// All rules that the request body breaks; with status 422.
    pub(crate) violations: Option<Vec<ViolationBody>>,
    /// Name of the limit that was reached; with status 429.
    pub(crate) limit: Option<String>,
    /// What to solve; with `challenge_required`.
    pub(crate) challenge: Option<ChallengeBody>,
    /// Why the `challenge_response` was not accepted; with `challenge_required`, if one was sent.
    pub(crate) challenge_failure: Option<Chosen<ChallengeFailure>>,
}

impl ProblemKind {
    /// What to do about it. Where the text names a page of ours, people have to find it.
    pub(crate) fn detail(self, public_url: &PublicUrl) -> String {
        self.facts().detail.replacen("/docs", &public_url.address("/docs"), 1)
    }
}

impl Problem {
    pub(crate) const fn new(kind: ProblemKind) -> Self {
        Self {
            kind,
            violations: None,
            wrong_proof: None,
            limit: None,
            retry_after: None,
            challenge: None,
            reason: None,
            unknown: None,
            refuses_credentials: false,
        }
    }

    /// The problem with names in the query or the body.
    pub(crate) fn with_unknown(kind: ProblemKind, names: UnknownNames) -> Self {
        Self { unknown: Some(Box::new(names)), ..Self::new(kind) }
    }

    /// Adds unknown members to the rules that the others break. Other problems stay as they are.
    pub(crate) fn and_unknown(self, names: UnknownNames) -> Self {
        if self.kind != ProblemKind::Invalid {
            return self;
        }
        if self.violations.as_ref().is_none_or(|broken| broken.iter().next().is_none()) {
            return Self::with_unknown(ProblemKind::UnknownMember, names);
        }
        Self { unknown: Some(Box::new(names)), ..self }
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.facts().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The document for a request.
    pub(crate) fn body(&self, request_id: &str, public_url: &PublicUrl) -> ProblemBody {
        let facts = self.kind.facts();
        let detail = self.named_parameters() + &self.kind.detail(public_url);
        let broken = self.violations.as_deref().into_iter().flat_map(Violations::iter).map(ViolationBody::from);
        let unknown = self.unknown_in(ProblemKind::UnknownMember).or_else(|| self.unknown_in(ProblemKind::Invalid));
        let listed = unknown.iter().flat_map(|unknown| &unknown.listed).map(ViolationBody::unknown);
        let more = unknown.filter(|unknown| unknown.more > 0).map(|unknown| ViolationBody::more_unknown(unknown.more));
        let broken = broken.chain(self.wrong_proof.map(ViolationBody::wrong_proof));
        let violations: Vec<_> = broken.chain(listed).chain(more).collect();
        ProblemBody {
            kind: public_url.address(&format!("/problems/{}", facts.code)),
            title: facts.title.to_owned(),
            status: facts.status,
            code: facts.code.to_owned(),
            detail: try_again(self.reason.as_deref().unwrap_or(&detail), self.retry_after),
            request_id: request_id.to_owned(),
            violations: (!violations.is_empty()).then_some(violations),
            limit: self.limit.map(|limit| limit.name.to_owned()),
            challenge: self.challenge.as_ref().map(|demand| demand.challenge.clone().into()),
            challenge_failure: self.challenge.as_ref().and_then(|demand| demand.failure).map(Chosen),
        }
    }

    /// The unknown names, if the problem is of that kind.
    fn unknown_in(&self, kind: ProblemKind) -> Option<&UnknownNames> {
        self.unknown.as_deref().filter(|_| self.kind == kind)
    }

    /// The unknown parameters of a query, in sentences.
    fn named_parameters(&self) -> String {
        let Some(unknown) = self.unknown_in(ProblemKind::UnknownParameter) else { return String::new() };
        let sentence = |name: &UnknownName| format!("`{}`: {}. ", name.name, name.message());
        let more = (unknown.more > 0).then(|| format!("And {} more. ", unknown.more));
        unknown.listed.iter().map(sentence).chain(more).collect()
    }

    /// The finished answer to a request.
    pub(crate) fn render(&self, request_id: &str, public_url: &PublicUrl) -> Response {
        let mut response = Response::builder()
            .status(self.status())
            .content_type("application/problem+json")
            .body(compact_json(&self.body(request_id, public_url)));
        add_limit_headers(&mut response, self.limit, self.retry_after);
        if response.status() == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// `Retry-After` in whole seconds, rounded up, and the `RateLimit` fields (draft-ietf-httpapi-ratelimit-headers).
pub(crate) fn add_limit_headers(response: &mut Response, limit: Option<LimitReached>, retry_after: Option<Duration>) {
    let seconds = retry_after.map(|wait| wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).map(|wait| wait.max(1));
    let headers = response.headers_mut();
    if let Some(seconds) = seconds {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let (Some(seconds), Some(limit)) = (seconds, limit)
        && let Some((count, period)) = limit.rate.get()
    {
        let policy = format!("\"{}\";q={count};w={}", limit.name, period.as_secs());
        let state = format!("\"{}\";r=0;t={seconds}", limit.name);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }
}

impl IntoResponse for Problem {
    /// An empty answer that carries the problem along, until the outermost layer renders it.
    fn into_response(self) -> Response {
        let mut response = Response::builder().status(self.status()).finish();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Problem> for poem::Error {
    fn from(problem: Problem) -> Self {
        // As the error's own data: those of a response inside an error get lost.
        let mut error = Self::from_response(Response::builder().status(problem.status()).finish());
        error.set_data(problem);
        error
    }
}
