//! Signing in, details, forgotten passwords, and the status of an address.

use account_core::account::Role;
use account_tests::{Persona, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

use super::*;

const DENIED: &str = r#"{"error":"invalid_grant","error_description":"The user name or password is incorrect."}"#;
const SAMPLE_DETAILS: &str = r#"{"TimeZone":"US Eastern Standard Time","Language":"en-us","FirstName":"John","LastName":"Smith","PhoneNumber":"3102100990","UserName":"user@company.com","NotificationEmail":null}"#;

#[tokio::test]
async fn token_keys_are_case_insensitive_and_the_announced_lifetime_is_true() {
    let app = TestApp::new();
    signed_in(&app).await;
    for body in [
        "grant_type=password&username=user%40company.com&password=Secret007",
        "Grant_Type=password&UserName=%20USER%40company.com&PASSWORD=Secret007&Client_Id=portal",
    ] {
        let answer = form(&app, body).await;
        let token = answer.text("/access_token");
        let expected = format!(
            r#"{{"access_token":"{token}","token_type":"bearer","expires_in":1209599,"userName":"user@company.com"}}"#
        );
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, expected.as_str()), "{body}");
        assert_eq!((token.len(), answer.header("cache-control")), (43, "no-store"));
    }
    let token = token(&app, EMAIL, PASSWORD).await.text("/access_token");
    let last = std::time::Duration::from_secs(1_209_599) - std::time::Duration::from_micros(1);
    app.clock.advance(last);
    assert_eq!(call(&app, &token, Method::GET, DETAILS, None).await.status, 200, "unused all the time");
    app.clock.advance(std::time::Duration::from_micros(1));
    assert_eq!(call(&app, &token, Method::GET, DETAILS, None).await.status, 401);
}

#[tokio::test]
async fn an_administrators_token_announces_its_shorter_lifetime() {
    let app = TestApp::new();
    app.somebody("admin@company.com", Role::Admin).await;
    let password = account_tests::people::PASSWORD.replace(' ', "+");
    let answer = token(&app, "admin@company.com", &password).await;
    assert_eq!((answer.status.as_u16(), answer.json()["expires_in"].as_u64()), (200, Some(28_800)));
}

#[tokio::test]
async fn a_refused_token_request_discloses_nothing() {
    let app = TestApp::new();
    app.sign_in_as(Persona::Person, "person@company.com").await;
    app.sign_in_as(Persona::Disabled, "disabled@company.com").await;
    assert_eq!(app.post(REGISTER, SAMPLE).await.body, REGISTERED);
    for (email, password) in [
        ("person@company.com", "wrong"),
        ("nobody@company.com", "wrong"),
        ("nobody", "wrong"),
        (EMAIL, PASSWORD),
        ("disabled@company.com", "velvet+lantern+gravel+orchid"),
    ] {
        let answer = token(&app, email, password).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (400, DENIED), "{email}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn an_unreadable_token_request_gets_an_oauth_error() {
    let app = TestApp::with(|settings, _| {
        settings.limits.sign_ins_per_account = "3/h".parse().unwrap();
        settings.limits.sign_ins_per_new_network = "0/day".parse().unwrap();
    });
    for (body, error) in [
        ("grant_type=client_credentials&username=a&password=b", "unsupported_grant_type"),
        ("grant_type=Password&username=a&password=b", "unsupported_grant_type"),
        ("username=a&password=b", "invalid_request"),
        ("grant_type=&username=a&password=b", "invalid_request"),
        ("grant_type=password&password=b", "invalid_request"),
        ("grant_type=password&username=a", "invalid_request"),
        ("grant_type=password&username=a&username=b&password=b", "invalid_request"),
        ("grant_type=password&username=a&UserName=b&password=b", "invalid_request"),
        ("grant_type=password&username[]=a&password=b", "invalid_request"),
        ("grant_type=password&username=%FF&password=b", "invalid_request"),
        ("", "invalid_request"),
    ] {
        let answer = form(&app, body).await;
        assert_eq!((answer.status.as_u16(), answer.text("/error")), (400, error.to_owned()), "{body}");
        assert!(!answer.text("/error_description").is_empty());
    }
    let json = app.post("/token", r#"{"grant_type":"password","username":"a","password":"b"}"#).await;
    assert_eq!((json.status.as_u16(), json.text("/error")), (400, "invalid_request".into()));
    let large = form(&app, &"x".repeat(65_537)).await;
    assert_eq!((large.status.as_u16(), large.text("/error")), (413, "invalid_request".into()));
    for _ in 0..3 {
        assert_eq!(token(&app, "tried@company.com", "wrong").await.body, DENIED);
    }
    let limited = token(&app, "tried@company.com", "wrong").await;
    assert_eq!((limited.status.as_u16(), limited.text("/error")), (429, "temporarily_unavailable".into()));
    assert!(!limited.header("retry-after").is_empty() && limited.header("cache-control") == "no-store");
    // The tries are those of the account, whatever the channel.
    let native = post(&app, "/account/v1/sessions", &json!({"email": "tried@company.com", "password": "wrong"})).await;
    assert_eq!(native.status, 429);
}

#[tokio::test]
async fn details_come_back_as_they_were_registered_and_can_be_sent_back() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    let read = call(&app, &token, Method::GET, DETAILS, None).await;
    let expected = format!(
        r#"{{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{{"Message":"The details of the account.","MessageId":"ACCT-1001"}}],"ResultContent":{SAMPLE_DETAILS}}}"#
    );
    assert_eq!((read.status.as_u16(), read.body.as_str()), (200, expected.as_str()));
    let before = app.store.accounts().remove(0);
    let answer = call(&app, &token, Method::PUT, DETAILS, Some(read.json()["ResultContent"].clone())).await;
    assert_eq!(answer.json()["ResultContent"], read.json()["ResultContent"]);
    let after = app.store.accounts().remove(0);
    assert_eq!((after.profile, after.version), (before.profile, before.version));
    assert!(app.mails().await.is_empty());
}

#[tokio::test]
async fn a_change_keeps_what_it_does_not_name_and_never_the_user_name() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    let put = async |body: Value| call(&app, &token, Method::PUT, DETAILS, Some(body)).await;
    let answer = put(json!({
        "FirstName": " Jane ", "PhoneNumber": null, "LastName": "", "TimeZone": "Europe/Vienna", "Language": "DE-at",
        "UserName": "mallory@company.com", "Role": "super_admin", "Email": "mallory@company.com",
    }))
    .await;
    let changed = json!({
        "TimeZone": "Europe/Vienna", "Language": "de-at", "FirstName": "Jane", "LastName": null, "PhoneNumber": null,
        "UserName": EMAIL, "NotificationEmail": null,
    });
    assert_eq!(gist(&answer), (200, "1001".into(), changed.clone()));
    assert_eq!(gist(&put(json!({})).await), (200, "1001".into(), changed));
    let answer = put(json!({"Language": "xx-yy", "FirstName": "n".repeat(256), "PhoneNumber": 7})).await;
    assert_eq!(
        answer.body,
        refused(&[
            ("4003", "The field FirstName must be a string with a maximum length of 255."),
            ("4002", "The PhoneNumber field must be a string."),
            ("4006", "The Language field has an unknown value."),
        ])
    );
}

