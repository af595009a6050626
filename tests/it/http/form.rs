//! The form dialect, to the letter of its documentation.

mod checks;
mod races;
mod registering;
mod sessions;
mod user;

use account_core::registration::activation::Activation;
use account_http::settings::DialectSettings;
use account_tests::{Answer, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

const REGISTER: &str = "/api/v1/auth/register";
const LOGIN: &str = "/api/v1/auth/login";
const TOKEN: &str = "/api/v1/auth/token";
const WHOAMI: &str = "/api/v1/user/whoami";
const UPDATE: &str = "/api/v1/user/update";
const DELETE: &str = "/api/v1/user/delete";
const RECOVER: &str = "/api/v1/user/recover";

/// The documented password.
const PASSWORD: &str = "yourpassword";
/// The fields of the documented registration.
const FIELDS: [(&str, &str); 5] = [
    ("name", "Test User"),
    ("account", "testuser"),
    ("email", "user@example.com"),
    ("password", PASSWORD),
    ("password_confirm", PASSWORD),
];

/// The service with settings of the dialect changed.
fn app_with(change: impl FnOnce(&mut DialectSettings)) -> TestApp {
    TestApp::with(|_, http| change(http.dialect_mut("form").unwrap()))
}

/// Fields of the documented registration, some of them with other values.
fn fields<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let value = |(name, value)| others.iter().find(|(other, _)| *other == name).copied().unwrap_or((name, value));
    FIELDS.into_iter().map(value).collect()
}

fn url_encoded(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let pair = |(name, value): &(&str, &str)| format!("{}={}", encoded(name), encoded(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// A multipart body as curl writes it, with the boundary `X`; a name may have parameters behind it.
fn multipart(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        let name = name.split_once(';').map_or(format!("\"{name}\""), |(name, more)| format!("\"{name}\";{more}"));
        format!("--X\r\nContent-Disposition: form-data; name={name}\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).collect::<String>() + "--X--\r\n"
}

async fn post_form(app: &TestApp, path: &str, body: String) -> Answer {
    app.call(Method::POST, path, &[("content-type", "application/x-www-form-urlencoded")], body).await
}

async fn post_multipart(app: &TestApp, path: &str, body: String) -> Answer {
    app.call(Method::POST, path, &[("content-type", "multipart/form-data; boundary=X")], body).await
}

/// Registers with the documented fields, some of them with other values.
async fn register(app: &TestApp, others: &[(&str, &str)]) -> Answer {
    post_form(app, REGISTER, url_encoded(&fields(others))).await
}

/// Registers, and proves the mailbox.
async fn become_user(app: &TestApp, others: &[(&str, &str)]) {
    let answer = register(app, others).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let password = fields(others)[3].1;
    let verified = app.verify(&json!({"token": app.mailed_token().await, "password": password})).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
}

async fn login(app: &TestApp, email: &str, password: &str) -> Answer {
    app.post(LOGIN, &json!({"email": email, "password": password}).to_string()).await
}

/// The access and the refresh token of somebody who signs in.
async fn tokens(app: &TestApp, email: &str) -> (String, String) {
    let answer = login(app, email, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    (answer.text("/access_token"), answer.text("/refresh_token"))
}

async fn call_as(app: &TestApp, token: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
    let authorization = format!("Bearer {token}");
    let mut headers = vec![("authorization", authorization.as_str())];
    headers.extend(body.as_ref().map(|_| ("content-type", "application/json")));
    app.call(method, path, &headers, body.map(|body| body.to_string()).unwrap_or_default()).await
}

/// The status and the body.
fn wire(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.body.as_str())
}

/// A public user who was just registered with the documented fields, but for the id and the times.
fn registered(answer: &Answer, email: &str, account: &str, is_verified: bool) -> String {
    let (id, created_at) = (answer.text("/id"), answer.text("/created_at"));
    format!(
        r#"{{"name":"Test User","email":"{email}","account":"{account}","id":"{id}","roles":"user","is_active":true,"is_verified":{is_verified},"is_superuser":false,"bio":null,"dob":null,"phone":null,"avatar_photo_id":null,"deleted_at":null,"created_at":"{created_at}","updated_at":"{created_at}"}}"#
    )
}

/// Each activation, with and without telling of addresses that have accounts.
fn every_mode() -> [(Activation, bool); 4] {
    [Activation::Verified, Activation::Immediate]
        .map(|activation| [false, true].map(|discloses| (activation, discloses)))
        .concat()
        .try_into()
        .unwrap()
}
