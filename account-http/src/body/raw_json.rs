//! A JSON body as it was sent, for dialects that say themselves what is missing in it and what they do not know.

use std::marker::PhantomData;

use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaRequest, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use super::{BodyError, is_json, read_body, request_in};

/// A JSON value that the documents describe as a `T`. With `ALSO_TEXT` they name `text/json` beside
/// `application/json`; both are taken in any case.
///
/// Of a member that stands twice the last one counts, wherever it is read.
pub(crate) struct RawJson<T, const ALSO_TEXT: bool = false> {
    /// The value; any JSON, an object or not.
    pub(crate) value: Value,
    /// The bytes that it was read from: an idempotency key is bound to them.
    pub(crate) bytes: Vec<u8>,
    described_as: PhantomData<fn() -> T>,
}

impl<'a, T: Type, const ALSO_TEXT: bool> ApiExtractor<'a> for RawJson<T, ALSO_TEXT> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let media_types: &[_] = if ALSO_TEXT { &["application/json", "text/json"] } else { &["application/json"] };
        Some(request_in::<T>(media_types))
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        if !request.content_type().is_some_and(is_json) {
            return Err(BodyError::MediaType.into());
        }
        let bytes = read_body(body).await?;
        let value = serde_json::from_slice(&bytes).map_err(|_| BodyError::Malformed)?;
        Ok(Self { value, bytes, described_as: PhantomData })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    async fn read(content_type: &str, text: &str) -> Result<Value, BodyError> {
        let (request, mut body) = Request::builder().content_type(content_type).body(text.to_owned()).split();
        let read = RawJson::<String>::from_request(&request, &mut body, ExtractParamOptions::default()).await;
        match read {
            Ok(read) => {
                assert_eq!(read.bytes, text.as_bytes());
                Ok(read.value)
            }
            Err(error) => Err(*error.downcast_ref().unwrap()),
        }
    }

    #[tokio::test]
    async fn any_json_is_handed_on_as_it_is() {
        assert_eq!(read("application/json", r#"{"a":null,"b":[1]}"#).await, Ok(json!({"a": null, "b": [1]})));
        assert_eq!(read("text/json; charset=utf-8", "[]").await, Ok(json!([])));
        assert_eq!(
            read("application/json", r#"{"email":"a@x.org","email":"b@x.org"}"#).await,
            Ok(json!({"email": "b@x.org"}))
        );
    }

    #[tokio::test]
    async fn what_is_no_json_is_refused() {
        assert_eq!(read("application/json", "{").await, Err(BodyError::Malformed));
        assert_eq!(read("application/json", &format!("\"{}\"", "x".repeat(65_536))).await, Err(BodyError::TooLarge));
        assert_eq!(read("text/plain", "{}").await, Err(BodyError::MediaType));
    }

    #[test]
    fn the_documents_name_the_media_types() {
        let names = |meta: Option<MetaRequest>| -> Vec<_> {
            meta.unwrap().content.iter().map(|media| media.content_type).collect()
        };
        assert_eq!(names(RawJson::<String>::request_meta()), ["application/json"]);
        assert_eq!(names(RawJson::<String, true>::request_meta()), ["application/json", "text/json"]);
    }
}
