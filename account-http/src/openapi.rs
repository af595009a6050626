//! The OpenAPI document of an API: poem-openapi's, with what it omits.

mod below;
mod bounds;
mod complete;
pub(crate) mod lengths;
pub(crate) mod merge;
pub(crate) mod operations;

use account_core::field_limits::{IDEMPOTENCY_KEY, Limits, TOKEN};
use poem_openapi::{OpenApi, OpenApiService};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::context::ABOUT_IDEMPOTENCY_KEY;
use crate::field::SECRET_PATTERN;
pub(crate) use below::below;
pub(crate) use complete::SCHEMAS;
use operations::operations;

use lengths::IF_MATCH;

pub(crate) fn pretty(document: &Value) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// An example of a body, taken from the documents that the API follows.
#[derive(Deserialize)]
struct Example {
    /// The operation, a space, and `request` or the status of the answer.
    of: Vec<String>,
    /// The body.
    body: Value,
}

/// Returns the document of a service: poem-openapi's, with what it omits added.
///
/// `examples` is JSON: an array of [`Example`]s. Objects of the schemas that are named as `closed` have no members but those that are listed.
pub(crate) fn document<A: OpenApi + 'static>(
    service: &OpenApiService<A, ()>,
    examples: &str,
    closed: &[&str],
) -> String {
    let mut document: Value = serde_json::from_str(&service.spec()).unwrap_or_default();
    let examples: Vec<Example> = serde_json::from_str(examples).unwrap_or_default();
    for operation in operations(&mut document) {
        // Mark anonymous operations; poem-openapi omits the field if there is no scheme.
        operation.entry("security").or_insert_with(|| json!([]));
        add_examples(operation, &examples);
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
            if name == "Idempotency-Key"
                && let Some(parameter) = parameter.as_object_mut()
            {
                parameter.insert("description".to_owned(), json!(ABOUT_IDEMPOTENCY_KEY));
            }
            if let Some(schema) = parameter.get_mut("schema").and_then(Value::as_object_mut) {
                add_keywords(schema, &name);
            }
        }
    }
    for (of, name, schema) in properties(&mut document) {
        add_keywords(schema, &name);
        let says = |keyword: &str, value: &str| schema.get(keyword).is_some_and(|said| said == value);
        let is_text = says("type", "string") && !says("format", "uuid");
        if let Some(limits) = lengths::of_answer(&of, &name).filter(|_| is_text) {
            schema.entry("maxLength").or_insert_with(|| json!(limits.max));
        }
    }
    for name in closed {
        let schema = document.pointer_mut(&format!("/components/schemas/{name}")).and_then(Value::as_object_mut);
        if let Some(schema) = schema {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
    }
    complete::complete(&mut document);
    pretty(&document)
}

/// Returns the methods of every path in a document, in the form of an `Allow` header.
pub(crate) fn allowed_methods(document: &str) -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let allowed = paths.map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten().map(|(method, _)| method.to_ascii_uppercase());
        let methods =
            methods.flat_map(|method| if method == "GET" { vec![method, "HEAD".to_owned()] } else { vec![method] });
        (path.clone(), methods.collect::<Vec<_>>().join(", "))
    });
    allowed.collect()
}

/// The properties of all schemas, with the names of both.
fn properties(document: &mut Value) -> impl Iterator<Item = (String, String, &mut Map<String, Value>)> {
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    schemas
        .into_iter()
        .flat_map(|schemas| schemas.iter_mut())
        .filter_map(|(of, schema)| Some((of, schema.get_mut("properties").and_then(Value::as_object_mut)?)))
        .flat_map(|(of, properties)| properties.iter_mut().map(move |(name, schema)| (of, name, schema)))
        .filter_map(|(of, name, schema)| Some((of.clone(), name.clone(), schema.as_object_mut()?)))
}

/// Adds the format of texts that have the same name everywhere. Keywords that a schema already has take precedence.
fn add_keywords(schema: &mut Map<String, Value>, name: &str) {
    if schema.get("type").and_then(Value::as_str) != Some("string") {
        return;
    }
    let of_length =
        |Limits { min, max, .. }: Limits, pattern| json!({"minLength": min, "maxLength": max, "pattern": pattern});
    let keywords = match name {
        "id" if schema.contains_key("pattern") => return,
        "id" | "registration_id" | "organization" => json!({"format": "uuid"}),
        "email" => json!({"format": "email"}),
        "continuation" | "token" | "X-Registration-Continuation" => of_length(TOKEN.core, SECRET_PATTERN),
        "Idempotency-Key" => of_length(IDEMPOTENCY_KEY.core, "^[!-~]+$"),
        "If-Match" => json!({"maxLength": IF_MATCH.max, "pattern": "^(\\*|\"[0-9]{1,10}\")$"}),
        name if name.ends_with("_at") => json!({"format": "date-time"}),
        _ => return,
    };
    for (keyword, value) in keywords.as_object().into_iter().flatten() {
        schema.entry(keyword).or_insert_with(|| value.clone());
    }
}

fn add_examples(operation: &mut Map<String, Value>, examples: &[Example]) {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (of, body) in examples.iter().flat_map(|example| example.of.iter().map(|of| (of, &example.body))) {
        let place = match of.split_once(' ') {
            Some((operation_id, "request")) if operation_id == id => operation.get_mut("requestBody"),
            Some((operation_id, status)) if operation_id == id => {
                operation.get_mut("responses").and_then(|responses| responses.get_mut(status))
            }
            _ => continue,
        };
        let content = place.and_then(|place| place.get_mut("content")).and_then(Value::as_object_mut);
        for media in content.into_iter().flat_map(|content| content.values_mut()).filter_map(Value::as_object_mut) {
            media.insert("example".to_owned(), body.clone());
        }
    }
}
