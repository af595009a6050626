//! One type of success and one of errors for each operation.

use serde_json::{Value, json};

use super::{
    media_types,
    notes::{Notes, Object},
    schemas::Unions,
};

const ONE_TYPE: &str = "progenitor has one error type per operation: a union";
const OTHER_KIND: &str =
    "progenitor has one type for all successes and one for all errors; reported as an unexpected response";

/// Reduces the answers of an operation.
pub(super) fn reduce(responses: &mut Object, unions: &mut Unions, notes: &mut Notes) {
    for (status, response) in responses.iter_mut() {
        if let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) {
            media_types::keep_one_of_answer(status, content, notes);
        }
    }
    responses.retain(|status, _| {
        let is_either = is_success(status) || is_error(status);
        if !is_either {
            notes.drop(&format!("answer {status}"), "neither success nor error; reported as an unexpected response");
        }
        is_either
    });
    keep_one_type(responses, is_success, "successes", unions, notes);
    keep_one_type(responses, is_error, "errors", unions, notes);
}

fn keep_one_type(
    responses: &mut Object,
    is_of_group: fn(&str) -> bool,
    group: &str,
    unions: &mut Unions,
    notes: &mut Notes,
) {
    let types = types(responses, is_of_group);
    if types.is_empty() {
        return;
    }
    responses.retain(|status, response| {
        let stays = !is_of_group(status) || media_types::decoded(response).is_some();
        if !stays {
            notes.drop(&format!("answer {status}"), OTHER_KIND);
        }
        stays
    });
    if types.len() < 2 {
        return;
    }
    let union = unions.name(types, &notes.operation);
    notes.drop(&format!("status of each of the {group} in `{union}`"), ONE_TYPE);
    for (_, response) in responses.iter_mut().filter(|(status, _)| is_of_group(status)) {
        if let Some(schema) = response.pointer_mut("/content/application~1json/schema") {
            *schema = json!({"$ref": format!("#/components/schemas/{union}")});
        }
    }
}

/// The different types of some answers.
fn types(responses: &Object, is_of_group: fn(&str) -> bool) -> Vec<Value> {
    let of_group = responses.iter().filter(|(status, _)| is_of_group(status));
    let mut types: Vec<Value> = Vec::new();
    for schema in of_group.filter_map(|(_, response)| media_types::decoded(response)).flat_map(alternatives) {
        if !types.contains(schema) {
            types.push(schema.clone());
        }
    }
    types
}

/// The types that a schema lets a body have.
fn alternatives(schema: &Value) -> Vec<&Value> {
    let members = ["anyOf", "oneOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array());
    members.map_or_else(|| vec![schema], |members| members.iter().collect())
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

fn is_error(status: &str) -> bool {
    status.starts_with('4') || status.starts_with('5')
}
