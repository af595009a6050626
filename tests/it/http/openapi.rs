//! The OpenAPI documents.

use std::collections::BTreeSet;

use account_http::{dialects, document_names, openapi_document};
use account_tests::TestApp;
use poem::http::Method;
use serde_json::Value;

fn documents() -> Vec<(&'static str, Value)> {
    document_names()
        .map(|channel| (channel, serde_json::from_str(&openapi_document(channel).unwrap()).unwrap()))
        .collect()
}

/// Every operation with its path.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
    });
    operations.collect()
}

#[tokio::test]
async fn the_served_documents_are_the_committed_ones() {
    let app = TestApp::new();
    for channel in document_names() {
        let (document, reader) = match channel {
            "native" => ("/openapi.json".to_owned(), "/docs".to_owned()),
            channel => (format!("/openapi/{channel}.json"), format!("/docs/{channel}")),
        };
        let answer = app.get(&document).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"), "{channel}");
        assert_eq!(Some(answer.body), openapi_document(channel), "{channel}");
        let answer = app.get(&reader).await;
        let is_page = answer.header("content-type").starts_with("text/html");
        assert!(answer.status == 200 && is_page, "{channel}");
        let head = "<!doctype html>\n<html lang=\"en\">\n<head>";
        assert!(answer.body.starts_with(head) && answer.body.contains("<title>API documents</title>"), "{channel}");
    }
}

#[tokio::test]
async fn documents_and_readers_are_cached_and_compressed() {
    let app = TestApp::new();
    for path in ["/openapi.json", "/openapi/all.json", "/openapi/form.json", "/docs", "/docs/rpost"] {
        let get = async |headers: &[(&str, &str)]| app.call(Method::GET, path, headers, ()).await;
        let (plain, compressed) = (get(&[]).await, get(&[("Accept-Encoding", "gzip")]).await);
        assert_eq!((plain.header("vary"), compressed.header("vary")), ("Accept-Encoding", "Accept-Encoding"), "{path}");
        assert_eq!((plain.header("content-encoding"), compressed.header("content-encoding")), ("", "gzip"), "{path}");
        // Another process of the same version says the same.
        assert_eq!(TestApp::new().get(path).await.header("etag"), plain.header("etag"), "{path}");
        for (answer, encoding) in [(plain, "identity"), (compressed, "gzip")] {
            let known = [("Accept-Encoding", encoding), ("If-None-Match", answer.header("etag"))];
            let again = get(&known).await;
            assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""), "{path} {encoding}");
        }
    }
}

/// Every text of a document.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        _ => {}
    }
}

fn count(document: &Value, place: &str) -> usize {
    document.pointer(place).and_then(Value::as_object).map_or(0, serde_json::Map::len)
}

#[test]
fn every_reference_resolves_and_every_schema_is_referred_to() {
    for (channel, document) in documents() {
        let mut found = Vec::new();
        texts(&document, &mut found);
        let references: BTreeSet<_> = found.iter().filter_map(|text| text.strip_prefix('#')).collect();
        for reference in references.iter().filter(|reference| reference.starts_with("/components/")) {
            assert!(document.pointer(reference).is_some(), "{channel}: {reference}");
        }
        for name in document["components"]["schemas"].as_object().unwrap().keys() {
            assert!(references.contains(format!("/components/schemas/{name}").as_str()), "{channel}: {name}");
        }
    }
}

#[test]
fn every_security_scheme_is_declared_and_every_tag_described() {
    for (channel, document) in documents() {
        let tags: BTreeSet<_> =
            document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].to_string()).collect();
        for (name, operation) in operations(&document) {
            for requirement in operation["security"].as_array().unwrap() {
                for scheme in requirement.as_object().unwrap().keys() {
                    assert!(
                        document["components"]["securitySchemes"][scheme].is_object(),
                        "{channel} {name}: {scheme}"
                    );
                }
            }
            for tag in operation["tags"].as_array().unwrap() {
                assert!(tags.contains(&tag.to_string()), "{channel} {name}: {tag}");
            }
        }
    }
}

#[test]
fn the_merged_document_has_every_path_and_operation_of_each() {
    let documents = documents();
    let (all, single): (Vec<_>, Vec<_>) = documents.iter().partition(|(channel, _)| *channel == "all");
    let all = &all[0].1;
    assert_eq!(single.len(), 1 + dialects().count());
    assert_eq!(count(all, "/paths"), single.iter().map(|(_, document)| count(document, "/paths")).sum::<usize>());
    for (channel, document) in &single {
        for (name, operation) in operations(document) {
            let (_, merged) = operations(all).into_iter().find(|(other, _)| *other == name).unwrap();
            for member in ["summary", "description", "parameters"] {
                assert_eq!(merged[member], operation[member], "{channel} {name}");
            }
            let statuses = |operation: &Value| operation["responses"].as_object().unwrap().keys().cloned().collect();
            let [statuses, merged]: [Vec<_>; 2] = [statuses(operation), statuses(merged)];
            assert_eq!(merged, statuses, "{channel} {name}");
        }
    }
    // Nothing that two call alike was lost: what is there once is what several have in common.
    let names: BTreeSet<_> = single
        .iter()
        .flat_map(|(_, document)| document["components"]["schemas"].as_object().unwrap())
        .map(|(name, schema)| (name, schema.to_string()))
        .collect();
    assert!(count(all, "/components/schemas") >= names.len());
}

