//! `/account/v1/sessions`: sign in, see and end sessions.

use account_core::AccountService;
use account_core::input::Reader;
use account_core::one_time_token::SecretToken;
use account_core::session::{DeviceToken, Identification, Session, SignInRequest, SignedIn, SignedInNow};
use account_core::violation::{Field, Violations};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::account::{AccountBody, SessionBody, SessionSummary};
use super::tag::Tag;
use crate::body::JsonBody;
use crate::caller::Caller;
use crate::context::RequestContext;
use crate::field::{ChallengeResponse, Email, Password, Required, Secret, Text, UserName};
use crate::problem::{Problem, ProblemKind, Problems, answers, problem_set};

/// Sessions.
pub(crate) struct SessionsApi {
    pub(super) service: AccountService,
}

/// The credentials: an `email` or a `username`, and the password.
#[derive(Object)]
#[oai(rename = "SignInRequest", write_only_all)]
struct SignInBody {
    /// The address of the account.
    email: Text<Email>,
    /// The username of the account, instead of the address.
    username: Text<UserName>,
    /// The password.
    password: Required<Password>,
    /// The continuation of a registration that was made by this client: with it and the right password the answer is
    /// `email_unverified` as long as the registration is pending.
    continuation: Text<Secret>,
    /// The `device_token` of an earlier sign-in by this client. It lets the account's owner sign in where strangers have
    /// used up the attempts.
    device_token: Text<crate::field::DeviceToken>,
    /// The solution of the `challenge` in a `challenge_required` problem.
    challenge_response: Text<ChallengeResponse>,
}

/// A session was opened.
#[derive(Object)]
#[oai(rename = "SignedIn")]
pub(crate) struct SignedInBody {
    /// The bearer token: 43 characters. It is shown only once.
    token: String,
    /// Id of the session. Not a secret.
    session_id: String,
    /// When the session expires at the latest (RFC 3339, UTC). Unused, it expires after 24 hours, an administrator's
    /// after 15 minutes.
    expires_at: String,
    /// What the client keeps and sends with later sign-ins to this account: 48 characters. It opens nothing.
    device_token: String,
    /// The account.
    account: AccountBody,
}

impl From<SignedInNow> for SignedInBody {
    fn from(signed_in: SignedInNow) -> Self {
        let session = signed_in.session;
        Self {
            token: session.token.expose().to_string(),
            session_id: session.id.to_string(),
            expires_at: session.expires_at.to_string(),
            device_token: session.device.as_str().to_owned(),
            account: signed_in.account.into(),
        }
    }
}

/// The password again.
#[derive(Object)]
#[oai(rename = "ReauthenticationRequest", write_only_all)]
struct ReauthenticationBody {
    /// The account's password.
    password: Required<Password>,
}

/// The sessions of an account.
#[derive(Object)]
#[oai(rename = "SessionList")]
pub(super) struct SessionListBody {
    /// The sessions that can be used, newest first.
    sessions: Vec<SessionSummary>,
}

impl SessionListBody {
    /// Sessions as the one that sends the request sees them.
    pub(super) fn seen_from(sessions: Vec<Session>, current: &Session) -> Self {
        let sessions = sessions.into_iter().map(|session| SessionSummary::seen_from(session, current));
        Self { sessions: sessions.collect() }
    }
}

/// How many sessions were ended.
#[derive(Object)]
#[oai(rename = "SessionsEnded")]
pub(super) struct EndedBody {
    /// The number of sessions.
    pub(super) ended: u64,
}

answers! {
    /// The session is open.
    SignInResponse: 201 Json<SignedInBody>;
    /// The account's sessions.
    ListResponse: 200 Json<SessionListBody>;
    /// All other sessions were ended.
    EndOthersResponse: 200 Json<EndedBody>;
    /// The session was ended.
    EndResponse: 204;
    /// The password was correct. The session continues with a new token; the old token is no longer valid.
    ReauthenticationResponse: 200 Json<SessionBody>;
}

