//! Registering.

use account_core::registration::activation::Activation;
use account_tests::{Persona, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

use super::*;
use crate::http::hostile_bodies::rows;

#[tokio::test]
async fn the_documented_sample_is_accepted_byte_for_byte_as_each_media_type() {
    for content_type in ["application/json; charset=UTF-8", "application/json", "text/json"] {
        let app = TestApp::new();
        let answer = app.call(Method::POST, REGISTER, &[("content-type", content_type)], SAMPLE).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, REGISTERED), "{content_type}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        let registrations = app.store.registrations();
        let [registration] = registrations.as_slice() else { panic!("{registrations:?}") };
        let profile = &registration.choices.profile;
        assert_eq!((profile.given_name.as_deref(), profile.family_name.as_deref()), (Some("John"), Some("Smith")));
        assert_eq!(profile.phone.as_deref(), Some("3102100990"));
        assert_eq!(profile.language.as_deref(), Some("en-US"));
        assert_eq!(profile.time_zone.as_deref(), Some("America/Indiana/Indianapolis"));
        assert_eq!(profile.claimed_origin.application.as_deref(), Some("[App]"));
        assert_eq!(registration.origin.channel, "rpost");
        assert!(profile.consents.is_empty());
    }
}

#[tokio::test]
async fn paths_match_in_any_case() {
    let app = TestApp::new();
    for path in ["/api/v1/account/register", "/API/V1/ACCOUNT/REGISTER", "/api/v1/Account/Register/"] {
        assert_eq!(app.post(path, SAMPLE).await.body, REGISTERED, "{path}");
    }
}

#[tokio::test]
async fn every_field_is_stored() {
    let app = TestApp::with(|settings, _| {
        let origins = ["https://portal.example.com"];
        settings.callback_origins = account_core::registration::callback::CallbackOrigins::parse(origins).unwrap();
    });
    let maker = app.somebody("maker@acme.com", account_core::account::Role::SuperAdmin).await;
    for (path, body) in [
        ("organizations", json!({"code": "acme", "name": "Acme", "allows_self_named_administrators": true})),
        ("clients", json!({"id": "portal", "name": "Portal"})),
    ] {
        let path = format!("/account/v1/admin/{path}");
        assert_eq!(app.call_as(&maker, Method::POST, &path, Some(&body)).await.status, 201);
    }
    let body = sample(&json!({
        "AlternateEmail": " other@company.com ", "NotificationEmail": "notices@company.com", "Country": "us",
        "ConfirmationCallbackUrl": "https://portal.example.com/done", "ActivateViaCallbackUrl": true,
        "CompanyName": "Acme", "Industry": "Anvils", "RPostTermCondition": true, "ClientId": "portal",
        "CustomerCode": "acme", "IsAdminUser": true, "IPAddress": "192.0.2.9",
        "OriginatingURL": "https://www.example.com/offer", "RegistrationAppSite": "west", "FirstName": "  Jane  ",
    }));
    assert_eq!(app.post(REGISTER, &body).await.body, REGISTERED);
    let registration = app.store.registrations().remove(0);
    let choices = &registration.choices;
    let profile = &choices.profile;
    assert_eq!(profile.given_name.as_deref(), Some("Jane"));
    assert_eq!(choices.alternate_address.as_ref().unwrap().as_str(), "other@company.com");
    assert_eq!(choices.notification_address.as_ref().unwrap().as_str(), "notices@company.com");
    assert_eq!(choices.callback_url.as_deref(), Some("https://portal.example.com/done"));
    assert!(choices.link_to_callback && choices.organization.is_some() && choices.organization_role.is_some());
    assert_eq!((profile.country.as_deref(), profile.company.as_deref()), (Some("US"), Some("Acme")));
    assert_eq!((profile.industry.as_deref(), profile.consents.len()), (Some("Anvils"), 1));
    assert_eq!(profile.consents[0].to, "terms:rpost");
    let origin = &profile.claimed_origin;
    assert_eq!((origin.client.as_deref(), origin.client_address.as_deref()), (Some("portal"), Some("192.0.2.9")));
    assert_eq!(origin.url.as_deref(), Some("https://www.example.com/offer"));
    assert_eq!(origin.application_site.as_deref(), Some("west"));
    assert_eq!(registration.origin.client_address, None);
}

