//! `/account/v1/email-verifications`: verify an email address.

use account_core::consent::GivenConsent;
use account_core::password::policy::PasswordPolicy;
use account_core::registration::verify::CompletedRegistration;
use account_core::{AccountService, Proof, Spend, VerifyRequest};
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::account::{AccountBody, SessionBody};
use super::continuation::continuation;
use super::tag::Tag;
use crate::body::JsonBody;
use crate::context::RequestContext;
use crate::field::{Code, Id, Password, Secret, TermsVersion, Text};
use crate::problem::{Problem, ProblemKind, Problems, answers, problem_set};

/// Verifying an email address.
pub(crate) struct EmailVerificationsApi {
    pub(super) service: AccountService,
    pub(super) password_policy: PasswordPolicy,
}

/// What to redeem, and a proof of who registered. Redeem a `token`, or a `code` with its `registration_id`. The proof
/// is a `continuation` (here or as a header), a `password` or a `new_password`; with a code, only the `continuation`.
#[derive(Object)]
#[oai(rename = "EmailVerificationRequest", write_only_all)]
struct VerificationBody {
    /// The last path segment of the emailed link: 43 characters.
    token: Text<Secret>,
    /// Id of the registration that the code is for.
    registration_id: Text<Id>,
    /// The emailed code: 8 characters; case, spaces and hyphens do not matter. At most 5 tries per registration.
    code: Text<Code>,
    /// The continuation from the answer to the registration.
    continuation: Text<Secret>,
    /// The password that was chosen at registration.
    password: Text<Password>,
    /// A new password. The owner of the mailbox gets an account with this address and password; everything else that
    /// was entered with the registration is deleted. Takes precedence over the other proofs.
    new_password: Text<Password>,
    /// With `new_password`: version of the terms that its owner agrees to, as for registering.
    terms_version: Text<TermsVersion>,
    /// With `new_password`: version of the privacy notice, likewise.
    privacy_version: Text<TermsVersion>,
}

/// The address was verified, and the account exists.
#[derive(Object)]
#[oai(rename = "EmailVerified", skip_serializing_if_is_none)]
struct VerifiedBody {
    /// The account.
    account: AccountBody,
    /// A session for the client that registered; only when the proof was the continuation.
    session: Option<SessionBody>,
    /// True if the chosen username was taken in the meantime: the account has none.
    username_taken: bool,
    /// The callback URL of the registration: where the client should send the person.
    callback_url: Option<String>,
}

impl From<CompletedRegistration> for VerifiedBody {
    fn from(verified: CompletedRegistration) -> Self {
        Self {
            account: verified.account.into(),
            session: verified.session.map(Into::into),
            username_taken: verified.is_user_name_taken,
            callback_url: verified.callback_url,
        }
    }
}

answers! {
    /// The address is verified and the account exists.
    VerifyResponse: 200 Json<VerifiedBody>;
}

problem_set! {
    /// Problems that verifying an address can return.
    VerifyProblems: MalformedBody, RegistrationClosed, UnknownToken, RequestTimeout, ProofRequired, Expired, Used,
    Superseded, AlreadyRegistered, CodeExhausted, BodyTooLarge, UnsupportedMediaType, Invalid, WrongProof, RateLimited,
    Internal, Overloaded, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Registration")]
impl EmailVerificationsApi {
    /// Verify an email address
    ///
    /// Redeems the emailed token or code with a proof of who registered, and creates the account. The link alone is not
    /// enough: a stranger may have registered the address with their own password.
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
        let (token, registration) = (body.token.into_input(), body.registration_id.into_input());
        let spend = Spend::read(token, registration, body.code.into_input());
        let spend = spend.ok_or(Problem::new(ProblemKind::UnknownToken))?;
        let continuation = continuation(body.continuation.into_input(), header.0);
        let proof = Proof::read(continuation, body.password.into_input(), body.new_password.into_input())?;
        let (terms, privacy) = (body.terms_version.into_input(), body.privacy_version.into_input());
        let proof = proof.agreeing(GivenConsent::Versions { terms, privacy });
        let context = context.for_channel("native");
        let request = VerifyRequest { spend, proof, password_policy: self.password_policy, context };
        let verified = self.service.verify_email(request).await?;
        Ok(VerifyResponse::Is(Json(verified.into())))
    }
}