problem_set! {
    /// Problems that signing in can return.
    SignInProblems: MalformedBody, WrongCredentials, EmailUnverified, ChallengeRequired, RequestTimeout, BodyTooLarge,
    UnsupportedMediaType, Invalid, RateLimited, Internal, Overloaded, Unavailable;
    /// Problems that listing sessions can return.
    ListProblems: Unauthenticated, CrossSite, Internal, Unavailable;
    /// Problems that ending a session can return.
    EndProblems: Unauthenticated, CrossSite, NotFound, Internal, Unavailable;
    /// Problems that confirming the password can return.
    ReauthenticationProblems: MalformedBody, Unauthenticated, CrossSite, WrongPassword, RequestTimeout, BodyTooLarge,
    UnsupportedMediaType, Invalid, RateLimited, Internal, Overloaded, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Sessions")]
impl SessionsApi {
    /// Sign in
    ///
    /// The answer and its timing are the same for a wrong password, an unknown address or username, a pending
    /// registration and a disabled account.
    #[oai(path = "/sessions", method = "post", operation_id = "signIn")]
    async fn sign_in(
        &self,
        context: RequestContext,
        body: JsonBody<SignInBody>,
    ) -> Result<SignInResponse, Problems<SignInProblems>> {
        let request = sign_in_request(body.value, context)?;
        let signed_in = self.service.sign_in(request).await?;
        Ok(SignInResponse::Is(Json(signed_in.into())))
    }

    /// List your sessions
    ///
    /// The sessions that can be used, newest first, with the client and address that opened each.
    #[oai(path = "/sessions", method = "get", operation_id = "listSessions")]
    async fn list(&self, caller: Caller<SignedIn>) -> Result<ListResponse, Problems<ListProblems>> {
        let sessions = self.service.own_sessions(&caller.may).await?;
        Ok(ListResponse::Is(Json(SessionListBody::seen_from(sessions, &caller.may.session))))
    }

    /// Sign out all other sessions
    ///
    /// The account's address gets a notice.
    #[oai(path = "/sessions", method = "delete", operation_id = "endOtherSessions")]
    async fn end_others(&self, caller: Caller<SignedIn>) -> Result<EndOthersResponse, Problems<ListProblems>> {
        let ended = self.service.end_other_sessions(&caller.may, &caller.context).await?;
        Ok(EndOthersResponse::Is(Json(EndedBody { ended })))
    }

    /// End a session, or sign out
    ///
    /// Ends the session: its token is no longer valid.
    #[oai(path = "/sessions/:id", method = "delete", operation_id = "endSession")]
    async fn end(
        &self,
        caller: Caller<SignedIn>,
        /// Id of the session, or `current` for the one that sends this request.
        id: Path<String>,
    ) -> Result<EndResponse, Problems<EndProblems>> {
        let not_found = || Problem::new(ProblemKind::NotFound);
        let current = caller.may.session.id;
        let id = if *id == "current" { current } else { id.parse().map_err(|_| not_found())? };
        let is_ended = self.service.end_session(&caller.may, id, &caller.context).await?;
        is_ended.then_some(EndResponse::Is).ok_or_else(|| not_found().into())
    }

    /// Reauthenticate with the password
    ///
    /// Some changes require that the password was sent within the last five minutes.
    #[oai(path = "/sessions/current/reauthentication", method = "post", operation_id = "reauthenticate")]
    async fn reauthenticate(
        &self,
        caller: Caller<SignedIn>,
        body: JsonBody<ReauthenticationBody>,
    ) -> Result<ReauthenticationResponse, Problems<ReauthenticationProblems>> {
        let password = body.value.password.into_input();
        let session = self.service.reauthenticate(&caller.may, password, &caller.context).await?;
        caller.keep(&session);
        Ok(ReauthenticationResponse::Is(Json(session.into())))
    }
}

/// The request as the core takes it. A continuation or a device token that can be nobody's counts as none.
fn sign_in_request(body: SignInBody, context: RequestContext) -> Result<SignInRequest, Violations> {
    let mut reader = Reader::default();
    let continuation = reader.string(Field::Continuation, body.continuation.into_input());
    let device = reader.string(Field::DeviceToken, body.device_token.into_input());
    reader.violations.into_result()?;
    Ok(SignInRequest {
        identifier: Identification::OneOf { email: body.email.into_input(), user_name: body.username.into_input() },
        password: body.password.into_input(),
        continuations: continuation.as_deref().and_then(SecretToken::parse).into_iter().collect(),
        devices: device.as_deref().and_then(DeviceToken::parse).into_iter().collect(),
        lifetime: None,
        context: context.answering(body.challenge_response.into_input()).for_channel("native"),
    })
}
