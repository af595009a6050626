//! Writing JSON.

use poem::http::StatusCode;
use poem::{IntoResponse, Response};
use poem_openapi::payload::Payload;
use poem_openapi::registry::{MetaSchemaRef, Registry};
use poem_openapi::types::{ToJSON, Type};
use serde::Serialize;

/// Returns a value as compact JSON.
pub(crate) fn compact_json(value: &impl ToJSON) -> String {
    value.to_json().unwrap_or_default().to_string()
}

/// An answer in JSON with its members in the order of the type.
pub(crate) fn ordered_json(status: StatusCode, body: &impl Serialize) -> Response {
    let body = serde_json::to_string(body).unwrap_or_default();
    Response::builder().status(status).content_type("application/json; charset=utf-8").body(body)
}

/// A JSON body with its members in the order of the type, as in a published document.
#[derive(Debug)]
pub(crate) struct OrderedJson<T>(pub(crate) T);

impl<T: Type> Payload for OrderedJson<T> {
    const CONTENT_TYPE: &'static str = "application/json; charset=utf-8";

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Serialize + Send> IntoResponse for OrderedJson<T> {
    fn into_response(self) -> Response {
        ordered_json(StatusCode::OK, &self.0)
    }
}
