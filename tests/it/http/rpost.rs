//! The rpost dialect, to the letter of its documentation.

mod activating;
mod people;
mod registering;

use account_tests::{Answer, TestApp};
use poem::http::Method;
use serde_json::{Map, Value, json};

const REGISTER: &str = "/api/v1/Account/Register";
const RESEND: &str = "/api/v1/Account/ResendActivationLink";
const CONFIRM: &str = "/api/v1/Account/ConfirmEmail";
const DETAILS: &str = "/api/v1/Account/Details";
const FORGOT: &str = "/api/v1/Account/ForgotPassword";
const RESET: &str = "/api/v1/Account/ResetPassword";
const EMAIL: &str = "user@company.com";
const PASSWORD: &str = "Secret007";

/// The documented request, byte for byte.
const SAMPLE: &str = r#"{
  "Email": "user@company.com",
  "Password": "Secret007",
  "ConfirmPassword": "Secret007",
  "FirstName": "John",
  "LastName": "Smith",
  "PhoneNumber": "3102100990",
  "AlternateEmail": null,
  "ConfirmationCallbackUrl": null,
  "RegistrationApp": "[App]",
  "Language": "en-us",
  "TimeZone": "US Eastern Standard Time",
  "NotificationEmail": null,
  "Country": null,
  "CompanyName": null,
  "Industry": null,
  "RPostTermCondition": null,
  "ClientId": null,
  "CustomerCode": null,
  "IsAdminUser": null,
  "ActivateViaCallbackUrl": null,
  "IPAddress": null,
  "OriginatingURL": null,
  "RegistrationAppSite": null
}"#;
/// The answer to it.
const REGISTERED: &str = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"Registration received. An email with an activation link will be sent to the user.","MessageId":"ACCT-1001"}],"ResultContent":null}"#;

/// The documented request with other members.
fn sample(members: &Value) -> String {
    let mut body: Map<String, Value> = serde_json::from_str(SAMPLE).unwrap();
    body.extend(members.as_object().unwrap().clone());
    Value::from(body).to_string()
}

/// An answer of status 400 with these messages.
fn refused(messages: &[(&str, &str)]) -> String {
    let messages: Vec<_> =
        messages.iter().map(|(id, text)| format!(r#"{{"Message":"{text}","MessageId":"ACCT-{id}"}}"#)).collect();
    format!(
        r#"{{"StatusCode":400,"StatusText":"Bad Request","Status":"Error","Message":[{}],"ResultContent":null}}"#,
        messages.join(",")
    )
}

/// The status, the only message's id, and the result.
fn gist(answer: &Answer) -> (u16, String, Value) {
    let body = answer.json();
    assert_eq!(body["StatusCode"], answer.status.as_u16(), "{}", answer.body);
    assert_eq!(body["Message"].as_array().map(Vec::len), Some(1), "{}", answer.body);
    (answer.status.as_u16(), answer.text("/Message/0/MessageId").replace("ACCT-", ""), body["ResultContent"].clone())
}

async fn post(app: &TestApp, path: &str, body: &Value) -> Answer {
    app.post(path, &body.to_string()).await
}

async fn form(app: &TestApp, body: &str) -> Answer {
    app.call(Method::POST, "/Token", &[("content-type", "application/x-www-form-urlencoded")], body.to_owned()).await
}

async fn token(app: &TestApp, email: &str, password: &str) -> Answer {
    let email = email.replace('@', "%40").replace('+', "%2B");
    form(app, &format!("grant_type=password&username={email}&password={password}")).await
}

/// Registers by the documented request and confirms the mailbox; returns a token.
async fn signed_in(app: &TestApp) -> String {
    assert_eq!(app.post(REGISTER, SAMPLE).await.body, REGISTERED);
    let code = app.mailed_token().await;
    let answer = post(app, CONFIRM, &json!({"Email": EMAIL, "Code": code, "Password": PASSWORD})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    token(app, EMAIL, PASSWORD).await.text("/access_token")
}

async fn call(app: &TestApp, bearer: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
    let authorization = format!("Bearer {bearer}");
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    app.call(method, path, &headers, body.map(|body| body.to_string()).unwrap_or_default()).await
}
