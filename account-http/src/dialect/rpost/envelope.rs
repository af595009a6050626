//! The envelope: what every answer but that of `/Token` comes in.

use std::borrow::Cow;

use poem::http::StatusCode;
use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::payload::Payload;
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, ParseResult, ToJSON, Type};
use serde::Serialize;
use serde_json::Value;

use super::message::{MessageBody, MessageId};
use crate::json::ordered_json;

/// An answer with its result.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Envelope<T> {
    /// The HTTP status once more.
    status_code: u16,
    status_text: &'static str,
    status: &'static str,
    message: Vec<MessageBody>,
    result_content: T,
}

/// What may be a result.
pub(super) trait ResultContent: Serialize + Type {
    /// Name of the envelope around it, in the document.
    const ENVELOPE: &'static str;
}

/// No result.
#[derive(Debug, Serialize)]
pub(super) struct Nothing;

/// A result that may be missing.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Optional<T>(pub(super) Option<T>);

/// A text that is null where there is none.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Nullable(pub(super) Option<String>);

impl<T> Envelope<T> {
    pub(super) fn new(status: StatusCode, message: Vec<MessageBody>, result_content: T) -> Self {
        Self {
            status_code: status.as_u16(),
            status_text: status.canonical_reason().unwrap_or_default(),
            status: if status.is_success() { "Success" } else { "Error" },
            message,
            result_content,
        }
    }
}

/// Done.
#[derive(Debug)]
pub(super) struct Success<T> {
    message: &'static str,
    result: T,
}

impl Success<Nothing> {
    /// Done, without a result.
    pub(super) const fn done(message: &'static str) -> Self {
        Self { message, result: Nothing }
    }
}

impl<T> Success<T> {
    /// Done, with a result.
    pub(super) const fn with(message: &'static str, result: T) -> Self {
        Self { message, result }
    }

    /// The envelope.
    pub(super) fn envelope(self) -> Envelope<T> {
        Envelope::new(StatusCode::OK, vec![MessageBody::new(MessageId::Done, self.message)], self.result)
    }
}

/// The same, as the body of an answer that the framework puts together.
pub(super) struct Ordered<T>(pub(super) T);

impl<T: Type> Payload for Ordered<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: Serialize + Send> IntoResponse for Ordered<T> {
    fn into_response(self) -> Response {
        ordered_json(StatusCode::OK, &self.0)
    }
}

impl<T: ResultContent> IntoResponse for Success<T> {
    fn into_response(self) -> Response {
        ordered_json(StatusCode::OK, &self.envelope())
    }
}

impl<T: ResultContent> ApiResponse for Success<T> {
    fn meta() -> MetaResponses {
        let content = vec![MetaMediaType { content_type: "application/json", schema: Envelope::<T>::schema_ref() }];
        MetaResponses {
            responses: vec![MetaResponse {
                description: "Done.",
                status: Some(200),
                status_range: None,
                content,
                headers: Vec::new(),
            }],
        }
    }

    fn register(registry: &mut Registry) {
        Envelope::<T>::register(registry);
    }
}

impl<T: ResultContent> Type for Envelope<T> {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        T::ENVELOPE.into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Reference(Self::name().into_owned())
    }

    fn register(registry: &mut Registry) {
        registry.create_schema::<Self, _>(Self::name().into_owned(), |registry| {
            MessageBody::register(registry);
            T::register(registry);
            let described = |ty, text| described_as(MetaSchemaRef::Inline(Box::new(MetaSchema::new(ty))), text);
            MetaSchema {
                description: Some("The envelope of an answer."),
                properties: vec![
                    ("StatusCode", described("integer", "The HTTP status code.")),
                    ("StatusText", described("string", "The HTTP status in words.")),
                    ("Status", described("string", "`Success` or `Error`.")),
                    ("Message", described_as(Vec::<MessageBody>::schema_ref(), "Details.")),
                    ("ResultContent", described_as(T::schema_ref(), "The result.")),
                ],
                required: vec!["StatusCode", "StatusText", "Status", "Message", "ResultContent"],
                ..MetaSchema::new("object")
            }
        });
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

fn described_as(schema: MetaSchemaRef, description: &'static str) -> MetaSchemaRef {
    schema.merge(MetaSchema { description: Some(description), ..MetaSchema::ANY })
}

/// What the types of this file have in common in the document.
macro_rules! described_type {
    ([$($generics:tt)*] $type:ty, $name:literal, $schema:expr, $register:expr) => {
        impl<$($generics)*> Type for $type {
            const IS_REQUIRED: bool = true;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                $name.into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Inline(Box::new(MetaSchema { nullable: true, ..$schema }))
            }

            fn register(registry: &mut Registry) {
                $register(registry);
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
                Box::new(std::iter::empty())
            }
        }
    };
}

described_type!([] Nothing, "object", MetaSchema::new("object"), |_: &mut Registry| ());
described_type!([] Nullable, "string", MetaSchema::new("string"), |_: &mut Registry| ());
described_type!(
    [T: Type] Optional<T>,
    "object",
    MetaSchema { all_of: vec![T::schema_ref()], ..MetaSchema::new("object") },
    T::register
);

impl ToJSON for Nullable {
    fn to_json(&self) -> Option<Value> {
        Some(self.0.clone().into())
    }
}

impl ParseFromJSON for Nullable {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        Ok(Self(value.and_then(|value| value.as_str().map(str::to_owned))))
    }
}

impl ResultContent for Nothing {
    const ENVELOPE: &'static str = "Answer";
}
