//! Values of which only some members matter.

use serde_json::Value;

use super::pattern::compare;
use super::variables::Variables;

/// What of the expected value the other lacks: objects may have further members, `null` stands for an absent one, texts
/// may have placeholders, everything else is equal.
pub(super) fn lacking(expected: &Value, value: Option<&Value>, path: &str, variables: &mut Variables) -> Vec<String> {
    let lacks = |value: Option<&Value>| {
        let value = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
        vec![format!("expected {path} {expected}"), format!("got      {path} {value}")]
    };
    match (expected, value) {
        (Value::Null, None) => Vec::new(),
        (Value::Object(members), Some(Value::Object(others))) => members
            .iter()
            .flat_map(|(name, member)| lacking(member, others.get(name), &format!("{path}/{name}"), variables))
            .collect(),
        (Value::Array(items), Some(Value::Array(others))) if items.len() == others.len() => {
            let pairs = items.iter().zip(others).enumerate();
            pairs
                .flat_map(|(index, (item, other))| lacking(item, Some(other), &format!("{path}/{index}"), variables))
                .collect()
        }
        (Value::String(text), Some(Value::String(other))) if compare(text, other, variables).is_ok() => Vec::new(),
        (expected, Some(value)) if expected == value => Vec::new(),
        (_, value) => lacks(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(expected: &Value, value: &Value) -> Vec<String> {
        lacking(expected, Some(value), "account", &mut Variables::default())
    }

    #[test]
    fn additional_members_do_not_matter() {
        let value = json!({"a": "x", "b": [1, {"c": true, "d": 1}], "e": "2023-11-07T05:31:56Z"});
        let expected = json!({"b": [1, {"c": true}], "e": "{{rfc3339}}", "absent": null});
        assert!(found(&expected, &value).is_empty());
    }

    #[test]
    fn every_other_difference_is_found() {
        let value = json!({"a": "x", "b": [1, {"c": true}], "c": true});
        for expected in [
            json!({"a": "y"}),
            json!({"a": null}),
            json!({"a": {}}),
            json!({"b": [1]}),
            json!({"b": [2, {"c": true}]}),
            json!({"c": false}),
            json!({"c": "true"}),
            json!({"absent": "x"}),
            json!({"a": "{{uuid}}"}),
        ] {
            assert_eq!(found(&expected, &value).len(), 2, "{expected}");
        }
        let expected = json!({"a": "y", "c": false});
        assert_eq!(
            found(&expected, &value),
            [
                "expected account/a \"y\"",
                "got      account/a \"x\"",
                "expected account/c false",
                "got      account/c true"
            ]
        );
    }
}
