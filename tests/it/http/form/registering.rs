//! Registrations that are recorded.

use account_core::account::Role;
use account_tests::Persona;
use account_tests::people::PASSWORD as STANDARD_PASSWORD;

use super::*;

#[tokio::test]
async fn both_documented_bodies_get_the_documented_answer() {
    for is_multipart in [true, false] {
        let app = TestApp::new();
        let answer = if is_multipart {
            post_multipart(&app, REGISTER, multipart(&FIELDS)).await
        } else {
            post_form(&app, REGISTER, url_encoded(&FIELDS)).await
        };
        let expected = registered(&answer, "user@example.com", "testuser", false);
        assert_eq!(wire(&answer), (201, expected.as_str()));
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        assert!(answer.text("/created_at").ends_with('Z') && answer.text("/id").len() == 36);
        let verified = app.verify(&json!({"token": app.mailed_token().await, "password": PASSWORD})).await;
        assert_eq!(verified.json()["account"]["id"], answer.json()["id"]);
        assert_eq!(verified.text("/account/username"), "testuser");
        assert_eq!(verified.text("/account/name"), "Test User");
    }
}

#[tokio::test]
async fn the_answer_claims_a_verified_address_if_configured() {
    let app = app_with(|form| {
        form.options.insert("claim_verified", account_http::settings::OptionValue::Flag(true));
    });
    let answer = register(&app, &[]).await;
    assert_eq!(wire(&answer), (201, registered(&answer, "user@example.com", "testuser", true).as_str()));
    assert!(app.store.accounts().is_empty());
}

