//! Signing in, and one's own account.

use account_core::account::Role;
use account_tests::people::PASSWORD;
use account_tests::{Persona, TestApp};
use serde_json::json;

use super::{INFO, SIGN_IN, exception, get_with, sign_in, written};

#[tokio::test]
async fn address_and_password_open_a_session_for_every_channel() {
    let app = TestApp::new();
    let somebody = app.somebody("john@acme.com", Role::User).await;
    let answer = sign_in(&app, "John@Acme.com", PASSWORD).await;
    let (session, token) = (answer.text("/session_id"), answer.text("/token"));
    let expected = format!(r#"{{"session_id":"{session}","status":"OK","token":"{token}"}}"#);
    assert_eq!(written(&answer), (200, expected.as_str()));
    let stored = app.store.sessions().into_iter().find(|stored| stored.id.to_string() == session).unwrap();
    assert_eq!((stored.account, stored.channel.as_str()), (somebody.account, "waltid"));
    assert_eq!(get_with(&app, &token, "/account/v1/me").await.status, 200);
    let info = get_with(&app, &token, INFO).await;
    let expected = format!(
        r#"{{"_id":"{}","type":"USER","profile":{{"email":"john@acme.com"}},"accountPreferences":{{}},"flags":[],"roles":{{}}}}"#,
        somebody.account
    );
    assert_eq!(written(&info), (200, expected.as_str()));
}

#[tokio::test]
async fn whatever_is_wrong_with_the_credentials_is_answered_alike() {
    let app = TestApp::new();
    let _ = app.somebody("john@acme.com", Role::User).await;
    let _ = app.sign_in_as(Persona::Disabled, "disabled@acme.com").await;
    assert_eq!(app.register("pending@acme.com").await.status, 202);
    let refused = exception(401, "Unauthorized", "Unauthorized", "Unauthorized (InvalidCredentials)");
    for (email, password) in [
        ("john@acme.com", "wrong horse battery staple"),
        ("nobody@acme.com", PASSWORD),
        ("disabled@acme.com", PASSWORD),
        ("pending@acme.com", PASSWORD),
        ("no address", PASSWORD),
    ] {
        assert_eq!(written(&sign_in(&app, email, password).await), (401, refused.as_str()), "{email}");
    }
}

#[tokio::test]
async fn signing_in_needs_two_texts_and_nothing_else() {
    let app = TestApp::new();
    let missing = r#"{"exception":true,"id":"BadRequestException","status":"Bad Request","code":"400","message":"Request body is missing required field(s): email, password","details":{"missingFields":["email","password"],"expectedType":"EmailPassRequest"}}"#;
    assert_eq!(written(&app.post(SIGN_IN, "{}").await), (400, missing));
    let unknown = r#"{"exception":true,"id":"BadRequestException","status":"Bad Request","code":"400","message":"Request body contains unknown field(s): role","details":{"unknownFields":["role"],"expectedType":"EmailPassRequest"}}"#;
    let body = r#"{"email":"john@acme.com","password":"x","role":"super_admin"}"#;
    assert_eq!(written(&app.post(SIGN_IN, body).await), (400, unknown));
    let mistyped = app.post(SIGN_IN, r#"{"email":["john@acme.com"],"password":7}"#).await;
    assert_eq!(mistyped.text("/message"), "email must be a string; password must be a string");
    assert_eq!(mistyped.status, 400);
}

#[tokio::test]
async fn tries_count_across_channels() {
    let app = TestApp::with(|settings, _| {
        settings.limits.sign_ins_per_account = "2/day".parse().unwrap();
        settings.limits.sign_ins_per_new_network = "0/day".parse().unwrap();
    });
    let _ = app.somebody("john@acme.com", Role::User).await;
    let native = json!({"email": "john@acme.com", "password": "wrong horse battery staple"}).to_string();
    assert_eq!(app.post("/account/v1/sessions", &native).await.status, 401);
    assert_eq!(app.post(SIGN_IN, &native).await.status, 401);
    let answer = sign_in(&app, "john@acme.com", PASSWORD).await;
    let limited = exception(429, "TooManyRequests", "Too Many Requests", "Too many requests");
    assert_eq!(written(&answer), (429, limited.as_str()));
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn the_account_is_shown_even_before_its_address_is_verified() {
    let app = TestApp::new();
    let none = exception(401, "Unauthorized", "Unauthorized", "Unauthorized (NoCredentials)");
    assert_eq!(written(&app.get(INFO).await), (401, none.as_str()));
    let invalid = exception(401, "Unauthorized", "Unauthorized", "Unauthorized (InvalidCredentials)");
    assert_eq!(written(&get_with(&app, "nonsense", INFO).await), (401, invalid.as_str()));
    let unverified = app.sign_in_as(Persona::Unverified, "unverified@acme.com").await.unwrap();
    assert_eq!(app.get_as(&unverified, INFO).await.status, 200);
    let root = app.sign_in_as(Persona::SuperAdmin, "root@acme.com").await.unwrap();
    assert_eq!(app.get_as(&root, INFO).await.json()["roles"], json!({"service": ["super_admin"]}));
}
