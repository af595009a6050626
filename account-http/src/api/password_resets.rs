//! `/account/v1/password-resets`: a new password, by a link sent by email.

use account_core::AccountService;
use account_core::password::policy::PasswordPolicy;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::me::MessageBody;
use super::sessions::SignedInBody;
use super::tag::Tag;
use crate::body::JsonBody;
use crate::context::RequestContext;
use crate::field::{ChallengeResponse, Email, Password, Required, Secret, Text};
use crate::problem::{Problems, answers, problem_set};

/// Answered to every request.
const ACCEPTED: &str = "If the address has an account, an email with a link to reset the password is on its way.";

/// A new password, with a token from an email.
pub(crate) struct PasswordResetsApi {
    pub(super) service: AccountService,
    pub(super) password_policy: PasswordPolicy,
}

/// Address of the account.
#[derive(Object)]
#[oai(rename = "PasswordResetRequest", write_only_all)]
struct ResetBody {
    /// The address of the account.
    email: Required<Email>,
    /// The solution of the `challenge` in a `challenge_required` problem.
    challenge_response: Text<ChallengeResponse>,
}

/// The token from the email, and the new password.
#[derive(Object)]
#[oai(rename = "PasswordResetRedemption", write_only_all)]
struct RedemptionBody {
    /// The last path segment of the emailed link: 43 characters.
    token: Required<Secret>,
    /// The new password.
    new_password: Required<Password>,
}

answers! {
    /// It was recorded, whether or not the address has an account.
    ResetResponse: 202 Json<MessageBody>;
    /// The password is set. All sessions were ended, and one was opened.
    RedemptionResponse: 200 Json<SignedInBody>;
}

problem_set! {
    /// Problems that requesting a reset can return.
    ResetProblems: MalformedBody, ChallengeRequired, RequestTimeout, BodyTooLarge, UnsupportedMediaType, Invalid,
    RateLimited, Internal, Unavailable;
    /// Problems that redeeming a reset can return.
    RedemptionProblems: MalformedBody, UnknownToken, RequestTimeout, Expired, Used, Superseded, AlreadyRegistered,
    BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited, Internal, Overloaded, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Recovery")]
impl PasswordResetsApi {
    /// Request a password reset
    ///
    /// The answer is the same whether or not the address has an account. An address whose registration is pending gets
    /// another verification email instead.
    #[oai(path = "/password-resets", method = "post", operation_id = "requestPasswordReset")]
    async fn request(
        &self,
        context: RequestContext,
        body: JsonBody<ResetBody>,
    ) -> Result<ResetResponse, Problems<ResetProblems>> {
        let context = context.answering(body.value.challenge_response.into_input()).for_channel("native");
        self.service.request_password_reset(body.value.email.into_input(), &context).await?;
        Ok(ResetResponse::Is(Json(MessageBody { message: ACCEPTED.to_owned() })))
    }

    /// Set the new password
    ///
    /// Redeems the emailed token. All sessions of the account end, and its sign-in limits are reset.
    #[oai(path = "/password-resets/redeem", method = "post", operation_id = "redeemPasswordReset")]
    async fn redeem(
        &self,
        context: RequestContext,
        body: JsonBody<RedemptionBody>,
    ) -> Result<RedemptionResponse, Problems<RedemptionProblems>> {
        let token = body.value.token.into_input().given().unwrap_or_default();
        let new_password = body.value.new_password.into_input();
        let (policy, context) = (self.password_policy, context.for_channel("native"));
        let signed_in = self.service.redeem_password_reset(&token, new_password, policy, &context).await?;
        Ok(RedemptionResponse::Is(Json(signed_in.into())))
    }
}
