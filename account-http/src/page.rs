//! The pages: registering, signing in and managing an account in a browser. They work without JavaScript; a script makes
//! forms more comfortable, and another one spares people a wait ([`challenge`]).
//!
//! A page is a type with the values that it shows, which names its template ([`templates::PageTemplate`]). Its sentences
//! come from the catalog, in the language of the visit ([`language`]).
//!
//! GET and HEAD change nothing. Every action is a POST from a form on a page.

mod assets;
mod attempts;
mod browser;
mod challenge;
mod choices;
mod code;
mod confirm_address;
mod console;
mod correct;
mod correction_form;
mod csrf;
mod dead_link;
mod development;
mod devices;
mod errors;
mod forgot;
mod form;
mod frame;
mod home;
mod invitation;
mod language;
mod language_switch;
mod link;
mod next;
mod own_templates;
mod pages;
mod password_field;
mod password_policy;
mod paths;
mod profile;
mod provider_flow;
mod providers;
mod register;
mod registration_field;
mod renewal;
mod resend;
mod resend_form;
mod samples;
mod session;
mod sign_in;
mod table;
pub(crate) mod templates;
mod verify;
mod visit;
mod waiting;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt, Request, Response};

use crate::path_template::is_below;
use crate::problem::{Problem, ProblemKind, from_framework, panicked};
pub use own_templates::{TemplateProblem, export_page_templates, open_page_templates};
pub(crate) use pages::Pages;
pub use paths::provider_redirect_uri;
use table::Table;

/// What browsers ask for by themselves.
const FAVICON: &str = "/favicon.ico";
/// Where the pages are: everything below is theirs, found or not.
pub(crate) const ROOTS: [&str; 5] = ["/authenticate", "/l", console::paths::CONSOLE, FAVICON, paths::CHANGE_PASSWORD];

/// Has the pages answer what is under their paths, found or not, and `others` the rest. Browsers begin at a page, and
/// what is not found is a page for them.
pub(crate) async fn instead(
    pages: Arc<impl Endpoint<Output = Response>>,
    others: Arc<impl Endpoint<Output = Response>>,
    request: Request,
) -> poem::Result<Response> {
    let path = request.uri().path();
    if is_page(path) {
        return pages.call(request).await;
    }
    let Some(again) = browser::repeated(&request) else { return others.call(request).await };
    if path == paths::HOME {
        return pages.call(request).await;
    }
    let response = others.call(request).await.unwrap_or_else(from_framework);
    let problem = response.extensions().get::<Problem>();
    let is_not_found = problem.is_some_and(|problem| problem.kind == ProblemKind::NotFound);
    if is_not_found { pages.call(again).await } else { Ok(response) }
}

/// Whether the path is the pages'.
pub(crate) fn is_page(path: &str) -> bool {
    ROOTS.into_iter().any(|root| is_below(root, path))
}

/// All pages, and the methods of those that take other than GET alone. Whatever goes wrong under their paths is answered
/// as a page.
pub(crate) fn routes(pages: Pages) -> (impl Endpoint<Output = Response>, Vec<(String, String)>) {
    let pages = Arc::new(pages);
    let looks = &pages.looks;
    let table = Table::default()
        .form(paths::REGISTER, register::show, register::submit)
        .action("/authenticate/register/challenge", challenge::of_registration)
        .page(paths::WAITING, waiting::show)
        .action(paths::CORRECT, correct::submit)
        .action("/authenticate/register/address/challenge", challenge::of_registration)
        .action(paths::CONTINUE, waiting::go_on)
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
        .action("/authenticate/profile/export", profile::export::submit)
        .action("/authenticate/profile/identities", profile::identities::submit)
        .action("/authenticate/providers", providers::start::submit)
        .form("/authenticate/providers/:provider/callback", providers::callback::show, providers::callback::submit)
        .action("/authenticate/profile/deletion", profile::deletion::submit)
        .action("/authenticate/profile/recovery", profile::deletion::take_back)
        .action("/authenticate/language", language_switch::submit)
        .page("/authenticate/password-policy", password_policy::show)
        .page(paths::DEVELOPMENT, development::show)
        .page("/l/*token", link::follow)
        .page(paths::CHANGE_PASSWORD, home::change_password)
        .page(paths::HOME, home::show)
        .page("/authenticate/style.css", assets::style(looks))
        .page("/authenticate/page.js", assets::script())
        .page("/authenticate/challenge.js", assets::challenge_script())
        .page("/authenticate/challenge_worker.js", assets::challenge_worker())
        .page(FAVICON, assets::favicon(looks.favicon.as_ref()))
        .optional("/authenticate/own.css", looks.stylesheet.as_ref().map(assets::own_style))
        .optional("/authenticate/logo", looks.logo.as_ref().map(assets::image))
        .optional("/authenticate/logo-dark", looks.dark_logo.as_ref().map(assets::image));
    let table = console::add(table);
    let routes = table
        .routes
        .with(CatchPanic::new().with_handler(panicked))
        .around(move |endpoint, request| errors::answer_in_html(Arc::clone(&pages), endpoint, request));
    (routes, table.methods)
}
