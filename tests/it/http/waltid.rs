//! The waltid dialect, to the letter of its documentation.

mod administrators;
mod hostile;
mod registering;
mod signing_in;
mod super_admin;
mod uniform;

use account_core::account::{Account, Role};
use account_tests::{Answer, Somebody, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

/// The open route.
const OPEN: &str = "/v1/account/register";
/// The administrators' route.
const ADMIN: &str = "/v1/admin/account/register";
/// Where one signs in.
const SIGN_IN: &str = "/auth/account/emailpass";
/// One's own account.
const INFO: &str = "/v1/account/info";
/// The list.
const ACCOUNTS: &str = "/v1/admin/accounts";
/// Where the first super admin is made.
const SETUP: &str = "/v1/superadmin/create-by-token";

/// The error without details, as it is written.
fn exception(status: u16, id: &str, words: &str, message: &str) -> String {
    format!(r#"{{"exception":true,"id":"{id}Exception","status":"{words}","code":"{status}","message":"{message}"}}"#)
}

/// Status and body.
fn written(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.body.as_str())
}

/// The documented request with one member changed; null takes its value away.
fn with(pointer: &str, value: Value) -> String {
    let mut body: Value = serde_json::from_str(account_tests::waltid::REQUEST).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(name.to_owned(), value);
    body.to_string()
}

/// Posts a JSON text with somebody's token.
async fn post_as(app: &TestApp, somebody: &Somebody, path: &str, body: &str) -> Answer {
    let authorization = format!("Bearer {}", somebody.token);
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    app.call(Method::POST, path, &headers, body.to_owned()).await
}

/// Signs in by the dialect.
async fn sign_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.post(SIGN_IN, &json!({"email": email, "password": password}).to_string()).await
}

/// Gets a path with a token.
async fn get_with(app: &TestApp, token: &str, path: &str) -> Answer {
    app.call(Method::GET, path, &[("authorization", &format!("Bearer {token}"))], ()).await
}

/// The account of that address.
fn account_of(app: &TestApp, email: &str) -> Account {
    app.store.accounts().into_iter().find(|account| account.address.as_str() == email).unwrap()
}

/// Closes registration.
async fn close(app: &TestApp) -> Somebody {
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let path = "/account/v1/admin/features/account-registration";
    let set = app.call_as(&root, Method::PUT, path, Some(&json!({"value": {"mode": "closed"}}))).await;
    assert_eq!(set.status, 200, "{}", set.body);
    root
}
