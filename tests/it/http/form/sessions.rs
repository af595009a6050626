//! Signing in, and renewing the session.

use std::time::Duration;

use account_core::account::Role;
use account_tests::Persona;
use account_tests::people::PASSWORD as STANDARD_PASSWORD;

use super::*;

const WRONG: (u16, &str) = (401, r#"{"errors":"INCORRECT_EMAIL_OR_PASSWORD"}"#);
const NONE: (u16, &str) = (401, r#"{"errors":"NOT_AUTHENTICATED"}"#);
const BAD: (u16, &str) = (403, r#"{"errors":"COULD_NOT_VALIDATE_CREDENTIALS"}"#);

async fn renew(app: &TestApp, token: &str) -> Answer {
    app.post(TOKEN, &json!({"refresh_token": token}).to_string()).await
}

async fn whoami(app: &TestApp, token: &str) -> Answer {
    call_as(app, token, Method::GET, WHOAMI, None).await
}

#[tokio::test]
async fn address_or_name_and_password_open_a_session() {
    let app = TestApp::new();
    become_user(&app, &[]).await;
    for identifier in ["user@example.com", " User@Example.com ", "testuser", "TestUser"] {
        let answer = login(&app, identifier, PASSWORD).await;
        let (access, refresh) = (answer.text("/access_token"), answer.text("/refresh_token"));
        let expected = format!(r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"bearer"}}"#);
        assert_eq!(wire(&answer), (200, expected.as_str()), "{identifier}");
        assert_eq!((access.len(), answer.header("cache-control")), (43, "no-store"));
        assert_eq!(whoami(&app, &access).await.text("/account"), "testuser");
        assert_eq!(wire(&whoami(&app, &refresh).await), BAD, "it renews, and opens nothing");
    }
}

#[tokio::test]
async fn whatever_is_wrong_is_refused_alike() {
    let app = TestApp::new();
    app.sign_in_as(Persona::Disabled, "disabled@example.com").await;
    become_user(&app, &[]).await;
    assert_eq!(register(&app, &[("email", "pending@example.com"), ("account", "pending")]).await.status, 201);
    for (email, password) in [
        ("user@example.com", "wrongpassword"),
        ("testuser", "wrongpassword"),
        ("nobody@example.com", PASSWORD),
        ("disabled@example.com", STANDARD_PASSWORD),
        ("pending@example.com", PASSWORD),
        ("pending", PASSWORD),
        ("a b", PASSWORD),
        ("user@example.com,x@example.com", PASSWORD),
    ] {
        let answer = login(&app, email, password).await;
        assert_eq!(wire(&answer), WRONG, "{email}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
}

#[tokio::test]
async fn missing_fields_and_wrong_types_are_named() {
    let app = TestApp::new();
    for (path, body, expected) in [
        (
            LOGIN,
            "{}",
            r#"{"errors":{"body.email":"VALIDATION_BODY_REQUIRED","body.password":"VALIDATION_BODY_REQUIRED"}}"#,
        ),
        (LOGIN, r#"{"email":"user@example.com"}"#, r#"{"errors":{"body.password":"VALIDATION_BODY_REQUIRED"}}"#),
        (
            LOGIN,
            r#"{"email":["user@example.com"],"password":{}}"#,
            r#"{"errors":{"body.email":"VALIDATION_BODY_MUST_BE_STRING","body.password":"VALIDATION_BODY_MUST_BE_STRING"}}"#,
        ),
        (TOKEN, "{}", r#"{"errors":{"body.refresh_token":"VALIDATION_BODY_REQUIRED"}}"#),
        (TOKEN, r#"{"refresh_token":7}"#, r#"{"errors":{"body.refresh_token":"VALIDATION_BODY_MUST_BE_STRING"}}"#),
    ] {
        assert_eq!(wire(&app.post(path, body).await), (422, expected), "{body}");
    }
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let app = TestApp::new();
    become_user(&app, &[]).await;
    let (access, refresh) = tokens(&app, "user@example.com").await;
    let renewed = renew(&app, &refresh).await;
    let (next, next_refresh) = (renewed.text("/access_token"), renewed.text("/refresh_token"));
    let expected = format!(r#"{{"access_token":"{next}","refresh_token":"{next_refresh}","token_type":"bearer"}}"#);
    assert_eq!(wire(&renewed), (200, expected.as_str()));
    assert_eq!(whoami(&app, &next).await.status, 200);
    assert_eq!(wire(&whoami(&app, &access).await), BAD, "the access token was replaced");
    // It comes again: of two holders one is not the owner, so the family ends.
    app.clock.advance(Duration::from_secs(30));
    assert_eq!(wire(&renew(&app, &refresh).await), BAD);
    assert_eq!(wire(&renew(&app, &next_refresh).await), BAD);
    assert_eq!(wire(&whoami(&app, &next).await), BAD);
}

#[tokio::test]
async fn two_tabs_that_renew_at_once_stay_signed_in() {
    let app = TestApp::new();
    become_user(&app, &[]).await;
    let (_, refresh) = tokens(&app, "user@example.com").await;
    let (one, other) = tokio::join!(renew(&app, &refresh), renew(&app, &refresh));
    let (renewed, refused) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!(wire(&refused), BAD);
    app.clock.advance(Duration::from_secs(29));
    assert_eq!(wire(&renew(&app, &refresh).await), BAD, "nor does a late answer end anything");
    let (next, next_refresh) = (renewed.text("/access_token"), renewed.text("/refresh_token"));
    assert_eq!(whoami(&app, &next).await.status, 200);
    assert_eq!(renew(&app, &next_refresh).await.status, 200);
    // The successor was used: now the first token can only be somebody else's.
    assert_eq!(wire(&renew(&app, &refresh).await), BAD);
    assert_eq!(wire(&whoami(&app, &next).await), BAD);
    assert_eq!(login(&app, "user@example.com", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn tokens_end_when_the_documents_say_so() {
    let app = TestApp::new();
    become_user(&app, &[]).await;
    let (mut access, mut refresh) = tokens(&app, "user@example.com").await;
    app.clock.advance(Duration::from_secs(3_599));
    assert_eq!(whoami(&app, &access).await.status, 200);
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(wire(&whoami(&app, &access).await), BAD, "after an hour");
    let renewed = renew(&app, &refresh).await;
    assert_eq!(renewed.status, 200, "unused, it goes on: {}", renewed.body);
    (access, refresh) = (renewed.text("/access_token"), renewed.text("/refresh_token"));
    assert_eq!(whoami(&app, &access).await.status, 200);
    app.clock.advance(Duration::from_hours(30 * 24 - 1));
    assert_eq!(wire(&renew(&app, &refresh).await), BAD, "after thirty days in all");
}

#[tokio::test]
async fn an_administrators_session_ends_after_eight_hours_however_it_was_opened() {
    let app = TestApp::new();
    app.somebody("admin@example.com", Role::Admin).await;
    let answer = login(&app, "admin@example.com", STANDARD_PASSWORD).await;
    let refresh = answer.text("/refresh_token");
    app.clock.advance(Duration::from_hours(8));
    assert_eq!(wire(&renew(&app, &refresh).await), BAD);
}

#[tokio::test]
async fn an_invalid_refresh_token_renews_nothing() {
    let app = TestApp::new();
    become_user(&app, &[]).await;
    let (access, refresh) = tokens(&app, "user@example.com").await;
    let swapped: String = refresh
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    for token in ["", " ", "nonsense", &refresh[..42], &format!("{refresh}A"), &swapped, &access, &"A".repeat(43)] {
        assert_eq!(wire(&renew(&app, token).await), BAD, "{token}");
    }
    assert_eq!(renew(&app, &refresh).await.status, 200);
}

#[tokio::test]
async fn missing_and_invalid_bearers_are_distinct() {
    let app = TestApp::new();
    for (method, path) in
        [(Method::GET, WHOAMI), (Method::POST, UPDATE), (Method::POST, DELETE), (Method::POST, RECOVER)]
    {
        for (authorization, expected) in [
            (None, NONE),
            (Some("Basic dXNlcjp5b3VycGFzc3dvcmQ="), NONE),
            (Some("Bearer nonsense"), BAD),
            (Some("Bearer "), BAD),
        ] {
            let headers: Vec<_> = authorization.map(|text| ("authorization", text)).into_iter().collect();
            let answer = app.call(method.clone(), path, &headers, ()).await;
            assert_eq!(wire(&answer), expected, "{path} {authorization:?}");
            assert_eq!(answer.header("www-authenticate").is_empty(), expected == BAD, "{path} {authorization:?}");
        }
    }
}

#[tokio::test]
async fn sessions_work_across_channels() {
    let app = TestApp::new();
    let somebody = app.somebody("john@acme.com", Role::User).await;
    assert_eq!(app.get_as(&somebody, WHOAMI).await.text("/email"), "john@acme.com");
    let access = login(&app, "john@acme.com", STANDARD_PASSWORD).await.text("/access_token");
    let me = call_as(&app, &access, Method::GET, "/account/v1/me", None).await;
    assert_eq!((me.status.as_u16(), me.text("/email")), (200, "john@acme.com".to_owned()));
}

#[tokio::test]
async fn guessing_is_limited_and_reported_in_this_grammar() {
    let app = TestApp::new();
    become_user(&app, &[]).await;
    let mut last = None;
    for number in 0..101 {
        let identifier = if number % 2 == 0 { "user@example.com" } else { "testuser" };
        last = Some(login(&app, identifier, "wrongpassword").await);
    }
    let last = last.unwrap();
    assert_eq!(wire(&last), (429, r#"{"errors":"TOO_MANY_REQUESTS"}"#));
    assert!(!last.header("retry-after").is_empty());
}
