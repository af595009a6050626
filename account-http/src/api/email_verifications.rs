//! `/account/v1/email-verifications`: prove the mailbox.

use account_core::account::Account;
use account_core::id::RegistrationId;
use account_core::input::Input;
use account_core::password::policy::PasswordPolicy;
use account_core::registration::verify::Verified;
use account_core::session::OpenedSession;
use account_core::violation::{Field, Rule, Violations};
use account_core::{AccountService, Proof, Spend, VerifyRequest};
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::{Tag, continuation};
use crate::body::JsonBody;
use crate::context::RequestContext;
use crate::field::{Code, Id, Password, Secret, Text};
use crate::problem::{Problem, ProblemKind, Problems, problem_set};

/// Proving a mailbox.
pub(crate) struct EmailVerificationsApi {
    pub(super) service: AccountService,
    pub(super) password_policy: PasswordPolicy,
}

/// What came by mail, and a proof of who registered: a `token`, or a `registration_id` with a `code`; with it a
/// `continuation` (also as header), a `password` or a `new_password`. A code takes the continuation only.
#[derive(Object)]
#[oai(rename = "EmailVerificationRequest", write_only_all)]
struct VerificationBody {
    /// The last part of the mailed link: 43 characters.
    token: Text<Secret>,
    /// Id of the registration that the code is for.
    registration_id: Text<Id>,
    /// The mailed code: 8 characters; case, spaces and hyphens do not matter. At most 5 tries per registration.
    code: Text<Code>,
    /// The continuation that was answered to the registration.
    continuation: Text<Secret>,
    /// The password that was chosen at registration.
    password: Text<Password>,
    /// A new password: the owner of the mailbox takes the address alone, and nothing else of the registration is
    /// used. It goes before the other proofs.
    new_password: Text<Password>,
}

/// A mailbox was proven, and there is an account.
#[derive(Object)]
#[oai(rename = "EmailVerified", skip_serializing_if_is_none)]
struct VerifiedBody {
    /// The account.
    account: AccountBody,
    /// A session for the client that registered; only when the proof was the continuation.
    session: Option<SessionBody>,
    /// True when the wanted user name went to somebody else meanwhile: the account has none.
    username_taken: bool,
    /// Where the person asked to be sent.
    callback_url: Option<String>,
}

/// An account.
#[derive(Object)]
#[oai(rename = "Account", skip_serializing_if_is_none)]
struct AccountBody {
    /// Id of the account: that of its registration.
    id: String,
    /// Its address, proven.
    email: String,
    /// When the address was proven (RFC 3339, UTC).
    email_verified_at: Option<String>,
    /// The full name.
    name: Option<String>,
    /// The given name.
    given_name: Option<String>,
    /// The family name.
    family_name: Option<String>,
    /// The public user name.
    username: Option<String>,
    /// The country, ISO 3166-1 alpha-2.
    country: Option<String>,
    /// The language, BCP 47.
    language: Option<String>,
    /// The time zone, a name of the IANA database.
    time_zone: Option<String>,
    /// Whether newsletters are wanted.
    newsletter: bool,
    /// Id of the organization it belongs to.
    organization: Option<String>,
    /// When it was made (RFC 3339, UTC).
    created_at: String,
}

/// A session.
#[derive(Object)]
#[oai(rename = "Session")]
struct SessionBody {
    /// The bearer token: 43 characters.
    token: String,
    /// When it ends at the latest (RFC 3339, UTC).
    expires_at: String,
}

impl From<Account> for AccountBody {
    fn from(account: Account) -> Self {
        let profile = account.profile;
        Self {
            id: account.id.to_string(),
            email: account.address.to_string(),
            email_verified_at: account.verified_at.map(|moment| moment.to_string()),
            name: profile.name,
            given_name: profile.given_name,
            family_name: profile.family_name,
            username: account.user_name.map(|name| name.to_string()),
            country: profile.country,
            language: profile.language,
            time_zone: profile.time_zone,
            newsletter: profile.newsletter,
            organization: account.organization.map(|id| id.to_string()),
            created_at: account.created_at.to_string(),
        }
    }
}

impl From<OpenedSession> for SessionBody {
    fn from(session: OpenedSession) -> Self {
        Self { token: session.token.expose().to_string(), expires_at: session.expires_at.to_string() }
    }
}

impl From<Verified> for VerifiedBody {
    fn from(verified: Verified) -> Self {
        Self {
            account: verified.account.into(),
            session: verified.session.map(Into::into),
            username_taken: verified.is_user_name_taken,
            callback_url: verified.callback_url,
        }
    }
}

#[derive(ApiResponse)]
enum VerifyResponse {
    /// The mailbox is proven and the account made.
    #[oai(status = 200)]
    Verified(Json<VerifiedBody>),
}

problem_set! {
    /// What proving a mailbox answers when it fails.
    VerifyProblems: MalformedBody, UnknownToken, RequestTimeout, ProofRequired, Expired, Used, Superseded,
    AlreadyRegistered, CodeExhausted, BodyTooLarge, UnsupportedMediaType, Invalid, WrongProof, RateLimited, Internal,
    Overloaded, Unavailable
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Registration")]
impl EmailVerificationsApi {
    /// Prove the mailbox
    ///
    /// Redeems what came by mail together with a proof of who registered, and makes the account. The link alone is
    /// not enough: a stranger may have registered the address with a password of theirs.
    #[oai(path = "/email-verifications", method = "post", operation_id = "verifyEmail")]
    async fn verify(
        &self,
        context: RequestContext,
        /// The registration's continuation, if it is not in the body.
        #[oai(name = "X-Registration-Continuation")]
        header: Header<Option<String>>,
        body: JsonBody<VerificationBody>,
    ) -> Result<VerifyResponse, Problems<VerifyProblems>> {
        let body = body.value;
        let spend = spend(body.token.into_input(), body.registration_id.into_input(), body.code.into_input())?;
        let proof = proof(
            body.continuation.into_input(),
            header.0,
            body.password.into_input(),
            body.new_password.into_input(),
        )?;
        let request = VerifyRequest { spend, proof, password_policy: self.password_policy, client: context.client };
        let verified = self.service.verify_email(request).await?;
        Ok(VerifyResponse::Verified(Json(verified.into())))
    }
}

/// The proofs, as far as they can be read; all that cannot be is reported.
fn proof(body: Input, header: Option<String>, password: Input, new_password: Input) -> Result<Proof, Violations> {
    let mut violations = Violations::default();
    if matches!(body, Input::Mistyped) {
        violations.push(Field::Continuation, Rule::MustBeText);
    }
    let is_given = matches!(body, Input::Given(_)) || header.is_some();
    let continuation = continuation(body.given(), header);
    if is_given && continuation.is_none() {
        violations.push(Field::Continuation, Rule::Malformed);
    }
    if matches!(password, Input::Mistyped) {
        violations.push(Field::Password, Rule::MustBeText);
    }
    violations.into_result()?;
    Ok(Proof { continuations: continuation.into_iter().collect(), password: password.given(), new_password })
}

/// Token or code. Whatever is no token, is unknown: blank, missing and mistyped ones alike.
fn spend(token: Input, registration: Input, code: Input) -> Result<Spend, Problem> {
    let registration = registration.given().and_then(|text| text.parse::<RegistrationId>().ok());
    match (token, registration, code) {
        (Input::Given(token), _, _) => Ok(Spend::Token(token)),
        (_, Some(registration), Input::Given(code)) => Ok(Spend::Code { registration, code }),
        _ => Err(Problem::new(ProblemKind::UnknownToken)),
    }
}
