//! `/account/v1/verification-mails`: ask for another verification email.

use account_core::AccountService;
use account_core::registration::resend::ResendTarget;
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::continuation::continuation;
use super::tag::Tag;
use crate::body::JsonBody;
use crate::context::RequestContext;
use crate::field::{Email, Id, Secret, Text};
use crate::problem::{Problems, answers, problem_set};

/// What is answered to every request.
pub(crate) const ACCEPTED: &str = "If a registration is pending, another verification email is on its way.";

/// Asking for another email.
pub(crate) struct VerificationMailsApi {
    pub(super) service: AccountService,
}

/// The registration to send another email for: an `email`, or a `registration_id` with its `continuation`.
#[derive(Object)]
#[oai(rename = "VerificationMailRequest", write_only_all)]
struct MailBody {
    /// The address: another email is sent for its newest pending registration.
    email: Text<Email>,
    /// Id of the registration. Send its continuation too, here or as a header.
    registration_id: Text<Id>,
    /// The registration's continuation.
    continuation: Text<Secret>,
}

/// The request was accepted.
#[derive(Object)]
#[oai(rename = "VerificationMailAccepted")]
struct AcceptedBody {
    /// A message for the person.
    message: String,
}

answers! {
    /// The request was recorded. The answer is the same whether or not a registration is pending.
    MailResponse: 202 Json<AcceptedBody>;
}

problem_set! {
    /// Problems that requesting an email can return.
    MailProblems: MalformedBody, RequestTimeout, BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited, Internal,
    Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Registration")]
impl VerificationMailsApi {
    /// Request another verification email
    ///
    /// The newest link replaces earlier ones of its registration; a registration whose link has expired gets a new
    /// one. At most 5 a minute per user, counted alike for unknown addresses.
    #[oai(path = "/verification-mails", method = "post", operation_id = "sendVerificationMail")]
    async fn send(
        &self,
        context: RequestContext,
        /// The registration's continuation, if it is not in the body.
        #[oai(name = "X-Registration-Continuation")]
        header: Header<Option<String>>,
        body: JsonBody<MailBody>,
    ) -> Result<MailResponse, Problems<MailProblems>> {
        let MailBody { email, registration_id, continuation: held } = body.value;
        let held = continuation(held.into_input(), header.0);
        let target = ResendTarget::read(email.into_input(), registration_id.into_input(), held)?;
        self.service.resend_verification(target, &context.client).await?;
        Ok(MailResponse::Is(Json(AcceptedBody { message: ACCEPTED.to_owned() })))
    }
}
