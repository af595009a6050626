//! `POST /Token`: signing in with the password grant of OAuth 2.0 (RFC 6749, section 4.3), in the original's spelling.
//! Errors have the format of that RFC (section 5.2), not the envelope.

use std::time::Duration;

use account_core::AccountService;
use account_core::input::Input;
use account_core::session::{Lifetime, SignInError, SignInRequest, SignedInNow};
use account_core::timestamp::Timestamp;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{IntoResponse, Response};
use poem_openapi::registry::{MetaResponses, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;

use super::envelope::Ordered;
use super::field::{Address, AnyText, GivenPassword};
use super::tag::{NAME, Tag};
use crate::body::form::{AsFields, FormFields};
use crate::body::{BodyError, Deferred};
use crate::context::RequestContext;
use crate::field::{Required, Text};
use crate::json::ordered_json;
use crate::problem::{Problem, ProblemKind, add_limit_headers, documented_failure, try_again};

/// How long a token lasts, in seconds, used or not: what the original announces.
const LASTS: u64 = 1_209_599;
/// The only grant there is.
const PASSWORD_GRANT: &str = "password";

/// Tokens.
pub(super) struct TokenApi {
    pub(super) service: AccountService,
}

/// The credentials. The case of keys does not matter.
#[derive(Object)]
#[oai(rename = "TokenRequest", write_only_all)]
#[expect(dead_code, reason = "describes the form, which is read by its lower-case keys")]
struct TokenForm {
    /// `password`.
    grant_type: Required<AnyText>,
    /// The address of the account.
    username: Required<Address>,
    /// Its password.
    password: Required<GivenPassword>,
    /// Not used.
    #[oai(rename = "Client_Id")]
    client_id: Text<AnyText>,
}

/// A token.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "AccessToken")]
pub(super) struct TokenBody {
    /// The bearer token.
    access_token: String,
    /// `bearer`.
    token_type: String,
    /// How many seconds the token is valid, used or not. An administrator's token is valid for eight hours.
    expires_in: u64,
    /// The address of the account.
    #[oai(rename = "userName")]
    #[serde(rename = "userName")]
    user_name: String,
}

#[derive(ApiResponse)]
enum TokenResponse {
    /// Signed in.
    #[oai(status = 200)]
    Granted(
        Ordered<TokenBody>,
        /// The answer must not be cached.
        #[oai(header = "Cache-Control")]
        String,
    ),
}

/// An error of RFC 6749.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "TokenError")]
struct ErrorBody {
    /// `invalid_request`, `invalid_grant`, `unsupported_grant_type`, `temporarily_unavailable` or `server_error`.
    error: String,
    /// The error in words. English.
    error_description: String,
}

/// Why no token is granted.
#[derive(Debug)]
pub(super) struct Denied {
    status: StatusCode,
    body: ErrorBody,
    problem: Option<Box<Problem>>,
}

impl Denied {
    fn new(error: &'static str, description: &str) -> Self {
        let body = ErrorBody { error: error.to_owned(), error_description: description.to_owned() };
        Self { status: StatusCode::BAD_REQUEST, body, problem: None }
    }
}

impl From<BodyError> for Denied {
    fn from(error: BodyError) -> Self {
        Problem::from(error).into()
    }
}

impl From<Problem> for Denied {
    fn from(problem: Problem) -> Self {
        let (error, description) = match problem.kind {
            ProblemKind::RateLimited => ("temporarily_unavailable", "Too many requests."),
            ProblemKind::Overloaded | ProblemKind::Unavailable => {
                ("temporarily_unavailable", "The service is unavailable.")
            }
            ProblemKind::Internal => ("server_error", "An error has occurred."),
            ProblemKind::BodyTooLarge => ("invalid_request", "The request body has more than 65,536 bytes."),
            ProblemKind::RequestTimeout => ("invalid_request", "The request took too long to arrive."),
            _ => return Self::new("invalid_request", "The request body is not a valid form."),
        };
        let description = try_again(description, problem.retry_after);
        Self { status: problem.status(), problem: Some(Box::new(problem)), ..Self::new(error, &description) }
    }
}

impl From<SignInError> for Denied {
    fn from(error: SignInError) -> Self {
        match error {
            // The same answer for all of them: anything else would reveal who has an account.
            SignInError::WrongCredentials | SignInError::EmailUnverified => {
                Self::new("invalid_grant", "The user name or password is incorrect.")
            }
            SignInError::Invalid(_) => Self::new("invalid_request", "The user name and password are required."),
            other @ (SignInError::Challenged(_) | SignInError::Failed(_)) => Problem::from(other).into(),
        }
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        let mut response = ordered_json(self.status, &self.body);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(problem) = self.problem {
            add_limit_headers(&mut response, problem.limit, problem.retry_after);
        }
        response
    }
}

impl From<Denied> for poem::Error {
    fn from(denied: Denied) -> Self {
        Self::from_response(denied.into_response())
    }
}

impl ApiResponse for Denied {
    fn meta() -> MetaResponses {
        let described = [
            (400, "`invalid_request`, `invalid_grant` or `unsupported_grant_type`."),
            (408, "The request took too long to arrive."),
            (413, "The body is larger than 64 KiB."),
            (429, "Too many requests."),
            (500, "Internal error."),
            (503, "Service unavailable."),
        ];
        let responses = described.map(|(status, description)| {
            documented_failure(status, description.to_owned(), "application/json", ErrorBody::schema_ref())
        });
        MetaResponses { responses: responses.into() }
    }

    fn register(registry: &mut Registry) {
        ErrorBody::register(registry);
    }
}

#[OpenApi(tag = "Tag::Token")]
impl TokenApi {
    /// Sign in
    ///
    /// Grants a token for address and password. The answer is the same for an unknown address, a wrong password and an
    /// unverified address.
    #[oai(path = "/Token", method = "post", operation_id = "rpostToken")]
    async fn token(
        &self,
        context: RequestContext,
        form: Deferred<AsFields<TokenForm>>,
    ) -> Result<TokenResponse, Denied> {
        let (identifier, password) = credentials(&form.0?.value.with_lower_case_names())?;
        let lifetime = Lifetime { idle: None, absolute: Duration::from_secs(LASTS), token: None };
        let context = context.for_channel(NAME);
        let request = SignInRequest {
            identifier: identifier.into(),
            password,
            continuations: Vec::new(),
            devices: Vec::new(),
            lifetime: Some(lifetime),
            context,
        };
        let signed_in = self.service.sign_in(request).await?;
        let body = granted(&signed_in, self.service.now());
        Ok(TokenResponse::Granted(Ordered(body), "no-store".to_owned()))
    }
}

/// User name and password of a form, if it asks for the only grant there is.
fn credentials(form: &FormFields) -> Result<(Input, Input), Denied> {
    let [grant, user_name, password] = ["grant_type", "username", "password"].map(|key| form.input(key));
    if [&grant, &user_name, &password].into_iter().any(|input| *input == Input::Mistyped) {
        return Err(Denied::new("invalid_request", "A parameter is not a string or is repeated."));
    }
    match grant {
        Input::Given(grant) if grant == PASSWORD_GRANT => Ok((user_name, password)),
        Input::Given(grant) if !grant.is_empty() => {
            Err(Denied::new("unsupported_grant_type", "The grant type is not supported: use password."))
        }
        _ => Err(Denied::new("invalid_request", "The grant type is required: use password.")),
    }
}

/// What is told of a new session. Parts of a second that have passed since it was opened do not count.
fn granted(signed_in: &SignedInNow, now: Timestamp) -> TokenBody {
    let lasts = signed_in.session.expires_at.since(now);
    TokenBody {
        access_token: signed_in.session.token.expose().to_string(),
        token_type: "bearer".to_owned(),
        expires_in: lasts.as_secs() + u64::from(lasts.subsec_nanos() > 0),
        user_name: signed_in.account.address.to_string(),
    }
}
