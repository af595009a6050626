//! The pages: registering and proving a mailbox with nothing but a browser, and no script in it.
//!
//! GET and HEAD write nothing, however often: what a page does, it does by POST, from a form of its own.

mod attempts;
mod code;
mod csrf;
mod errors;
mod form;
mod link;
mod register;
mod resend;
mod sign_in;
mod verify;
mod visit;
mod waiting;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use account_core::password::policy::PasswordPolicy;
use account_core::verification_token::master_key::MasterKey;
use account_core::{AccountService, RegistrationRules};
use poem::http::header;
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

fn is_page(path: &str) -> bool {
    ["/authenticate", "/l"].into_iter().any(|root| {
        let below = path.strip_prefix(root);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// The methods of the pages that take more or other than GET.
pub(crate) const METHODS: [(&str, &str); 4] = [
    ("/authenticate/register", "GET, HEAD, POST"),
    ("/authenticate/verify", "GET, HEAD, POST"),
    ("/authenticate/verify/code", "POST"),
    ("/authenticate/verification-mails", "POST"),
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
        .at("/authenticate/sign-in", get(sign_in::sign_in))
        .at("/authenticate/forgot", get(sign_in::forgot))
        .at("/authenticate/style.css", get(make_sync(|_| style())))
        .at("/l/*token", get(link::follow))
        .with(CatchPanic::new().with_handler(panicked))
        .around(move |endpoint, request| errors::answer_in_html(Arc::clone(&pages), endpoint, request))
}

fn style() -> Response {
    Response::builder()
        .content_type("text/css; charset=utf-8")
        .header(header::CACHE_CONTROL, "public, max-age=3600")
        .body(STYLE)
}
