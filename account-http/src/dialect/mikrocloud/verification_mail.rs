//! `POST /user/verification-mail`: another verification email. The original documents none; this one is ours.

use account_core::AccountService;
use account_core::registration::resend::ResendTarget;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::body::BodyOrEmpty;
use super::field::Address;
use super::grammar::Failure;
use super::tag::Tag;
use crate::api::ACCEPTED;
use crate::context::RequestContext;
use crate::field::Required;
use crate::problem::{answers, problem_set};

/// Asking for another email.
pub(super) struct VerificationMailApi {
    pub(super) service: AccountService,
}

/// Request for another email.
#[derive(Object)]
#[oai(rename = "VerificationMail", write_only_all)]
struct MailBody {
    /// The address that was registered.
    email: Required<Address>,
}

/// A message for the user.
#[derive(Object)]
#[oai(rename = "VerificationMailTaken")]
struct TakenBody {
    /// A message for the user.
    message: String,
}

answers! {
    /// The request was recorded. The answer is the same whether or not a registration is pending.
    MailResponse: 202 Json<TakenBody>;
}

problem_set! {
    /// Problems that requesting an email can return.
    MailFailures: RequestTimeout, BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited, Internal, Unavailable;
}

#[OpenApi(tag = "Tag::User")]
impl VerificationMailApi {
    /// Request another verification email
    ///
    /// The newest link replaces earlier ones. At most 5 per minute per user, counted in the same way for unknown
    /// addresses.
    #[oai(path = "/user/verification-mail", method = "post", operation_id = "sendUserVerificationMail")]
    async fn send(
        &self,
        context: RequestContext,
        body: BodyOrEmpty<MailBody>,
    ) -> Result<MailResponse, Failure<MailFailures>> {
        let target = ResendTarget::Address(body.value.email.into_trimmed_input());
        self.service.resend_verification(target, &context.client).await?;
        Ok(MailResponse::Is(Json(TakenBody { message: ACCEPTED.to_owned() })))
    }
}
