//! Apps: the provider's answer goes through our page to the app, which hands it in.

use account_core::account::Role;
use account_tests::provider::StandIn;
use account_tests::{Answer, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

use super::jane;

const APP: &str = "com.acme.portal:/callback";

/// A registered client with redirect URIs of both kinds.
async fn app_with_client() -> (TestApp, StandIn) {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let client = json!({"id": "portal", "name": "Portal", "redirect_uris": [APP, "http://127.0.0.1/callback"]});
    let answer = app.call_as(&root, Method::POST, "/account/v1/admin/clients", Some(&client)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    stand_in.person(jane());
    (app, stand_in)
}

async fn begin(app: &TestApp, client: &str, redirect_uri: &str) -> Answer {
    let body = json!({"provider": "google", "client_id": client, "redirect_uri": redirect_uri});
    app.post("/account/v1/registrations/with-provider", &body.to_string()).await
}

/// What the app hands in, of what its redirect URI was called with.
fn handed_in(location: &str, flow_token: &str) -> Value {
    let (_, query) = location.split_once('?').expect("a query");
    let part = |name: &str| {
        let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
        found.unwrap_or_default().replace("%3A", ":").replace("%2F", "/")
    };
    json!({
        "provider": "google", "state": part("state"), "code": part("code"), "iss": part("iss"), "flow_token": flow_token,
    })
}

#[tokio::test]
async fn an_app_registers_somebody() {
    let (app, stand_in) = app_with_client().await;
    for (number, redirect_uri) in [APP, "http://127.0.0.1:51004/callback"].into_iter().enumerate() {
        let begun = begin(&app, "portal", redirect_uri).await;
        assert_eq!(begun.status, 201, "{}", begun.body);
        let query = stand_in.sign_in(&begun.text("/authorization_url"));
        let through = app.get(&format!("/authenticate/providers/google/callback?{query}")).await;
        assert_eq!(through.status, 303, "{}", through.body);
        let location = through.header("location").to_owned();
        assert!(location.starts_with(redirect_uri), "{location}");
        let body = handed_in(&location, &begun.text("/flow_token"));
        let answer = app.post("/account/v1/provider-answers", &body.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.text("/registration/continuation").len(), 43, "{}", answer.body);
        assert_eq!(app.store.registrations().len(), number + 1);
        let again = app.post("/account/v1/provider-answers", &body.to_string()).await;
        assert_eq!(again.code(), (404, "unknown_flow".to_owned()));
    }
}

#[tokio::test]
async fn an_answer_without_the_apps_own_secret_is_worth_nothing() {
    let (app, stand_in) = app_with_client().await;
    let begun = begin(&app, "portal", APP).await;
    let query = stand_in.sign_in(&begun.text("/authorization_url"));
    let other = begin(&app, "portal", APP).await.text("/flow_token");
    for token in ["", "x", &other] {
        let body = handed_in(&format!("a?{query}"), token);
        let answer = app.post("/account/v1/provider-answers", &body.to_string()).await;
        assert_eq!(answer.code(), (404, "unknown_flow".to_owned()), "{token}");
    }
    assert!(app.store.registrations().is_empty());
}

#[tokio::test]
async fn only_registered_redirect_uris_of_known_clients_are_served() {
    let (app, _stand_in) = app_with_client().await;
    for (client, redirect_uri) in [
        ("portal", "com.evil:/callback"),
        ("portal", "http://127.0.0.1/other"),
        ("portal", "http://127.0.0.2/callback"),
        ("portal", "https://127.0.0.1/callback"),
        ("portal", ""),
        ("other", APP),
        ("", APP),
    ] {
        let answer = begin(&app, client, redirect_uri).await;
        assert_eq!(answer.code(), (422, "unknown_app".to_owned()), "{client} {redirect_uri}");
    }
    let body = json!({"provider": "acme", "client_id": "portal", "redirect_uri": APP});
    let answer = app.post("/account/v1/registrations/with-provider", &body.to_string()).await;
    assert_eq!(answer.code(), (404, "unknown_provider".to_owned()));
}
