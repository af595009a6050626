//! A body that is a form, url-encoded or multipart, or a JSON object: whichever the client likes.

use std::marker::PhantomData;

use poem::Request;
use poem_openapi::types::ParseFromJSON;

use super::form::{FormFields, MULTIPART, URL_ENCODED};
use super::{AsJson, BodyError, Medium, Sent, is_json};

/// A form or a JSON object; the documents describe its fields as a `T`.
pub(crate) struct AsFormOrJson<T>(PhantomData<T>);

/// A body with a form or a JSON object.
pub(crate) type FormOrJson<T> = Sent<AsFormOrJson<T>>;

impl<T: ParseFromJSON> Medium for AsFormOrJson<T> {
    type Content = T;
    type Schema = T;
    const MEDIA_TYPES: &'static [&'static str] = &["application/json", URL_ENCODED, MULTIPART];

    fn is_taken(_content_type: Option<&str>) -> bool {
        true
    }

    async fn read(request: &Request, bytes: &[u8]) -> Result<T, BodyError> {
        if request.content_type().is_some_and(is_json) {
            return AsJson::read(request, bytes).await;
        }
        FormFields::read(request, bytes).await?.ok_or(BodyError::MediaType)?.parse()
    }
}

#[cfg(test)]
mod tests {
    use account_core::input::Edit;
    use poem_openapi::{ApiExtractor, ExtractParamOptions, Object};

    use super::*;
    use crate::field::{Name, TextEdit};

    #[derive(Object)]
    #[oai(write_only_all)]
    struct Change {
        /// The name.
        name: TextEdit<Name>,
    }

    async fn read(content_type: &str, body: &str) -> Result<Edit, BodyError> {
        let (request, mut body) = Request::builder().content_type(content_type).body(body.to_owned()).split();
        let read = FormOrJson::<Change>::from_request(&request, &mut body, ExtractParamOptions::default()).await;
        match read {
            Ok(read) => Ok(read.value.name.into_edit()),
            Err(error) => Err(*error.downcast_ref().unwrap()),
        }
    }

    #[tokio::test]
    async fn one_change_can_be_written_in_several_ways() {
        const MULTIPART_BODY: &str = "--X\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nA & B\r\n--X--\r\n";
        for (content_type, body) in [
            ("application/json", r#"{"name":"A & B"}"#),
            ("application/x-www-form-urlencoded", "name=A+%26+B"),
            ("multipart/form-data; boundary=X", MULTIPART_BODY),
        ] {
            assert_eq!(read(content_type, body).await, Ok("A & B".into()), "{content_type}");
        }
        assert_eq!(read("application/json", r#"{"name":null}"#).await, Ok(Edit::Clear));
        assert_eq!(read("application/json", "{}").await, Ok(Edit::Keep));
        assert_eq!(read("application/x-www-form-urlencoded", "").await, Ok(Edit::Keep));
        assert_eq!(read("application/x-www-form-urlencoded", "name=a&name=b").await, Ok(Edit::Mistyped));
    }

    #[tokio::test]
    async fn other_media_types_are_refused() {
        assert_eq!(read("text/plain", "name=A").await, Err(BodyError::MediaType));
        assert_eq!(read("application/json", "[]").await, Err(BodyError::Malformed));
        assert_eq!(read("application/json", "name=A").await, Err(BodyError::Malformed));
    }

    #[test]
    fn the_documents_list_every_media_type() {
        let meta = FormOrJson::<Change>::request_meta().unwrap();
        let names: Vec<_> = meta.content.iter().map(|media| media.content_type).collect();
        assert_eq!(names, ["application/json", URL_ENCODED, MULTIPART]);
    }
}