#[tokio::test]
async fn a_new_notification_address_requires_a_fresh_token_and_confirmation() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    let body = json!({"NotificationEmail": "notices@company.com"});
    app.clock.advance(std::time::Duration::from_mins(6));
    let answer = call(&app, &token, Method::PUT, DETAILS, Some(body.clone())).await;
    assert_eq!(gist(&answer), (403, "4304".into(), Value::Null));
    let token = super::token(&app, EMAIL, PASSWORD).await.text("/access_token");
    let answer = call(&app, &token, Method::PUT, DETAILS, Some(body)).await;
    assert_eq!(answer.text("/ResultContent/NotificationEmail"), "notices@company.com");
    let to: Vec<_> = app.mails().await.iter().map(|mail| mail.to.as_str().to_owned()).collect();
    assert_eq!(to, ["notices@company.com"]);
}

#[tokio::test]
async fn details_require_a_verified_session() {
    let app = TestApp::new();
    let denied = r#"{"StatusCode":401,"StatusText":"Unauthorized","Status":"Error","Message":[{"Message":"Authorization has been denied for this request.","MessageId":"ACCT-4101"}],"ResultContent":null}"#;
    for answer in [
        app.get(DETAILS).await,
        call(&app, "nonsense", Method::GET, DETAILS, None).await,
        call(&app, &"A".repeat(43), Method::PUT, DETAILS, Some(json!({"FirstName": "Eve"}))).await,
    ] {
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, denied));
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    for (persona, id) in [(Persona::Unverified, "4302"), (Persona::Deleting, "4303")] {
        let caller = app.sign_in_as(persona, &format!("{id}@company.com")).await.unwrap();
        assert_eq!(gist(&app.get_as(&caller, DETAILS).await), (403, id.to_owned(), Value::Null));
    }
}

