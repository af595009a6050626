//! `POST /v1/superadmin/create-by-token`: creates the first super admin, if the operator has configured a token.

use account_core::AccountService;
use account_core::operator::super_admin::SuperAdminOffer;
use poem_openapi::OpenApi;

use super::answer::AccountBody;
use super::body::SetupBody;
use super::exception::Exception;
use super::failure::Failure;
use super::options::POLICY;
use super::shape::Shape;
use super::tag::{NAME, Tag};
use crate::body::Deferred;
use crate::body::raw_json::AnyJson;
use crate::context::RequestContext;
use crate::json::OrderedJson;
use crate::problem::{Problem, ProblemKind, answers, problem_set};

/// Creation of the first super admin.
pub(super) struct SuperAdminApi {
    pub(super) service: AccountService,
    /// The configured token and account; most operators configure none.
    pub(super) offer: Option<SuperAdminOffer>,
    pub(super) shape: Shape,
}

answers! {
    /// The super admin.
    CreatedResponse: 201 OrderedJson<AccountBody>;
}

problem_set! {
    /// Problems that creating the super admin can return.
    SetupFailures: MalformedBody, Invalid, Unauthenticated, NotFound, RequestTimeout, AddressRegistered, BodyTooLarge,
    UnsupportedMediaType, RateLimited, Internal, Overloaded, Unavailable;
}

#[OpenApi]
impl SuperAdminApi {
    /// Create the super admin by a token
    ///
    /// Only available if the operator has configured a token with an address and a password. Works once.
    #[oai(
        path = "/v1/superadmin/create-by-token",
        method = "post",
        operation_id = "waltidCreateSuperAdmin",
        tag = "Tag::Administration"
    )]
    async fn create(
        &self,
        context: RequestContext,
        body: Deferred<AnyJson<SetupBody, false>>,
    ) -> Result<CreatedResponse, Failure<SetupFailures>> {
        let offer = self.offer.as_ref().ok_or(Problem::new(ProblemKind::NotFound))?;
        let body = body.0.map_err(Problem::from)?;
        let token = self.shape.read(body)?.token.into_input();
        let token =
            token.given().ok_or_else(|| Exception::refused([("token".to_owned(), "must be a string".to_owned())]))?;
        let context = context.for_channel(NAME);
        let account = self.service.create_super_admin_by_token(&token, offer, POLICY, &context).await?;
        Ok(CreatedResponse::Is(OrderedJson(account.into())))
    }
}
