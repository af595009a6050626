//! Writing JSON.

use poem_openapi::types::ToJSON;

/// A value as compact JSON.
pub(crate) fn compact_json(value: &impl ToJSON) -> String {
    value.to_json().unwrap_or_default().to_string()
}
