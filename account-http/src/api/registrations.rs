//! `/account/v1/registrations`: register, and see how far it has come.

use std::sync::Arc;

use account_core::email_address::EmailAddress;
use account_core::email_address::suggestion::suggestion;
use account_core::id::RegistrationId;
use account_core::one_time_token::SecretToken;
use account_core::password::policy::PasswordPolicy;
use account_core::registration::correct::{CorrectRequest, Corrected};
use account_core::registration::draft::Spelling;
use account_core::registration::register::Accepted;
use account_core::registration::status::{MailProgress, Progress, RegistrationStatus};
use account_core::{AccountService, RegistrationDraft, RegistrationRules};
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::sessions::SignedInBody;
use super::tag::Tag;
use crate::body::JsonBody;
use crate::choice::Chosen;
use crate::context::{IdempotencyHeader, RequestContext};
use crate::field::{
    ChallengeResponse, Country, Email, Flag, Id, Language, Name, Password, Required, TermsVersion, Text, TimeZone, Url,
    UserName,
};
use crate::problem::{Problem, ProblemKind, Problems, answers, problem_set};
use crate::registering;

/// The route, as idempotency keys are bound to it.
const ROUTE: &str = "POST /account/v1/registrations";
/// What is answered to every registration.
pub(crate) const ACCEPTED: &str = "Registration received. Check your email to verify your address.";

/// What is answered to every correction.
const CORRECTED: &str = "Address corrected. Check your email to verify it.";

/// Registering, and looking at a registration.
pub(crate) struct RegistrationsApi {
    service: AccountService,
    rules: Arc<RegistrationRules>,
}

impl RegistrationsApi {
    pub(super) fn new(service: AccountService, password_policy: PasswordPolicy) -> Self {
        let rules = RegistrationRules { password_policy, ..RegistrationRules::native("native") };
        Self { service, rules: Arc::new(rules) }
    }
}

/// A person who signs up.
#[derive(Object)]
#[oai(rename = "RegistrationRequest", write_only_all)]
pub(crate) struct RegistrationBody {
    /// The email address: a dot-atom local part of up to 64 bytes, a dotted domain, 254 bytes in all.
    email: Required<Email>,
    /// The password. By default 15 to 256 code points; not common, not repetitive, and without the person's name or
    /// address; see `GET /account/v1/password-policy`. Used exactly as sent, after Unicode normalization (NFKC).
    password: Required<Password>,
    /// The full name. Up to 255 code points, no control or invisible characters.
    name: Text<Name>,
    /// The given name, as `name`.
    given_name: Text<Name>,
    /// The family name, as `name`.
    family_name: Text<Name>,
    /// A public name of your choice: 2 to 64 letters, digits, `.`, `_`, `-`; lowercased. Unique among accounts.
    username: Text<UserName>,
    /// The country: an ISO 3166-1 code of two or three letters, or a name in English, German, French or Spanish. If
    /// absent, it is inferred from the client's address, where that is possible.
    country: Text<Country>,
    /// The language, BCP 47. Deprecated tags and underscores are understood. If absent, it is inferred from the header
    /// `Accept-Language`.
    language: Text<Language>,
    /// The time zone, a name of the IANA database or a Windows time zone id. If absent, it is inferred from the client's
    /// address, `time_zone_hint` or the country.
    time_zone: Text<TimeZone>,
    /// The time zone of the person's browser or device, for a person who has not chosen one; written as `time_zone`. An
    /// unknown one is ignored.
    time_zone_hint: Text<TimeZone>,
    /// Whether newsletters are wanted.
    newsletter: Flag,
    /// Version of the terms that the person agreed to. If the operator has configured one, it must be that, and may be
    /// required.
    terms_version: Text<TermsVersion>,
    /// Version of the privacy notice that the person agreed to, likewise.
    privacy_version: Text<TermsVersion>,
    /// Where to send the person after verification: an https URL whose origin the operator has listed.
    callback_url: Text<Url>,
    /// Id of the organization that the account will belong to.
    organization: Text<Id>,
    /// The solution of the `challenge` in a `challenge_required` problem.
    challenge_response: Text<ChallengeResponse>,
}

impl From<RegistrationBody> for RegistrationDraft {
    fn from(body: RegistrationBody) -> Self {
        Self {
            email: body.email.into_input(),
            password: body.password.into_input(),
            name: body.name.into_input(),
            given_name: body.given_name.into_input(),
            family_name: body.family_name.into_input(),
            user_name: body.username.into_input(),
            country: body.country.into_input(),
            language: body.language.into_input(),
            time_zone: body.time_zone.into_input(),
            browser_time_zone: body.time_zone_hint.into_input().given(),
            newsletter: body.newsletter.0,
            terms_version: body.terms_version.into_input(),
            privacy_version: body.privacy_version.into_input(),
            callback_url: body.callback_url.into_input(),
            organization: body.organization.into_input(),
            ..Self::default()
        }
    }
}

