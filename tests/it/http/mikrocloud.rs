//! The mikrocloud dialect, to the letter of its documentation.

use account_core::account::Role;
use account_tests::TestApp;
use account_tests::mikrocloud::{ANSWER, REQUEST};
use poem::http::Method;
use serde_json::json;

/// Where another verification email is asked for.
const MAIL: &str = "/user/verification-mail";
/// What that answers.
const MAIL_ANSWER: &str = r#"{"message":"If a registration is pending, another verification email is on its way."}"#;

#[tokio::test]
async fn the_documented_request_gets_the_documented_answer() {
    let app = TestApp::new();
    let answer = app.post("/user", REQUEST).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (201, ANSWER));
    let token = app.mailed_token().await;
    let again = app.post("/user", REQUEST).await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (201, ANSWER), "pending");
    let verified = app.verify(&json!({"token": token, "password": "SDf345FCe"})).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    assert_eq!(verified.text("/account/name"), "John Appleseed");
    assert_eq!(verified.text("/account/country"), "ZA");
    let again = app.post("/user", REQUEST).await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (201, ANSWER), "taken");
}

#[tokio::test]
async fn an_empty_body_is_missing_every_required_field() {
    let app = TestApp::new();
    let expected = r#"{"message":"The name field is required. (and 3 more errors)","errors":{"name":["The name field is required."],"email":["The email field is required."],"country":["The country field is required."],"password":["The password field is required."]}}"#;
    for body in ["{}", "{", "", "[]", "null", r#"{"name":" ","email":"","country":null}"#] {
        let answer = app.post("/user", body).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (422, expected), "{body}");
    }
}

#[tokio::test]
async fn all_errors_are_worded_as_the_original_does() {
    let app = TestApp::new();
    let answer = app
        .post(
            "/user",
            r#"{"name":5,"email":"john","country":"ZZ","password":"abc","password_confirmation":"abd","newsletter":"maybe","reseller_id":"x"}"#,
        )
        .await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.json()["errors"],
        json!({
            "name": ["The name field must be a string."],
            "email": ["The email field must be a valid email address."],
            "country": ["The selected country is invalid."],
            "password": [
                "The password field must be at least 8 characters.",
                "The password field must contain at least one uppercase and one lowercase letter.",
                "The password field must contain at least one number or special character.",
                "The password field confirmation does not match.",
            ],
            "newsletter": ["The newsletter field must be true or false."],
            "reseller_id": ["The reseller id field must be a valid UUID."],
        })
    );
    assert_eq!(answer.text("/message"), "The name field must be a string. (and 8 more errors)");
}

