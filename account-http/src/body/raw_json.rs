//! A JSON body as it was sent, for dialects that say themselves what is missing in it and what they do not know.

use std::marker::PhantomData;

use poem::Request;
use poem_openapi::types::Type;
use serde_json::Value;

use super::{BodyError, JSON, Medium, Sent};

/// Any JSON value, an object or not, that the documents describe as a `T`. With `ALSO_TEXT` they name `text/json` beside
/// `application/json`; both are taken in any case.
///
/// Of a member that stands twice the last one counts, wherever it is read.
pub(crate) struct AnyJson<T, const ALSO_TEXT: bool>(PhantomData<T>);

/// A body with any JSON value.
pub(crate) type RawJson<T, const ALSO_TEXT: bool = false> = Sent<AnyJson<T, ALSO_TEXT>>;

impl<T: Type, const ALSO_TEXT: bool> Medium for AnyJson<T, ALSO_TEXT> {
    type Content = Value;
    type Schema = T;
    const MEDIA_TYPES: &'static [&'static str] = if ALSO_TEXT { &["application/json", "text/json"] } else { JSON };

    async fn read(_request: &Request, bytes: &[u8]) -> Result<Value, BodyError> {
        serde_json::from_slice(bytes).map_err(|_| BodyError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use poem_openapi::registry::MetaRequest;
    use poem_openapi::{ApiExtractor, ExtractParamOptions};
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
    async fn any_json_is_passed_on_unchanged() {
        assert_eq!(read("application/json", r#"{"a":null,"b":[1]}"#).await, Ok(json!({"a": null, "b": [1]})));
        assert_eq!(read("text/json; charset=utf-8", "[]").await, Ok(json!([])));
        assert_eq!(
            read("application/json", r#"{"email":"a@x.org","email":"b@x.org"}"#).await,
            Ok(json!({"email": "b@x.org"}))
        );
    }

    #[tokio::test]
    async fn invalid_json_is_refused() {
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