#[tokio::test]
async fn only_address_and_account_name_are_trimmed_and_lowercased() {
    let app = TestApp::new();
    let answer =
        register(&app, &[("name", " Test User "), ("email", " User@Example.COM "), ("account", " TestUser\t")]).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!((answer.text("/name"), answer.text("/email")), (" Test User ".into(), "user@example.com".into()));
    assert_eq!(answer.text("/account"), "testuser");
    let answer = register(&app, &[("password", " yourpassword"), ("password_confirm", "yourpassword")]).await;
    assert_eq!(wire(&answer), (400, r#"{"errors":"PASSWORDS_DO_NOT_MATCH"}"#));
    let _ = app.mails().await;
    become_user(&app, &[("password", " yourpassword "), ("password_confirm", " yourpassword ")]).await;
    assert_eq!(login(&app, "user@example.com", "yourpassword").await.status, 401);
    assert_eq!(login(&app, "user@example.com", " yourpassword ").await.status, 200);
}

#[tokio::test]
async fn every_address_is_answered_alike() {
    let app = TestApp::new();
    for (persona, email) in [
        (Persona::Person, "taken@example.com"),
        (Persona::Disabled, "disabled@example.com"),
        (Persona::Unverified, "unproven@example.com"),
        (Persona::Deleting, "deleting@example.com"),
    ] {
        app.sign_in_as(persona, email).await;
    }
    assert_eq!(app.register("pending@example.com").await.status, 202);
    let gist = |answer: &Answer, email: &str| {
        let varying = [&answer.text("/id"), answer.header("x-request-id"), email].map(str::to_owned);
        let mut headers: Vec<_> = answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        headers.retain(|header| !header.starts_with("x-request-id") && !header.starts_with("date"));
        headers.retain(|header| !header.starts_with("content-length"));
        headers.sort();
        let body = varying.iter().fold(answer.body.clone(), |body, text| body.replace(text.as_str(), "-"));
        (answer.status, headers, body)
    };
    let mut answers = Vec::new();
    for local in ["new", "taken", "disabled", "unproven", "deleting", "pending"] {
        let email = format!("{local}@example.com");
        let answer = register(&app, &[("email", email.as_str())]).await;
        answers.push(gist(&answer, &email));
    }
    assert_eq!(answers[0].0, 201);
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
}

#[tokio::test]
async fn a_taken_address_is_disclosed_only_if_configured() {
    for (activation, discloses) in every_mode() {
        let app = app_with(|form| (form.activation, form.discloses_existing) = (activation, discloses));
        app.sign_in_as(Persona::Person, "user@example.com").await;
        let answer = register(&app, &[]).await;
        if discloses {
            assert_eq!(wire(&answer), (400, r#"{"errors":"EMAIL_ALREADY_REGISTERED"}"#), "{activation:?}");
        } else {
            let expected = registered(&answer, "user@example.com", "testuser", false);
            assert_eq!(wire(&answer), (201, expected.as_str()), "{activation:?}");
        }
        assert_eq!(app.store.accounts().len(), 1, "{activation:?} {discloses}");
    }
}

#[tokio::test]
async fn a_taken_name_is_reported_after_a_taken_address_in_every_mode() {
    for (activation, discloses) in every_mode() {
        let app = app_with(|form| (form.activation, form.discloses_existing) = (activation, discloses));
        become_user(&app, &[]).await;
        for account in ["testuser", "TestUser", " TESTUSER "] {
            let answer = register(&app, &[("account", account), ("email", "other@example.com")]).await;
            assert_eq!(
                wire(&answer),
                (400, r#"{"errors":"ACCOUNT_NAME_ALREADY_TAKEN"}"#),
                "{activation:?} {discloses}"
            );
        }
        let both = register(&app, &[]).await;
        let code = if discloses { "EMAIL_ALREADY_REGISTERED" } else { "ACCOUNT_NAME_ALREADY_TAKEN" };
        assert_eq!(both.text("/errors"), code, "{activation:?} {discloses}");
    }
}

#[tokio::test]
async fn an_immediate_account_can_sign_in_and_is_not_verified() {
    let app = app_with(|form| form.activation = Activation::Immediate);
    let answer = register(&app, &[]).await;
    assert_eq!(wire(&answer), (201, registered(&answer, "user@example.com", "testuser", false).as_str()));
    let (access, _) = tokens(&app, "user@example.com").await;
    let user = call_as(&app, &access, Method::GET, WHOAMI, None).await;
    assert_eq!(wire(&user), (200, answer.body.as_str()), "the registration's answer was the user");
    let change = call_as(&app, &access, Method::POST, UPDATE, Some(json!({"bio": "x"}))).await;
    assert_eq!(wire(&change), (403, r#"{"errors":"EMAIL_UNVERIFIED"}"#));
}

/// Row 25 of the published failures of such systems: nobody sets marks, roles or ids of their own.
#[tokio::test]
async fn a_registration_grants_nothing_that_it_asks_for() {
    for activation in [Activation::Verified, Activation::Immediate] {
        let app = app_with(|form| form.activation = activation);
        let hostile = [
            ("roles", "admin"),
            ("role", "super_admin"),
            ("is_superuser", "true"),
            ("is_verified", "true"),
            ("is_active", "true"),
            ("verified", "true"),
            ("id", "3c90c3cc-0d44-4b50-8888-8dd25736052a"),
            ("created_at", "1999-01-01T00:00:00Z"),
            ("createdAt", "1999-01-01T00:00:00Z"),
            ("deleted_at", "1999-01-01"),
            ("password_hash", "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA"),
            ("bio", "b"),
        ];
        let body = [FIELDS.to_vec(), hostile.to_vec()].concat();
        let answer = post_form(&app, REGISTER, url_encoded(&body)).await;
        assert_eq!(wire(&answer), (201, registered(&answer, "user@example.com", "testuser", false).as_str()));
        assert_ne!(answer.text("/id"), "3c90c3cc-0d44-4b50-8888-8dd25736052a");
        for account in app.store.accounts() {
            assert_eq!((account.role, account.verified_at, account.profile.bio), (Role::User, None, None));
        }
        assert_eq!(app.store.accounts().len(), usize::from(activation == Activation::Immediate));
    }
}

/// Row 18 of the published failures of such systems: a name that is another person's address.
#[tokio::test]
async fn an_account_name_that_is_an_address_is_refused_and_its_owner_signs_in_as_before() {
    let app = TestApp::new();
    app.sign_in_as(Persona::Person, "victim@example.com").await;
    let expected = (422, r#"{"errors":{"account":"VALIDATION_ACCOUNT_INVALID_ACCOUNT"}}"#);
    for account in ["victim@example.com", " VICTIM@example.com ", "victim@example", "victim＠example.com"] {
        assert_eq!(wire(&register(&app, &[("account", account)]).await), expected, "{account}");
    }
    become_user(&app, &[]).await;
    let (access, _) = tokens(&app, "user@example.com").await;
    let change = call_as(&app, &access, Method::POST, UPDATE, Some(json!({"account": "victim@example.com"}))).await;
    assert_eq!(wire(&change), expected);
    assert_eq!(login(&app, "victim@example.com", STANDARD_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_repeated_request_with_its_key_gets_the_first_answer() {
    let app = TestApp::new();
    let send = async |body: String| {
        let key = ("idempotency-key", "0123456789abcdef");
        let headers = [("content-type", "application/x-www-form-urlencoded"), key];
        app.call(Method::POST, REGISTER, &headers, body).await
    };
    let first = send(url_encoded(&FIELDS)).await;
    assert_eq!(first.status, 201);
    let again = send(url_encoded(&FIELDS)).await;
    assert_eq!(wire(&again), wire(&first));
    assert_eq!(app.store.registrations().len(), 1);
    let other = send(url_encoded(&fields(&[("name", "Other Name")]))).await;
    assert_eq!(wire(&other), (422, r#"{"errors":"IDEMPOTENCY_MISMATCH"}"#));
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("idempotency-key", "short")];
    let malformed = app.call(Method::POST, REGISTER, &headers, url_encoded(&FIELDS)).await;
    assert_eq!(wire(&malformed), (400, r#"{"errors":"MALFORMED_IDEMPOTENCY_KEY"}"#));
}

#[tokio::test]
async fn a_disabled_dialect_is_not_served() {
    let app = app_with(|form| form.is_enabled = false);
    for path in [REGISTER, LOGIN, TOKEN, UPDATE, DELETE, RECOVER] {
        let answer = app.post(path, "{}").await;
        assert_eq!(answer.code(), (404, "not_found".into()), "{path}");
    }
    assert_eq!(app.get("/openapi/form.json").await.status, 404);
}

#[tokio::test]
async fn pages_of_other_origins_cannot_register_through_a_browser() {
    let app = TestApp::new();
    let form = ("content-type", "application/x-www-form-urlencoded");
    for foreign in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example.com"), ("origin", "null")] {
        let answer = app.call(Method::POST, REGISTER, &[form, foreign], url_encoded(&FIELDS)).await;
        assert_eq!(answer.status, 403, "{foreign:?}: {}", answer.body);
        assert!(app.store.registrations().is_empty());
    }
    let own = ("sec-fetch-site", "same-origin");
    assert_eq!(app.call(Method::POST, REGISTER, &[form, own], url_encoded(&FIELDS)).await.status, 201);
}
