//! `POST /v1/account/register` and `POST /v1/admin/account/register`.

use std::sync::Arc;

use account_core::authorization::Administrator;
use account_core::registration::register::RegisterError;
use account_core::{AccountService, RegistrationRules};
use poem_openapi::OpenApi;

use super::answer::AccountBody;
use super::body::{Registration, RegistrationBody};
use super::exception::Exception;
use super::failure::Failure;
use super::shape::Shape;
use super::tag::Tag;
use crate::body::raw_json::RawJson;
use crate::caller::Bearer;
use crate::context::{IdempotencyHeader, RequestContext};
use crate::json::OrderedJson;
use crate::problem::{answers, problem_set};
use crate::registering;

/// The open route, which idempotency keys are bound to.
const OPEN_ROUTE: &str = "POST /v1/account/register";

/// Registration, by people themselves and by super admins.
pub(super) struct RegistrationApi {
    pub(super) service: AccountService,
    pub(super) rules: Arc<RegistrationRules>,
    pub(super) shape: Shape,
}

answers! {
    /// The registration was received; the same for new and taken addresses. The account can be used once its address is
    /// verified.
    RegisteredResponse: 201 OrderedJson<AccountBody>;
    /// The account, with the values that were sent. Its address is not verified yet.
    CreatedResponse: 201 OrderedJson<AccountBody>;
}

problem_set! {
    /// Problems that registering can return.
    RegisterFailures: MalformedIdempotencyKey, MalformedBody, Invalid, RegistrationClosed, RequestTimeout,
    IdempotencyInProgress, AddressRegistered, BodyTooLarge, UnsupportedMediaType, IdempotencyMismatch, RateLimited,
    Internal, Overloaded, Unavailable;
    /// Problems that registering another person can return.
    CreateFailures: MalformedBody, Invalid, Unauthenticated, EmailUnverified, DeletionPending, Forbidden, RequestTimeout,
    AddressRegistered, BodyTooLarge, UnsupportedMediaType, Internal, Overloaded, Unavailable;
}

impl RegistrationApi {
    /// Returns the error of a body; while registration is closed, returns that instead, as if the route did not exist.
    async fn unless_closed(&self, exception: Exception) -> Failure<RegisterFailures> {
        match self.service.registration_notice().await {
            Ok(None) => exception.into(),
            Ok(Some(notice)) => RegisterError::Closed { reason: notice.reason }.into(),
            Err(error) => error.into(),
        }
    }
}

#[OpenApi]
impl RegistrationApi {
    /// Create an account (unprotected route)
    ///
    /// Records a registration. The answer repeats what was sent, the same for new and taken addresses; an emailed link
    /// completes it. Answers 404 while the feature `account-registration` is off.
    #[oai(path = "/v1/account/register", method = "post", operation_id = "waltidRegisterAccount", tag = "Tag::Account")]
    async fn register(
        &self,
        context: RequestContext,
        #[oai(name = "Idempotency-Key")] idempotency_key: IdempotencyHeader,
        body: RawJson<RegistrationBody>,
    ) -> Result<RegisteredResponse, Failure<RegisterFailures>> {
        let idempotency_key = idempotency_key.for_request(OPEN_ROUTE, &body.bytes)?;
        let registration = match Registration::read(&self.shape, body) {
            Ok(registration) => registration,
            Err(exception) => return Err(self.unless_closed(exception).await),
        };
        let (echo, draft) = (registration.echo(), registration.into());
        let accepted = registering::register(&self.service, &self.rules, draft, context, idempotency_key).await?;
        Ok(RegisteredResponse::Is(OrderedJson(AccountBody::registered(accepted.registration.as_uuid(), echo))))
    }

    /// Create an account (protected route)
    ///
    /// For super admins. Creates an account immediately, even while the feature `account-registration` is off. Until
    /// its owner opens the emailed link, the account can be signed in to but cannot do anything. Prefer an invitation:
    /// with this route an administrator knows the password.
    #[oai(
        path = "/v1/admin/account/register",
        method = "post",
        operation_id = "waltidCreateAccount",
        tag = "Tag::Administration"
    )]
    async fn create(
        &self,
        caller: Bearer<Administrator>,
        body: RawJson<RegistrationBody>,
    ) -> Result<CreatedResponse, Failure<CreateFailures>> {
        // Before the body is read: callers without permission learn nothing about its errors.
        caller.may.must_be_super_admin()?;
        let registration = Registration::read(&self.shape, body)?;
        let (echo, draft) = (registration.echo(), registration.into());
        let account =
            self.service.create_account_with_password(&caller.may, draft, &self.rules, &caller.context).await?;
        Ok(CreatedResponse::Is(OrderedJson(AccountBody::registered(account.id.as_uuid(), echo))))
    }
}
