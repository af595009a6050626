//! Changes of credentials: the password, the address.

use account_core::AccountService;
use account_core::authorization::{Fresh, Verified};
use account_core::password::policy::PasswordPolicy;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use crate::api::account::{AccountBody, SessionBody};
use crate::api::tag::Tag;
use crate::body::JsonBody;
use crate::caller::Caller;
use crate::field::{Email, Password, Required, Secret};
use crate::problem::{Problems, answers, problem_set};

/// Answered to every request for a change of address.
const CHANGE_ACCEPTED: &str =
    "An email with a link is on its way to the new address. Open the link while you are signed in to this session.";

/// Changes of credentials.
pub(crate) struct ChangesApi {
    pub(in crate::api) service: AccountService,
    pub(in crate::api) password_policy: PasswordPolicy,
}

/// A new password that replaces the current one.
#[derive(Object)]
#[oai(rename = "PasswordChange", write_only_all)]
struct PasswordBody {
    /// The current password.
    current_password: Required<Password>,
    /// The new password: none of the last three.
    new_password: Required<Password>,
}

/// A new address that replaces the current one.
#[derive(Object)]
#[oai(rename = "AddressChange", write_only_all)]
struct AddressBody {
    /// The new address.
    email: Required<Email>,
}

/// The token from the email to the new address.
#[derive(Object)]
#[oai(rename = "AddressConfirmation", write_only_all)]
struct ConfirmationBody {
    /// The last path segment of the emailed link: 43 characters.
    token: Required<Secret>,
}

/// A confirmation that the request was recorded.
#[derive(Object)]
#[oai(rename = "Message")]
pub(in crate::api) struct MessageBody {
    /// A message for the person.
    pub(in crate::api) message: String,
}

/// An address was verified.
#[derive(Object)]
#[oai(rename = "AddressConfirmed", skip_serializing_if_is_none)]
struct ConfirmedBody {
    /// The account.
    account: AccountBody,
    /// The new token of the session, if the main address was changed; the old token is no longer valid.
    session: Option<SessionBody>,
}

answers! {
    /// The password was changed. All other sessions were ended; this one goes on under a new token.
    PasswordResponse: 200 Json<SessionBody>;
    /// It was recorded, whether or not the address is free.
    AddressResponse: 202 Json<MessageBody>;
    /// The address was verified.
    ConfirmationResponse: 200 Json<ConfirmedBody>;
}

problem_set! {
    /// Problems that changing the password can return.
    PasswordProblems: MalformedBody, Unauthenticated, EmailUnverified, DeletionPending, CrossSite, WrongPassword,
    RequestTimeout, BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited, Internal, Overloaded, Unavailable;
    /// Problems that requesting a change of address can return.
    AddressProblems: MalformedBody, Unauthenticated, EmailUnverified, DeletionPending, ReauthenticationRequired,
    CrossSite, RequestTimeout, BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited, Internal, Unavailable;
    /// Problems that confirming an address can return.
    ConfirmationProblems: MalformedBody, Unauthenticated, EmailUnverified, DeletionPending, CrossSite, WrongSession,
    UnknownToken, RequestTimeout, Expired, Used, Superseded, AlreadyRegistered, BodyTooLarge, UnsupportedMediaType,
    RateLimited, Internal, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Account")]
impl ChangesApi {
    /// Change the password
    ///
    /// The account's address gets a notice. Links emailed earlier no longer work.
    #[oai(path = "/me/password", method = "put", operation_id = "changePassword")]
    async fn password(
        &self,
        caller: Caller<Verified>,
        body: JsonBody<PasswordBody>,
    ) -> Result<PasswordResponse, Problems<PasswordProblems>> {
        let (current, new) = (body.value.current_password.into_input(), body.value.new_password.into_input());
        let changed =
            self.service.change_password(&caller.may, current, new, self.password_policy, &caller.context).await?;
        caller.keep(&changed);
        Ok(PasswordResponse::Is(Json(changed.into())))
    }

    /// Request a change of address
    ///
    /// The answer is the same whether or not the address has an account. The current address gets a notice. The link
    /// lasts an hour, and a change of the password invalidates it.
    #[oai(path = "/me/email", method = "post", operation_id = "changeEmail")]
    async fn address(
        &self,
        caller: Caller<Fresh>,
        body: JsonBody<AddressBody>,
    ) -> Result<AddressResponse, Problems<AddressProblems>> {
        let email = body.value.email.into_input();
        self.service.request_address_change(&caller.may, email, &caller.context).await?;
        Ok(AddressResponse::Is(Json(MessageBody { message: CHANGE_ACCEPTED.to_owned() })))
    }

    /// Verify an address
    ///
    /// For the main address: in the session that requested the change. For a notification or alternate address: in any
    /// session of the account.
    #[oai(path = "/me/email/confirmation", method = "post", operation_id = "confirmEmail")]
    async fn confirm(
        &self,
        caller: Caller<Verified>,
        body: JsonBody<ConfirmationBody>,
    ) -> Result<ConfirmationResponse, Problems<ConfirmationProblems>> {
        let token = body.value.token.into_input().given().unwrap_or_default();
        let confirmed = self.service.confirm_address(&caller.may, &token, &caller.context).await?;
        if let Some(session) = &confirmed.session {
            caller.keep(session);
        }
        let session = confirmed.session.map(Into::into);
        Ok(ConfirmationResponse::Is(Json(ConfirmedBody { account: confirmed.account.into(), session })))
    }
}
