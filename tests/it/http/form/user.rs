//! Looking after one's account.

use std::time::Duration;

use account_core::account::Role;
use account_core::ports::Clock;
use account_tests::Persona;

use super::super::hostile_bodies::rows;
use super::*;

async fn signed_in(app: &TestApp) -> String {
    become_user(app, &[]).await;
    tokens(app, "user@example.com").await.0
}

async fn update(app: &TestApp, token: &str, body: Value) -> Answer {
    call_as(app, token, Method::POST, UPDATE, Some(body)).await
}

async fn whoami(app: &TestApp, token: &str) -> Answer {
    call_as(app, token, Method::GET, WHOAMI, None).await
}

const EVERYTHING: &str = r#"{"name":"Other Name","account":" OtherName ","bio":"A few words","dob":"2023-12-25","phone":"+27 83 123 4567","avatar_photo_id":"3c90c3cc-0d44-4b50-8888-8dd25736052a"}"#;

#[tokio::test]
async fn details_are_changed_by_json_and_by_both_kinds_of_forms() {
    let change: Value = serde_json::from_str(EVERYTHING).unwrap();
    let members = change.as_object().unwrap();
    let fields: Vec<(&str, &str)> =
        members.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    for (content_type, body) in [
        ("application/json", EVERYTHING.to_owned()),
        ("application/x-www-form-urlencoded", url_encoded(&fields)),
        ("multipart/form-data; boundary=X", multipart(&fields)),
    ] {
        let app = TestApp::new();
        let token = signed_in(&app).await;
        let before = whoami(&app, &token).await;
        app.clock.advance(Duration::from_secs(10));
        let authorization = format!("Bearer {token}");
        let headers = [("authorization", authorization.as_str()), ("content-type", content_type)];
        let answer = app.call(Method::POST, UPDATE, &headers, body).await;
        let (id, made, changed) = (before.text("/id"), before.text("/created_at"), answer.text("/updated_at"));
        let expected = format!(
            r#"{{"name":"Other Name","email":"user@example.com","account":"othername","id":"{id}","roles":"user","is_active":true,"is_verified":true,"is_superuser":false,"bio":"A few words","dob":"2023-12-25","phone":"+27831234567","avatar_photo_id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","deleted_at":null,"created_at":"{made}","updated_at":"{changed}"}}"#
        );
        assert_eq!(wire(&answer), (200, expected.as_str()), "{content_type}");
        assert!(changed > made, "{changed}");
        assert_eq!(wire(&whoami(&app, &token).await), (200, expected.as_str()));
    }
}

#[tokio::test]
async fn absent_values_stay_and_emptied_ones_are_removed() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    update(&app, &token, serde_json::from_str(EVERYTHING).unwrap()).await;
    let before = whoami(&app, &token).await;
    for nothing in [json!({}), json!({"name": null, "account": null}), json!({"other": "x"})] {
        assert_eq!(wire(&update(&app, &token, nothing).await), (200, before.body.as_str()));
    }
    let emptied = update(&app, &token, json!({"bio": null, "dob": "", "phone": null, "avatar_photo_id": ""})).await;
    for member in ["bio", "dob", "phone", "avatar_photo_id"] {
        assert_eq!(emptied.json()[member], Value::Null, "{member}");
    }
    assert_eq!((emptied.text("/name"), emptied.text("/account")), ("Other Name".into(), "othername".into()));
}

#[tokio::test]
async fn all_errors_of_an_update_are_reported_at_once_and_change_nothing() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    let before = rows(&app);
    let long = |count: usize| "1".repeat(count);
    for (change, errors) in [
        (
            json!({"name": "short", "account": "short", "bio": long(201), "dob": "yesterday", "phone": long(21), "avatar_photo_id": "x"}),
            json!({"name": "VALIDATION_NAME_TOO_SHORT", "account": "VALIDATION_ACCOUNT_TOO_SHORT", "bio": "VALIDATION_BIO_TOO_LONG", "dob": "VALIDATION_DOB_INVALID_DATE", "phone": "VALIDATION_PHONE_TOO_LONG", "avatar_photo_id": "VALIDATION_AVATAR_PHOTO_ID_INVALID_UUID"}),
        ),
        (
            json!({"name": 1, "account": [], "bio": {}, "dob": true, "phone": 27, "avatar_photo_id": ["a"]}),
            json!({"name": "VALIDATION_NAME_MUST_BE_STRING", "account": "VALIDATION_ACCOUNT_MUST_BE_STRING", "bio": "VALIDATION_BIO_MUST_BE_STRING", "dob": "VALIDATION_DOB_MUST_BE_STRING", "phone": "VALIDATION_PHONE_MUST_BE_STRING", "avatar_photo_id": "VALIDATION_AVATAR_PHOTO_ID_INVALID_UUID"}),
        ),
        (
            json!({"name": long(41), "account": "a b c d e", "dob": "2999-01-01", "phone": " ", "bio": "a\u{0}b"}),
            json!({"name": "VALIDATION_NAME_TOO_LONG", "account": "VALIDATION_ACCOUNT_INVALID_ACCOUNT", "dob": "VALIDATION_DOB_OUT_OF_RANGE", "phone": "VALIDATION_PHONE_BLANK", "bio": "VALIDATION_BIO_INVALID_CHARACTER"}),
        ),
        (
            json!({"name": "", "account": ""}),
            json!({"name": "VALIDATION_NAME_TOO_SHORT", "account": "VALIDATION_ACCOUNT_TOO_SHORT"}),
        ),
    ] {
        let answer = update(&app, &token, change).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (422, json!({"errors": errors})));
    }
    assert_eq!(rows(&app), before);
}

