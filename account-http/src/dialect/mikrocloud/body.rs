//! Bodies and fields that this dialect reads in its own way.

use std::marker::PhantomData;

use poem::Request;
use poem_openapi::registry::MetaSchema;
use poem_openapi::types::ParseFromJSON;
use serde_json::Value;

use crate::body::{BodyError, JSON, Medium, Sent};
use crate::field::{Content, Given};

/// A JSON object; anything else counts as an empty one.
pub(super) struct ObjectOrEmpty<T>(PhantomData<T>);

/// A body with such an object.
pub(super) type BodyOrEmpty<T> = Sent<ObjectOrEmpty<T>>;

impl<T: ParseFromJSON> Medium for ObjectOrEmpty<T> {
    type Content = T;
    type Schema = T;
    const MEDIA_TYPES: &'static [&'static str] = JSON;

    async fn read(_request: &Request, bytes: &[u8]) -> Result<T, BodyError> {
        let empty = || Value::Object(serde_json::Map::new());
        let value = serde_json::from_slice(bytes).ok().filter(Value::is_object).unwrap_or_else(empty);
        T::parse_from_json(Some(value)).map_err(|_| BodyError::Malformed)
    }
}

/// True or false, also spelled 1, 0, "1" and "0".
pub(super) struct LooseBoolean;

/// A field with such a value.
pub(super) type LooseFlag = Given<LooseBoolean>;

impl Content for LooseBoolean {
    type Value = bool;
    const NULL_IS_NOTHING: bool = false;

    fn schema() -> MetaSchema {
        MetaSchema::new("boolean")
    }

    fn default() -> Option<Value> {
        Some(false.into())
    }

    fn read(value: Value) -> Option<bool> {
        match value {
            Value::Bool(value) => Some(value),
            Value::Number(number) if number.as_u64() == Some(1) => Some(true),
            Value::Number(number) if number.as_u64() == Some(0) => Some(false),
            Value::String(text) if text == "1" => Some(true),
            Value::String(text) if text == "0" => Some(false),
            _ => None,
        }
    }
}
