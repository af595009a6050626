//! A visit: one request to a page, what is known of its browser, and answering it.

use std::sync::Arc;

use account_core::CallContext;
use account_core::one_time_token::SecretToken;
use account_core::provider::ProviderName;
use account_core::session::SignedIn;
use account_core::translation::Translator;
use minijinja::value::Serde;
use minijinja::{Value, context};
use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{FromRequest, Request, RequestBody, Response};
use tokio::sync::OnceCell;

use super::attempts::Attempts;
use super::csrf::FormGuard;
use super::devices::Devices;
use super::frame::Frame;
use super::language::{self, PageLanguage};
use super::pages::Pages;
use super::paths;
use super::provider_flow::Flow;
use super::renewal::Renewal;
use super::templates::PageTemplate;
use crate::context::RequestContext;
use crate::cookie::{CONTINUATIONS, CSRF, DEVICES, FLOW, PROVIDER, SESSION};
use crate::problem::{Problem, ProblemKind};

/// What a page may load and where its forms may go: nothing but what is here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";
/// What is added for a page with the script for challenges, which asks the service and starts a worker.
const POLICY_OF_CHALLENGES: &str = "worker-src 'self'; connect-src 'self'";
/// What is added for a page whose script looks again.
const POLICY_OF_LOOKING_AGAIN: &str = "connect-src 'self'";

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
    /// What it keeps while its person is at a provider.
    pub(super) flow: Option<Arc<Flow>>,
    /// The provider that was used last in it.
    pub(super) last_provider: Option<ProviderName>,
    /// The language of the answer.
    pub(super) language: PageLanguage,
    /// What it presents as its session, live or not.
    pub(super) session_token: Option<SecretToken>,
    /// Whose session that is, once it was looked up.
    session: Arc<OnceCell<Option<SignedIn>>>,
    /// What it is to be told of its session with the answer.
    pub(super) renewal: Renewal,
    /// The path and query that were asked for, if they can be asked for again.
    pub(super) opened: Option<String>,
    /// What its form tokens are made of.
    secret: String,
    /// Whether the browser has yet to be told its secret.
    is_new: bool,
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
        let flow = find(FLOW).and_then(Flow::parse).map(Arc::new);
        let last_provider = find(PROVIDER).and_then(|name| ProviderName::parse(name).ok());
        let session_token = find(SESSION).and_then(SecretToken::parse);
        let language = PageLanguage::of(pages, request);
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        let opened = request.uri().path_and_query().filter(|_| is_read).map(ToString::to_string);
        let (request_id, context) = (context.id.clone(), context.for_channel("page"));
        Ok(Self {
            pages: Arc::clone(pages),
            context,
            request_id,
            attempts,
            devices,
            flow,
            last_provider,
            language,
            session_token,
            session: Arc::default(),
            renewal: Renewal::default(),
            opened,
            secret,
            is_new,
        })
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

    /// The words of the answer.
    pub(super) const fn words(&self) -> &Translator {
        &self.language.words
    }

    /// Who is signed in in this browser.
    pub(super) async fn signed_in(&self) -> Result<Option<SignedIn>, Problem> {
        let Some(token) = &self.session_token else { return Ok(None) };
        let session = self.session.get_or_try_init(|| self.pages.service.check_session(token)).await?;
        Ok(session.clone())
    }

    /// Has the answer in the language of the account, unless somebody chose another one in this browser.
    pub(super) async fn settle_language(&mut self) {
        if self.language.is_chosen || self.session_token.is_none() {
            return;
        }
        // Without a database there is still a page that says so.
        let Ok(Some(owner)) = self.signed_in().await else { return };
        let language = owner.account.profile.language.as_deref();
        if let Some(words) = language.and_then(|language| self.pages.catalog.speaking(language)) {
            self.language.words = words;
        }
    }

    fn form_token(&self) -> String {
        self.pages.guard.token(&self.secret)
    }

    fn frame(&self, here: Option<&str>) -> Frame<'_> {
        // A query says what was done, or has what is not to be written into pages.
        let path = self.opened.as_deref().and_then(|opened| opened.split('?').next());
        let here = here.or(path).unwrap_or(paths::HOME);
        Frame::new(self.pages.site(), self.words(), self.form_token(), self.address(here))
    }

    /// A page as an answer. A browser without a secret gets one with the first form.
    pub(super) fn page<P: PageTemplate>(&self, status: StatusCode, page: &P) -> Result<Response, Problem> {
        let frame = Value::from(Serde(self.frame(page.here().as_deref())));
        let values = context! { frame, ..Value::from(Serde(page)) };
        let html = self.pages.renderer.render(self.words().tag(), P::NAME, values).map_err(|error| {
            tracing::error!(error = %error, "cannot render a page");
            Problem::new(ProblemKind::Internal)
        })?;
        let mut response = Response::builder().status(status).content_type("text/html; charset=utf-8").body(html);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie"));
        if let Ok(language) = HeaderValue::try_from(self.words().tag()) {
            headers.insert(header::CONTENT_LANGUAGE, language);
        }
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110, 15.5.2. Browsers know no such scheme and show the page.
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.is_new {
            self.pages.cookies.set(&mut response, CSRF, &self.secret, None);
        }
        Ok(response)
    }

    /// A page that loads the script for challenges.
    pub(super) fn challenging_page<P: PageTemplate>(&self, status: StatusCode, page: &P) -> Result<Response, Problem> {
        let mut response = self.page(status, page)?;
        if let Ok(policy) = HeaderValue::try_from(format!("{POLICY}; {POLICY_OF_CHALLENGES}")) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Ok(response)
    }

    /// A page whose script looks whether it has changed.
    pub(super) fn looking_page<P: PageTemplate>(&self, status: StatusCode, page: &P) -> Result<Response, Problem> {
        let mut response = self.page(status, page)?;
        if let Ok(policy) = HeaderValue::try_from(format!("{POLICY}; {POLICY_OF_LOOKING_AGAIN}")) {
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

    /// Has the browser keep a language.
    pub(super) fn keep_language(&self, words: &Translator, response: &mut Response) {
        language::keep(&self.pages.cookies, words, response);
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
