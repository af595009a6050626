//! `POST /auth/account/emailpass` and `GET /v1/account/info`.

use account_core::AccountService;
use account_core::session::{SignInError, SignInRequest, SignedIn, SignedInNow};
use poem_openapi::{Enum, Object, OpenApi};
use serde::Serialize;

use super::answer::AccountBody;
use super::body::EmailPassBody;
use super::exception::Exception;
use super::failure::Failure;
use super::shape::Shape;
use super::tag::{NAME, Tag};
use crate::body::raw_json::RawJson;
use crate::caller::Bearer;
use crate::context::RequestContext;
use crate::json::OrderedJson;
use crate::problem::{answers, problem_set};

/// Sign-in, and the caller's own account.
pub(super) struct SignInApi {
    pub(super) service: AccountService,
    pub(super) shape: Shape,
}

/// A session was opened.
#[derive(Object, Serialize)]
#[oai(rename = "EmailPassResponse")]
struct SignedInBody {
    /// Id of the session. Not a secret.
    session_id: String,
    /// The outcome: `OK`.
    status: SignInStatus,
    /// The bearer token: 43 characters. It is shown only once.
    token: String,
}

/// The outcome of signing in.
#[derive(Clone, Copy, Enum, Serialize)]
#[oai(rename = "EmailPassStatus", rename_all = "UPPERCASE")]
#[serde(rename_all = "UPPERCASE")]
enum SignInStatus {
    /// The session is open.
    Ok,
}

impl From<SignedInNow> for SignedInBody {
    fn from(signed_in: SignedInNow) -> Self {
        let session = signed_in.session;
        Self { session_id: session.id.to_string(), status: SignInStatus::Ok, token: session.token.expose().to_string() }
    }
}

answers! {
    /// The session is open.
    SignInResponse: 200 OrderedJson<SignedInBody>;
    /// The account.
    InfoResponse: 200 OrderedJson<AccountBody>;
}

problem_set! {
    /// Problems that signing in can return.
    SignInFailures: MalformedBody, Invalid, WrongCredentials, RequestTimeout, BodyTooLarge, UnsupportedMediaType,
    RateLimited, Internal, Overloaded, Unavailable;
    /// Problems that reading the caller's account can return.
    InfoFailures: Unauthenticated, Internal, Unavailable;
}

#[OpenApi(tag = "Tag::Account")]
impl SignInApi {
    /// Sign in with email address and password
    ///
    /// The answer is the same for a wrong password and an unknown address. The session lasts as long as any session of
    /// an account with this role.
    #[oai(path = "/auth/account/emailpass", method = "post", operation_id = "waltidSignIn")]
    async fn sign_in(
        &self,
        context: RequestContext,
        body: RawJson<EmailPassBody>,
    ) -> Result<SignInResponse, Failure<SignInFailures>> {
        let EmailPassBody { email, password } = self.shape.read(body)?;
        let request = SignInRequest {
            identifier: email.into_input().into(),
            password: password.into_input(),
            continuations: Vec::new(),
            devices: Vec::new(),
            lifetime: None,
            context: context.for_channel(NAME),
        };
        let signed_in = self.service.sign_in(request).await.map_err(|error| match error {
            SignInError::Invalid(violations) => Failure::<SignInFailures>::from(Exception::of_sign_in(&violations)),
            other => other.into(),
        })?;
        Ok(SignInResponse::Is(OrderedJson(signed_in.into())))
    }

    /// Get your account
    ///
    /// As stored: the language in upper case, and the additional address of the profile.
    #[oai(path = "/v1/account/info", method = "get", operation_id = "waltidGetAccount")]
    async fn info(&self, caller: Bearer<SignedIn>) -> Result<InfoResponse, Failure<InfoFailures>> {
        Ok(InfoResponse::Is(OrderedJson(caller.may.account.into())))
    }
}
