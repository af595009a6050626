//! Consent to terms and privacy notice, and addresses that look misspelled.

use account_core::account::Role;
use account_core::consent::ConsentSettings;
use account_core::ports::Clock;
use account_tests::TestApp;
use poem::http::Method;
use serde_json::{Value, json};

const PASSWORD: &str = "velvet lantern gravel orchid";
const PATH: &str = "/account/v1/registrations";

fn app(is_required: bool) -> TestApp {
    TestApp::with(|settings, _| {
        settings.consent = ConsentSettings {
            terms_version: Some("2026-01".to_owned()),
            privacy_version: Some("7".to_owned()),
            is_required,
        };
    })
}

fn body(more: &Value) -> String {
    let mut body = json!({"email": "john@acme.com", "password": PASSWORD, "language": "de"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body.to_string()
}

#[tokio::test]
async fn consents_are_kept_on_the_account_with_time_and_language() {
    let app = app(true);
    let accepted = app.post(PATH, &body(&json!({"terms_version": "2026-01", "privacy_version": "7"}))).await;
    assert_eq!(accepted.status, 202, "{}", accepted.body);
    let token = app.mailed_token().await;
    let given_at = app.clock.now().to_string();
    app.clock.advance(std::time::Duration::from_hours(1));
    let verified = app.verify(&json!({"token": token, "continuation": accepted.text("/continuation")})).await;
    let expected = json!([
        {"to": "terms:2026-01", "given_at": given_at, "language": "de"},
        {"to": "privacy:7", "given_at": given_at, "language": "de"},
    ]);
    assert_eq!(verified.json()["account"]["consents"], expected);
    let bearer = format!("Bearer {}", verified.text("/session/token"));
    for path in ["/account/v1/me", "/account/v1/me/export"] {
        let answer = app.call(Method::GET, path, &[("authorization", &bearer)], ()).await;
        let json = answer.json();
        let consents = json.pointer("/consents").or_else(|| json.pointer("/account/consents"));
        assert_eq!(consents, Some(&expected), "{path}: {}", answer.body);
    }
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let path = format!("/account/v1/admin/accounts/{}", verified.text("/account/id"));
    let answer = app.call_as(&admin, Method::GET, &path, None).await;
    assert_eq!(answer.json()["consents"], expected, "{}", answer.body);
}

#[tokio::test]
async fn what_is_missing_or_outdated_is_said() {
    let violations = async |app: &TestApp, more: Value| {
        let answer = app.post(PATH, &body(&more)).await;
        let all = answer.json()["violations"].as_array().cloned().unwrap_or_default();
        all.iter().map(|it| format!("{} {}", it["pointer"], it["code"])).collect::<Vec<_>>().join(", ")
    };
    let strict = app(true);
    assert_eq!(violations(&strict, json!({})).await, r#""/terms_version" "required", "/privacy_version" "required""#);
    assert_eq!(
        violations(&strict, json!({"terms_version": "2025", "privacy_version": "7"})).await,
        r#""/terms_version" "outdated""#
    );
    assert_eq!(violations(&app(false), json!({})).await, "");
}

#[tokio::test]
async fn who_takes_an_address_with_a_new_password_agrees_too() {
    let app = app(true);
    app.post(PATH, &body(&json!({"terms_version": "2026-01", "privacy_version": "7"}))).await;
    let token = app.mailed_token().await;
    let mut request = json!({"token": token, "new_password": "seventeen green turtles sing"});
    let refused = app.verify(&request).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let pointers: Vec<_> =
        refused.json()["violations"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
    assert_eq!(pointers, ["/terms_version", "/privacy_version"]);
    request["terms_version"] = "2026-01".into();
    request["privacy_version"] = "7".into();
    let verified = app.verify(&request).await;
    let given_at = app.clock.now().to_string();
    let expected = json!([{"to": "terms:2026-01", "given_at": given_at}, {"to": "privacy:7", "given_at": given_at}]);
    assert_eq!(verified.json()["account"]["consents"], expected, "{}", verified.body);
}

#[tokio::test]
async fn who_is_invited_agrees_too() {
    let app = app(true);
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let invitation = json!({"email": "jane@acme.com", "role": "user"});
    let invited = app.call_as(&admin, Method::POST, "/account/v1/admin/invitations", Some(&invitation)).await;
    assert_eq!(invited.status, 201, "{}", invited.body);
    let token = app.mailed_token().await;
    let accept = async |more: &Value| {
        let mut body = json!({"token": token, "password": PASSWORD});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        app.post("/account/v1/invitations/redeem", &body.to_string()).await
    };
    let refused = accept(&json!({"terms_version": "2025-01"})).await;
    let all = refused.json()["violations"].as_array().cloned().unwrap_or_default();
    let all: Vec<_> = all.iter().map(|it| format!("{} {}", it["pointer"], it["code"])).collect();
    assert_eq!(all, [r#""/terms_version" "outdated""#, r#""/privacy_version" "required""#], "{}", refused.body);
    let accepted = accept(&json!({"terms_version": "2026-01", "privacy_version": "7"})).await;
    assert_eq!(accepted.json()["account"]["consents"].as_array().map(Vec::len), Some(2), "{}", accepted.body);
}

#[tokio::test]
async fn documented_apis_ask_for_nothing_more() {
    let app = app(true);
    let answer = app.post("/user", account_tests::mikrocloud::REQUEST).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (201, account_tests::mikrocloud::ANSWER));
}

#[tokio::test]
async fn a_misspelled_domain_is_accepted_with_a_suggestion() {
    let app = TestApp::new();
    let answer = app.register("Jane@gmial.com").await;
    assert_eq!((answer.status.as_u16(), answer.text("/suggestion").as_str()), (202, "Jane@gmail.com"));
    let headers =
        [("content-type", "application/json"), ("x-registration-continuation", &*answer.text("/continuation").clone())];
    let path = format!("{PATH}/{}", answer.text("/registration_id"));
    let corrected = app.call(Method::PATCH, &path, &headers, r#"{"email":"jane@gmail.con"}"#).await;
    assert_eq!((corrected.status.as_u16(), corrected.text("/suggestion").as_str()), (202, "jane@gmail.com"));
    let corrected = app.call(Method::PATCH, &path, &headers, r#"{"email":"jane@gmail.com"}"#).await;
    assert_eq!((corrected.status.as_u16(), corrected.json().get("suggestion")), (202, None));
    assert_eq!(app.register("jane@yahoo.de").await.json().get("suggestion"), None);
}
