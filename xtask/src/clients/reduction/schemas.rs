//! Schemas: what is left out of them, and those that are added.

use std::{cmp::Reverse, collections::BTreeMap};

use serde_json::{Value, json};

use super::notes::{Dropped, Object};

/// Bounds of texts. Each text that has one would become a type of its own, with its own regular expression.
const BOUNDS: [&str; 3] = ["minLength", "maxLength", "pattern"];

const PREFIX: &str = "#/components/schemas/";

/// Takes the bounds of texts away, wherever there is a schema.
pub(super) fn drop_bounds(document: &mut Value) -> Option<Dropped> {
    let what = "string bounds: `minLength`, `maxLength`, `pattern`".to_owned();
    let why = "progenitor would generate a type for each; the service reports values out of bounds";
    remove_bounds(document).then_some(Dropped { operation: None, what, why })
}

/// What is lost where null means something else than a member that is not there, as in changes.
pub(super) fn absent_or_null(document: &Value) -> Option<Dropped> {
    let mut schemas = document.pointer("/components/schemas").and_then(Value::as_object)?.values();
    let what = "null for optional members".to_owned();
    let why = "progenitor has one `None` for null and absent: an update cannot clear a value with null";
    schemas.any(may_be_absent_or_null).then_some(Dropped { operation: None, what, why })
}

/// Whether a type has a member that need not be there and may be null.
fn may_be_absent_or_null(schema: &Value) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|required| required == name));
    let is_nullable = |member: &Value| member.get("nullable").and_then(Value::as_bool) == Some(true);
    let members = schema.get("properties").and_then(Value::as_object);
    members.is_some_and(|members| members.iter().any(|(name, member)| is_nullable(member) && !is_required(name)))
}

/// Whether any text has lost bounds.
fn remove_bounds(value: &mut Value) -> bool {
    match value {
        Value::Array(items) => items.iter_mut().fold(false, |found, item| remove_bounds(item) | found),
        Value::Object(object) => {
            let is_text = object.get("type").and_then(Value::as_str) == Some("string");
            let removed = is_text && BOUNDS.iter().fold(false, |found, bound| object.remove(*bound).is_some() | found);
            object.values_mut().fold(removed, |found, member| remove_bounds(member) | found)
        }
        _ => false,
    }
}

/// Types that are one of several, by name.
pub(super) struct Unions {
    known: Object,
    added: BTreeMap<String, Value>,
}

impl Unions {
    pub(super) fn of(document: &Value) -> Self {
        let known = document.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
        Self { known, added: BTreeMap::new() }
    }

    /// The name of the type that is one of these. They are tried in turn, so those that ask for more come first.
    pub(super) fn name(&mut self, mut types: Vec<Value>, operation: &str) -> String {
        types.sort_by_cached_key(|schema| (Reverse(self.required(schema)), schema.to_string()));
        let names: Option<Vec<_>> = types.iter().map(reference).collect();
        let name = names.map_or_else(|| format!("{operation}Answer"), |names| names.join("Or"));
        self.added.insert(name.clone(), json!({"oneOf": types}));
        name
    }

    pub(super) fn add_to(self, document: &mut Value) {
        let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
        if let Some(schemas) = schemas {
            schemas.extend(self.added);
        }
    }

    /// How many members a type asks for.
    fn required(&self, schema: &Value) -> usize {
        let named = reference(schema).and_then(|name| self.known.get(name));
        named.unwrap_or(schema).get("required").and_then(Value::as_array).map_or(0, Vec::len)
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(PREFIX)
}
