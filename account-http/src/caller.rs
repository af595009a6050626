//! The caller: the session that a request presents as bearer token or cookie, and what it permits.
//!
//! A handler that takes one of these types as an argument is only called if the check has passed. The OpenAPI documents
//! show this automatically.

pub(crate) mod reporter;

use std::sync::{Arc, Mutex, PoisonError};

use account_core::authorization::{Administrator, Fresh, NotPermitted, Verified};
use account_core::one_time_token::SecretToken;
use account_core::session::{OpenedSession, SignedIn};
use account_core::timestamp::Timestamp;
use account_core::{AccountService, CallContext};
use poem::http::header;
use poem::{Endpoint, FromRequest, IntoResponse, Request, RequestBody, Response};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use crate::body::is_json;
use crate::context::{DialectName, RequestContext};
use crate::cookie::{CookieStyle, SESSION};
use crate::own_origin::OwnOrigin;
use crate::problem::{Problem, ProblemKind};
use crate::public_url::PublicUrl;
use crate::query_names::refuse_unknown;

/// Names of the security schemes in the documents.
const BEARER: &str = "session_token";
pub(crate) const COOKIE: &str = "session_cookie";
const DIALECT_BEARER: &str = "bearer";

/// Checks the sessions of requests.
pub(crate) struct Authenticator {
    service: AccountService,
    cookies: CookieStyle,
    origin: OwnOrigin,
    /// Origins whose pages may call the API.
    cors_origins: Vec<String>,
}

/// Where a handler puts the new token of a session that came as a cookie, so that the cookie is replaced.
#[derive(Clone, Default)]
struct Renewal(Arc<Mutex<Option<OpenedSession>>>);

impl Authenticator {
    /// Creates an authenticator.
    pub(crate) fn new(service: &AccountService, public_url: &PublicUrl, cors_origins: &[String]) -> Self {
        Self {
            service: service.clone(),
            cookies: public_url.cookies(),
            origin: OwnOrigin::new(public_url),
            cors_origins: cors_origins.to_vec(),
        }
    }

    /// Returns whether a page of an origin that may not call the API made a browser send a form. Browsers send forms
    /// without asking first (Fetch, "CORS-safelisted request-header"); everything else they send only after permission.
    pub(crate) fn refuses_sender(&self, request: &Request) -> bool {
        let is_asked_for_first = request.content_type().is_some_and(is_json);
        let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
        let is_let = origin.is_some_and(|origin| self.cors_origins.iter().any(|let_in| let_in == origin));
        !request.method().is_safe() && !is_asked_for_first && !is_let && self.origin.is_foreign(request.headers())
    }

    /// Returns the request's token. A bearer token takes precedence over a cookie.
    fn token(&self, request: &Request) -> Result<SecretToken, Problem> {
        if request.headers().contains_key(header::AUTHORIZATION) {
            return bearer_token(request);
        }
        let cookie = self.cookies.find(request.headers(), SESSION).and_then(SecretToken::parse);
        let token = cookie.ok_or(Problem::new(ProblemKind::Unauthenticated))?;
        // A browser sends the cookie with every request, even one that another site caused: changes must come from our
        // own pages.
        if !request.method().is_safe() && !self.origin.is_sender(request.headers()) {
            return Err(Problem::new(ProblemKind::CrossSite));
        }
        Ok(token)
    }

    /// Returns what the holder of the token may do.
    async fn check<C: Capability>(&self, token: &SecretToken) -> Result<C, Problem> {
        let signed_in = self.service.check_session(token).await?.ok_or_else(refused)?;
        Ok(C::of(signed_in, self.service.now())?)
    }
}

/// Returns the bearer token of a request (RFC 6750, section 2.1). Credentials of another scheme are ignored.
fn bearer_token(request: &Request) -> Result<SecretToken, Problem> {
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|header| header.to_str().ok());
    let (scheme, token) = authorization.unwrap_or_default().split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") {
        SecretToken::parse(token.trim()).ok_or_else(refused)
    } else {
        Err(Problem::new(ProblemKind::Unauthenticated))
    }
}

/// The problem for invalid credentials.
fn refused() -> Problem {
    Problem { refuses_credentials: true, ..Problem::new(ProblemKind::Unauthenticated) }
}

