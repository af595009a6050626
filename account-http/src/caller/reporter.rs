//! Callers who submit delivery reports with the configured token.

use std::sync::Arc;

use account_core::CallContext;
use account_core::outbox::bounce::Reporter;
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::registry::Registry;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::{Authenticator, bearer_scheme, bearer_token};
use crate::context::RequestContext;
use crate::problem::{Problem, ProblemKind};
use crate::query_names::refuse_unknown;

/// Name of the security scheme in the documents.
const REPORT_TOKEN: &str = "report_token";

/// A caller who may submit reports. Checked before the body is read.
pub(crate) struct ReportCaller {
    /// The permission.
    pub(crate) may: Reporter,
    /// How they call.
    pub(crate) context: CallContext,
}

impl<'a> ApiExtractor<'a> for ReportCaller {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        let about = "The token that the operator set as `mail.reports.token`, not that of a session.";
        registry.create_security_scheme(REPORT_TOKEN, bearer_scheme(about));
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![REPORT_TOKEN]
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        let authenticator = request.data::<Arc<Authenticator>>().ok_or(Problem::new(ProblemKind::Internal))?;
        let context = <RequestContext as FromRequest>::from_request(request, body).await?.for_channel("native");
        let token = bearer_token(request).ok();
        let admitted = authenticator.service.admit_reporter(token.as_ref(), &context.client).await;
        let may = admitted.map_err(Problem::from)?;
        refuse_unknown(request)?;
        Ok(Self { may, context })
    }
}
