//! What goes wrong, as pages.

use std::sync::Arc;

use account_core::translation::Arguments;
use poem::http::StatusCode;
use poem::{Endpoint, IntoResponse, Request, Response};
use serde::Serialize;

use super::form::Refused;
use super::pages::Pages;
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::words::{self, say};
use crate::path_template::is_below;
use crate::problem::{Problem, ProblemKind, add_limit_headers, from_framework};

#[derive(Serialize)]
struct ErrorPage {
    title: String,
    text: String,
    /// Whether it helps to go and register.
    is_open: bool,
}

impl PageTemplate for ErrorPage {
    const NAME: &'static str = "error.html";
}

/// Calls a page, and turns every error into an error page.
pub(super) async fn answer_in_html(
    pages: Arc<Pages>,
    endpoint: Arc<impl Endpoint>,
    mut request: Request,
) -> poem::Result<Response> {
    let mut visit = Visit::begin(&pages, &request)?;
    if has_words(request.uri().path()) {
        visit.settle_language().await;
    }
    request.extensions_mut().insert(visit.clone());
    let mut response = match endpoint.call(request).await {
        Ok(response) => response.into_response(),
        Err(error) if error.is::<Refused>() => refused(&visit)?,
        Err(error) => from_framework(error),
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = explain(&visit, &problem)?;
    }
    // Whatever else went wrong: a session that has a new token goes on under that alone.
    visit.renew_session(&mut response);
    Ok(response)
}

/// Whether what is there can be a page: other answers are the same in every language, and nothing is looked up for them.
fn has_words(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    last != "challenge" && !last.starts_with("logo") && !last.contains('.') && !is_below("/l", path)
}

/// The form did not come from here. Nothing of it is kept: somebody else may have filled it in.
fn refused(visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let (title, text) = (say(words, "error-form-expired-title"), say(words, "error-form-expired"));
    visit.page(StatusCode::FORBIDDEN, &ErrorPage { title, text, is_open: true })
}

fn explain(visit: &Visit, problem: &Problem) -> Result<Response, Problem> {
    let words = visit.words();
    let (title, text) = in_words(problem.kind);
    let mut sentences = vec![problem.reason.as_deref().map_or_else(|| say(words, text), str::to_owned)];
    sentences.extend(
        problem
            .retry_after
            .map(|time| words.text("error-try-again", &Arguments::none().with("time", words::wait(words, time)))),
    );
    if problem.kind == ProblemKind::Internal {
        let id = Arguments::none().with("id", visit.request_id.as_str());
        sentences.push(words.text("error-internal-id", &id));
    }
    let is_open = problem.kind != ProblemKind::RegistrationClosed;
    let page = ErrorPage { title: say(words, title), text: sentences.join(" "), is_open };
    let mut response = visit.page(problem.status(), &page)?;
    add_limit_headers(&mut response, problem.limit, problem.retry_after);
    Ok(response)
}