/// Replaces the session's cookie if the handler gave the session a new token.
pub(crate) async fn keep_cookie<E: Endpoint>(endpoint: Arc<E>, mut request: Request) -> poem::Result<Response> {
    let authenticator = request.data::<Arc<Authenticator>>().cloned();
    let came_by_cookie = !request.headers().contains_key(header::AUTHORIZATION);
    let renewal = Renewal::default();
    request.extensions_mut().insert(renewal.clone());
    let mut response = endpoint.call(request).await?.into_response();
    let renewed = renewal.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let (Some(authenticator), Some(renewed), true) = (authenticator, renewed, came_by_cookie) {
        let lifetime = renewed.expires_at.since(authenticator.service.now());
        authenticator.cookies.set(&mut response, SESSION, &renewed.token.expose(), Some(lifetime));
    }
    Ok(response)
}

/// A capability that a session can have.
pub(crate) trait Capability: Sized + Send {
    /// Makes the capability of a signed-in person.
    fn of(signed_in: SignedIn, now: Timestamp) -> Result<Self, NotPermitted>;
}

impl Capability for SignedIn {
    fn of(signed_in: SignedIn, _now: Timestamp) -> Result<Self, NotPermitted> {
        Ok(signed_in)
    }
}

impl Capability for Verified {
    fn of(signed_in: SignedIn, _now: Timestamp) -> Result<Self, NotPermitted> {
        signed_in.verified()
    }
}

impl Capability for Fresh {
    fn of(signed_in: SignedIn, now: Timestamp) -> Result<Self, NotPermitted> {
        signed_in.verified()?.fresh(now)
    }
}

impl Capability for Administrator {
    fn of(signed_in: SignedIn, _now: Timestamp) -> Result<Self, NotPermitted> {
        signed_in.verified()?.administrator()
    }
}

/// A caller with the capability `C`.
pub(crate) struct Caller<C> {
    /// What they may do.
    pub(crate) may: C,
    /// How they call.
    pub(crate) context: CallContext,
    renewal: Renewal,
}

impl<C> Caller<C> {
    /// Replaces the cookie, if the session came as one.
    pub(crate) fn keep(&self, renewed: &OpenedSession) {
        *self.renewal.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(renewed.clone());
    }
}

impl<'a, C: Capability> ApiExtractor<'a> for Caller<C> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        let about = "The token of a session, as `POST /account/v1/sessions` returns it.";
        registry.create_security_scheme(BEARER, bearer_scheme(about));
        let about = "The same token in the cookie that the pages set; on https its name is `__Host-session`. Requests that \
                 change something must come from a page of this service.";
        let scheme = MetaSecurityScheme {
            ty: "apiKey",
            name: Some(SESSION),
            key_in: Some("cookie"),
            scheme: None,
            ..bearer_scheme(about)
        };
        registry.create_security_scheme(COOKIE, scheme);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER, COOKIE]
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        let authenticator = request.data::<Arc<Authenticator>>().ok_or(Problem::new(ProblemKind::Internal))?;
        let may = authenticator.check(&authenticator.token(request)?).await?;
        refuse_unknown(request)?;
        let context = <RequestContext as FromRequest>::from_request(request, body).await?.for_channel("native");
        let renewal = request.extensions().get::<Renewal>().cloned().unwrap_or_default();
        Ok(Self { may, context, renewal })
    }
}

/// A caller of a dialect's operation, with a bearer token only. Dialects accept no cookies, so no page of another
/// origin can make a browser call them.
pub(crate) struct Bearer<C> {
    /// What they may do.
    pub(crate) may: C,
    /// How they call; the channel is the dialect.
    pub(crate) context: CallContext,
}

impl<'a, C: Capability> ApiExtractor<'a> for Bearer<C> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(DIALECT_BEARER, bearer_scheme("The token of a session."));
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![DIALECT_BEARER]
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        let authenticator = request.data::<Arc<Authenticator>>().ok_or(Problem::new(ProblemKind::Internal))?;
        let dialect = request.data::<DialectName>().ok_or(Problem::new(ProblemKind::Internal))?;
        let may = authenticator.check(&bearer_token(request)?).await?;
        let context = <RequestContext as FromRequest>::from_request(request, body).await?.for_channel(dialect.0);
        Ok(Self { may, context })
    }
}

fn bearer_scheme(description: &'static str) -> MetaSecurityScheme {
    MetaSecurityScheme {
        ty: "http",
        description: Some(description),
        name: None,
        key_in: None,
        scheme: Some("bearer"),
        bearer_format: None,
        flows: None,
        openid_connect_url: None,
    }
}
