//! Values held against schemas of OpenAPI 3.0, by the keywords that the documents use for answers.

use serde_json::{Map, Value};

/// What about a value is not as its schema says; nothing when all is.
pub(super) fn mismatches(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Reader { document, found: &mut found }.read(schema, value, "");
    found
}

struct Reader<'a> {
    document: &'a Value,
    found: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn note(&mut self, place: &str, what: &str) {
        self.found.push(format!("{place} {what}"));
    }

    fn read(&mut self, schema: &Value, value: &Value, place: &str) {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.document.pointer(reference.trim_start_matches('#')).expect("references resolve");
            return self.read(target, value, place);
        }
        if value.is_null() && schema["nullable"] == true {
            return;
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.read(part, value, place);
        }
        if let Some(choices) = schema["anyOf"].as_array()
            && !choices.iter().any(|choice| mismatches(self.document, choice, value).is_empty())
        {
            self.note(place, "is none of what it may be");
        }
        if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
            self.note(place, "is none of the values");
        }
        let is_of_type = match (schema["type"].as_str(), value) {
            (None, _) | (Some("boolean"), Value::Bool(_)) | (Some("number"), Value::Number(_)) => true,
            (Some("integer"), Value::Number(number)) => is_within(schema, number),
            (Some("string"), Value::String(text)) => is_text(schema, text),
            (Some("array"), Value::Array(items)) => {
                for item in items {
                    self.read(&schema["items"], item, &format!("{place}/-"));
                }
                schema["maxItems"].as_u64().is_none_or(|max| items.len() as u64 <= max)
            }
            (Some("object"), Value::Object(members)) => {
                self.read_members(schema, members, place);
                true
            }
            _ => false,
        };
        if !is_of_type {
            self.note(place, &format!("is no {}", schema["type"]));
        }
    }

    fn read_members(&mut self, schema: &Value, members: &Map<String, Value>, place: &str) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(name) {
                self.note(&format!("{place}/{name}"), "is missing");
            }
        }
        for (name, value) in members {
            let place = format!("{place}/{name}");
            match (schema["properties"].get(name), &schema["additionalProperties"]) {
                (Some(property), _) => self.read(property, value, &place),
                (None, other @ Value::Object(_)) => self.read(other, value, &place),
                // Nothing that is answered is left out of the documents.
                (None, _) => self.note(&place, "is not documented"),
            }
        }
    }
}

fn is_within(schema: &Value, number: &serde_json::Number) -> bool {
    let number = number.as_f64().unwrap_or(f64::NAN);
    schema["minimum"].as_f64().is_none_or(|min| number >= min)
        && schema["maximum"].as_f64().is_none_or(|max| number <= max)
}

fn is_text(schema: &Value, text: &str) -> bool {
    let length = text.chars().count() as u64;
    let is_of_format = match schema["format"].as_str() {
        Some("uuid") => uuid::Uuid::try_parse(text).is_ok(),
        Some("date-time") => text.parse::<jiff::Timestamp>().is_ok(),
        Some("email") => text.contains('@'),
        _ => true,
    };
    is_of_format
        && schema["minLength"].as_u64().is_none_or(|min| length >= min)
        && schema["maxLength"].as_u64().is_none_or(|max| length <= max)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::mismatches;

    fn found(schema: &serde_json::Value, value: &serde_json::Value) -> Vec<String> {
        let schemas =
            json!({"Inner": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}});
        mismatches(&json!({"components": {"schemas": schemas}}), schema, value)
    }

    #[test]
    fn an_undocumented_value_is_reported_with_its_place() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "integer", "minimum": 0},
            "b": {"allOf": [{"$ref": "#/components/schemas/Inner"}]},
            "c": {"type": "array", "maxItems": 1, "items": {"type": "string", "maxLength": 2}},
            "d": {"type": "string", "nullable": true, "enum": ["x", null]},
        }});
        assert!(found(&schema, &json!({"a": 0, "b": {"id": ""}, "c": ["xx"], "d": null})).is_empty());
        for (value, what) in [
            (json!({}), "/a is missing"),
            (json!({"a": -1}), "/a is no \"integer\""),
            (json!({"a": 0, "b": null}), "/b is no \"object\""),
            (json!({"a": 0, "b": {}}), "/b/id is missing"),
            (json!({"a": 0, "c": ["xxx"]}), "/c/- is no \"string\""),
            (json!({"a": 0, "c": ["x", "x"]}), "/c is no \"array\""),
            (json!({"a": 0, "d": "y"}), "/d is none of the values"),
            (json!({"a": 0, "e": 1}), "/e is not documented"),
        ] {
            assert!(found(&schema, &value).contains(&what.to_owned()), "{value}: {:?}", found(&schema, &value));
        }
        let choice = json!({"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Inner"}]});
        assert!(found(&choice, &json!("x")).is_empty());
        assert_eq!(found(&choice, &json!(1)), [" is none of what it may be"]);
    }

    #[test]
    fn a_text_has_its_format() {
        let text =
            |format: &str, text: &str| found(&json!({"type": "string", "format": format}), &json!(text)).is_empty();
        assert!(text("uuid", "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f") && !text("uuid", "1"));
        assert!(text("date-time", "2026-11-23T09:00:00Z") && !text("date-time", "2026-11-23"));
        assert!(text("email", "a@x.org") && !text("email", "a"));
    }
}