/// Row 25 of the published failures of such systems: nobody changes marks, roles or ids of their own.
#[tokio::test]
async fn a_change_grants_nothing_that_it_asks_for() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    let before = rows(&app);
    let seen = whoami(&app, &token).await;
    let hostile = json!({
        "roles": "admin", "role": "super_admin", "is_superuser": true, "is_verified": false, "is_active": false,
        "verified": true, "id": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "email": "mallory@example.com",
        "password": "otherpassword", "created_at": "1999-01-01T00:00:00Z", "createdAt": "1999-01-01T00:00:00Z",
        "updated_at": "1999-01-01T00:00:00Z", "deleted_at": "1999-01-01", "organization": "acme", "version": 99,
    });
    let answer = update(&app, &token, hostile.clone()).await;
    assert_eq!(wire(&answer), (200, seen.body.as_str()));
    let texts: Vec<_> =
        hostile.as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
    let pairs: Vec<_> = texts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let authorization = format!("Bearer {token}");
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let answer = app.call(Method::POST, UPDATE, &headers, url_encoded(&pairs)).await;
    assert_eq!(wire(&answer), (200, seen.body.as_str()));
    assert_eq!(rows(&app), before);
    assert!(app.mails().await.is_empty());
    assert_eq!(login(&app, "user@example.com", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_taken_name_is_reported_after_other_errors() {
    let app = TestApp::new();
    become_user(&app, &[("email", "other@example.com"), ("account", "othername")]).await;
    let token = signed_in(&app).await;
    let answer = update(&app, &token, json!({"account": "OtherName"})).await;
    assert_eq!(wire(&answer), (400, r#"{"errors":"ACCOUNT_NAME_ALREADY_TAKEN"}"#));
    let answer = update(&app, &token, json!({"account": "othername", "name": "short"})).await;
    assert_eq!(wire(&answer), (422, r#"{"errors":{"name":"VALIDATION_NAME_TOO_SHORT"}}"#));
    assert_eq!(update(&app, &token, json!({"account": "testuser"})).await.status, 200, "one's own is not taken");
}

#[tokio::test]
async fn an_account_is_deleted_after_seven_days_and_can_be_recovered_until_then() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    let before = whoami(&app, &token).await;
    let answer = call_as(&app, &token, Method::POST, DELETE, None).await;
    assert_eq!(wire(&answer), (202, r#"{"message":"SCHEDULED_FOR_DELETION"}"#));
    assert_eq!(whoami(&app, &token).await.text("/errors"), "COULD_NOT_VALIDATE_CREDENTIALS", "all sessions ended");

    let (token, _) = tokens(&app, "user@example.com").await;
    let due = (app.clock.now() + Duration::from_hours(7 * 24)).to_string();
    assert_eq!(whoami(&app, &token).await.text("/deleted_at"), due[..10]);
    for path in [UPDATE, DELETE] {
        let answer = call_as(&app, &token, Method::POST, path, Some(json!({"bio": "x"}))).await;
        assert_eq!(wire(&answer), (403, r#"{"errors":"DELETION_PENDING"}"#), "{path}");
    }
    let recovered = call_as(&app, &token, Method::POST, RECOVER, None).await;
    assert_eq!((recovered.status.as_u16(), recovered.json()["deleted_at"].clone()), (200, Value::Null));
    assert_eq!(recovered.json()["id"], before.json()["id"]);
    let again = call_as(&app, &token, Method::POST, RECOVER, None).await;
    assert_eq!(wire(&again), (200, recovered.body.as_str()), "nothing is left to take back");
}

#[tokio::test]
async fn deletion_requires_a_recent_password() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    app.clock.advance(Duration::from_mins(5));
    let answer = call_as(&app, &token, Method::POST, DELETE, None).await;
    assert_eq!(wire(&answer), (403, r#"{"errors":"REAUTHENTICATION_REQUIRED"}"#));
    let (token, _) = tokens(&app, "user@example.com").await;
    assert_eq!(call_as(&app, &token, Method::POST, DELETE, None).await.status, 202);
}

#[tokio::test]
async fn the_last_super_admin_stays() {
    let app = TestApp::new();
    let root = app.somebody("root@example.com", Role::SuperAdmin).await;
    let answer = app.call_as(&root, Method::POST, DELETE, None).await;
    assert_eq!(wire(&answer), (409, r#"{"errors":"LAST_SUPER_ADMIN"}"#));
    assert_eq!(answer.header("retry-after"), "");
}

#[tokio::test]
async fn roles_and_flags_are_shown_truthfully() {
    let app = TestApp::new();
    for (persona, roles, is_verified, is_superuser) in [
        (Persona::Person, "user", true, false),
        (Persona::Unverified, "user", false, false),
        (Persona::Deleting, "user", true, false),
        (Persona::Admin, "admin", true, false),
        (Persona::SuperAdmin, "admin", true, true),
    ] {
        let somebody = app.sign_in_as(persona, &format!("{persona:?}@example.com").to_lowercase()).await.unwrap();
        let user = app.get_as(&somebody, WHOAMI).await.json();
        assert_eq!(user["roles"], roles, "{persona:?}");
        assert_eq!(
            (&user["is_verified"], &user["is_superuser"]),
            (&json!(is_verified), &json!(is_superuser)),
            "{persona:?}"
        );
        assert_eq!((&user["is_active"], &user["name"], &user["account"]), (&json!(true), &json!(""), &json!("")));
        assert_eq!(user["deleted_at"].is_string(), persona == Persona::Deleting);
    }
}
