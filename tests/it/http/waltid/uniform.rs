//! What the open route tells of an address: nothing, unless the operator chose otherwise.

use account_core::account::Role;
use account_core::registration::activation::Activation;
use account_tests::waltid::{answer, request};
use account_tests::{Answer, Persona, TestApp};

use super::{OPEN, exception, written};

/// An app with an account, a disabled one, and one address that is pending.
async fn inhabited(activation: Activation, discloses_existing: bool) -> TestApp {
    let app = TestApp::with(|_, http| {
        let own = http.dialect_mut("waltid").unwrap();
        (own.activation, own.discloses_existing) = (activation, discloses_existing);
    });
    let _ = app.somebody("taken@example.org", Role::User).await;
    let _ = app.sign_in_as(Persona::Disabled, "disabled@example.org").await;
    assert_eq!(app.register("pending@example.org").await.status, 202);
    app
}

/// Everything of an answer but what no two have alike.
fn gist(answer: &Answer, email: &str) -> (u16, String, Vec<(String, String)>) {
    let body = answer.body.replace(&answer.text("/_id"), "{id}").replace(email, "{email}");
    let header = |(name, value): (&poem::http::HeaderName, &poem::http::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap().to_owned())
    };
    let headers = answer.headers.iter().map(header).filter(|(name, _)| name != "x-request-id");
    let mut headers: Vec<_> = headers.filter(|(name, _)| name != "content-length").collect();
    headers.sort();
    (answer.status.as_u16(), body, headers)
}

#[tokio::test]
async fn new_pending_taken_and_disabled_addresses_are_answered_alike() {
    let app = inhabited(Activation::Verified, false).await;
    let mut gists = Vec::new();
    for email in ["new@example.org", "pending@example.org", "taken@example.org", "disabled@example.org"] {
        let before = app.store.row_counts();
        let registered = app.post(OPEN, &request(email)).await;
        assert_eq!(written(&registered), (201, answer(&registered.text("/_id"), email).as_str()));
        assert_ne!(app.store.row_counts(), before);
        gists.push(gist(&registered, email));
    }
    assert!(gists.iter().all(|other| *other == gists[0]), "{gists:#?}");
}

#[tokio::test]
async fn a_disclosed_taken_address_is_a_conflict_in_either_activation() {
    let conflict = exception(409, "Conflict", "Conflict", "An account with this email already exists");
    for activation in Activation::ALL {
        let app = inhabited(activation, true).await;
        for email in ["taken@example.org", "TAKEN@example.org"] {
            assert_eq!(written(&app.post(OPEN, &request(email)).await), (409, conflict.as_str()), "{activation:?}");
        }
        assert_eq!(app.store.accounts().len(), 2, "{activation:?}");
        let registered = app.post(OPEN, &request("new@example.org")).await;
        assert_eq!(written(&registered), (201, answer(&registered.text("/_id"), "new@example.org").as_str()));
    }
}

#[tokio::test]
async fn an_immediate_account_has_the_answered_id_and_a_taken_address_the_same_answer() {
    let app = inhabited(Activation::Immediate, false).await;
    let made = app.post(OPEN, &request("new@example.org")).await;
    let account = super::account_of(&app, "new@example.org");
    assert_eq!((made.text("/_id"), account.verified_at), (account.id.to_string(), None));
    let taken = app.post(OPEN, &request("taken@example.org")).await;
    assert_eq!(gist(&taken, "taken@example.org"), gist(&made, "new@example.org"));
}

#[tokio::test]
async fn of_many_registrations_of_one_address_one_becomes_the_account() {
    let app = TestApp::with(|settings, _| {
        settings.limits.mails = "100/day".parse().unwrap();
        settings.limits.mails_per_mailbox = "200/day".parse().unwrap();
    });
    let body = request("race@example.org");
    let answers = futures_util::future::join_all((0..8).map(|_| app.post(OPEN, &body))).await;
    for registered in &answers {
        assert_eq!(written(registered), (201, answer(&registered.text("/_id"), "race@example.org").as_str()));
    }
    let token = app.mailed_token().await;
    let verified = app.verify(&serde_json::json!({"token": token, "password": account_tests::waltid::PASSWORD})).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    assert_eq!(app.store.accounts().len(), 1);
    assert!(answers.iter().any(|answer| answer.text("/_id") == verified.text("/account/id")));
}
