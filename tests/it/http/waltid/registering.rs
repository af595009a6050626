//! The open route.

use account_tests::TestApp;
use account_tests::waltid::{PASSWORD, REQUEST, answer, request};
use poem::http::Method;
use serde_json::{Value, json};

use super::{INFO, OPEN, account_of, close, exception, get_with, sign_in, with, written};

const EMAIL: &str = "max.mustermann@example.org";

#[tokio::test]
async fn the_documented_request_gets_the_documented_answer_and_its_id_becomes_the_accounts() {
    let app = TestApp::new();
    let registered = app.post(OPEN, REQUEST).await;
    let id = registered.text("/_id");
    assert_eq!(written(&registered), (201, answer(&id, EMAIL).as_str()));
    assert_eq!(registered.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(sign_in(&app, EMAIL, PASSWORD).await.status, 401, "the mailbox is not proven");
    let verified = app.verify(&json!({"token": app.mailed_token().await, "password": PASSWORD})).await;
    assert_eq!((verified.status.as_u16(), verified.text("/account/id")), (200, id.clone()));
    let profile = account_of(&app, EMAIL).profile;
    assert_eq!(profile.name.as_deref(), Some("Max Mustermann"));
    assert_eq!(profile.country.as_deref(), Some("AT"));
    assert_eq!(profile.postal_address.as_deref(), Some("Liechtensteinstraße 111/115, 1090 Vienna"));
    assert_eq!((profile.time_zone.as_deref(), profile.language.as_deref()), (Some("UTC"), Some("en")));
    let token = sign_in(&app, EMAIL, PASSWORD).await.text("/token");
    let info = get_with(&app, &token, INFO).await;
    assert_eq!(written(&info), (200, answer(&id, EMAIL).as_str()));
}

#[tokio::test]
async fn the_answer_repeats_the_input_and_the_account_shows_what_is_stored() {
    let app = TestApp::new();
    let mut body: Value = serde_json::from_str(REQUEST).unwrap();
    body["profile"]["email"] = json!("private@example.org");
    body["profile"]["addressCountry"] = json!("at");
    body["preferences"] = json!({"timeZone": "europe/vienna", "languagePreference": "De"});
    body["initialAuth"]["identifier"].as_object_mut().unwrap().remove("type");
    body["initialAuth"]["data"].as_object_mut().unwrap().remove("type");
    let registered = app.post(OPEN, &body.to_string()).await;
    assert_eq!(registered.status, 201, "{}", registered.body);
    assert_eq!(registered.json()["profile"], body["profile"]);
    assert_eq!(registered.json()["accountPreferences"], body["preferences"]);
    let mails = app.mails().await;
    assert!(mails.iter().all(|mail| mail.to.as_str() == EMAIL), "the profile's address is not the identity");
}

#[tokio::test]
async fn another_address_in_the_profile_becomes_an_additional_address() {
    let app = TestApp::new();
    let body = with("/profile/email", json!("private@example.org"));
    assert_eq!(app.post(OPEN, &body).await.status, 201);
    let verified = app.verify(&json!({"token": app.mailed_token().await, "password": PASSWORD})).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    let account = account_of(&app, EMAIL);
    assert_eq!(account.secondary_addresses.alternate.unwrap().address.as_str(), "private@example.org");
    let token = sign_in(&app, EMAIL, PASSWORD).await.text("/token");
    // Nobody is shown as the owner of an address that is not proven.
    assert_eq!(get_with(&app, &token, INFO).await.text("/profile/email"), EMAIL);

    // The same address in another spelling is no further one.
    let body = request("other@example.org").replacen("other@example.org", "Other@EXAMPLE.org", 1);
    assert_eq!(app.post(OPEN, &body).await.status, 201);
    let token = app.mailed_token().await;
    let _ = app.verify(&json!({"token": token, "password": PASSWORD})).await;
    assert_eq!(account_of(&app, "other@example.org").secondary_addresses.alternate, None);
}

#[tokio::test]
async fn what_is_optional_may_be_left_out() {
    let app = TestApp::new();
    let body = json!({
        "profile": {}, "preferences": {"timeZone": null},
        "initialAuth": {"type": "email", "identifier": {"email": EMAIL}, "data": {"password": PASSWORD}},
    });
    let registered = app.post(OPEN, &body.to_string()).await;
    let id = registered.text("/_id");
    let expected =
        format!(r#"{{"_id":"{id}","type":"USER","profile":{{}},"accountPreferences":{{}},"flags":[],"roles":{{}}}}"#);
    assert_eq!(written(&registered), (201, expected.as_str()));
}

#[tokio::test]
async fn missing_and_unknown_fields_are_answered_to_the_letter() {
    let app = TestApp::new();
    for (body, expected) in [
        (
            r#"{"initialAuth":{"type":"email","identifier":{"email":"a@example.org"},"data":{"password":"password123456"}}}"#,
            r#"{"exception":true,"id":"BadRequestException","status":"Bad Request","code":"400","message":"Request body is missing required field(s): profile, preferences","details":{"missingFields":["profile","preferences"],"expectedType":"AccountRegistrationRequest"}}"#,
        ),
        (
            r#"{"profile":{},"foo":1}"#,
            r#"{"exception":true,"id":"BadRequestException","status":"Bad Request","code":"400","message":"Request body contains unknown field(s): foo","details":{"unknownFields":["foo"],"expectedType":"AccountRegistrationRequest"}}"#,
        ),
    ] {
        assert_eq!(written(&app.post(OPEN, body).await), (400, expected), "{body}");
    }
    assert!(app.store.registrations().is_empty());
}

#[tokio::test]
async fn all_violations_are_reported_at_once() {
    let app = TestApp::new();
    let body = json!({
        "profile": {"name": 5, "email": "x", "addressCountry": "XX", "address": "\u{7}"},
        "preferences": {"timeZone": "Nowhere", "languagePreference": "xx"},
        "initialAuth": {"type": "email", "identifier": {"email": "y"}, "data": {"password": "short"}},
    });
    let answer = app.post(OPEN, &body.to_string()).await;
    assert_eq!(answer.status, 400);
    let fields: Vec<_> = answer.json()["details"]["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|violation| violation["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        fields,
        [
            "profile.name",
            "profile.email",
            "profile.addressCountry",
            "profile.address",
            "preferences.timeZone",
            "preferences.languagePreference",
            "initialAuth.identifier.email",
            "initialAuth.data.password",
        ]
    );
    assert!(
        answer
            .text("/message")
            .starts_with("profile.name must be a string; profile.email is not a valid email address; ")
    );
}

#[tokio::test]
async fn a_repeated_request_gets_the_same_answer_and_another_one_under_its_key_none() {
    let app = TestApp::new();
    let headers = [("content-type", "application/json"), ("idempotency-key", "0123456789abcdef")];
    let call = async |body: &str| app.call(Method::POST, OPEN, &headers, body.to_owned()).await;
    let first = call(REQUEST).await;
    let again = call(REQUEST).await;
    assert_eq!((written(&first), first.status.as_u16()), (written(&again), 201));
    assert_eq!(app.store.registrations().len(), 1);
    let other = call(&request("other@example.org")).await;
    let expected = exception(422, "UnprocessableEntity", "Unprocessable Entity", "Idempotency key reused");
    assert_eq!(written(&other), (422, expected.as_str()));
    let short = [("content-type", "application/json"), ("idempotency-key", "x")];
    let answer = app.call(Method::POST, OPEN, &short, REQUEST).await;
    assert_eq!((answer.status.as_u16(), answer.text("/id")), (400, "BadRequestException".into()));
}

#[tokio::test]
async fn other_failures_have_the_same_form() {
    let app = TestApp::with(|settings, _| settings.limits.mails = "1/day".parse().unwrap());
    let answer = app.call(Method::GET, OPEN, &[], ()).await;
    let expected = exception(405, "MethodNotAllowed", "Method Not Allowed", "Method not allowed");
    assert_eq!(written(&answer), (405, expected.as_str()));
    assert_eq!(answer.header("allow"), "POST");
    let answer = app.call(Method::POST, OPEN, &[("content-type", "text/plain")], REQUEST).await;
    let expected = exception(415, "UnsupportedMediaType", "Unsupported Media Type", "Unsupported media type");
    assert_eq!(written(&answer), (415, expected.as_str()));
    let answer = app.post(OPEN, &" ".repeat(65_537)).await;
    assert_eq!((answer.status.as_u16(), answer.text("/id")), (413, "PayloadTooLargeException".into()));
    // Limits are those of all channels.
    assert_eq!(app.register(EMAIL).await.status, 202);
    let answer = app.post(OPEN, REQUEST).await;
    let expected = exception(429, "TooManyRequests", "Too Many Requests", "Too many requests");
    assert_eq!(written(&answer), (429, expected.as_str()));
    assert_eq!(answer.header("retry-after"), "86400");
    assert_eq!(app.store.registrations().len(), 1);
}

#[tokio::test]
async fn the_open_route_is_not_found_while_registration_is_closed() {
    let app = TestApp::new();
    let _ = close(&app).await;
    let expected = exception(404, "NotFound", "Not Found", "The feature account-registration is not enabled");
    assert_eq!(written(&app.post(OPEN, REQUEST).await), (404, expected.as_str()));
    assert!(app.store.registrations().is_empty());
    assert!(app.mails().await.is_empty());
}

#[tokio::test]
async fn a_disabled_dialect_is_not_served() {
    let app = TestApp::with(|_, http| http.dialect_mut("waltid").unwrap().is_enabled = false);
    for path in [OPEN, super::ADMIN, super::SIGN_IN, super::SETUP] {
        assert_eq!(app.post(path, REQUEST).await.code(), (404, "not_found".into()), "{path}");
    }
    assert_eq!(app.get("/openapi/waltid.json").await.status, 404);
}
