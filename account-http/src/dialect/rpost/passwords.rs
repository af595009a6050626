//! `POST /api/v1/Account/ForgotPassword` and `ResetPassword`.

use account_core::AccountService;
use account_core::input::Reader;
use account_core::password::policy::PasswordPolicy;
use account_core::recovery::{PasswordResetError, RedeemResetError};
use account_core::registration::verify::Gone;
use account_core::service::token_of_link;
use account_core::violation::Field;
use poem_openapi::{Object, OpenApi};

use super::body::{Body, object, secret};
use super::envelope::{Nothing, Success};
use super::failure::{Failure, messages, refused};
use super::field::{Address, AnyText, CallbackUrl, ChosenPassword, MailedCode};
use super::message::{MessageBody, MessageId};
use super::tag::{NAME, Tag};
use crate::context::RequestContext;
use crate::field::{Required, Text};
use crate::problem::problem_set;

/// The answer to requests for a reset.
const ASKED: &str = "If the address has an account, an email with a link to choose a new password will be sent.";
/// The answer to a reset.
const RESET: &str = "The password is changed.";
/// How `ForgotPassword` spells its fields.
const FORGOT_FIELDS: &[(Field, &str)] = &[(Field::Email, "UserEmailAddress"), (Field::CallbackUrl, "CallbackUrl")];

/// Forgotten passwords.
pub(super) struct PasswordsApi {
    pub(super) service: AccountService,
    pub(super) policy: PasswordPolicy,
}

/// Address of the account.
#[derive(Object)]
#[oai(rename = "ForgotPassword", rename_all = "PascalCase", write_only_all)]
struct ForgotBody {
    /// The address of the account.
    user_email_address: Required<Address>,
    /// Not used: emails come from the address of the service.
    #[expect(dead_code, reason = "documented, and not used")]
    from_email_address: Text<AnyText>,
    /// Not used: the link leads to a page of this service.
    #[expect(dead_code, reason = "anyone who asks need not be who registered: it is documented, and leads nowhere")]
    callback_url: Text<CallbackUrl>,
}

/// The token from the email, and the new password.
#[derive(Object)]
#[oai(rename = "ResetPassword", rename_all = "PascalCase", write_only_all)]
struct ResetBody {
    /// The address of the account.
    email: Required<Address>,
    /// The complete link from the email, or its last part.
    token: Required<MailedCode>,
    /// The new password.
    new_password: Required<ChosenPassword>,
}

problem_set! {
    /// Problems that requesting a new password can return.
    ForgotFailures: MalformedBody, Invalid, RequestTimeout, BodyTooLarge, UnsupportedMediaType, RateLimited, Internal,
    Unavailable;
    /// Problems that setting a new password can return.
    ResetFailures: MalformedBody, Invalid, UnknownToken, Expired, AlreadyRegistered, RequestTimeout, BodyTooLarge,
    UnsupportedMediaType, RateLimited, Internal, Overloaded, Unavailable;
}

#[OpenApi(tag = "Tag::Account")]
impl PasswordsApi {
    /// Request a password reset
    ///
    /// The answer is the same whether or not the address has an account. The emailed link leads to a page of this
    /// service.
    #[oai(path = "/api/v1/Account/ForgotPassword", method = "post", operation_id = "rpostForgotPassword")]
    async fn forgot(
        &self,
        context: RequestContext,
        body: Body<ForgotBody>,
    ) -> Result<Success<Nothing>, Failure<ForgotFailures>> {
        let body: ForgotBody = object(body.value)?;
        let address = body.user_email_address.into_trimmed_input();
        match self.service.request_password_reset(address, &context.for_channel(NAME)).await {
            Ok(()) => Ok(Success::done(ASKED)),
            Err(PasswordResetError::Invalid(violations)) => Err(refused(messages(&violations, FORGOT_FIELDS))),
            Err(other) => Err(other.into()),
        }
    }

    /// Choose a new password
    ///
    /// Redeems the emailed token. All sessions of the account end, and no new one is opened.
    #[oai(path = "/api/v1/Account/ResetPassword", method = "post", operation_id = "rpostResetPassword")]
    async fn reset(
        &self,
        context: RequestContext,
        body: Body<ResetBody>,
    ) -> Result<Success<Nothing>, Failure<ResetFailures>> {
        let body: ResetBody = object(body.value)?;
        let mut reader = Reader::default();
        let address = reader.required_string(Field::Email, body.email.into_trimmed_input());
        let token = reader.required_string(Field::Token, body.token.into_trimmed_input());
        let password = reader.required_string(Field::NewPassword, secret(body.new_password));
        let read = reader.violations.into_value(address.zip(token).zip(password));
        let ((address, token), password) = read?;
        let (policy, context) = (self.policy, context.for_channel(NAME));
        self.service
            .redeem_password_reset_of(&address, token_of_link(&token), password.into(), policy, &context)
            .await
            .map_err(not_reset)?;
        Ok(Success::done(RESET))
    }
}

/// Maps errors to this operation's messages: a used token counts as unknown here.
fn not_reset(error: RedeemResetError) -> Failure<ResetFailures> {
    let (id, text) = match error {
        RedeemResetError::Gone(Gone::Expired) => (MessageId::TokenExpired, "The token has expired."),
        RedeemResetError::Unknown | RedeemResetError::Gone(Gone::Used | Gone::Superseded) => {
            (MessageId::UnknownToken, "The token is not valid.")
        }
        other => return other.into(),
    };
    refused(vec![MessageBody::new(id, text)])
}
