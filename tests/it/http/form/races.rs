//! Many registrations of one address or of one name at once.

use std::sync::Arc;

use account_core::challenge::ChallengeMode;
use account_core::registration::activation::Activation;
use tokio::task::JoinSet;

use super::*;

const MANY: usize = 200;

fn unlimited(activation: Activation, discloses: bool) -> Arc<TestApp> {
    Arc::new(TestApp::with(|settings, http| {
        settings.limits.mails = "100000/s".parse().unwrap();
        settings.limits.mails_per_mailbox = "off".parse().unwrap();
        settings.limits.registrations = "100000/s".parse().unwrap();
        settings.challenge.mode = ChallengeMode::Off;
        let form = http.dialect_mut("form").unwrap();
        (form.activation, form.discloses_existing) = (activation, discloses);
    }))
}

/// The answers to many registrations at once: how many were recorded, and what all others say.
async fn race(app: &Arc<TestApp>, account: fn(usize) -> String, email: fn(usize) -> String) -> (usize, Vec<String>) {
    let mut registering = JoinSet::new();
    for number in 0..MANY {
        let app = Arc::clone(app);
        registering.spawn(async move {
            let (account, email) = (account(number), email(number));
            register(&app, &[("account", account.as_str()), ("email", email.as_str())]).await
        });
    }
    let answers = registering.join_all().await;
    let taken = answers.iter().filter(|answer| answer.status == 201).count();
    let others = answers.iter().filter(|answer| answer.status != 201);
    (taken, others.map(|answer| format!("{} {}", answer.status.as_u16(), answer.body)).collect())
}

fn one_address(number: usize) -> String {
    if number.is_multiple_of(2) { "user@example.com".to_owned() } else { " USER@Example.com".to_owned() }
}

fn one_name(number: usize) -> String {
    if number.is_multiple_of(2) { "testuser".to_owned() } else { " TestUser".to_owned() }
}

fn address(number: usize) -> String {
    format!("user{number}@example.com")
}

fn name(number: usize) -> String {
    format!("testuser{number}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_registrations_of_one_address_at_most_one_creates_an_account() {
    for (activation, discloses) in every_mode() {
        let app = unlimited(activation, discloses);
        let (taken, others) = race(&app, name, one_address).await;
        let is_immediate = activation == Activation::Immediate;
        // Without an account there is nothing to tell, and nothing is told unless it was asked for.
        let expected = if is_immediate && discloses { 1 } else { MANY };
        assert_eq!(taken, expected, "{activation:?} {discloses}: {others:?}");
        for other in others {
            assert_eq!(other, r#"400 {"errors":"EMAIL_ALREADY_REGISTERED"}"#, "{activation:?} {discloses}");
        }
        assert_eq!(app.store.accounts().len(), usize::from(is_immediate), "{activation:?} {discloses}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_registrations_of_one_name_one_gets_it() {
    for (activation, discloses) in every_mode() {
        let app = unlimited(activation, discloses);
        let (taken, others) = race(&app, one_name, address).await;
        let is_immediate = activation == Activation::Immediate;
        assert_eq!(taken, if is_immediate { 1 } else { MANY }, "{activation:?} {discloses}: {others:?}");
        for other in others {
            assert_eq!(other, r#"400 {"errors":"ACCOUNT_NAME_ALREADY_TAKEN"}"#, "{activation:?} {discloses}");
        }
        assert_eq!(app.store.accounts().len(), usize::from(is_immediate), "{activation:?} {discloses}");
    }
}

#[tokio::test]
async fn a_name_wanted_twice_goes_to_the_first_to_verify() {
    let app = TestApp::new();
    let mut tokens = Vec::new();
    for email in ["first@example.com", "second@example.com"] {
        assert_eq!(register(&app, &[("email", email)]).await.status, 201);
        tokens.push(app.mailed_token().await);
    }
    for token in tokens.iter().rev() {
        let verified = app.verify(&json!({"token": token, "password": PASSWORD})).await;
        assert_eq!(verified.status, 200, "{}", verified.body);
    }
    let (first, second) =
        (super::tokens(&app, "first@example.com").await.0, super::tokens(&app, "second@example.com").await.0);
    assert_eq!(call_as(&app, &second, Method::GET, WHOAMI, None).await.text("/account"), "testuser");
    let without = call_as(&app, &first, Method::GET, WHOAMI, None).await;
    assert_eq!(without.json()["account"], "", "{}", without.body);
    let change = call_as(&app, &first, Method::POST, UPDATE, Some(json!({"account": "TestUser"}))).await;
    assert_eq!(wire(&change), (400, r#"{"errors":"ACCOUNT_NAME_ALREADY_TAKEN"}"#));
}
