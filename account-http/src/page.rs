//! The pages: registering, signing in and managing an account in a browser. They work without JavaScript; a script
//! spares people a wait ([`challenge`]).
//!
//! GET and HEAD change nothing. Every action is a POST from a form on a page.

mod attempts;
mod challenge;
mod code;
mod confirm_address;
mod csrf;
mod dead_link;
mod devices;
mod errors;
mod forgot;
mod form;
mod invitation;
mod link;
mod next;
mod pages;
mod paths;
mod profile;
mod register;
mod renewal;
mod resend;
mod resend_form;
mod session;
mod sign_in;
mod verify;
mod visit;
mod waiting;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use poem::http::{StatusCode, header};
use poem::middleware::CatchPanic;
use poem::{
    Endpoint, EndpointExt, IntoEndpoint, Request, Response, Route, RouteMethod, endpoint::make_sync, get, post,
};

use crate::path_template::is_below;
use crate::problem::panicked;
pub(crate) use pages::Pages;

/// The one stylesheet, compiled in.
const STYLE: &str = include_str!("../templates/style.css");

/// What browsers ask for by themselves.
const FAVICON: &str = "/favicon.ico";
/// Where the pages are: everything below is theirs, found or not.
pub(crate) const ROOTS: [&str; 3] = ["/authenticate", "/l", FAVICON];

/// Has the pages answer what is under their paths, found or not, and `others` the rest.
pub(crate) async fn instead(
    pages: Arc<impl Endpoint<Output = Response>>,
    others: Arc<impl Endpoint<Output = Response>>,
    request: Request,
) -> poem::Result<Response> {
    if is_page(request.uri().path()) { pages.call(request).await } else { others.call(request).await }
}

/// Whether the path is the pages'.
pub(crate) fn is_page(path: &str) -> bool {
    ROOTS.into_iter().any(|root| is_below(root, path))
}

/// All pages, and the methods of those that take other than GET alone. Whatever goes wrong under their paths is answered
/// as a page.
pub(crate) fn routes(pages: Pages) -> (impl Endpoint<Output = Response>, Vec<(String, String)>) {
    let pages = Arc::new(pages);
    let table = Table::default()
        .form("/authenticate/register", register::show, register::submit)
        .action("/authenticate/register/challenge", challenge::of_registration)
        .page(paths::WAITING, waiting::show)
        .action("/authenticate/verification-mails", resend::submit)
        .form("/authenticate/verify", verify::show, verify::submit)
        .action("/authenticate/verify/code", code::submit)
        .form(paths::SIGN_IN, sign_in::show, sign_in::submit)
        .action("/authenticate/sign-in/challenge", challenge::of_sign_in)
        .action("/authenticate/sign-out", sign_in::sign_out)
        .form("/authenticate/forgot", forgot::show, forgot::submit)
        .action("/authenticate/forgot/challenge", challenge::of_reset)
        .form("/authenticate/reset", forgot::show_reset, forgot::reset)
        .form("/authenticate/invitation", invitation::show, invitation::submit)
        .form(paths::CONFIRM_ADDRESS, confirm_address::show, confirm_address::submit)
        .form(paths::PROFILE, profile::show, profile::details::submit)
        .action("/authenticate/profile/password", profile::password::submit)
        .action("/authenticate/profile/email", profile::address::submit)
        .action("/authenticate/profile/sessions", profile::sessions::submit)
        .action("/authenticate/profile/deletion", profile::deletion::submit)
        .action("/authenticate/profile/recovery", profile::deletion::take_back)
        .page("/authenticate/style.css", make_sync(|_| style()))
        .page("/authenticate/challenge.js", challenge::script())
        .page("/authenticate/challenge_worker.js", challenge::worker())
        .page("/l/*token", link::follow)
        .page(FAVICON, make_sync(|_| no_icon()));
    let routes = table
        .routes
        .with(CatchPanic::new().with_handler(panicked))
        .around(move |endpoint, request| errors::answer_in_html(Arc::clone(&pages), endpoint, request));
    (routes, table.methods)
}

/// Routes, and what `Allow` says of those that take other than GET alone.
#[derive(Default)]
struct Table {
    routes: Route,
    methods: Vec<(String, String)>,
}

impl Table {
    /// What is only looked at.
    fn page(self, path: &str, show: impl IntoEndpoint<Endpoint: 'static>) -> Self {
        Self { routes: self.routes.at(path, get(show)), ..self }
    }

    /// A form of its own, and what sending it does.
    fn form(
        self,
        path: &str,
        show: impl IntoEndpoint<Endpoint: 'static>,
        submit: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.taking(path, "GET, HEAD, POST", get(show).post(submit))
    }

    /// What a form on another page does.
    fn action(self, path: &str, submit: impl IntoEndpoint<Endpoint: 'static>) -> Self {
        self.taking(path, "POST", post(submit))
    }

    fn taking(mut self, path: &str, methods: &str, route: RouteMethod) -> Self {
        self.methods.push((path.to_owned(), methods.to_owned()));
        Self { routes: self.routes.at(path, route), ..self }
    }
}

fn style() -> Response {
    Response::builder()
        .content_type("text/css; charset=utf-8")
        .header(header::CACHE_CONTROL, "public, max-age=3600")
        .body(STYLE)
}

fn no_icon() -> Response {
    let response = Response::builder().status(StatusCode::NO_CONTENT);
    response.header(header::CACHE_CONTROL, "public, max-age=86400").finish()
}
