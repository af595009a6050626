//! `POST /api/v1/auth/login` and `POST /api/v1/auth/token`.

use std::time::Duration;

use account_core::AccountService;
use account_core::field_limits::{EMAIL, TOKEN};
use account_core::session::{Lifetime, RenewSessionError, SignInError, SignInRequest, SignedInNow};
use poem_openapi::{Object, OpenApi};
use serde::Serialize;

use super::grammar::{self, Code, Codes, Failure, FieldCodes};
use super::tag::{NAME, Tag};
use crate::body::JsonBody;
use crate::context::RequestContext;
use crate::field::{Password, Required, text_kinds};
use crate::json::OrderedJson;
use crate::problem::{Problem, ProblemKind, answers, problem_set};

/// The lifetime of sessions: an access token lasts an hour, renewals up to 30 days in all. The original does not
/// document it. Administrators' sessions end sooner, as everywhere.
const LIFETIME: Lifetime =
    Lifetime { idle: None, absolute: Duration::from_hours(30 * 24), token: Some(Duration::from_hours(1)) };

text_kinds! {
    /// An address or account name.
    Identifier(EMAIL.form) {}
    /// A token that renews a session.
    RefreshToken(TOKEN.form) {}
}

/// Sign-in and renewal.
pub(super) struct SessionApi {
    pub(super) service: AccountService,
}

/// The credentials.
#[derive(Object)]
#[oai(rename = "Login", write_only_all)]
struct LoginBody {
    /// The email address, or the name of the account.
    email: Required<Identifier>,
    /// The password.
    password: Required<Password>,
}

/// The token that renews a session.
#[derive(Object)]
#[oai(rename = "Renewal", write_only_all)]
struct RenewalBody {
    /// The newest refresh token of the session.
    refresh_token: Required<RefreshToken>,
}

/// The tokens of a session. They are shown only once.
#[derive(Object, Serialize)]
#[oai(rename = "Tokens")]
struct TokensBody {
    /// The bearer token. It is accepted for an hour.
    access_token: String,
    /// The token that gets the next pair of tokens. It works once.
    refresh_token: String,
    /// `bearer`.
    token_type: String,
}

impl TryFrom<SignedInNow> for TokensBody {
    type Error = Problem;

    fn try_from(SignedInNow { session, .. }: SignedInNow) -> Result<Self, Problem> {
        // Sessions of this lifetime can always be renewed; anything else is a bug.
        let renewal = session.renewal.ok_or(Problem::new(ProblemKind::Internal))?;
        Ok(Self {
            access_token: session.token.expose().to_string(),
            refresh_token: renewal.expose().to_string(),
            token_type: "bearer".to_owned(),
        })
    }
}

answers! {
    /// The session is open.
    LoginResponse: 200 OrderedJson<TokensBody>;
    /// The new tokens of the session. The old ones are no longer valid.
    RenewalResponse: 200 OrderedJson<TokensBody>;
}

problem_set! {
    /// Problems that signing in can return.
    LoginFailures: MalformedBody, WrongCredentials, RequestTimeout, BodyTooLarge, UnsupportedMediaType, Invalid,
    RateLimited, Internal, Overloaded, Unavailable;
    /// Problems that renewing a session can return.
    RenewalFailures: MalformedBody, RequestTimeout, BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited, Internal,
    Unavailable;
}

impl Codes for LoginFailures {}

impl Codes for RenewalFailures {
    const CODES: &'static [Code] = &[grammar::COULD_NOT_VALIDATE_CREDENTIALS];
}

#[OpenApi(prefix_path = "/api/v1/auth", tag = "Tag::Auth")]
impl SessionApi {
    /// Sign in
    ///
    /// The answer and its timing are the same for a wrong password, an unknown address, a pending registration and a
    /// disabled account. The owner of an account that is scheduled for deletion can sign in to cancel that.
    #[oai(path = "/login", method = "post", operation_id = "formLogin")]
    async fn login(
        &self,
        context: RequestContext,
        body: JsonBody<LoginBody>,
    ) -> Result<LoginResponse, Failure<LoginFailures>> {
        let request = SignInRequest {
            identifier: body.value.email.into_input().into(),
            password: body.value.password.into_input(),
            continuations: Vec::new(),
            devices: Vec::new(),
            lifetime: Some(LIFETIME),
            context: context.for_channel(NAME),
        };
        let signed_in = self.service.sign_in(request).await.map_err(|error| match error {
            SignInError::Invalid(violations) => {
                Failure::<LoginFailures>::worded(grammar::of_fields(&FieldCodes::of_body(&violations)))
            }
            other => other.into(),
        })?;
        Ok(LoginResponse::Is(OrderedJson(signed_in.try_into()?)))
    }

    /// Get the next pair of tokens
    ///
    /// A refresh token works once. If it is used again, it may have been stolen: the session ends with all its tokens.
    /// Only within 30 seconds, and while the next refresh token was not used, it is refused and nothing ends, so that two
    /// tabs can renew at once. A session that is renewed lasts 30 days at most, an administrator's eight hours.
    #[oai(path = "/token", method = "post", operation_id = "formRenewTokens")]
    async fn renew(
        &self,
        context: RequestContext,
        body: JsonBody<RenewalBody>,
    ) -> Result<RenewalResponse, Failure<RenewalFailures>> {
        let token = body.value.refresh_token.into_input();
        let token = grammar::text_of::<RenewalFailures>(("refresh_token", token))?;
        let renewed = self.service.renew_session(&token, &context.for_channel(NAME)).await;
        let renewed = renewed.map_err(|error| match error {
            RenewSessionError::WrongToken => {
                Failure::<RenewalFailures>::worded(grammar::of_code(grammar::COULD_NOT_VALIDATE_CREDENTIALS))
            }
            RenewSessionError::Failed(failure) => failure.into(),
        })?;
        Ok(RenewalResponse::Is(OrderedJson(renewed.try_into()?)))
    }
}
