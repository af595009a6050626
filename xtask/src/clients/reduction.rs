//! OpenAPI documents, reduced to what progenitor takes: one request media type, one type of success and one of errors
//! for each operation.
//!
//! Nothing is dropped in silence: every step notes what it drops and why.

mod answers;
mod media_types;
mod notes;
mod schemas;

use serde_json::{Map, Value};

use self::notes::{Fate, Notes, Object};

pub(super) use self::notes::Dropped;

/// The methods that a path item may have (OpenAPI 3.0.3, "Path Item Object"); other members are no operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document that progenitor takes.
#[derive(Debug)]
pub(super) struct Reduction {
    pub(super) document: Value,
    /// In the order of the document.
    pub(super) dropped: Vec<Dropped>,
}

/// Reduces a document.
pub(super) fn reduce(mut document: Value) -> Reduction {
    let bounds = schemas::drop_bounds(&mut document);
    let about_all = [bounds, schemas::absent_or_null(&document), security(&document)];
    let mut dropped: Vec<_> = about_all.into_iter().flatten().collect();
    let mut unions = schemas::Unions::of(&document);
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flat_map(Map::iter_mut) {
        let Some(item) = item.as_object_mut() else { continue };
        for method in METHODS {
            let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else { continue };
            let mut notes = Notes::of(operation, method, path);
            if reduce_operation(operation, &mut unions, &mut notes) == Fate::Removed {
                item.remove(method);
            }
            dropped.extend(notes.dropped);
        }
    }
    unions.add_to(&mut document);
    Reduction { document, dropped }
}

fn reduce_operation(operation: &mut Object, unions: &mut schemas::Unions, notes: &mut Notes) -> Fate {
    if !operation.contains_key("operationId") {
        notes.drop("the operation", "a function needs an `operationId` to be called by");
        return Fate::Removed;
    }
    if let Some(body) = operation.get_mut("requestBody") {
        let content = body.get_mut("content").and_then(Value::as_object_mut);
        if content.is_some_and(|content| media_types::keep_one_of_request(content, notes) == Fate::Removed) {
            return Fate::Removed;
        }
    }
    if let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) {
        parameters.retain(|parameter| {
            let text = |member| parameter.get(member).and_then(Value::as_str).unwrap_or_default();
            let is_cookie = text("in") == "cookie";
            if is_cookie {
                notes.drop(&format!("cookie `{}`", text("name")), "progenitor does not support cookie parameters");
            }
            !is_cookie
        });
    }
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        answers::reduce(responses, unions, notes);
    }
    Fate::Kept
}

/// The schemes by which requests are authenticated.
fn security(document: &Value) -> Option<Dropped> {
    let schemes = document.pointer("/components/securitySchemes").and_then(Value::as_object)?;
    let names: Vec<_> = schemes.keys().map(|name| format!("`{name}`")).collect();
    Some(Dropped {
        operation: None,
        what: format!("authentication by {}", names.join(", ")),
        why: "progenitor ignores security schemes: set the header on the HTTP client",
    })
}

#[cfg(test)]
mod tests;