/// The keys of title and explanation of a problem, for people.
const fn in_words(kind: ProblemKind) -> (&'static str, &'static str) {
    match kind {
        ProblemKind::NotFound => ("error-not-found-title", "error-not-found"),
        ProblemKind::MethodNotAllowed => ("error-method-title", "error-method"),
        ProblemKind::RequestTimeout => ("error-timeout-title", "error-timeout"),
        ProblemKind::BodyTooLarge => ("error-too-large-title", "error-too-large"),
        ProblemKind::UnsupportedMediaType | ProblemKind::MalformedBody | ProblemKind::MalformedRequest => {
            ("error-invalid-form-title", "error-invalid-form")
        }
        ProblemKind::ChallengeRequired => ("error-challenge-title", "error-challenge"),
        ProblemKind::RateLimited => ("error-limited-title", "error-limited"),
        ProblemKind::Overloaded | ProblemKind::Unavailable => ("error-unavailable-title", "error-unavailable"),
        ProblemKind::Internal => ("error-internal-title", "error-internal"),
        ProblemKind::CodeExhausted => ("error-code-exhausted-title", "error-code-exhausted"),
        ProblemKind::UnknownToken | ProblemKind::UnknownRegistration => ("dead-link-invalid-title", "error-link"),
        ProblemKind::RegistrationClosed => ("error-closed-title", "error-closed"),
        ProblemKind::Unauthenticated => ("error-signed-out-title", "error-signed-out"),
        ProblemKind::EmailUnverified => ("error-unverified-title", "error-unverified"),
        ProblemKind::DeletionPending => ("error-deletion-title", "error-deletion"),
        ProblemKind::WrongSession => ("error-elsewhere-title", "error-elsewhere"),
        ProblemKind::LastSuperAdmin => ("error-last-super-admin-title", "error-last-super-admin"),
        ProblemKind::Forbidden | ProblemKind::CrossSite => ("error-forbidden-title", "error-forbidden"),
        ProblemKind::UnknownProvider => ("error-provider-unknown-title", "error-provider-unknown"),
        ProblemKind::UnknownFlow => ("error-provider-flow-title", "error-provider-flow"),
        ProblemKind::ProviderDenied => ("error-provider-denied-title", "error-provider-denied"),
        ProblemKind::ProviderUnavailable => ("error-provider-away-title", "error-provider-away"),
        ProblemKind::ProviderFailed => ("error-provider-invalid-title", "error-provider-invalid"),
        ProblemKind::NoProviderAddress => ("error-provider-address-title", "error-provider-address"),
        ProblemKind::IdentityTaken => ("error-identity-taken-title", "error-identity-taken"),
        ProblemKind::OtherIdentity => ("error-identity-other-title", "error-identity-other"),
        ProblemKind::TooManyIdentities => ("error-identity-many-title", "error-identity-many"),
        ProblemKind::LastSignInMethod => ("error-identity-last-title", "error-identity-last"),
        ProblemKind::AccountDisabled => ("error-disabled-title", "error-disabled"),
        ProblemKind::MalformedHead
        | ProblemKind::InvalidHost
        | ProblemKind::HeadTooLarge
        | ProblemKind::TooManyConnections
        | ProblemKind::WrongCredentials
        | ProblemKind::WrongPassword
        | ProblemKind::ReauthenticationRequired
        | ProblemKind::InvalidCursor
        | ProblemKind::InvalidQuery
        | ProblemKind::WeakPassword
        | ProblemKind::AddressRegistered
        | ProblemKind::AlreadyInvited
        | ProblemKind::CodeTaken
        | ProblemKind::ClientTaken
        | ProblemKind::NotEmpty
        | ProblemKind::NotRedrivable
        | ProblemKind::InvitationEnded
        | ProblemKind::PreconditionFailed
        | ProblemKind::NotAReport
        | ProblemKind::UnknownMember
        | ProblemKind::UnknownParameter
        | ProblemKind::ReportTooLarge
        | ProblemKind::UnknownIdentity
        | ProblemKind::UnknownApp
        | ProblemKind::Expired
        | ProblemKind::Used
        | ProblemKind::Superseded
        | ProblemKind::AlreadyRegistered
        | ProblemKind::AlreadyCompleted
        | ProblemKind::RegistrationExpired
        | ProblemKind::CorrectionsExhausted
        | ProblemKind::SignInNeeded
        | ProblemKind::ProofRequired
        | ProblemKind::WrongProof
        | ProblemKind::Invalid
        | ProblemKind::MalformedIdempotencyKey
        | ProblemKind::IdempotencyInProgress
        | ProblemKind::IdempotencyMismatch => ("error-other-title", "error-other"),
    }
}

pub(super) fn sample() -> Sample {
    let page = |is_open| ErrorPage { title: samples::text(), text: samples::text(), is_open };
    Sample::of(&page(false), &page(true))
}
