//! The OpenAPI documents.

use std::collections::BTreeSet;

use account_http::{SURFACES, openapi_document};
use account_tests::TestApp;
use serde_json::Value;

fn documents() -> Vec<(&'static str, Value)> {
    SURFACES
        .into_iter()
        .map(|surface| (surface, serde_json::from_str(&openapi_document(surface).unwrap()).unwrap()))
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
async fn the_documents_are_served_as_they_are_committed() {
    let app = TestApp::new();
    for (surface, path) in [("native", "/openapi.json"), ("mikrocloud", "/openapi/mikrocloud.json")] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 200);
        assert_eq!(Some(answer.body), openapi_document(surface));
    }
}

#[test]
fn every_operation_is_described_for_people() {
    for (surface, document) in documents() {
        for (name, operation) in operations(&document) {
            for member in ["operationId", "summary", "description"] {
                assert!(operation[member].as_str().is_some_and(|text| !text.is_empty()), "{surface} {name}: {member}");
            }
            assert!(!operation["tags"].as_array().unwrap().is_empty(), "{surface} {name}");
            assert!(operation["security"].is_array(), "{surface} {name}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert!(!response["description"].as_str().unwrap().is_empty(), "{surface} {name} {status}");
            }
            assert!(operation["responses"].as_object().unwrap().contains_key("500"), "{surface} {name}");
        }
    }
}

#[test]
fn operation_ids_are_unique() {
    for (surface, document) in documents() {
        let ids: Vec<_> =
            operations(&document).iter().map(|(_, operation)| operation["operationId"].to_string()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{surface}");
    }
}

#[test]
fn every_property_is_described() {
    for (surface, document) in documents() {
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
                let has_words = schema["description"].is_string() || schema["allOf"].is_array();
                assert!(has_words, "{surface} {name}.{property}");
            }
        }
    }
}

#[tokio::test]
async fn documented_requests_are_taken() {
    let app = TestApp::new();
    let mut taken = 0;
    for (surface, document) in documents() {
        for (name, operation) in operations(&document) {
            let example = operation.pointer("/requestBody/content/application~1json/example");
            let (Some(example), false) = (example, name.ends_with("email-verifications")) else { continue };
            let path = name.split(' ').nth(1).unwrap();
            let answer = app.post(path, &example.to_string()).await;
            assert!(answer.status.is_success(), "{surface} {name}: {}", answer.body);
            taken += 1;
        }
    }
    assert_eq!(taken, 3);
}
