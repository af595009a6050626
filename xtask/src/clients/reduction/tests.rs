use serde_json::{Value, json};

use super::{Reduction, reduce};

/// The reduction of a document with one operation, and its lines.
fn reduced(operation: &Value) -> (Value, Vec<String>) {
    let schemas = json!({
        "Error": {"type": "object", "required": ["message"]},
        "Invalid": {"type": "object", "required": ["message", "errors"]},
        "Done": {"type": "object"},
    });
    let document = json!({"paths": {"/user": {"post": operation}}, "components": {"schemas": schemas}});
    let Reduction { document, dropped } = reduce(document);
    (document, dropped.into_iter().map(|dropped| dropped.what).collect())
}

fn answer(media_type: &str, schema: &str) -> Value {
    json!({"content": {media_type: {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}})
}

#[test]
fn a_document_that_progenitor_takes_stays_as_it_is() {
    let operation = json!({
        "operationId": "register",
        "requestBody": {"content": {"application/json": {"schema": {}}}},
        "responses": {"201": answer("application/json", "Done"), "422": answer("application/json", "Error")},
    });
    let (document, dropped) = reduced(&operation);
    assert_eq!(document["paths"]["/user"]["post"], operation);
    assert_eq!(dropped, Vec::<String>::new());
}

#[test]
fn one_request_media_type_is_kept_and_the_others_are_listed() {
    let content = json!({
        "multipart/form-data": {"schema": {}},
        "application/x-www-form-urlencoded": {"schema": {}},
    });
    let (document, dropped) = reduced(&json!({"operationId": "register", "requestBody": {"content": content}}));
    let kept = &document["paths"]["/user"]["post"]["requestBody"]["content"];
    assert_eq!(*kept, json!({"application/x-www-form-urlencoded": {"schema": {}}}));
    assert_eq!(dropped, ["request as `multipart/form-data`"]);
}

#[test]
fn an_operation_that_cannot_be_sent_is_dropped() {
    let content = json!({"multipart/form-data": {"schema": {}}});
    let (document, dropped) = reduced(&json!({"operationId": "upload", "requestBody": {"content": content}}));
    assert_eq!(document["paths"]["/user"], json!({}));
    assert_eq!(dropped, ["the operation"]);
}

#[test]
fn problem_documents_are_read_as_json() {
    let responses = json!({"204": {}, "422": answer("application/problem+json", "Error")});
    let (document, dropped) = reduced(&json!({"operationId": "register", "responses": responses}));
    let kept = &document["paths"]["/user"]["post"]["responses"]["422"];
    assert_eq!(*kept, answer("application/json", "Error"));
    assert_eq!(dropped, Vec::<String>::new());
}

#[test]
fn several_error_types_become_one_of_them_with_the_more_demanding_first() {
    let json = "application/json";
    let either = json!({"anyOf": [{"$ref": "#/components/schemas/Error"}, {"$ref": "#/components/schemas/Invalid"}]});
    let responses = json!({
        "201": answer(json, "Done"),
        "403": answer(json, "Error"),
        "422": {"content": {json: {"schema": either}}},
    });
    let (document, dropped) = reduced(&json!({"operationId": "register", "responses": responses}));
    let kept = &document["paths"]["/user"]["post"]["responses"];
    assert_eq!([&kept["403"], &kept["422"]], [&answer(json, "InvalidOrError"), &answer(json, "InvalidOrError")]);
    assert_eq!(kept["201"], answer(json, "Done"));
    let order = &document["components"]["schemas"]["InvalidOrError"]["oneOf"];
    assert_eq!(order[0]["$ref"], "#/components/schemas/Invalid");
    assert_eq!(dropped, ["status of each of the errors in `InvalidOrError`"]);
}

#[test]
fn answers_without_a_type_go_where_others_have_one() {
    let responses = json!({"200": answer("application/json", "Done"), "204": {}, "304": {}});
    let (document, dropped) = reduced(&json!({"operationId": "look", "responses": responses}));
    let kept = &document["paths"]["/user"]["post"]["responses"];
    assert_eq!(*kept, json!({"200": answer("application/json", "Done")}));
    assert_eq!(dropped, ["answer 304", "answer 204"]);
}

#[test]
fn bounds_of_texts_and_cookies_are_dropped() {
    let parameters = json!([
        {"name": "session", "in": "cookie", "schema": {"type": "string"}},
        {"name": "id", "in": "query", "schema": {"type": "string", "format": "uuid", "maxLength": 36}},
    ]);
    let (document, dropped) = reduced(&json!({"operationId": "look", "parameters": parameters}));
    let kept = &document["paths"]["/user"]["post"]["parameters"];
    assert_eq!(*kept, json!([{"name": "id", "in": "query", "schema": {"type": "string", "format": "uuid"}}]));
    assert_eq!(dropped, ["string bounds: `minLength`, `maxLength`, `pattern`", "cookie `session`"]);
}

#[test]
fn null_is_listed_where_it_is_not_the_same_as_absent() {
    let lines = |required: Value| {
        let members = json!({"bio": {"type": "string", "nullable": true}, "name": {"type": "string"}});
        let schemas = json!({"Change": {"type": "object", "required": required, "properties": members}});
        let Reduction { dropped, .. } = reduce(json!({"components": {"schemas": schemas}}));
        dropped.into_iter().map(|dropped| dropped.what).collect::<Vec<_>>()
    };
    assert_eq!(lines(json!(["name"])), ["null for optional members"]);
    assert_eq!(lines(json!(["bio"])), Vec::<String>::new());
}

#[test]
fn an_operation_without_a_name_is_listed_by_its_path() {
    let Reduction { dropped, .. } = reduce(json!({"paths": {"/user": {"post": {}}}}));
    assert_eq!(dropped[0].operation.as_deref(), Some("post /user"));
}
