//! Reading the dialect's bodies, as the original's framework does.

use std::borrow::Cow;

use account_core::input::Input;
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaRequest, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, ParseResult, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use crate::body::{BodyError, is_json, json_request, read_body};

/// A JSON body; anything that is no JSON object counts as an empty one.
pub(super) struct BodyOrEmpty<T> {
    pub(super) value: T,
    pub(super) bytes: Vec<u8>,
}

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for BodyOrEmpty<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
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
        let bytes = read_body(body).await?;
        let empty = || Value::Object(serde_json::Map::new());
        let value = serde_json::from_slice(&bytes).ok().filter(Value::is_object).unwrap_or_else(empty);
        let value = T::parse_from_json(Some(value)).map_err(|_| BodyError::Malformed)?;
        Ok(Self { value, bytes })
    }
}

/// True or false, also spelled 1, 0, "1" and "0".
pub(super) struct LooseFlag(pub(super) Input<bool>);

impl Type for LooseFlag {
    const IS_REQUIRED: bool = false;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "boolean".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema { default: Some(false.into()), ..MetaSchema::new("boolean") }))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

impl ParseFromJSON for LooseFlag {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        Ok(Self(match value {
            None => Input::Absent,
            Some(Value::Bool(value)) => Input::Given(value),
            Some(Value::Number(number)) if number.as_u64() == Some(1) => Input::Given(true),
            Some(Value::Number(number)) if number.as_u64() == Some(0) => Input::Given(false),
            Some(Value::String(text)) if text == "1" => Input::Given(true),
            Some(Value::String(text)) if text == "0" => Input::Given(false),
            Some(_) => Input::Mistyped,
        }))
    }
}
