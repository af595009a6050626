//! The operations of a document.

use serde_json::{Map, Value};

/// All of them, to be changed.
pub(super) fn operations(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    paths
        .into_iter()
        .flat_map(|paths| paths.values_mut())
        .filter_map(Value::as_object_mut)
        .flat_map(|methods| methods.values_mut())
        .filter_map(Value::as_object_mut)
}

/// All of them.
pub(crate) fn operations_of(document: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter();
    paths.flat_map(Map::values).filter_map(Value::as_object).flat_map(Map::values).filter_map(Value::as_object)
}