#[tokio::test]
async fn a_password_reset_ends_all_sessions() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    let asked = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"If the address has an account, an email with a link to choose a new password will be sent.","MessageId":"ACCT-1001"}],"ResultContent":null}"#;
    for email in [EMAIL, "nobody@company.com"] {
        let body = json!({"UserEmailAddress": email, "FromEmailAddress": "mallory@company.com"});
        assert_eq!(post(&app, FORGOT, &body).await.body, asked);
    }
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1);
    let account_core::outbox::mail::MailContent::ResetPassword { link, .. } = &mails[0].content else { panic!() };
    let reset = link.expose().rsplit('/').next().unwrap().to_owned();
    let redeem = async |email: &str, token: &str, password: &str| {
        post(&app, RESET, &json!({"Email": email, "Token": token, "NewPassword": password})).await
    };
    assert_eq!(
        post(&app, RESET, &json!({})).await.body,
        refused(&[
            ("4001", "The Email field is required."),
            ("4001", "The Token field is required."),
            ("4001", "The NewPassword field is required."),
        ])
    );
    assert_eq!(gist(&redeem("other@company.com", &reset, "Other0000").await), (400, "4017".into(), Value::Null));
    assert_eq!(
        redeem(EMAIL, &reset, "other0000").await.body,
        refused(&[("4007", "The NewPassword field must contain at least one uppercase letter.")])
    );
    assert_eq!(call(&app, &token, Method::GET, DETAILS, None).await.status, 200);
    let done = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The password is changed.","MessageId":"ACCT-1001"}],"ResultContent":null}"#;
    assert_eq!(redeem(EMAIL, link.expose(), "Other0000").await.body, done);
    assert!(app.store.sessions().is_empty());
    assert_eq!(call(&app, &token, Method::GET, DETAILS, None).await.status, 401);
    let invalid = refused(&[("4017", "The token is not valid.")]);
    assert_eq!(redeem(EMAIL, &reset, "Third0000").await.body, invalid);
    assert_eq!(super::token(&app, EMAIL, "Other0000").await.status, 200);
}

#[tokio::test]
async fn an_expired_reset_token_is_reported() {
    let app = TestApp::new();
    signed_in(&app).await;
    assert_eq!(post(&app, FORGOT, &json!({"UserEmailAddress": EMAIL})).await.status, 200);
    let reset = app.mailed_token().await;
    app.clock.advance(std::time::Duration::from_hours(1));
    let answer = post(&app, RESET, &json!({"Email": EMAIL, "Token": reset, "NewPassword": "Other0000"})).await;
    assert_eq!(answer.body, refused(&[("4022", "The token has expired.")]));
    for (body, id, text) in [
        (json!({}), "4001", "The UserEmailAddress field is required."),
        (json!({"UserEmailAddress": "x"}), "4005", "The UserEmailAddress field is not a valid e-mail address."),
    ] {
        assert_eq!(post(&app, FORGOT, &body).await.body, refused(&[(id, text)]), "{body}");
    }
}

#[tokio::test]
async fn the_status_of_an_address_is_for_administrators() {
    let app = TestApp::new();
    let token = signed_in(&app).await;
    let path = "/api/v1/Account/Status/user%40company.com/";
    assert_eq!(gist(&app.get(path).await), (401, "4101".into(), Value::Null));
    assert_eq!(gist(&call(&app, &token, Method::GET, path, None).await), (403, "4301".into(), Value::Null));
    let admin = app.somebody("admin@company.com", Role::Admin).await;
    let answer = app.get_as(&admin, path).await;
    let expected = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The status of the user.","MessageId":"ACCT-1001"}],"ResultContent":{"FirstName":"John","LastName":"Smith","RegisteredUser":true,"EmailConfirmed":true,"UserStatusInRMailService":{"RegisteredUser":true,"Status":"Active"}}}"#;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, expected));
    for (persona, status, is_confirmed) in [
        (Persona::Unverified, "Unverified", false),
        (Persona::Disabled, "Disabled", true),
        (Persona::Deleting, "Deleting", true),
    ] {
        app.sign_in_as(persona, &format!("{status}@company.com")).await;
        let (_, _, result) = gist(&app.get_as(&admin, &format!("/api/v1/account/status/{status}@company.com")).await);
        assert_eq!(result["EmailConfirmed"], is_confirmed, "{status}");
        assert_eq!(result["UserStatusInRMailService"], json!({"RegisteredUser": true, "Status": status}));
    }
}

#[tokio::test]
async fn the_status_of_an_address_is_public_if_configured() {
    let app = TestApp::with(|_, http| {
        let options = &mut http.dialect_mut("rpost").unwrap().options;
        options.insert("open_status", account_http::settings::OptionValue::Flag(true));
    });
    let unknown = json!({
        "FirstName": null, "LastName": null, "RegisteredUser": false, "EmailConfirmed": false,
        "UserStatusInRMailService": {"RegisteredUser": false, "Status": "NotRegistered"},
    });
    assert_eq!(app.post(REGISTER, &sample(&json!({"Email": "pending@company.com"}))).await.body, REGISTERED);
    let _ = app.mails().await;
    signed_in(&app).await;
    for email in ["pending@company.com", "nobody@company.com", "nonsense"] {
        let answer = app.get(&format!("/api/v1/Account/Status/{email}/")).await;
        assert_eq!(gist(&answer), (200, "1001".into(), unknown.clone()), "{email}");
    }
    let (status, _, result) = gist(&app.get("/api/v1/Account/Status/USER@company.com/").await);
    assert_eq!((status, &result["FirstName"], &result["RegisteredUser"]), (200, &json!("John"), &json!(true)));
}

#[tokio::test]
async fn a_disabled_dialect_is_not_served() {
    let app = TestApp::with(|_, http| http.dialect_mut("rpost").unwrap().is_enabled = false);
    for path in [REGISTER, "/Token", "/api/v1/Lookup/Language"] {
        assert_eq!(app.post(path, SAMPLE).await.code(), (404, "not_found".into()), "{path}");
    }
}
