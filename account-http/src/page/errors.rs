//! What goes wrong, as pages.

use std::sync::Arc;

use askama::Template;
use poem::http::StatusCode;
use poem::{Endpoint, IntoResponse, Request, Response};

use super::form::Refused;
use super::pages::Pages;
use super::visit::{Frame, Visit};
use crate::problem::{Problem, ProblemKind, add_limit_headers, from_framework, try_again};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    text: String,
    /// Whether it helps to go and register.
    is_open: bool,
}

/// Calls a page, and turns every error into an error page.
pub(super) async fn answer_in_html(
    pages: Arc<Pages>,
    endpoint: Arc<impl Endpoint>,
    mut request: Request,
) -> poem::Result<Response> {
    let visit = Visit::begin(&pages, &request)?;
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

/// The form did not come from here. Nothing of it is kept: somebody else may have filled it in.
fn refused(visit: &Visit) -> Result<Response, Problem> {
    let text = "Your form expired. Please submit it again. If this happens every time, allow cookies for this site.";
    let page = ErrorPage { frame: visit.frame(), title: "Form expired", text: text.to_owned(), is_open: true };
    visit.page(StatusCode::FORBIDDEN, &page)
}

fn explain(visit: &Visit, problem: &Problem) -> Result<Response, Problem> {
    let (title, text) = in_words(problem.kind);
    let mut text = try_again(problem.reason.as_deref().unwrap_or(text), problem.retry_after);
    if problem.kind == ProblemKind::Internal {
        text = format!("{text} Request ID: {}.", visit.request_id);
    }
    let is_open = problem.kind != ProblemKind::RegistrationClosed;
    let page = ErrorPage { frame: visit.frame(), title, text, is_open };
    let mut response = visit.page(problem.status(), &page)?;
    add_limit_headers(&mut response, problem.limit, problem.retry_after);
    Ok(response)
}

/// Title and explanation of a problem, for people.
const fn in_words(kind: ProblemKind) -> (&'static str, &'static str) {
    match kind {
        ProblemKind::NotFound => ("Page not found", "Check the address of the page."),
        ProblemKind::MethodNotAllowed => ("This page cannot be opened directly", "Go back and submit the form."),
        ProblemKind::RequestTimeout => {
            ("Request timed out", "The form took too long to arrive. Please submit it again.")
        }
        ProblemKind::BodyTooLarge => ("Form too large", "The form is larger than 64 KiB. Nothing was changed."),
        ProblemKind::UnsupportedMediaType | ProblemKind::MalformedBody | ProblemKind::MalformedRequest => {
            ("Invalid form", "Open the page again and fill in the form once more.")
        }
        ProblemKind::ChallengeRequired => {
            ("Please try again later", "There are unusually many requests at the moment.")
        }
        ProblemKind::RateLimited => ("Please wait", "Too many attempts."),
        ProblemKind::Overloaded | ProblemKind::Unavailable => {
            ("Service unavailable", "The service is busy. Nothing was changed.")
        }
        ProblemKind::Internal => (
            "Something went wrong",
            "This is not your fault. If it happens again, contact support and include the request ID.",
        ),
        ProblemKind::CodeExhausted => ("Too many incorrect codes", "Open the link in the email instead."),
        ProblemKind::UnknownToken | ProblemKind::UnknownRegistration => {
            ("Invalid link", "Open the complete link from the email.")
        }
        ProblemKind::RegistrationClosed => {
            ("Registration is closed", "New registrations are not accepted at the moment.")
        }
        ProblemKind::Unauthenticated => ("You are not signed in", "Sign in and try again."),
        ProblemKind::EmailUnverified => {
            ("Your email address is not verified", "Open the link in the email that we sent you first.")
        }
        ProblemKind::DeletionPending => {
            ("Your account will be deleted", "Cancel the deletion on your account page first.")
        }
        ProblemKind::WrongSession => (
            "You requested this change elsewhere",
            "Open the link in the browser in which you requested the change, while you are signed in there.",
        ),
        ProblemKind::LastSuperAdmin => {
            ("You are the last super admin", "Make another account a super admin before you delete this one.")
        }
        ProblemKind::Forbidden | ProblemKind::CrossSite => {
            ("Not allowed", "Your account may not do this. Nothing was changed.")
        }
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
        | ProblemKind::IdempotencyMismatch => {
            ("Something did not work", "Open the page again and fill in the form once more.")
        }
    }
}