#[test]
fn no_path_belongs_to_two_channels() {
    let shape = |path: &str| {
        let part = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_ascii_lowercase() };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    };
    let mut seen = BTreeSet::new();
    for (channel, document) in documents().into_iter().filter(|(channel, _)| *channel != "all") {
        for path in document["paths"].as_object().unwrap().keys() {
            assert!(seen.insert(shape(path)), "{channel}: {path} is another channel's as well");
            let is_page = ["/authenticate/", "/l/", "/docs", "/openapi"].iter().any(|page| path.starts_with(page));
            assert!(!is_page, "{channel}: {path}");
        }
    }
}

#[tokio::test]
async fn a_switched_off_dialect_is_in_no_document() {
    let app = TestApp::with(|_, http| http.dialects.values_mut().for_each(|dialect| dialect.is_enabled = false));
    let all = app.get("/openapi/all.json").await.json();
    let native: Value = serde_json::from_str(&openapi_document("native").unwrap()).unwrap();
    assert_eq!(all["paths"], native["paths"]);
    assert_eq!(all["components"]["schemas"], native["components"]["schemas"]);
    for dialect in dialects() {
        assert_eq!(app.get(&format!("/openapi/{}.json", dialect.name)).await.status, 404);
        assert_eq!(app.get(&format!("/docs/{}", dialect.name)).await.status, 404);
    }
}

#[test]
fn every_operation_is_described_for_people() {
    for (channel, document) in documents() {
        for (name, operation) in operations(&document) {
            for member in ["operationId", "summary", "description"] {
                assert!(operation[member].as_str().is_some_and(|text| !text.is_empty()), "{channel} {name}: {member}");
            }
            assert!(!operation["tags"].as_array().unwrap().is_empty(), "{channel} {name}");
            assert!(operation["security"].is_array(), "{channel} {name}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert!(!response["description"].as_str().unwrap().is_empty(), "{channel} {name} {status}");
            }
            assert!(operation["responses"].as_object().unwrap().contains_key("500"), "{channel} {name}");
        }
    }
}

#[test]
fn operation_ids_are_unique() {
    for (channel, document) in documents() {
        let ids: Vec<_> =
            operations(&document).iter().map(|(_, operation)| operation["operationId"].to_string()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{channel}");
    }
}

#[test]
fn every_property_is_described() {
    for (channel, document) in documents() {
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
                let has_words = schema["description"].is_string() || schema["allOf"].is_array();
                assert!(has_words, "{channel} {name}.{property}");
            }
        }
    }
}

/// Every object of a document that may be a schema, with where it stands.
fn schemas<'a>(value: &'a Value, place: &str, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(members) => {
            found.push((place.to_owned(), value));
            let inner = members.iter().filter(|(name, _)| *name != "example");
            inner.for_each(|(name, member)| schemas(member, &format!("{place}/{name}"), found));
        }
        Value::Array(items) => items.iter().for_each(|item| schemas(item, place, found)),
        _ => {}
    }
}

#[test]
fn schemas_say_what_generators_need() {
    for (channel, document) in documents() {
        let mut found = Vec::new();
        schemas(&document, "", &mut found);
        for (place, schema) in found {
            match schema["type"].as_str() {
                Some("array") => assert!(schema["maxItems"].is_u64(), "{channel} {place}: no bound"),
                Some("integer") => {
                    assert!(["int32", "int64"].contains(&schema["format"].as_str().unwrap()), "{channel} {place}");
                    assert!(schema["minimum"].is_number(), "{channel} {place}: no bound");
                }
                _ => {}
            }
            if let Some(all) = schema["allOf"].as_array() {
                assert_eq!(all.len(), 1, "{channel} {place}: a description stands beside the reference");
                assert_ne!(schema["nullable"], true, "{channel} {place}: what is referred to is not null");
            }
            if let (Some(values), true) = (schema["enum"].as_array(), schema["nullable"] == true) {
                assert!(values.contains(&Value::Null), "{channel} {place}: null is none of the values");
            }
            if let Some(title) = schema["title"].as_str() {
                assert!(place == "/info" || place.ends_with(&format!("/{title}")), "{channel} {place}: {title}");
            }
            let content = schema.pointer("/requestBody/content").and_then(Value::as_object);
            // `text/json` is another name of JSON.
            let media = content.into_iter().flatten().filter(|(name, _)| *name != "text/json");
            let references: Vec<_> = media.map(|(_, media)| media["schema"]["$ref"].to_string()).collect();
            let different: BTreeSet<_> = references.iter().collect();
            assert_eq!(different.len(), references.len(), "{channel} {place}: two bodies of one schema");
        }
    }
}

/// Operations whose examples are of no use by themselves: they need a token, an account or a setting.
const NEED_MORE: [&str; 8] = [
    "correctRegistration",
    "verifyEmail",
    "rpostConfirmEmail",
    "rpostResetPassword",
    "waltidSignIn",
    "waltidCreateSuperAdmin",
    "formLogin",
    "formRenewTokens",
];

#[tokio::test]
async fn documented_requests_are_taken() {
    let app = TestApp::new();
    let mut taken = 0;
    for (channel, document) in documents().into_iter().filter(|(channel, _)| *channel != "all") {
        for (name, operation) in operations(&document) {
            let example = operation.pointer("/requestBody/content/application~1json/example");
            let needs_more = NEED_MORE.contains(&operation["operationId"].as_str().unwrap())
                || !operation["security"].as_array().unwrap().is_empty();
            let (Some(example), false) = (example, needs_more) else { continue };
            let path = name.split(' ').nth(1).unwrap();
            let answer = app.post(path, &example.to_string()).await;
            assert!(answer.status.is_success(), "{channel} {name}: {}", answer.body);
            taken += 1;
        }
    }
    assert_eq!(taken, 8);
}