/// A registration that was recorded. The answer is the same for new, pending and taken addresses.
#[derive(Object)]
#[oai(rename = "RegistrationAccepted", skip_serializing_if_is_none)]
pub(crate) struct AcceptedBody {
    /// Id of the registration (UUID version 7); the account has the same one, unless the address is corrected.
    registration_id: String,
    /// Secret that identifies the client that registered: 43 characters. Keep it, and send it with the verification
    /// in the body or as the header `X-Registration-Continuation`, never in a URL.
    continuation: String,
    /// When the registration and its link expire (RFC 3339, UTC).
    expires_at: String,
    /// A message for the person.
    message: String,
    /// The address that was probably meant, if the domain of the given one looks misspelled: ask the person, and correct
    /// it with `PATCH /account/v1/registrations/{id}`.
    suggestion: Option<String>,
}

impl AcceptedBody {
    pub(super) fn new(accepted: &Accepted, suggestion: Option<&EmailAddress>) -> Self {
        Self {
            registration_id: accepted.registration.to_string(),
            continuation: accepted.continuation.expose().to_string(),
            expires_at: accepted.expires_at.to_string(),
            message: ACCEPTED.to_owned(),
            suggestion: suggestion.map(ToString::to_string),
        }
    }
}

answers! {
    /// The registration was recorded, and an email will be sent to the address.
    pub(crate) RegisterResponse: 202 Json<AcceptedBody>;
}

/// State of a registration.
#[derive(Object)]
#[oai(rename = "RegistrationStatus")]
pub(crate) struct StatusBody {
    /// Id of the registration.
    registration_id: String,
    /// The address, as entered.
    email: String,
    /// How far it has come. An attempt that can no longer succeed, because its address was taken another way, reads
    /// `pending` until it expires.
    state: Chosen<Progress>,
    /// State of the newest email.
    mail: Chosen<MailProgress>,
    /// When the registration expires if its address is not verified by then (RFC 3339, UTC).
    expires_at: String,
    /// How often the address can still be corrected.
    corrections_left: u32,
    /// Whether `POST /account/v1/registrations/{id}/session` opens a session: the registration was completed elsewhere,
    /// with its password, less than ten minutes ago.
    opens_session: bool,
}

impl From<RegistrationStatus> for StatusBody {
    fn from(status: RegistrationStatus) -> Self {
        Self {
            registration_id: status.registration.to_string(),
            email: status.address.to_string(),
            state: status.progress.into(),
            mail: status.mail.into(),
            expires_at: status.expires_at.to_string(),
            corrections_left: status.corrections_left,
            opens_session: status.opens_session,
        }
    }
}

/// The right address of a registration.
#[derive(Object)]
#[oai(rename = "RegistrationCorrection", write_only_all)]
pub(crate) struct CorrectionBody {
    /// The email address, as for registering.
    email: Required<Email>,
    /// The solution of the `challenge` in a `challenge_required` problem.
    challenge_response: Text<ChallengeResponse>,
}

/// The address was corrected. The answer is the same for new, pending and taken addresses.
#[derive(Object)]
#[oai(rename = "RegistrationCorrected", skip_serializing_if_is_none)]
pub(crate) struct CorrectedBody {
    /// Id of the registration. Its account gets an id of its own.
    registration_id: String,
    /// When the registration and its new link expire (RFC 3339, UTC).
    expires_at: String,
    /// How often the address can still be corrected.
    corrections_left: u32,
    /// A message for the person.
    message: String,
    /// The address that was probably meant, if the domain of this one looks misspelled, too.
    suggestion: Option<String>,
}

impl From<Corrected> for CorrectedBody {
    fn from(corrected: Corrected) -> Self {
        Self {
            registration_id: corrected.registration.to_string(),
            expires_at: corrected.expires_at.to_string(),
            corrections_left: corrected.corrections_left,
            message: CORRECTED.to_owned(),
            suggestion: suggestion(&corrected.address).map(|address| address.to_string()),
        }
    }
}

answers! {
    /// State of the registration.
    pub(crate) StatusResponse: 200 Json<StatusBody>;
    /// The address was corrected, and an email will be sent to it. Earlier links and codes no longer work.
    pub(crate) CorrectResponse: 202 Json<CorrectedBody>;
    /// The session is open.
    pub(crate) ContinueResponse: 201 Json<SignedInBody>;
}

