//! Emails as bodies.

use account_core::ports::delivery_reports::MAX_REPORT_BYTES;
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::{BodyError, read_body_within};
use crate::problem::{Problem, ProblemKind};

const MEDIA_TYPE: &str = "message/rfc822";

/// An email as a mail server hands it on: its bytes, at most [`MAX_REPORT_BYTES`].
pub(crate) struct MailBody(pub(crate) Vec<u8>);

impl<'a> ApiExtractor<'a> for MailBody {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(_registry: &mut Registry) {}

    fn request_meta() -> Option<MetaRequest> {
        let schema = MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "binary")));
        let content = vec![MetaMediaType { content_type: MEDIA_TYPE, schema }];
        Some(MetaRequest { description: Some("The complete email, with its header."), content, required: true })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        let essence = request.content_type().and_then(|text| text.split(';').next()).unwrap_or_default();
        if !essence.trim().eq_ignore_ascii_case(MEDIA_TYPE) {
            return Err(BodyError::MediaType.into());
        }
        match read_body_within(request, body, MAX_REPORT_BYTES).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(BodyError::TooLarge) => Err(Problem::new(ProblemKind::ReportTooLarge).into()),
            Err(error) => Err(error.into()),
        }
    }
}
