//! The pages: registering, signing in and looking after one's account with nothing but a browser, and no script in it.
//!
//! GET and HEAD write nothing, however often: what a page does, it does by POST, from a form of its own.

mod attempts;
mod code;
mod confirm_address;
mod csrf;
mod dead_link;
mod errors;
mod forgot;
mod form;
mod invitation;
mod link;
mod next;
mod profile;
mod register;
mod resend;
mod session;
mod sign_in;
mod verify;
mod visit;
mod waiting;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use account_core::one_time_token::master_key::MasterKey;
use account_core::password::policy::PasswordPolicy;
use account_core::{AccountService, RegistrationRules};
use poem::http::{StatusCode, header};
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt, Request, Response, Route, endpoint::make_sync, get, post};
use url::Url;

use self::csrf::FormGuard;
use crate::cookie::CookieStyle;
use crate::own_origin::OwnOrigin;
use crate::problem::panicked;
use crate::settings::HttpSettings;

/// The one stylesheet, compiled in.
const STYLE: &str = include_str!("../templates/style.css");

/// What browsers ask for by themselves.
const FAVICON: &str = "/favicon.ico";

/// What the pages work with.
pub(crate) struct Pages {
    service: AccountService,
    rules: RegistrationRules,
    operator_name: String,
    onboarding_url: Option<String>,
    /// Path of the public URL, without a slash at its end: what every address on a page begins with.
    base: String,
    cookies: CookieStyle,
    origin: OwnOrigin,
    guard: FormGuard,
}

impl Pages {
    /// Pages over a service. The key of their forms comes from the master key, so that all instances share it.
    pub(crate) fn new(service: &AccountService, master_key: &MasterKey, settings: &HttpSettings) -> Self {
        let public_url = Url::parse(&settings.public_url).ok();
        let base = public_url.as_ref().map(|url| url.path().trim_end_matches('/').to_owned());
        Self {
            service: service.clone(),
            rules: RegistrationRules { password_policy: settings.password_policy, ..RegistrationRules::native("page") },
            operator_name: settings.operator_name.clone(),
            onboarding_url: settings.onboarding_url.clone(),
            base: base.unwrap_or_default(),
            cookies: CookieStyle { is_https: settings.is_https() },
            origin: OwnOrigin::new(public_url.as_ref()),
            guard: FormGuard::new(&master_key.adapter_key("csrf")),
        }
    }

    fn password_policy(&self) -> PasswordPolicy {
        self.rules.password_policy
    }
}

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
    path == FAVICON
        || ["/authenticate", "/l"].into_iter().any(|root| {
            let below = path.strip_prefix(root);
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// The methods of the pages that take more or other than GET.
pub(crate) const METHODS: [(&str, &str); 16] = [
    ("/authenticate/register", "GET, HEAD, POST"),
    ("/authenticate/verify", "GET, HEAD, POST"),
    ("/authenticate/verify/code", "POST"),
    ("/authenticate/verification-mails", "POST"),
    ("/authenticate/sign-in", "GET, HEAD, POST"),
    ("/authenticate/sign-out", "POST"),
    ("/authenticate/forgot", "GET, HEAD, POST"),
    ("/authenticate/reset", "GET, HEAD, POST"),
    ("/authenticate/invitation", "GET, HEAD, POST"),
    ("/authenticate/confirm-address", "GET, HEAD, POST"),
    ("/authenticate/profile", "GET, HEAD, POST"),
    ("/authenticate/profile/password", "POST"),
    ("/authenticate/profile/email", "POST"),
    ("/authenticate/profile/sessions", "POST"),
    ("/authenticate/profile/deletion", "POST"),
    ("/authenticate/profile/recovery", "POST"),
];

/// All pages. Whatever goes wrong under their paths is answered as a page.
pub(crate) fn routes(pages: Pages) -> impl Endpoint<Output = Response> {
    let pages = Arc::new(pages);
    Route::new()
        .at("/authenticate/register", get(register::show).post(register::submit))
        .at("/authenticate/register/waiting", get(waiting::show))
        .at("/authenticate/verification-mails", post(resend::submit))
        .at("/authenticate/verify", get(verify::show).post(verify::submit))
        .at("/authenticate/verify/code", post(code::submit))
        .at("/authenticate/sign-in", get(sign_in::show).post(sign_in::submit))
        .at("/authenticate/sign-out", post(sign_in::sign_out))
        .at("/authenticate/forgot", get(forgot::show).post(forgot::submit))
        .at("/authenticate/reset", get(forgot::show_reset).post(forgot::reset))
        .at("/authenticate/invitation", get(invitation::show).post(invitation::submit))
        .at("/authenticate/confirm-address", get(confirm_address::show).post(confirm_address::submit))
        .at(profile::PATH, get(profile::show).post(profile::details::submit))
        .at("/authenticate/profile/password", post(profile::password::submit))
        .at("/authenticate/profile/email", post(profile::address::submit))
        .at("/authenticate/profile/sessions", post(profile::sessions::submit))
        .at("/authenticate/profile/deletion", post(profile::deletion::submit))
        .at("/authenticate/profile/recovery", post(profile::deletion::take_back))
        .at("/authenticate/style.css", get(make_sync(|_| style())))
        .at("/l/*token", get(link::follow))
        .at(FAVICON, get(make_sync(|_| no_icon())))
        .with(CatchPanic::new().with_handler(panicked))
        .around(move |endpoint, request| errors::answer_in_html(Arc::clone(&pages), endpoint, request))
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