#[tokio::test]
async fn a_reseller_must_exist() {
    let app = TestApp::new();
    let with = |reseller: &str| REQUEST.replace(r#""reseller_id": """#, &format!(r#""reseller_id": {reseller}"#));
    let answer = app.post("/user", &with("\"3c90c3cc-0d44-4b50-8888-8dd25736052a\"")).await;
    assert_eq!(
        answer.body,
        r#"{"message":"The selected reseller id is invalid.","errors":{"reseller_id":["The selected reseller id is invalid."]}}"#
    );
    assert_eq!(app.post("/user", &with("null")).await.status, 201);
}

#[tokio::test]
async fn registering_with_a_reseller_makes_a_member() {
    let app = TestApp::new();
    let maker = app.somebody("maker@acme.com", Role::SuperAdmin).await;
    let body = json!({"code": "partner", "name": "Partner"});
    let made = app.call_as(&maker, Method::POST, "/account/v1/admin/organizations", Some(&body)).await;
    let _ = app.mails().await;
    let reseller = format!(r#""reseller_id": " {} ""#, made.text("/id"));
    let answer = app.post("/user", &REQUEST.replace(r#""reseller_id": """#, &reseller)).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (201, ANSWER));
    let token = app.mailed_token().await;
    let verified = app.verify(&json!({"token": token, "password": "SDf345FCe"})).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    assert_eq!(verified.json()["account"]["organization"], made.json()["id"]);
    assert_eq!(verified.json()["account"]["organization_role"], "member");
    assert_eq!(verified.json()["account"]["role"], "user");
}

#[tokio::test]
async fn another_mail_can_be_requested_and_the_answer_discloses_nothing() {
    let app = TestApp::new();
    assert_eq!(app.post("/user", REQUEST).await.status, 201);
    let first = app.mailed_token().await;
    for email in ["john@acme.com", " JOHN@acme.com ", "nobody@acme.com"] {
        let answer = app.post(MAIL, &json!({"email": email}).to_string()).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (202, MAIL_ANSWER), "{email}");
    }
    let newest = app.mailed_token().await;
    let verify = async |token: &str| app.verify(&json!({"token": token, "password": "SDf345FCe"})).await;
    assert_eq!(verify(&first).await.code(), (410, "superseded".into()));
    assert_eq!(verify(&newest).await.status, 200);
    let answer = app.post(MAIL, r#"{"email":"john@acme.com"}"#).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (202, MAIL_ANSWER), "an account");
}

#[tokio::test]
async fn requesting_another_mail_needs_an_address() {
    let app = TestApp::new();
    let malformed = "The email field must be a valid email address.";
    let not_text = "The email field must be a string.";
    let missing = "The email field is required.";
    for (body, text) in [
        (r#"{"email":"john"}"#, malformed),
        (r#"{"email":5}"#, not_text),
        (r#"{"email":["john@acme.com"]}"#, not_text),
        (r#"{"email":" "}"#, missing),
        ("{}", missing),
        ("nonsense", missing),
    ] {
        let answer = app.post(MAIL, body).await;
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(answer.json(), json!({"message": text, "errors": {"email": [text]}}), "{body}");
    }
}

#[tokio::test]
async fn requesting_mails_too_often_gets_the_dialects_error() {
    let app = TestApp::new();
    for _ in 0..5 {
        assert_eq!(app.post(MAIL, r#"{"email":"john@acme.com"}"#).await.status, 202);
    }
    let answer = app.post(MAIL, r#"{"email":"john@acme.com"}"#).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (429, r#"{"message":"Too Many Attempts."}"#));
    assert_eq!(answer.header("retry-after"), "60");
    assert_eq!((answer.header("x-ratelimit-limit"), answer.header("x-ratelimit-remaining")), ("5", "0"));
    let answer = app.call(Method::GET, MAIL, &[], ()).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (405, r#"{"message":"Method Not Allowed"}"#));
    assert_eq!(answer.header("allow"), "POST");
}

#[tokio::test]
async fn texts_are_trimmed_but_passwords_are_not() {
    let app = TestApp::new();
    let body = REQUEST.replace("john@acme.com", " john@acme.com ").replace("\"ZA\"", "\" za \"");
    assert_eq!(app.post("/user", &body).await.status, 201);
    let body = REQUEST.replace("\"password\": \"SDf345FCe\"", "\"password\": \"SDf345FCe \"");
    let answer = app.post("/user", &body).await;
    assert_eq!(answer.json()["errors"], json!({"password": ["The password field confirmation does not match."]}));
}

#[tokio::test]
async fn other_failures_have_a_message() {
    let app = TestApp::with(|settings, _| settings.limits.mails = "1/day".parse().unwrap());
    let answer = app.call(Method::GET, "/user", &[], ()).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (405, r#"{"message":"Method Not Allowed"}"#));
    assert_eq!(answer.header("allow"), "POST");
    let answer = app.call(Method::POST, "/user", &[("content-type", "text/plain")], "x").await;
    assert_eq!((answer.status.as_u16(), answer.text("/message").is_empty()), (415, false));
    let answer = app.post("/user", &" ".repeat(65_537)).await;
    assert_eq!((answer.status.as_u16(), answer.text("/message").is_empty()), (413, false));
    assert_eq!(app.post("/user", REQUEST).await.status, 201);
    let answer = app.post("/user", REQUEST).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (429, r#"{"message":"Too Many Attempts."}"#));
    assert_eq!(answer.header("retry-after"), "86400");
    assert_eq!(answer.header("x-ratelimit-limit"), "1");
    assert_eq!(answer.header("x-ratelimit-remaining"), "0");
}

#[tokio::test]
async fn a_disabled_dialect_is_not_served() {
    let app = TestApp::with(|_, http| http.dialect_mut("mikrocloud").unwrap().is_enabled = false);
    for path in ["/user", MAIL] {
        let answer = app.post(path, REQUEST).await;
        assert_eq!(answer.code(), (404, "not_found".into()), "{path}");
    }
    assert_eq!(app.get("/openapi/mikrocloud.json").await.status, 404);
}
