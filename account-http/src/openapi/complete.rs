//! Completing documents: what poem-openapi omits, or writes in a form that client generators misread.

use serde_json::{Map, Value, json};

use super::bounds::bound_arrays;
use super::operations::operations;

/// Where references to schemas begin.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";
/// Members that hold values, not schemas.
const VALUES: [&str; 3] = ["default", "enum", "example"];
/// Media types whose bodies know no null, and what is added to the name of a schema that others share with them.
const FORMS: [(&str, &str); 2] = [("application/x-www-form-urlencoded", "Form"), ("multipart/form-data", "Multipart")];

type Object = Map<String, Value>;

/// Completes every schema of a document.
pub(super) fn complete(document: &mut Value) {
    inline_nullable_references(document);
    each_schema(document, &mut |schema| {
        keep_one_of_all(schema);
        list_null(schema);
        bound_integer(schema);
    });
    bound_arrays(document);
    separate_forms(document);
}

/// Calls a function with each object that may be a schema, wherever it stands.
fn each_schema(value: &mut Value, change: &mut impl FnMut(&mut Object)) {
    match value {
        Value::Object(members) => {
            change(members);
            let inner = members.iter_mut().filter(|(name, _)| !VALUES.contains(&name.as_str()));
            inner.for_each(|(_, member)| each_schema(member, change));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_schema(item, change)),
        _ => {}
    }
}

/// A description of what is referred to stands beside the reference: as a second schema within `allOf`, generators take
/// it for a type of its own.
fn keep_one_of_all(schema: &mut Object) {
    if let Some(Value::Array(all)) = schema.get_mut("allOf")
        && all.first().is_some_and(|first| first.get("$ref").is_some())
    {
        all.truncate(1);
    }
}

/// A list of values that may be null names null (OpenAPI 3.0.3, "Schema Object", `nullable`).
fn list_null(schema: &mut Object) {
    if is_nullable(schema)
        && let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}

fn is_nullable(schema: &Object) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
}

/// Integers have one of the two formats that there are, and none of ours is negative.
fn bound_integer(schema: &mut Object) {
    if schema.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    let is_wide = matches!(schema.get("format").and_then(Value::as_str), Some("uint32" | "uint64" | "int64"));
    schema.insert("format".to_owned(), json!(if is_wide { "int64" } else { "int32" }));
    schema.entry("minimum").or_insert_with(|| json!(0));
}

/// What is referred to and may be null here stands in the place of the reference: by the reference alone null would not
/// be allowed (OpenAPI 3.0.3, clarification of `nullable`).
fn inline_nullable_references(document: &mut Value) {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut inlined = Vec::new();
    each_schema(document, &mut |schema| {
        let reference = schema.get("allOf").and_then(|all| all.get(0)?.get("$ref")?.as_str());
        let name = reference.and_then(|reference| reference.strip_prefix(SCHEMAS)).map(str::to_owned);
        let Some((name, Value::Object(target))) = name.and_then(|name| Some((name.clone(), schemas.get(&name)?)))
        else {
            return;
        };
        if is_nullable(schema) {
            schema.remove("allOf");
            for (member, value) in target.iter().filter(|(member, _)| *member != "title") {
                schema.entry(member).or_insert_with(|| value.clone());
            }
            inlined.push(name);
        }
    });
    let text = document.to_string();
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        let is_used = |name: &str| text.contains(&format!("\"{SCHEMAS}{name}\""));
        inlined.iter().filter(|name| !is_used(name)).for_each(|name| drop(schemas.remove(name)));
    }
}

