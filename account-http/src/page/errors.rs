//! What goes wrong, as pages.

use std::sync::Arc;

use askama::Template;
use poem::http::StatusCode;
use poem::{Endpoint, IntoResponse, Request, Response};

use super::form::Refused;
use super::visit::{Frame, Visit};
use super::{Pages, words};
use crate::problem::{Problem, ProblemKind, add_limit_headers, from_framework};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    text: String,
    /// Whether it helps to go and register.
    is_open: bool,
}

/// Calls a page and turns whatever goes wrong into a page of its own.
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
    let text = "The form was not sent from a page of this service, or the page was open for too long, or your browser \
                keeps no cookies. Nothing was changed. Open the page again and fill the form in once more.";
    let page =
        ErrorPage { frame: visit.frame(), title: "This form could not be taken", text: text.to_owned(), is_open: true };
    visit.page(StatusCode::FORBIDDEN, &page)
}

fn explain(visit: &Visit, problem: &Problem) -> Result<Response, Problem> {
    let (title, text) = in_words(problem.kind);
    let mut text = problem.reason.clone().unwrap_or_else(|| text.to_owned());
    if let Some(wait) = problem.retry_after {
        text = format!("{text} Please wait {} and try again.", words::wait(wait));
    }
    if problem.kind == ProblemKind::Internal {
        text = format!("{text} Request: {}.", visit.request_id);
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
        ProblemKind::NotFound => ("There is no such page", "Check the address of the page."),
        ProblemKind::MethodNotAllowed => {
            ("This page cannot be opened like that", "It only takes what the form before it sends.")
        }
        ProblemKind::RequestTimeout => ("That took too long", "The form did not arrive in time. Send it again."),
        ProblemKind::BodyTooLarge => ("That is too much", "The form is larger than 64 KiB. Nothing was changed."),
        ProblemKind::UnsupportedMediaType | ProblemKind::MalformedBody | ProblemKind::MalformedRequest => {
            ("This form cannot be read", "Open the page again and fill the form in once more.")
        }
        ProblemKind::RateLimited => ("Too many requests", "This was asked for too often. Nothing was changed."),
        ProblemKind::Overloaded | ProblemKind::Unavailable => {
            ("Not available for the moment", "The service cannot do this just now. Nothing was changed.")
        }
        ProblemKind::Internal => (
            "Something went wrong",
            "It is not your fault. If it happens again, tell whoever runs this service the number of the request.",
        ),
        ProblemKind::CodeExhausted => {
            ("The code was tried too often", "Use the link in the mail instead. No further code is taken.")
        }
        ProblemKind::UnknownToken | ProblemKind::UnknownRegistration => {
            ("This is not known here", "Open the link in the mail once more, the whole of it.")
        }
        ProblemKind::RegistrationClosed => {
            ("Registration is closed", "Whoever runs this service does not take registrations now.")
        }
        ProblemKind::Unauthenticated => ("You are not signed in", "Sign in and try again."),
        ProblemKind::EmailUnverified => {
            ("Your address is not verified", "Open the link in the mail that was sent to you first.")
        }
        ProblemKind::DeletionPending => {
            ("Your account is about to be deleted", "Take it back on the page of your account first.")
        }
        ProblemKind::WrongSession => (
            "The change was asked for elsewhere",
            "Open the link in the browser in which you asked for the change, while you are signed in there.",
        ),
        ProblemKind::LastSuperAdmin => {
            ("You are the last super admin", "Make another account a super admin before you delete this one.")
        }
        ProblemKind::Forbidden | ProblemKind::CrossSite => ("This is not for this account", "Nothing was changed."),
        ProblemKind::WrongCredentials
        | ProblemKind::WrongPassword
        | ProblemKind::ReauthenticationRequired
        | ProblemKind::InvalidCursor
        | ProblemKind::InvalidQuery
        | ProblemKind::AddressRegistered
        | ProblemKind::AlreadyInvited
        | ProblemKind::CodeTaken
        | ProblemKind::ClientTaken
        | ProblemKind::NotEmpty
        | ProblemKind::NotRedrivable
        | ProblemKind::InvitationEnded
        | ProblemKind::PreconditionFailed
        | ProblemKind::NotAReport
        | ProblemKind::ReportTooLarge
        | ProblemKind::Expired
        | ProblemKind::Used
        | ProblemKind::Superseded
        | ProblemKind::AlreadyRegistered
        | ProblemKind::ProofRequired
        | ProblemKind::WrongProof
        | ProblemKind::Invalid
        | ProblemKind::MalformedIdempotencyKey
        | ProblemKind::IdempotencyInProgress
        | ProblemKind::IdempotencyMismatch => {
            ("That did not work", "Open the page again and fill the form in once more.")
        }
    }
}
