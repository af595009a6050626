//! Changing JSON.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::Value;

/// Base64url of JSON.
pub(super) fn part(value: &Value) -> String {
    Base64UrlUnpadded::encode_string(value.to_string().as_bytes())
}

/// An object with one member more.
pub(super) fn with(mut object: Value, name: &str, value: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
    object
}

/// An object without a member.
pub(super) fn without(mut object: Value, name: &str) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.remove(name);
    }
    object
}

/// A member of an object; null if it has none of that name.
pub(super) fn member(object: &Value, name: &str) -> Value {
    object.get(name).cloned().unwrap_or_default()
}
