//! The first super admin by a token (CVE-2023-46249).

use account_core::account::Role;
use account_http::settings::OptionValue;
use account_tests::TestApp;
use poem::http::Method;
use serde_json::{Value, json};

use super::{ACCOUNTS, SETUP, account_of, exception, get_with, sign_in, written};

const TOKEN: &str = "one-time-token-of-the-operator";
const PASSWORD: &str = "velvet lantern gravel orchid";
const EMAIL: &str = "root@example.org";

fn app_with(options: &[(&'static str, OptionValue)]) -> TestApp {
    TestApp::with(|_, http| http.dialect_mut("waltid").unwrap().options.extend(options.iter().cloned()))
}

fn options() -> [(&'static str, OptionValue); 3] {
    [
        ("superadmin.token", OptionValue::Secret(TOKEN.to_owned().into())),
        ("superadmin.email", OptionValue::Text(EMAIL.to_owned())),
        ("superadmin.password", OptionValue::Secret(PASSWORD.to_owned().into())),
    ]
}

fn body(token: impl Into<Value>) -> String {
    json!({"token": token.into()}).to_string()
}

fn not_found() -> String {
    exception(404, "NotFound", "Not Found", "Not found")
}

#[tokio::test]
async fn without_all_three_options_the_route_does_not_exist() {
    for count in 0..3 {
        for skipped in 0..3 {
            let mut some: Vec<_> = options().to_vec();
            some.rotate_left(skipped);
            let app = app_with(&some[..count]);
            for token in [TOKEN, "", "another-token-of-nobody"] {
                assert_eq!(written(&app.post(SETUP, &body(token)).await), (404, not_found().as_str()), "{count}");
            }
            for body in ["{", "", "[]", "null", &"x".repeat(70_000)] {
                assert_eq!(written(&app.post(SETUP, body).await), (404, not_found().as_str()), "{body:.9}");
            }
            let text = [("content-type", "text/plain")];
            assert_eq!(app.call(Method::POST, SETUP, &text, body(TOKEN)).await.status, 404);
            assert!(app.store.accounts().is_empty());
        }
    }
}

#[tokio::test]
async fn the_token_creates_one_super_admin_and_stays_used() {
    let app = app_with(&options());
    let made = app.post(SETUP, &body(TOKEN)).await;
    let account = account_of(&app, EMAIL);
    let expected = format!(
        r#"{{"_id":"{}","type":"USER","profile":{{"email":"root@example.org"}},"accountPreferences":{{}},"flags":[],"roles":{{"service":["super_admin"]}}}}"#,
        account.id
    );
    assert_eq!(written(&made), (201, expected.as_str()));
    assert!(account.role == Role::SuperAdmin && account.verified_at.is_some());
    let token = sign_in(&app, EMAIL, PASSWORD).await.text("/token");
    assert_eq!(get_with(&app, &token, ACCOUNTS).await.status, 200);

    let gone = async |token: &str| app.post(SETUP, &body(token)).await;
    assert_eq!(written(&gone(TOKEN).await), (404, not_found().as_str()));
    app.change_account(account.id, |account| account.role = Role::User).await;
    for token in [TOKEN, "another-token-of-nobody", ""] {
        assert_eq!(written(&gone(token).await), (404, not_found().as_str()), "as if nothing were configured");
    }
    assert_eq!(app.store.accounts().len(), 1);
}

#[tokio::test]
async fn other_tokens_create_nothing_and_are_not_repeated() {
    let app = app_with(&options());
    let refused = exception(401, "Unauthorized", "Unauthorized", "Unauthorized (InvalidCredentials)");
    let upper = TOKEN.to_uppercase();
    for token in ["another-token-of-nobody", "", " ", "\0", &upper, &TOKEN[1..], &format!("{TOKEN} ")] {
        let answer = app.post(SETUP, &body(token)).await;
        assert_eq!(written(&answer), (401, refused.as_str()), "{token:?}");
    }
    let missing = r#"{"exception":true,"id":"BadRequestException","status":"Bad Request","code":"400","message":"Request body is missing required field(s): token","details":{"missingFields":["token"],"expectedType":"SuperAdminTokenRequest"}}"#;
    for body in ["{}", r#"{"token":null}"#] {
        assert_eq!(written(&app.post(SETUP, body).await), (400, missing), "{body}");
    }
    for token in [json!([TOKEN]), json!({"token": TOKEN}), json!(0), json!(false)] {
        let answer = app.post(SETUP, &body(token)).await;
        assert_eq!((answer.status.as_u16(), answer.text("/message")), (400, "token must be a string".into()));
    }
    let body = json!({"token": TOKEN, "email": "evil@acme.com", "role": "super_admin"}).to_string();
    let answer = app.post(SETUP, &body).await;
    assert_eq!(answer.text("/message"), "Request body contains unknown field(s): email, role");
    assert!(app.store.accounts().is_empty());
}

#[tokio::test]
async fn one_of_many_parallel_uses_of_the_token_wins() {
    let app = app_with(&options());
    let body = body(TOKEN);
    let answers = futures_util::future::join_all((0..8).map(|_| app.post(SETUP, &body))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_eq!(answers.iter().filter(|answer| matches!(answer.status.as_u16(), 404 | 409)).count(), 7);
    assert_eq!(app.store.accounts().len(), 1);
}

#[tokio::test]
async fn an_address_with_an_account_is_a_conflict_and_the_token_stays_valid() {
    let app = app_with(&options());
    let taken = app.somebody(EMAIL, Role::User).await;
    let answer = app.post(SETUP, &body(TOKEN)).await;
    let conflict = exception(409, "Conflict", "Conflict", "An account with this email already exists");
    assert_eq!(written(&answer), (409, conflict.as_str()));
    assert_eq!(app.stored_account(taken.account).unwrap().role, Role::User, "nobody is promoted");
}
