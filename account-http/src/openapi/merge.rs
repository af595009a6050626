//! Merging documents: all their paths, with different things that have the same name kept apart.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::complete::SCHEMAS;
use super::operations::{operations, operations_of};

/// The API whose names stay as they are.
const FIRST: &str = "native";

/// Merges the documents. If schemas, security schemes or operations of several documents have the same name but differ,
/// the native API's keep their names; those of a dialect get its name as a prefix, as its tags always do.
pub(crate) fn merge(documents: Vec<(&'static str, Value)>) -> Value {
    let clashes = Clashes::among(&documents);
    let mut merged = json!({
        "openapi": "3.0.0",
        "info": {
            "title": "Account registration, all APIs",
            "description": "The native API and every enabled dialect in one document. Names that would collide start with \
                            the name of their dialect. The general rules of a dialect are in its own document, \
                            `/openapi/{dialect}.json`.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "MIT OR Apache-2.0", "url": "https://spdx.org/licenses/MIT.html"},
        },
        "servers": [{"url": "/"}],
        "tags": [],
        "paths": {},
        "components": {"schemas": {}, "securitySchemes": {}},
    });
    for (api, mut document) in documents {
        rename(&mut document, api, &clashes);
        for place in ["/paths", "/components/schemas", "/components/securitySchemes"] {
            let (target, source) = (merged.pointer_mut(place), document.pointer_mut(place));
            if let (Some(Value::Object(target)), Some(Value::Object(source))) = (target, source) {
                target.append(source);
            }
        }
        let (target, source) = (merged.get_mut("tags"), document.get_mut("tags"));
        if let (Some(Value::Array(target)), Some(Value::Array(source))) = (target, source) {
            target.append(source);
        }
    }
    merged
}

/// Names that several documents give to different things.
#[derive(Debug, Default, PartialEq, Eq)]
struct Clashes {
    schemas: BTreeSet<String>,
    security: BTreeSet<String>,
    operations: BTreeSet<String>,
}

impl Clashes {
    fn among(documents: &[(&'static str, Value)]) -> Self {
        let members = |place: &'static str| {
            let all = documents.iter().filter_map(move |(_, document)| document.pointer(place)?.as_object());
            let mut by_name = BTreeMap::<&String, Vec<&Value>>::new();
            for (name, value) in all.flatten() {
                by_name.entry(name).or_default().push(value);
            }
            by_name
        };
        let differ = |values: &[&Value]| values.windows(2).any(|pair| pair.first() != pair.last());
        let schemas = members("/components/schemas");
        let mut clashing: BTreeSet<String> =
            schemas.iter().filter(|(_, values)| differ(values)).map(|(name, _)| (*name).clone()).collect();
        // What refers to different things by the same name is different as well, although it reads alike.
        loop {
            let refers = |value: &Value| clashing.iter().any(|name| refers_to(value, name));
            let more: Vec<_> = schemas
                .iter()
                .filter(|(name, values)| {
                    !clashing.contains(**name) && values.len() > 1 && values.iter().any(|v| refers(v))
                })
                .map(|(name, _)| (*name).clone())
                .collect();
            if more.is_empty() {
                break;
            }
            clashing.extend(more);
        }
        let security = members("/components/securitySchemes");
        let security = security.iter().filter(|(_, values)| differ(values)).map(|(name, _)| (*name).clone()).collect();
        Self { schemas: clashing, security, operations: repeated_operations(documents) }
    }
}

/// Ids that more than one operation has.
fn repeated_operations(documents: &[(&'static str, Value)]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let ids = documents.iter().flat_map(|(_, document)| operations_of(document));
    let ids = ids.filter_map(|operation| operation.get("operationId")?.as_str());
    ids.filter(|id| !seen.insert(*id)).map(str::to_owned).collect()
}

fn refers_to(value: &Value, name: &str) -> bool {
    match value {
        Value::String(text) => text.strip_prefix(SCHEMAS) == Some(name),
        Value::Array(items) => items.iter().any(|item| refers_to(item, name)),
        Value::Object(members) => members.values().any(|member| refers_to(member, name)),
        _ => false,
    }
}

/// Gives what clashes its prefixed name, everywhere in the document.
fn rename(document: &mut Value, api: &str, clashes: &Clashes) {
    if api == FIRST {
        return;
    }
    let prefix = capitalized(api);
    rename_references(document, &prefix, &clashes.schemas);
    for (place, names) in
        [("/components/schemas", &clashes.schemas), ("/components/securitySchemes", &clashes.security)]
    {
        if let Some(Value::Object(members)) = document.pointer_mut(place) {
            rename_members(members, &prefix, names);
        }
    }
    for operation in operations(document) {
        for requirement in operation.get_mut("security").and_then(Value::as_array_mut).into_iter().flatten() {
            requirement
                .as_object_mut()
                .into_iter()
                .for_each(|schemes| rename_members(schemes, &prefix, &clashes.security));
        }
        if let Some(Value::String(id)) = operation.get_mut("operationId")
            && clashes.operations.contains(id)
        {
            *id = format!("{api}{}", capitalized(id));
        }
        for tag in operation.get_mut("tags").and_then(Value::as_array_mut).into_iter().flatten() {
            prefix_tag(tag, api);
        }
    }
    for tag in document.get_mut("tags").and_then(Value::as_array_mut).into_iter().flatten() {
        tag.get_mut("name").into_iter().for_each(|name| prefix_tag(name, api));
    }
}

fn prefix_tag(tag: &mut Value, api: &str) {
    if let Value::String(name) = tag {
        *name = format!("{api}: {name}");
    }
}

fn rename_members(members: &mut Map<String, Value>, prefix: &str, names: &BTreeSet<String>) {
    for name in names {
        if let Some(mut value) = members.remove(name) {
            let renamed = format!("{prefix}{name}");
            // A schema's title is its name.
            value.get_mut("title").into_iter().for_each(|title| *title = renamed.clone().into());
            members.insert(renamed, value);
        }
    }
}

fn rename_references(value: &mut Value, prefix: &str, names: &BTreeSet<String>) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix(SCHEMAS).filter(|name| names.contains(*name)) {
                *text = format!("{SCHEMAS}{prefix}{name}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename_references(item, prefix, names)),
        Value::Object(members) => members.values_mut().for_each(|member| rename_references(member, prefix, names)),
        _ => {}
    }
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(schemas: &Value, scheme: &str, operation: &str, path: &str) -> Value {
        json!({
            "tags": [{"name": "User"}],
            "paths": {path: {"get": {
                "operationId": operation,
                "tags": ["User"],
                "security": [{"bearer": []}],
                "responses": {"200": {"schema": {"$ref": "#/components/schemas/Outer"}}},
            }}},
            "components": {"schemas": schemas, "securitySchemes": {"bearer": {"scheme": scheme}}},
        })
    }

    fn schemas(inner: &str) -> Value {
        json!({
            "Outer": {"properties": {"inner": {"$ref": "#/components/schemas/Inner"}}},
            "Inner": {"type": inner, "title": "Inner"},
            "Same": {"type": "string"},
        })
    }

    #[test]
    fn schemas_with_one_name_and_different_content_are_renamed_with_their_references() {
        let native = document(&schemas("string"), "bearer", "register", "/a");
        let other = document(&schemas("integer"), "bearer", "register", "/b");
        let merged = merge(vec![("native", native.clone()), ("rpost", other)]);
        let names: Vec<_> = merged["components"]["schemas"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, ["Inner", "Outer", "RpostInner", "RpostOuter", "Same"]);
        assert_eq!(merged["components"]["schemas"]["Outer"], native["components"]["schemas"]["Outer"]);
        let renamed = &merged["components"]["schemas"]["RpostOuter"];
        assert_eq!(renamed["properties"]["inner"]["$ref"], "#/components/schemas/RpostInner");
        assert_eq!(merged["components"]["schemas"]["RpostInner"]["title"], "RpostInner");
        let operation = &merged["paths"]["/b"]["get"];
        assert_eq!(operation["responses"]["200"]["schema"]["$ref"], "#/components/schemas/RpostOuter");
        assert_eq!(operation["operationId"], "rpostRegister");
        assert_eq!(operation["tags"], json!(["rpost: User"]));
        assert_eq!(operation["security"], json!([{"bearer": []}]));
        assert_eq!(merged["paths"]["/a"], native["paths"]["/a"]);
        assert_eq!(merged["tags"], json!([{"name": "User"}, {"name": "rpost: User"}]));
    }

    #[test]
    fn security_schemes_that_differ_are_renamed_where_they_are_required() {
        let other = document(&schemas("string"), "basic", "other", "/b");
        let merged = merge(vec![("native", document(&schemas("string"), "bearer", "register", "/a")), ("form", other)]);
        assert_eq!(
            merged["components"]["securitySchemes"],
            json!({"bearer": {"scheme": "bearer"}, "Formbearer": {"scheme": "basic"}})
        );
        assert_eq!(merged["paths"]["/b"]["get"]["security"], json!([{"Formbearer": []}]));
        assert_eq!(merged["components"]["schemas"].as_object().unwrap().len(), 3);
    }
}