/// Gives a form that shares its schema with another media type one of its own: generators tell bodies apart by their
/// types. There is no null in forms.
fn separate_forms(document: &mut Value) {
    let mut forms = Vec::new();
    for operation in operations(document) {
        let content = operation.get_mut("requestBody").and_then(|body| body.get_mut("content"));
        let Some(content) = content.and_then(Value::as_object_mut) else { continue };
        let mut first = None;
        for (media_type, media) in content {
            let Some(Value::String(reference)) = media.pointer_mut("/schema/$ref") else { continue };
            let name = reference.trim_start_matches(SCHEMAS).to_owned();
            let Some((_, addition)) = FORMS.iter().find(|(form, _)| form == media_type) else {
                first = first.or(Some(name));
                continue;
            };
            let own = if first.as_ref() == Some(&name) { format!("{name}{addition}") } else { name.clone() };
            *reference = format!("{SCHEMAS}{own}");
            first = first.or(Some(name.clone()));
            forms.push((name, own));
        }
    }
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    for (name, own) in forms {
        let Some(mut schema) = schemas.get(&name).cloned() else { continue };
        each_schema(&mut schema, &mut |schema| drop(schema.remove("nullable")));
        schema.get_mut("title").into_iter().for_each(|title| *title = own.clone().into());
        schemas.insert(own, schema);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(schema: &Value) -> Value {
        let inner = json!({"type": "object", "title": "Inner", "properties": {"text": {"type": "string"}}});
        let mut document = json!({"paths": {}, "components": {"schemas": {"Outer": schema, "Inner": inner}}});
        complete(&mut document);
        document["components"]["schemas"].take()
    }

    fn property(schema: &Value) -> Value {
        completed(&json!({"properties": {"it": schema}}))["Outer"]["properties"]["it"].take()
    }

    #[test]
    fn a_reference_has_its_description_beside_it() {
        let reference = json!({"$ref": "#/components/schemas/Inner"});
        let described = json!({"allOf": [reference, {"description": "It."}], "description": "It."});
        assert_eq!(property(&described), json!({"allOf": [reference], "description": "It."}));
        // What is put together of several schemas stays so.
        let several = json!({"allOf": [{"type": "object"}, reference]});
        assert_eq!(property(&several), several);
    }

    #[test]
    fn nullable_enumerations_contain_null() {
        let may_be_null = property(&json!({"type": "string", "enum": ["a"], "nullable": true}));
        assert_eq!(may_be_null["enum"], json!(["a", null]));
        assert_eq!(property(&json!({"type": "string", "enum": ["a"]}))["enum"], json!(["a"]));
    }

    #[test]
    fn integers_have_a_format_and_a_bound() {
        let integer = |format: Option<&str>| property(&json!({"type": "integer", "format": format, "maximum": 9}));
        assert_eq!(integer(None), json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 9}));
        assert_eq!(integer(Some("uint16"))["format"], "int32");
        assert_eq!(integer(Some("uint64"))["format"], "int64");
    }

    #[test]
    fn nullable_properties_are_not_references() {
        let schemas = completed(&json!({"properties": {"it": {
            "allOf": [{"$ref": "#/components/schemas/Inner"}], "nullable": true, "description": "It.",
        }}}));
        assert_eq!(
            schemas,
            json!({"Outer": {"properties": {"it": {
                "type": "object", "nullable": true, "description": "It.",
                "properties": {"text": {"type": "string"}},
            }}}})
        );
    }

    #[test]
    fn a_form_beside_another_media_type_has_its_own_schema() {
        let media = json!({"schema": {"$ref": "#/components/schemas/Change"}});
        let (json_type, [(form, _), (multipart, _)]) = ("application/json", FORMS);
        let change = json!({"title": "Change", "properties": {"name": {"type": "string", "nullable": true}}});
        let mut document = json!({
            "paths": {
                "/a": {"post": {"requestBody": {"content": {json_type: media, form: media, multipart: media}}}},
                "/b": {"post": {"requestBody": {"content": {form: {"schema": {"$ref": "#/components/schemas/Only"}}}}}},
            },
            "components": {"schemas": {"Change": change, "Only": {"title": "Only", "properties": change["properties"]}}},
        });
        complete(&mut document);
        let content = &document["paths"]["/a"]["post"]["requestBody"]["content"];
        let names = [json_type, form, multipart].map(|media_type| content[media_type]["schema"]["$ref"].to_string());
        assert_eq!(names, ["", "Form", "Multipart"].map(|end| format!("\"{SCHEMAS}Change{end}\"")));
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["Change"], change);
        for name in ["ChangeForm", "ChangeMultipart", "Only"] {
            assert_eq!(schemas[name], json!({"title": name, "properties": {"name": {"type": "string"}}}));
        }
    }
}