#[tokio::test]
async fn every_broken_rule_is_a_message_in_the_order_of_the_document() {
    let app = TestApp::new();
    let required = ["Email", "Password", "FirstName", "LastName", "RegistrationApp", "Language"];
    let texts: Vec<_> = required.iter().map(|field| format!("The {field} field is required.")).collect();
    let expected = refused(&texts.iter().map(|text| ("4001", text.as_str())).collect::<Vec<_>>());
    for body in
        ["{}", r#"{"Email":" ","Password":"","FirstName":"","LastName":" ","RegistrationApp":"","Language":""}"#]
    {
        let answer = app.post(REGISTER, body).await;
        assert_eq!((answer.status.as_u16(), answer.body), (400, expected.clone()), "{body}");
    }
    let body = sample(&json!({
        "Password": "a b", "ConfirmPassword": "x", "Country": "XX", "IsAdminUser": true, "CustomerCode": "nobody",
        "TimeZone": "Nowhere", "ConfirmationCallbackUrl": "https://evil.example.com/",
    }));
    assert_eq!(
        app.post(REGISTER, &body).await.body,
        refused(&[
            ("4004", "The field Password must be a string with a minimum length of 8."),
            ("4007", "The Password field must contain at least one uppercase letter."),
            ("4007", "The Password field must contain at least one number."),
            ("4007", "The Password field must not contain spaces."),
            ("4008", "The password and confirmation password do not match."),
            ("4009", "The ConfirmationCallbackUrl field has an origin that is not registered."),
            ("4006", "The TimeZone field has an unknown value."),
            ("4006", "The Country field has an unknown value."),
            ("4006", "The CustomerCode field has an unknown value."),
            ("4010", "The IsAdminUser field is not allowed for this customer."),
        ])
    );
}

#[tokio::test]
async fn lengths_are_those_of_the_document() {
    let app = TestApp::new();
    for (field, max) in [
        ("FirstName", 255),
        ("LastName", 255),
        ("PhoneNumber", 100),
        ("ConfirmationCallbackUrl", 250),
        ("RegistrationApp", 30),
        ("Language", 10),
        ("TimeZone", 100),
        ("Country", 5),
        ("CompanyName", 250),
        ("Industry", 50),
        ("Email", 256),
        ("AlternateEmail", 256),
        ("NotificationEmail", 255),
    ] {
        let text = format!("The field {field} must be a string with a maximum length of {max}.");
        let answer = app.post(REGISTER, &sample(&json!({field: "1".repeat(max + 1)}))).await;
        assert_eq!(answer.body, refused(&[("4003", &text)]), "{field}");
        // One less is wrong for another reason at most.
        let answer = app.post(REGISTER, &sample(&json!({field: "1".repeat(max)}))).await;
        assert_ne!(answer.text("/Message/0/MessageId"), "ACCT-4003", "{field}");
    }
}

#[tokio::test]
async fn hostile_values_are_refused_field_by_field() {
    let app = TestApp::new();
    let members: Map<String, Value> = serde_json::from_str(SAMPLE).unwrap();
    let before = rows(&app);
    for field in members.keys() {
        let is_flag = ["RPostTermCondition", "IsAdminUser", "ActivateViaCallbackUrl"].contains(&field.as_str());
        for value in [json!(7), json!([]), json!(["a"]), json!({}), json!(true), json!("true")] {
            if (is_flag && value == json!(true)) || (!is_flag && value.is_string()) {
                continue;
            }
            let answer = app.post(REGISTER, &sample(&json!({field: value}))).await;
            let ids: Vec<_> = answer.json()["Message"].as_array().unwrap().clone();
            let is_mismatch = field == "ConfirmPassword";
            let expected = if is_mismatch { "ACCT-4008" } else { "ACCT-4002" };
            assert_eq!(answer.status, 400, "{field} {value}");
            assert!(ids.iter().any(|message| message["MessageId"] == expected), "{field} {value}: {}", answer.body);
        }
    }
    let nested = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    for body in [r#"{"Email":"#, "[]", "null", "\"\"", "7", "", nested.as_str(), "{\"Email\":\"\u{1}"] {
        let answer = app.post(REGISTER, body).await;
        assert_eq!(answer.body, refused(&[("4013", "The request body is not valid JSON.")]), "{body:.40}");
    }
    let answer = app.post(REGISTER, &" ".repeat(65_537)).await;
    assert_eq!(gist(&answer), (413, "4131".into(), Value::Null));
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn only_the_last_of_repeated_members_counts() {
    let app = TestApp::new();
    let body = SAMPLE.replacen('{', r#"{"Email":"evil@company.com","#, 1);
    assert_eq!(app.post(REGISTER, &body).await.body, REGISTERED);
    let to: Vec<_> = app.mails().await.iter().map(|mail| mail.to.as_str().to_owned()).collect();
    assert_eq!(to, [EMAIL]);
}

#[tokio::test]
async fn undocumented_members_grant_nothing() {
    let app = TestApp::new();
    let body = sample(&json!({
        "Role": "super_admin", "role": "super_admin", "EmailConfirmed": true, "Verified": true, "Id": "x",
        "PasswordHash": "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA", "CreatedAt": "1999-01-01T00:00:00Z",
    }));
    assert_eq!(app.post(REGISTER, &body).await.body, REGISTERED);
    assert!(app.store.accounts().is_empty());
    let code = app.mailed_token().await;
    assert_eq!(post(&app, CONFIRM, &json!({"Email": EMAIL, "Code": code, "Password": PASSWORD})).await.status, 200);
    assert_eq!(app.store.accounts()[0].role, account_core::account::Role::User);
}

#[tokio::test]
async fn new_pending_taken_and_disabled_addresses_are_answered_alike() {
    let app = TestApp::new();
    app.sign_in_as(Persona::Person, "verified@company.com").await;
    app.sign_in_as(Persona::Disabled, "disabled@company.com").await;
    app.sign_in_as(Persona::Unverified, "unproven@company.com").await;
    app.register("pending@company.com").await;
    let mut answers = Vec::new();
    for name in ["new", "pending", "verified", "disabled", "unproven"] {
        let email = format!("{name}@company.com");
        for (path, body) in [
            (REGISTER, sample(&json!({"Email": email}))),
            (RESEND, json!({"Email": email}).to_string()),
            (FORGOT, json!({"UserEmailAddress": email}).to_string()),
        ] {
            let answer = app.post(path, &body).await;
            let mut headers: Vec<_> = answer.headers.iter().filter(|(name, _)| *name != "x-request-id").collect();
            headers.sort_by_key(|(name, _)| name.as_str());
            answers.push((path, answer.status, format!("{headers:?}"), answer.body));
        }
    }
    for later in answers.chunks(3) {
        assert_eq!(later, &answers[..3]);
    }
}

#[tokio::test]
async fn both_activations_with_and_without_disclosing_who_is_registered() {
    for activation in Activation::ALL {
        for discloses in [false, true] {
            let app = TestApp::with(|_, http| {
                let settings = http.dialect_mut("rpost").unwrap();
                (settings.activation, settings.discloses_existing) = (activation, discloses);
            });
            app.somebody("taken@company.com", account_core::account::Role::User).await;
            assert_eq!(app.post(REGISTER, SAMPLE).await.body, REGISTERED, "{activation:?} {discloses}");
            let is_immediate = activation == Activation::Immediate;
            assert_eq!(app.store.accounts().len(), 1 + usize::from(is_immediate));
            let granted = token(&app, EMAIL, PASSWORD).await;
            assert_eq!(granted.status == 200, is_immediate, "{}", granted.body);
            let answer = app.post(REGISTER, &sample(&json!({"Email": "Taken@company.com"}))).await;
            let taken = refused(&[("4011", "The Email is already registered.")]);
            assert_eq!(answer.body, if discloses { taken } else { REGISTERED.to_owned() }, "{activation:?}");
        }
    }
}

#[tokio::test]
async fn a_key_makes_a_request_safe_to_repeat() {
    let app = TestApp::new();
    let send = async |key: &str, body: String| {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        app.call(Method::POST, REGISTER, &headers, body).await
    };
    for _ in 0..2 {
        assert_eq!(send("0123456789abcdef", SAMPLE.to_owned()).await.body, REGISTERED);
    }
    assert_eq!(app.store.registrations().len(), 1);
    let other = send("0123456789abcdef", sample(&json!({"FirstName": "Jane"}))).await;
    assert_eq!(gist(&other), (422, "4221".into(), Value::Null));
    assert_eq!(gist(&send("short", SAMPLE.to_owned()).await), (400, "4025".into(), Value::Null));
}

#[tokio::test]
async fn other_failures_come_in_the_envelope() {
    let app = TestApp::with(|settings, _| settings.limits.mails = "1/day".parse().unwrap());
    let answer = app.get(REGISTER).await;
    assert_eq!(gist(&answer), (405, "4501".into(), Value::Null));
    assert_eq!(answer.header("allow"), "POST");
    let answer = app.call(Method::POST, REGISTER, &[("content-type", "text/plain")], SAMPLE).await;
    assert_eq!(gist(&answer), (415, "4151".into(), Value::Null));
    assert_eq!(app.post(REGISTER, SAMPLE).await.status, 200);
    let answer = app.post(REGISTER, SAMPLE).await;
    assert_eq!(
        answer.body,
        r#"{"StatusCode":429,"StatusText":"Too Many Requests","Status":"Error","Message":[{"Message":"Too many requests. Try again in 24 hours.","MessageId":"ACCT-4291"}],"ResultContent":null}"#
    );
    assert_eq!(answer.header("retry-after"), "86400");
    // The limit is that of the address, whatever the channel.
    assert_eq!(app.register(EMAIL).await.status, 429);
}

#[tokio::test]
async fn fields_accept_the_listed_codes() {
    let app = TestApp::new();
    for (list, field, item) in [
        ("Language", "Language", r#"{"Code":"en-us","Description":"English (United States)"}"#),
        ("timezone", "TimeZone", r#"{"Code":"US Eastern Standard Time","Description":"America/Indiana/Indianapolis"}"#),
        ("Country", "Country", r#"{"Code":"US","Description":"United States"}"#),
    ] {
        let answer = app.get(&format!("/api/v1/Lookup/{list}")).await;
        let start = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The list of codes.","MessageId":"ACCT-1001"}],"ResultContent":[{"Code":""#;
        assert!(answer.body.starts_with(start) && answer.body.contains(item), "{list}");
        assert_eq!(answer.header("cache-control"), "public, max-age=3600");
        let items = answer.json()["ResultContent"].as_array().unwrap().clone();
        assert!(items.len() > 100, "{list}");
        for (number, item) in items.iter().step_by(20).enumerate() {
            let email = format!("{number}@company.com");
            let answer = app.post(REGISTER, &sample(&json!({field: item["Code"], "Email": email}))).await;
            let is_too_long = item["Code"].as_str().unwrap().len() > 10 && field == "Language";
            assert!(answer.status == 200 || is_too_long, "{item}: {}", answer.body);
        }
    }
}
