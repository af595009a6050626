//! Missing and unknown members.

use poem::{Request, Response};
use poem_openapi::{ApiExtractor, ExtractParamOptions};
use serde_json::json;

use super::super::body::{EmailPassBody, Registration, RegistrationBody};
use super::*;

/// Returns the error message for a body.
async fn refusal(body: &str) -> String {
    let (request, mut bytes) = Request::builder().content_type("application/json").body(body.to_owned()).split();
    let body = RawJson::<RegistrationBody>::from_request(&request, &mut bytes, ExtractParamOptions::default());
    let read = Registration::read(&Shape::of::<RegistrationBody>(), body.await.unwrap());
    let response: Response = poem::IntoResponse::into_response(read.err().unwrap());
    let body = response.into_body().into_string().await.unwrap();
    serde_json::from_str::<Value>(&body).unwrap()["message"].as_str().unwrap().to_owned()
}

/// The documented body with one member replaced; null removes it.
fn with(pointer: &str, value: Value) -> String {
    let mut body: Value = serde_json::from_str(DOCUMENTED).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let members = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    members.insert(name.to_owned(), value);
    body.to_string()
}

const DOCUMENTED: &str = r#"{"profile":{"name":"Max Mustermann","email":"max.mustermann@example.org","addressCountry":"AT","address":"Liechtensteinstraße 111/115, 1090 Vienna"},"preferences":{"timeZone":"UTC","languagePreference":"EN"},"initialAuth":{"type":"email","identifier":{"type":"email","email":"max.mustermann@example.org"},"data":{"type":"email","password":"password123456"}}}"#;

#[test]
fn a_shape_has_the_members_of_the_documented_body_in_their_order() {
    let names = |members: &[Member]| -> Vec<&str> { members.iter().map(|member| member.name).collect() };
    let shape = Shape::of::<RegistrationBody>();
    assert_eq!(shape.expected_type, "AccountRegistrationRequest");
    assert_eq!(names(&shape.members), ["profile", "preferences", "initialAuth"]);
    let parts: Vec<_> = shape.members.iter().map(|member| names(&member.members)).collect();
    assert_eq!(
        parts,
        [
            vec!["name", "email", "addressCountry", "address"],
            vec!["timeZone", "languagePreference"],
            vec!["type", "identifier", "data"],
        ]
    );
    assert_eq!(Shape::of::<EmailPassBody>().expected_type, "EmailPassRequest");
}

#[tokio::test]
async fn all_missing_members_are_named_by_path() {
    for (body, missing) in [
        ("{}", "profile, preferences, initialAuth"),
        (
            r#"{"initialAuth":{},"profile":null}"#,
            "profile, preferences, initialAuth.type, initialAuth.identifier, initialAuth.data",
        ),
        (&with("/initialAuth/identifier/email", Value::Null), "initialAuth.identifier.email"),
        (&with("/initialAuth/data", json!({})), "initialAuth.data.password"),
    ] {
        assert_eq!(refusal(body).await, format!("Request body is missing required field(s): {missing}"), "{body}");
    }
}

#[tokio::test]
async fn unknown_members_are_named_once_in_body_order() {
    for (body, unknown) in [
        (r#"{"foo":1,"bar":2,"foo":3}"#, "foo, bar"),
        (r#"{"zeta":{"a":1},"profile":{"role":"admin"},"alpha":[]}"#, "zeta, profile.role, alpha"),
        (&with("/initialAuth/data/verified", json!(true)), "initialAuth.data.verified"),
        (&with("/initialAuth/identifier/id", json!(1)), "initialAuth.identifier.id"),
        (&with("/__proto__", json!({})), "__proto__"),
    ] {
        assert_eq!(refusal(body).await, format!("Request body contains unknown field(s): {unknown}"), "{body}");
    }
}

#[tokio::test]
async fn many_unknown_members_get_a_short_answer() {
    let names: Vec<_> = (0..5_000).map(|number| format!("\"{number}{}\":1", "x".repeat(3))).collect();
    let message = refusal(&format!("{{{}}}", names.join(","))).await;
    assert_eq!(message.matches(", ").count(), MAX_NAMES - 1, "{message}");
    let message = refusal(&format!("{{\"{}\":1}}", "ü".repeat(10_000))).await;
    assert_eq!(message, "Request body contains unknown field(s): (unreadable)");
    let message = refusal("{\"a\u{202E}b\":1,\"<script>\":1,\"profile\":{\"a b\":1}}").await;
    assert_eq!(message, "Request body contains unknown field(s): (unreadable), profile.(unreadable)");
}

#[tokio::test]
async fn a_part_that_is_not_an_object_is_named_by_path() {
    for (pointer, path) in [
        ("/profile", "profile"),
        ("/preferences", "preferences"),
        ("/initialAuth", "initialAuth"),
        ("/initialAuth/identifier", "initialAuth.identifier"),
        ("/initialAuth/data", "initialAuth.data"),
    ] {
        for value in [json!("x"), json!(7), json!(true), json!([]), json!([{}])] {
            assert_eq!(refusal(&with(pointer, value)).await, format!("{path} must be an object"));
        }
    }
    for body in ["[]", "null", "7", "\"{}\""] {
        assert_eq!(refusal(body).await, "Malformed body", "{body}");
    }
}

#[tokio::test]
async fn other_auth_types_and_hashes_are_refused_first() {
    let unsupported = "is not supported; the supported type is email";
    for (body, message) in [
        (with("/initialAuth/type", json!("web3")), format!("initialAuth.type {unsupported}")),
        (with("/initialAuth/type", json!("EMAIL")), format!("initialAuth.type {unsupported}")),
        (with("/initialAuth/type", json!(["email"])), format!("initialAuth.type {unsupported}")),
        (with("/initialAuth/data/type", json!("oidc")), format!("initialAuth.data.type {unsupported}")),
        (
            r#"{"initialAuth":{"type":"web3","identifier":{"type":"web3","address":"0x0"}}}"#.to_owned(),
            format!("initialAuth.type {unsupported}; initialAuth.identifier.type {unsupported}"),
        ),
        (
            with("/initialAuth/data/passwordHash", json!("$2b$04$x")),
            "initialAuth.data.passwordHash is not accepted: a caller supplies a password, never a hash".to_owned(),
        ),
        (
            r#"{"foo":1,"initialAuth":{"data":{"passwordHash":null}}}"#.to_owned(),
            "initialAuth.data.passwordHash is not accepted: a caller supplies a password, never a hash".to_owned(),
        ),
    ] {
        assert_eq!(refusal(&body).await, message, "{body}");
    }
}
