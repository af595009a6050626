//! Correcting the address of a registration, and going on in the tab in which one registered.

use account_core::outbox::mail::MailContent;
use account_tests::{Answer, TestApp};
use poem::http::Method;
use serde_json::json;

const PASSWORD: &str = "velvet lantern gravel orchid";

/// A registration, as its client holds it.
struct Held {
    path: String,
    id: String,
    continuation: String,
}

impl Held {
    async fn of(app: &TestApp, email: &str) -> Self {
        let accepted = app.register(email).await;
        assert_eq!(accepted.status, 202, "{}", accepted.body);
        let id = accepted.text("/registration_id");
        let path = format!("/account/v1/registrations/{id}");
        Self { path, id, continuation: accepted.text("/continuation") }
    }

    async fn send(&self, app: &TestApp, method: Method, path: &str, body: &str) -> Answer {
        let headers =
            [("content-type", "application/json"), ("x-registration-continuation", self.continuation.as_str())];
        app.call(method, path, &headers, body.to_owned()).await
    }

    async fn correct(&self, app: &TestApp, email: &str) -> Answer {
        self.send(app, Method::PATCH, &self.path, &json!({"email": email}).to_string()).await
    }

    async fn go_on(&self, app: &TestApp) -> Answer {
        self.send(app, Method::POST, &format!("{}/session", self.path), "").await
    }

    async fn status(&self, app: &TestApp) -> Answer {
        self.send(app, Method::GET, &self.path, "").await
    }
}

#[tokio::test]
async fn a_mistyped_address_is_corrected() {
    let app = TestApp::new();
    let held = Held::of(&app, "john@acme.con").await;
    let first = app.mailed_token().await;
    let answer = held.correct(&app, "John@acme.com").await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    assert_eq!(
        answer.json(),
        json!({"registration_id": held.id, "expires_at": "2026-01-02T00:00:00Z", "corrections_left": 4,
               "message": "Address corrected. Check your email to verify it."})
    );
    assert_eq!(held.status(&app).await.text("/email"), "John@acme.com");
    let token = app.mailed_token().await;
    let refused = app.verify(&json!({"token": first, "password": PASSWORD})).await;
    assert_eq!(refused.code(), (410, "superseded".to_owned()));
    let verified = app.verify(&json!({"token": token, "continuation": held.continuation})).await;
    assert_eq!(verified.text("/account/email"), "John@acme.com");
    assert_ne!(verified.text("/account/id"), held.id);
    assert_eq!(held.correct(&app, "jane@acme.com").await.code(), (410, "already_completed".to_owned()));
}

#[tokio::test]
async fn the_answer_to_a_correction_is_the_same_for_every_address() {
    let app = TestApp::new();
    app.register("taken@acme.com").await;
    let token = app.mailed_token().await;
    assert_eq!(app.verify(&json!({"token": token, "password": PASSWORD})).await.status, 200);
    app.register("wait@acme.com").await;
    let _ = app.mails().await;
    let mut seen = Vec::new();
    for email in ["fresh@acme.com", "taken@acme.com", "wait@acme.com"] {
        let held = Held::of(&app, "john@acme.con").await;
        let answer = held.correct(&app, email).await;
        let mut body = answer.json();
        body["registration_id"] = json!("");
        let mut status = held.status(&app).await.json();
        (status["registration_id"], status["email"]) = (json!(""), json!(""));
        seen.push((answer.status, body, answer.body.len(), status));
        let mails = app.mails().await;
        let is_notice = mails.iter().any(|mail| matches!(mail.content, MailContent::AlreadyRegistered { .. }));
        assert_eq!(is_notice, email == "taken@acme.com");
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[tokio::test]
async fn what_cannot_be_corrected_says_why() {
    let app = TestApp::with(|settings, _| settings.limits.mails = "100/day".parse().unwrap());
    let held = Held::of(&app, "john@acme.con").await;
    let answer = held.correct(&app, "john@mailinator.com").await;
    assert_eq!(answer.code(), (422, "invalid".to_owned()));
    assert_eq!(answer.json()["violations"][0]["code"], "domain_disposable");
    let answer = held.send(&app, Method::PATCH, &held.path, "{}").await;
    assert_eq!(
        answer.json()["violations"][0],
        json!({"pointer": "/email", "code": "required", "message": "is required"})
    );
    let answer = held.send(&app, Method::PATCH, &held.path, "[").await;
    assert_eq!(answer.code(), (400, "malformed_body".to_owned()));
    let other = Held::of(&app, "jane@acme.com").await;
    let mixed = Held { continuation: other.continuation.clone(), ..Held::of(&app, "joe@acme.com").await };
    assert_eq!(mixed.correct(&app, "j@acme.com").await.code(), (404, "unknown_registration".to_owned()));
    let answer = app.call(Method::PATCH, &held.path, &[("content-type", "application/json")], "{}").await;
    assert_eq!(answer.code(), (404, "unknown_registration".to_owned()));
    for number in 0..5 {
        assert_eq!(held.correct(&app, &format!("john{number}@acme.com")).await.status, 202);
    }
    assert_eq!(held.correct(&app, "john@acme.com").await.code(), (410, "corrections_exhausted".to_owned()));
    app.clock.advance(std::time::Duration::from_hours(24));
    assert_eq!(other.correct(&app, "j@acme.com").await.code(), (410, "registration_expired".to_owned()));
}

#[tokio::test]
async fn the_tab_in_which_one_registered_goes_on_once() {
    let app = TestApp::new();
    let held = Held::of(&app, "john@acme.com").await;
    assert_eq!(held.go_on(&app).await.code(), (403, "email_unverified".to_owned()));
    let token = app.mailed_token().await;
    let verified = app.verify(&json!({"token": token, "password": PASSWORD})).await;
    assert_eq!(verified.json().pointer("/session"), None, "another browser, which knows the password");
    let status = held.status(&app).await;
    assert_eq!((status.text("/state").as_str(), &status.json()["opens_session"]), ("completed", &json!(true)));
    let answer = held.go_on(&app).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(answer.text("/account/email"), "john@acme.com");
    let bearer = format!("Bearer {}", answer.text("/token"));
    let me = app.call(Method::GET, "/account/v1/me", &[("authorization", &bearer)], ()).await;
    assert_eq!(me.text("/email"), "john@acme.com");
    assert_eq!(held.status(&app).await.json()["opens_session"], json!(false));
    assert_eq!(held.go_on(&app).await.code(), (410, "sign_in_needed".to_owned()));
}

#[tokio::test]
async fn who_completed_it_with_the_continuation_gets_no_second_session() {
    let app = TestApp::new();
    let held = Held::of(&app, "john@acme.com").await;
    let token = app.mailed_token().await;
    let verified = app.verify(&json!({"token": token, "continuation": held.continuation})).await;
    assert_eq!(verified.text("/session/token").len(), 43);
    assert_eq!(held.go_on(&app).await.code(), (410, "sign_in_needed".to_owned()));
}

#[tokio::test]
async fn whose_address_was_taken_with_a_new_password_keeps_reading_pending() {
    let app = TestApp::new();
    let held = Held::of(&app, "john@acme.com").await;
    let token = app.mailed_token().await;
    let before = held.status(&app).await.body;
    let verified = app.verify(&json!({"token": token, "new_password": "a quiet lemon under the table"})).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    assert_eq!(held.status(&app).await.body, before);
    assert_eq!(held.go_on(&app).await.code(), (403, "email_unverified".to_owned()));
}
