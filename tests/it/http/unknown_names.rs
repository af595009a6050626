//! Query parameters and members of bodies that no operation knows: what somebody meant by them is not ignored.

use account_tests::{Answer, Persona, Somebody, TestApp};
use poem::http::Method;
use serde_json::{Map, Value, json};

use super::authorization::{body_of, is_public};
use super::hostile_bodies::rows;
use super::world::{Operation, World, operation, operations};

/// What others add to addresses.
const TRACKING: &str = "utm_source=mail&utm_medium=email&fbclid=x&gclid=y&mc_cid=1&_=2";

/// The operations of the native API whose queries are checked.
fn checked() -> Vec<Operation> {
    let is_checked = |operation: &Operation| operation.path.starts_with("/account/v1/") && operation.id != "gate";
    let native = operations().into_iter().filter(Operation::is_native);
    let checked: Vec<_> = native.filter(is_checked).collect();
    assert!(checked.len() > 50);
    checked
}

async fn caller(app: &TestApp, operation: &Operation) -> Option<Somebody> {
    let persona = if operation.path.contains("/admin/") { Persona::SuperAdmin } else { Persona::Person };
    if is_public(&operation.id) { None } else { app.sign_in_as(persona, &format!("{}@acme.com", operation.id)).await }
}

/// Calls the operation with a query.
async fn ask(app: &TestApp, world: &World, operation: &Operation, caller: Option<&Somebody>, query: &str) -> Answer {
    let path = world.path(operation, &world.subject, caller.unwrap_or(&world.subject));
    let authorization = caller.map(|somebody| format!("Bearer {}", somebody.token));
    let headers: Vec<_> = authorization.iter().map(|text| ("authorization", text.as_str())).collect();
    world.send(app, operation, &format!("{path}?{query}"), &headers, body_of(&operation.id)).await
}

#[tokio::test]
async fn every_operation_refuses_unknown_query_parameters_before_it_does_anything() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    for operation in checked() {
        let caller = caller(&app, &operation).await;
        let before = rows(&app);
        let answer = ask(&app, &world, &operation, caller.as_ref(), "surprise=1&%22x%22").await;
        assert_eq!(answer.code(), (400, "unknown_parameter".to_owned()), "{}", operation.id);
        let detail = answer.text("/detail");
        assert!(detail.contains("`surprise`: unknown; ") && detail.contains("`..`: unknown; "), "{detail}");
        assert_eq!(rows(&app), before, "{}", operation.id);
        for (name, _) in operation.query() {
            let misspelled = format!("{name}_");
            let answer = ask(&app, &world, &operation, caller.as_ref(), &format!("{misspelled}=1")).await;
            assert_eq!(answer.code(), (400, "unknown_parameter".to_owned()), "{}", operation.id);
            let expected = format!("`{misspelled}`: unknown; the most similar one is `{name}`.");
            assert!(answer.text("/detail").starts_with(&expected), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn the_parameter_that_was_meant_is_named() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let list = operation("listAccounts");
    for (query, meant) in [("query=john", "q"), ("limits=5", "limit"), ("organisation=1&q=a", "organization")] {
        for method in [Method::GET, Method::HEAD] {
            let answer = ask(&app, &world, &Operation { method, ..list.clone() }, Some(&world.maker), query).await;
            assert_eq!(answer.status, 400, "{query}");
            if !answer.body.is_empty() {
                let name = query.split('=').next().unwrap();
                let expected = format!("`{name}`: unknown; the most similar one is `{meant}`. See /docs");
                assert!(answer.text("/detail").starts_with(&expected), "{}", answer.body);
            }
        }
    }
    for query in ["", "&", "q=john&limit=5", "q="] {
        assert_eq!(ask(&app, &world, &list, Some(&world.maker), query).await.status, 200, "{query}");
    }
}

#[tokio::test]
async fn pages_links_documents_the_gate_and_health_checks_take_any_query() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    for (path, status) in [
        ("/authenticate/register", 200),
        ("/authenticate/sign-in", 200),
        ("/authenticate/forgot", 200),
        ("/authenticate/style.css", 200),
        ("/l/WLSsuMI_fb3YaN6bQPqfeFfbHs_45MfSUU6sMZhHvdE", 303),
        ("/docs", 200),
        ("/openapi.json", 200),
        ("/problems", 200),
        ("/health/liveness", 204),
        ("/health/readiness", 204),
        ("/api/v1/Lookup/Language", 200),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = app.call(method, &format!("{path}?{TRACKING}"), &[], "").await;
            assert_eq!(answer.status, status, "{path}");
        }
    }
    let gate = ask(&app, &world, &operation("gate"), Some(&world.subject), TRACKING).await;
    assert_eq!(gate.status, 204, "{}", gate.body);
}

#[tokio::test]
async fn administrators_bodies_have_no_unknown_members() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let for_administrators = |operation: &Operation| operation.path.contains("/v1/admin/") && operation.takes_body();
    let all: Vec<_> = checked().into_iter().filter(for_administrators).collect();
    assert_eq!(all.len(), 9);
    for operation in all {
        assert_eq!(operation.body["additionalProperties"], false, "{}: its document", operation.id);
        let mut body: Map<String, Value> = serde_json::from_str(&world.body(body_of(&operation.id))).unwrap();
        let known: Vec<_> = operation.members().into_iter().map(|(name, _)| name).collect();
        for name in &known {
            body.insert(format!("{name}_"), json!(5));
        }
        let before = rows(&app);
        let body = Value::from(body).to_string();
        let answer = world.call(&app, &operation, Some(&world.maker), &body).await;
        assert_eq!(answer.code(), (422, "unknown_member".to_owned()), "{}", operation.id);
        let mut found = answer.json()["violations"].as_array().unwrap().clone();
        found.sort_by_key(|violation| violation["pointer"].to_string());
        let mut expected: Vec<_> = known
            .iter()
            .map(|name| {
                let message = format!("unknown; the most similar one is `{name}`");
                json!({"pointer": format!("/{name}_"), "code": "unknown_member", "message": message})
            })
            .collect();
        expected.sort_by_key(|violation| violation["pointer"].to_string());
        assert_eq!(found, expected, "{}", operation.id);
        assert_eq!(rows(&app), before, "{}", operation.id);
    }
    let invite = json!({"email": "jane@acme.com", "uses": 5, "a/b~c": 1}).to_string();
    let answer = world.call(&app, &operation("invite"), Some(&world.maker), &invite).await;
    let pointers: Vec<_> =
        answer.json()["violations"].as_array().unwrap().iter().map(|violation| violation["pointer"].clone()).collect();
    // A name that may be a secret is not repeated.
    assert_eq!(pointers, ["", "/uses"]);
    // Who may not call is not told what would be wrong.
    let answer = world.call(&app, &operation("invite"), Some(&world.subject), &invite).await;
    assert_eq!(answer.code(), (403, "forbidden".to_owned()));
}
