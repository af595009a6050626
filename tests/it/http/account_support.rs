//! What administrators see of accounts and registrations when people ask for help, over HTTP.

use account_core::account::Role;
use account_tests::TestApp;
use poem::http::Method;
use serde_json::{Value, json};

const ADMIN: &str = "/account/v1/admin";

#[tokio::test]
async fn why_an_account_was_disabled_is_in_the_audit_trail() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let jane = app.somebody("jane@acme.com", Role::User).await;
    let path = format!("{ADMIN}/accounts/{}", jane.account);
    let post =
        async |action: &str, body| app.call_as(&admin, Method::POST, &format!("{path}/{action}"), Some(&body)).await;
    for (body, code) in [
        (json!({"reason": "x".repeat(501)}), "invalid"),
        (json!({"reason": 7}), "invalid"),
        (json!({"reasn": "Spam"}), "unknown_member"),
    ] {
        assert_eq!(post("disable", body).await.code(), (422, code.into()));
    }
    assert_eq!(app.get_as(&admin, &path).await.json()["disabled_at"], Value::Null);
    assert_eq!(post("disable", json!({"reason": " Sends spam "})).await.status, 200);
    assert_eq!(post("enable", json!({"reason": null})).await.status, 200);
    let detail = async |event: &str| {
        let answer = app.get_as(&admin, &format!("{ADMIN}/audit?account={}&event={event}", jane.account)).await;
        answer.json()["items"][0]["detail"].clone()
    };
    assert_eq!(detail("account_disabled").await, json!("Sends spam"));
    assert_eq!(detail("account_enabled").await, Value::Null);
    let notices = format!("{:?}", app.mails().await);
    assert!(!notices.contains("spam"), "{notices}");
}

#[tokio::test]
async fn administrators_see_sessions_and_find_registrations_by_address() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let jane = app.somebody("jane@acme.com", Role::User).await;
    let sessions = app.get_as(&admin, &format!("{ADMIN}/accounts/{}/sessions", jane.account)).await.json();
    let sessions = sessions["sessions"].as_array().unwrap();
    assert_eq!((sessions.len(), &sessions[0]["current"]), (1, &json!(false)));
    let own = app.get_as(&admin, &format!("{ADMIN}/accounts/{}/sessions", admin.account)).await;
    assert_eq!(own.json()["sessions"][0]["current"], json!(true));
    assert!(!own.body.contains("token"), "{}", own.body);
    app.register("joe@acme.com").await;
    app.register("jim@acme.com").await;
    let found = async |email: &str| {
        let answer = app.get_as(&admin, &format!("{ADMIN}/registrations?email={email}")).await;
        answer.json()["items"].as_array().unwrap().iter().map(|item| item["email"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("Joe%40ACME.com").await, ["joe@acme.com"]);
    assert_eq!(found("joe").await, [""; 0]);
}
