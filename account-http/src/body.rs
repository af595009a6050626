//! Reading request bodies: limited in size and time, lenient about the media type.

#[cfg_attr(not(test), expect(dead_code, reason = "some of it is for dialects that say more about forms"))]
pub(crate) mod form;
pub(crate) mod form_or_json;
pub(crate) mod mail;
pub(crate) mod raw_json;

use std::time::Duration;

use poem::error::{ReadBodyError, ResponseError};
use poem::http::StatusCode;
use poem::{Request, RequestBody};
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

/// Maximum size of a body in bytes.
pub(crate) const MAX_BODY_OCTETS: usize = 65_536;
/// Maximum time for a body to arrive.
const MAX_BODY_TIME: Duration = Duration::from_secs(15);

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the body is too large")]
    TooLarge,
    #[error("the body is of another media type")]
    MediaType,
    #[error("the body is not a JSON object")]
    Malformed,
    #[error("the body took too long to arrive")]
    TooSlow,
}

impl ResponseError for BodyError {
    fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
        }
    }
}

/// Reads a body of at most [`MAX_BODY_OCTETS`] bytes.
pub(crate) async fn read_body(body: &mut RequestBody) -> Result<Vec<u8>, BodyError> {
    read_body_within(body, MAX_BODY_OCTETS).await
}

/// Reads a body of at most `limit` bytes.
async fn read_body_within(body: &mut RequestBody, limit: usize) -> Result<Vec<u8>, BodyError> {
    let body = body.take().map_err(|_| BodyError::Malformed)?;
    match tokio::time::timeout(MAX_BODY_TIME, body.into_bytes_limit(limit)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(ReadBodyError::PayloadTooLarge)) => Err(BodyError::TooLarge),
        Ok(Err(_)) => Err(BodyError::Malformed),
        Err(_) => Err(BodyError::TooSlow),
    }
}

/// Returns whether a `Content-Type` means JSON: `application/json`, `text/json`, `application/..+json`, with any
/// parameters.
pub(crate) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json")
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Documents a JSON body.
pub(crate) fn json_request<T: Type>() -> MetaRequest {
    request_in::<T>(&["application/json"])
}

/// Documents a body that may have several media types.
fn request_in<T: Type>(media_types: &[&'static str]) -> MetaRequest {
    let media = |content_type| MetaMediaType { content_type, schema: T::schema_ref() };
    MetaRequest { description: None, content: media_types.iter().copied().map(media).collect(), required: true }
}

/// A JSON body with its original bytes, which an idempotency key is bound to.
pub(crate) struct JsonBody<T> {
    pub(crate) value: T,
    pub(crate) bytes: Vec<u8>,
}

impl<T: Type> Payload for JsonBody<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn check_content_type(content_type: &str) -> bool {
        is_json(content_type)
    }

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ParseFromJSON> ParsePayload for JsonBody<T> {
    const IS_REQUIRED: bool = true;

    async fn from_request(_request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        let bytes = read_body(body).await?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|_| BodyError::Malformed)?;
        let value = T::parse_from_json(Some(value)).map_err(|_| BodyError::Malformed)?;
        Ok(Self { value, bytes })
    }
}

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for JsonBody<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(json_request::<T>())
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        if !request.content_type().is_some_and(is_json) {
            return Err(BodyError::MediaType.into());
        }
        <Self as ParsePayload>::from_request(request, body).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_goes_by_several_names() {
        for name in ["application/json", "Application/JSON; charset=UTF-8", "text/json", "application/ld+json"] {
            assert!(is_json(name), "{name}");
        }
        for name in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"] {
            assert!(!is_json(name), "{name}");
        }
    }
}