problem_set! {
    /// Problems that registering can return.
    RegisterProblems: MalformedBody, MalformedIdempotencyKey, RegistrationClosed, ChallengeRequired, RequestTimeout,
    IdempotencyInProgress, BodyTooLarge, UnsupportedMediaType, Invalid, IdempotencyMismatch, RateLimited, Internal,
    Overloaded, Unavailable;
    /// Problems that reading a registration can return.
    StatusProblems: UnknownRegistration, RateLimited, Internal, Unavailable;
    /// Problems that correcting an address can return.
    CorrectProblems: MalformedBody, RegistrationClosed, ChallengeRequired, UnknownRegistration, RequestTimeout,
    AlreadyCompleted, RegistrationExpired, CorrectionsExhausted, BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited,
    Internal, Unavailable;
    /// Problems that continuing a registration can return.
    ContinueProblems: EmailUnverified, UnknownRegistration, SignInNeeded, RateLimited, Internal, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Registration")]
impl RegistrationsApi {
    /// Register
    ///
    /// Records a registration and sends an email: a verification link and code, or, if the address already has an
    /// account, a note saying so. Answer, timing and limits are the same in both cases.
    ///
    /// Country, language and time zone are inferred if they are absent, unless a back end registers people: a registered
    /// client, or a network that the operator has listed. The account's `sources` say where each value comes from.
    #[oai(path = "/registrations", method = "post", operation_id = "register")]
    async fn register(
        &self,
        context: RequestContext,
        #[oai(name = "Idempotency-Key")] idempotency_key: IdempotencyHeader,
        body: JsonBody<RegistrationBody>,
    ) -> Result<RegisterResponse, Problems<RegisterProblems>> {
        let idempotency_key = idempotency_key.for_request(ROUTE, &body.bytes)?;
        let mut registration = body.value;
        let context = context.answering(registration.challenge_response.0.take());
        let draft = RegistrationDraft::from(registration);
        let suggestion = draft.suggested_address();
        let accepted = registering::register(&self.service, &self.rules, draft, context, idempotency_key).await?;
        Ok(RegisterResponse::Is(Json(AcceptedBody::new(&accepted, suggestion.as_ref()))))
    }

    /// Get the status of a registration
    ///
    /// Only for the client that registered: send the continuation.
    #[oai(path = "/registrations/:id", method = "get", operation_id = "getRegistration")]
    async fn status(
        &self,
        context: RequestContext,
        /// Id of the registration.
        id: Path<String>,
        /// The registration's continuation.
        #[oai(name = "X-Registration-Continuation")]
        continuation: Header<Option<String>>,
    ) -> Result<StatusResponse, Problems<StatusProblems>> {
        let (id, continuation) = held(&id, continuation.0.as_deref())?;
        let status = self.service.registration_status(id, &continuation, &context.client).await?;
        let status = status.ok_or(Problem::new(ProblemKind::UnknownRegistration))?;
        Ok(StatusResponse::Is(Json(status.into())))
    }

    /// Correct the address of a registration
    ///
    /// For a mistyped address, until it is verified: the new address gets an email, and earlier links and codes stop
    /// working. At most 5 times; each counts like a registration and like an email to the new address. Answer, timing and
    /// limits are the same whether the new address is free, pending or taken.
    #[oai(path = "/registrations/:id", method = "patch", operation_id = "correctRegistration")]
    async fn correct(
        &self,
        context: RequestContext,
        /// Id of the registration.
        id: Path<String>,
        /// The registration's continuation.
        #[oai(name = "X-Registration-Continuation")]
        continuation: Header<Option<String>>,
        body: JsonBody<CorrectionBody>,
    ) -> Result<CorrectResponse, Problems<CorrectProblems>> {
        let (registration, continuation) = held(&id, continuation.0.as_deref())?;
        let CorrectionBody { email, challenge_response } = body.value;
        let context = context.answering(challenge_response.into_input()).for_channel("native");
        let (email, spelling) = (email.into_input(), Spelling::AsTyped);
        let request = CorrectRequest { registration, continuation, email, spelling, context };
        let corrected = self.service.correct_address(request).await?;
        Ok(CorrectResponse::Is(Json(corrected.into())))
    }

    /// Continue after the registration was completed elsewhere
    ///
    /// Opens a session for the client that registered, if the registration was completed in another browser with its
    /// password: once, and within ten minutes. A client that completes it with the continuation gets a session at once.
    #[oai(path = "/registrations/:id/session", method = "post", operation_id = "continueRegistration")]
    async fn go_on(
        &self,
        context: RequestContext,
        /// Id of the registration.
        id: Path<String>,
        /// The registration's continuation.
        #[oai(name = "X-Registration-Continuation")]
        continuation: Header<Option<String>>,
    ) -> Result<ContinueResponse, Problems<ContinueProblems>> {
        let (registration, continuation) = held(&id, continuation.0.as_deref())?;
        let context = context.for_channel("native");
        let signed_in = self.service.continue_registration(registration, &continuation, &context).await?;
        Ok(ContinueResponse::Is(Json(signed_in.into())))
    }
}

/// Reads the id of a registration and its continuation. What cannot be read belongs to no registration.
fn held(id: &str, continuation: Option<&str>) -> Result<(RegistrationId, SecretToken), Problem> {
    let id = id.parse().ok();
    let continuation = continuation.and_then(SecretToken::parse);
    id.zip(continuation).ok_or(Problem::new(ProblemKind::UnknownRegistration))
}
