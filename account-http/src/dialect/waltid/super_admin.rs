//! `POST /v1/superadmin/create-by-token`: the first super admin, where the operator offers one.

use account_core::AccountService;
use account_core::operator::super_admin::SuperAdminOffer;
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaRequest, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions, OpenApi};

use super::answer::AccountBody;
use super::body::SetupBody;
use super::exception::Exception;
use super::failure::Failure;
use super::options::POLICY;
use super::shape::Shape;
use super::tag::{NAME, Tag};
use crate::body::BodyError;
use crate::body::raw_json::RawJson;
use crate::context::RequestContext;
use crate::json::OrderedJson;
use crate::problem::{Problem, ProblemKind, answers, problem_set};

/// Making the first super admin.
pub(super) struct SuperAdminApi {
    pub(super) service: AccountService,
    /// What is configured; nothing, for most.
    pub(super) offer: Option<SuperAdminOffer>,
    pub(super) shape: Shape,
}

/// The body of a request, or why it cannot be read: that is told only where there is something at the path.
struct SentBody(Result<RawJson<SetupBody>, BodyError>);

impl<'a> ApiExtractor<'a> for SentBody {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        RawJson::<SetupBody>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        RawJson::<SetupBody>::request_meta()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        match RawJson::from_request(request, body, options).await {
            Ok(body) => Ok(Self(Ok(body))),
            Err(error) => error.downcast::<BodyError>().map(|error| Self(Err(error))),
        }
    }
}

answers! {
    /// The super admin.
    CreatedResponse: 201 OrderedJson<AccountBody>;
}

problem_set! {
    /// What making the super admin answers when it fails.
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
    async fn create(&self, context: RequestContext, body: SentBody) -> Result<CreatedResponse, Failure<SetupFailures>> {
        let offer = self.offer.as_ref().ok_or(Problem::new(ProblemKind::NotFound))?;
        let body = body.0.map_err(|error| Problem::new(error.into()))?;
        let token = self.shape.read(body)?.token.into_input();
        let token =
            token.given().ok_or_else(|| Exception::refused([("token".to_owned(), "must be a string".to_owned())]))?;
        let context = context.for_channel(NAME);
        let account = self.service.create_super_admin_by_token(&token, offer, POLICY, &context).await?;
        Ok(CreatedResponse::Is(OrderedJson(account.into())))
    }
}
