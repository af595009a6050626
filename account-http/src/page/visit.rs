//! A visit: one request to a page, what is known of its browser, and answering it.

use std::sync::Arc;

use account_core::CallContext;
use account_core::one_time_token::SecretToken;
use askama::Template;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{FromRequest, Request, RequestBody, Response};

use super::attempts::Attempts;
use super::csrf::FormGuard;
use super::devices::Devices;
use super::pages::Pages;
use super::renewal::Renewal;
use crate::context::RequestContext;
use crate::cookie::{CONTINUATIONS, CSRF, DEVICES, SESSION};
use crate::problem::{Problem, ProblemKind};

/// What a page may load and where its forms may go: nothing but what is here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";
/// What is added for a page with the script for challenges, which asks the service and starts a worker.
const POLICY_OF_SCRIPT: &str = "script-src 'self'; worker-src 'self'; connect-src 'self'";

/// One request to a page, and what is known of its browser.
#[derive(Clone)]
pub(super) struct Visit {
    pub(super) pages: Arc<Pages>,
    /// Who calls, as the core takes it.
    pub(super) context: CallContext,
    pub(super) request_id: String,
    /// The registrations that were made in this browser.
    pub(super) attempts: Attempts,
    /// What shows which accounts were signed in to from it.
    pub(super) devices: Devices,
    /// The languages that it asks for, as it says them.
    pub(super) languages: Option<String>,
    /// What it presents as its session, live or not.
    pub(super) session_token: Option<SecretToken>,
    /// What it is to be told of its session with the answer.
    pub(super) renewal: Renewal,
    /// What its form tokens are made of.
    secret: String,
    /// Whether the browser has yet to be told its secret.
    is_new: bool,
}

/// What every page shows: who it is from, where its addresses begin, and the token of its forms.
pub(super) struct Frame<'a> {
    pub(super) operator: &'a str,
    pub(super) base: &'a str,
    pub(super) csrf: String,
}

impl Visit {
    /// What a request says of its browser.
    pub(super) fn begin(pages: &Arc<Pages>, request: &Request) -> Result<Self, Problem> {
        let find = |name| pages.cookies.find(request.headers(), name);
        let known = find(CSRF).filter(|text| FormGuard::is_secret(text)).map(str::to_owned);
        let is_new = known.is_none();
        let secret = match known {
            Some(secret) => secret,
            None => Self::fresh_secret()?,
        };
        let context = request.extensions().get::<RequestContext>().cloned();
        let context = context.unwrap_or_default();
        let attempts = find(CONTINUATIONS).map(Attempts::parse).unwrap_or_default();
        let devices = find(DEVICES).map(Devices::parse).unwrap_or_default();
        let session_token = find(SESSION).and_then(SecretToken::parse);
        let languages = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let languages = languages.map(str::to_owned);
        let (request_id, context) = (context.id.clone(), context.for_channel("page"));
        let pages = Arc::clone(pages);
        let renewal = Renewal::default();
        Ok(Self { pages, context, request_id, attempts, devices, languages, session_token, renewal, secret, is_new })
    }

    /// A secret that nobody has seen yet: 43 characters of base64url.
    pub(super) fn fresh_secret() -> Result<String, Problem> {
        FormGuard::make_secret().map_err(|error| {
            tracing::error!(%error, "the system's random number generator failed");
            Problem::new(ProblemKind::Internal)
        })
    }

    /// The visit that a request is.
    pub(super) fn of(request: &Request) -> Result<&Self, Problem> {
        // It was put there before the request came to its route.
        request.extensions().get().ok_or(Problem::new(ProblemKind::Internal))
    }

    /// What the page shows that answers this visit.
    pub(super) fn frame(&self) -> Frame<'_> {
        Frame { operator: &self.pages.operator_name, base: self.pages.public_url.path(), csrf: self.form_token() }
    }

    fn form_token(&self) -> String {
        self.pages.guard.token(&self.secret)
    }

    /// A page as an answer. A browser without a secret gets one with the first form.
    pub(super) fn page(&self, status: StatusCode, page: &impl Template) -> Result<Response, Problem> {
        let html = page.render().map_err(|error| {
            tracing::error!(%error, "cannot render a page");
            Problem::new(ProblemKind::Internal)
        })?;
        let has_form = html.contains(&self.form_token());
        let mut response = Response::builder().status(status).content_type("text/html; charset=utf-8").body(html);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110, 15.5.2. Browsers know no such scheme and show the page.
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.is_new && has_form {
            self.pages.cookies.set(&mut response, CSRF, &self.secret, None);
        }
        Ok(response)
    }

    /// A page that loads the script for challenges.
    pub(super) fn scripted_page(&self, status: StatusCode, page: &impl Template) -> Result<Response, Problem> {
        let mut response = self.page(status, page)?;
        if let Ok(policy) = HeaderValue::try_from(format!("{POLICY}; {POLICY_OF_SCRIPT}")) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Ok(response)
    }

    /// Sends the browser on to a page of ours, which it then asks for by GET.
    pub(super) fn see_other(&self, path: &str) -> Response {
        Self::see_elsewhere(&self.address(path))
    }

    /// Has the browser keep these attempts.
    pub(super) fn keep_attempts(&self, attempts: &Attempts, response: &mut Response) {
        attempts.keep(&self.pages.cookies, response, self.pages.service.now());
    }

    /// A page of ours as a person's browser finds it.
    pub(super) fn address(&self, path: &str) -> String {
        self.pages.public_url.address(path)
    }

    /// Sends the browser on to that address.
    pub(super) fn see_elsewhere(location: &str) -> Response {
        Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, location).finish()
    }
}

impl<'a> FromRequest<'a> for &'a Visit {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        Ok(Visit::of(request)?)
    }
}
