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
    // No token for delivery reports is configured here: they are not found, whatever is asked.
    let is_checked = |operation: &Operation| {
        operation.path.starts_with("/account/v1/") && !["gate", "handInDeliveryReport"].contains(&operation.id.as_str())
    };
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
async fn who_may_not_call_an_operation_is_told_that_first() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    for operation in checked() {
        if is_public(&operation.id) {
            continue;
        }
        let answer = ask(&app, &world, &operation, None, "surprise=1").await;
        assert_eq!(answer.code(), (401, "unauthenticated".to_owned()), "{}", operation.id);
        if operation.path.contains("/v1/admin/") {
            let answer = ask(&app, &world, &operation, Some(&world.subject), "surprise=1").await;
            assert_eq!(answer.code(), (403, "forbidden".to_owned()), "{}", operation.id);
        }
    }
}

#[tokio::test]
async fn unknown_members_are_reported_together_with_broken_rules() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let before = rows(&app);
    for (id, body, expected) in [
        ("invite", json!({"email": "nobody", "uses": 5}), ["/email", "/uses"]),
        ("createOrganization", json!({"code": "a b", "name": "Acme", "nmae": 1}), ["/code", "/nmae"]),
        ("changeOrganization", json!({"name": 7, "code": "b"}), ["/name", "/code"]),
        ("createClient", json!({"id": "crm9", "name": "", "x": 1}), ["/name", "/x"]),
        ("changeClient", json!({"name": null, "x": 1}), ["/name", "/x"]),
        ("changeAccount", json!({"country": "Moon", "contry": "DE"}), ["/country", "/contry"]),
        ("setRole", json!({"role": "king", "x": 1}), ["/role", "/x"]),
        ("setMembership", json!({"role": 7, "x": 1}), ["/role", "/x"]),
    ] {
        let answer = world.call(&app, &operation(id), Some(&world.maker), &body.to_string()).await;
        assert_eq!(answer.code(), (422, "invalid".to_owned()), "{id}: {}", answer.body);
        let violations = answer.json()["violations"].as_array().unwrap().clone();
        let pointers: Vec<_> = violations.iter().map(|violation| violation["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, expected, "{id}");
    }
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn only_so_many_unknown_names_are_listed() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let names: Vec<_> = (10..35).map(|number| format!("name{number}")).collect();
    let answer = ask(&app, &world, &operation("listAccounts"), Some(&world.maker), &names.join("&")).await;
    let detail = answer.text("/detail");
    assert!(
        detail.contains("`name29`") && !detail.contains("`name30`") && detail.contains(". And 5 more. "),
        "{detail}"
    );
    let unknown = names.iter().map(|name| (name.clone(), json!(1)));
    let body: Map<String, Value> = unknown.chain([("email".to_owned(), json!("jane@acme.com"))]).collect();
    let answer = world.call(&app, &operation("invite"), Some(&world.maker), &Value::from(body).to_string()).await;
    let violations = answer.json()["violations"].as_array().unwrap().clone();
    assert_eq!((violations.len(), &violations[19]["pointer"]), (21, &json!("/name29")));
    let last = json!({"pointer": "", "code": "unknown_member", "message": "has 5 more unknown members"});
    assert_eq!(violations[20], last);
}

#[tokio::test]
async fn members_of_objects_within_a_body_are_checked_too() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let body = json!({"value": {"mode": "closed", "refuse_pending": true}}).to_string();
    let answer = world.call(&app, &operation("setFeature"), Some(&world.maker), &body).await;
    let message = "unknown; the most similar one is `refuses_pending`";
    let expected = json!([{"pointer": "/value/refuse_pending", "code": "unknown_member", "message": message}]);
    assert_eq!((answer.status.as_u16(), &answer.json()["violations"]), (422, &expected), "{}", answer.body);
    let answer = world.call(&app, &operation("setFeature"), Some(&world.maker), r#"{"vlaue": {}}"#).await;
    assert_eq!(answer.code(), (422, "unknown_member".to_owned()), "a required member under a wrong name");
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
    assert_eq!(all.len(), 11);
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
