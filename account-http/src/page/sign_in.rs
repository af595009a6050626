//! Signing in: not by a page yet, and these say so. The mail to those who have an account links to them.

use askama::Template;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    text: &'static str,
    onward: Option<&'a str>,
}

#[handler]
pub(super) fn sign_in(visit: Visit) -> poem::Result<Response> {
    page(
        &visit,
        "Sign in",
        "This service does not sign people in by a page of its own yet. Sign in at the application.",
    )
}

#[handler]
pub(super) fn forgot(visit: Visit) -> poem::Result<Response> {
    page(
        &visit,
        "Forgotten password",
        "This service does not set new passwords by a page of its own yet. Ask for one at the application.",
    )
}

fn page(visit: &Visit, title: &'static str, text: &'static str) -> poem::Result<Response> {
    let onward = visit.pages.onboarding_url.as_deref();
    Ok(visit.page(StatusCode::OK, &SignInPage { frame: visit.frame(), title, text, onward })?)
}
