//! Providers and people that mean harm: no session, no row, no link.

use std::collections::BTreeMap;

use account_tests::provider::{Fault, StandIn};
use account_tests::{Answer, TestApp};
use serde_json::{Value, json};

use super::super::visitor::Visitor;
use super::{come_back, go, jane, register, visit};

/// The rows that a person's coming back could write. What was begun ends, and limits are counted.
fn rows(app: &TestApp) -> BTreeMap<&'static str, usize> {
    let mut rows = app.store.row_counts();
    rows.retain(|table, _| !matches!(*table, "provider_flows" | "rate_limits" | "rate_limit_events" | "audit"));
    rows
}

async fn refused(app: &TestApp, stand_in: &StandIn, provider: &str, fault: Fault, status: u16) {
    let before = rows(app);
    let mut visitor = Visitor::new(app).await;
    let address = go(&mut visitor, provider, "register").await;
    stand_in.misbehave(fault);
    let query = stand_in.sign_in(&address);
    let answer = come_back(&mut visitor, provider, &query).await;
    stand_in.misbehave(Fault::None);
    assert_eq!(answer.status, status, "{fault:?}: {}", answer.body);
    assert_eq!(rows(app), before, "{fault:?}");
    assert!(!visitor.cookies.contains_key("__Host-session"), "{fault:?}");
    offers_another_way(&answer);
}

fn offers_another_way(answer: &Answer) {
    for way in ["/authenticate/sign-in", "/authenticate/register"] {
        assert!(answer.body.contains(way), "{}", answer.body);
    }
}

#[tokio::test]
async fn an_id_token_that_is_not_the_providers_for_us_and_for_now_is_refused() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    for fault in [
        Fault::NoIdToken,
        Fault::AlgorithmNone,
        Fault::SharedSecret,
        Fault::NoSignature,
        Fault::StrangersKey,
        Fault::Claim("iss", "https://evil.example"),
        Fault::Claim("iss", ""),
        Fault::Claim("aud", "another-client"),
        Fault::Claim("aud", ""),
        Fault::Claim("azp", "another-client"),
        Fault::Claim("nonce", "another"),
        Fault::Claim("nonce", ""),
        Fault::Claim("sub", ""),
        Fault::Claim("exp", ""),
        Fault::Claim("iat", ""),
        Fault::Expired,
        Fault::FromTheFuture,
        Fault::AnswerOfAnother,
        Fault::AnswerOfNobody,
    ] {
        refused(&app, &stand_in, "google", fault, 502).await;
    }
}

#[tokio::test]
async fn endpoints_that_fail_redirect_or_flood_are_refused() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    stand_in.user_info(json!({"sub": "1001"}));
    for (fault, status) in [
        (Fault::Status("/token", 500), 503),
        (Fault::Status("/token", 400), 502),
        (Fault::Status("/token", 200), 502),
        (Fault::Redirect("/token"), 502),
        (Fault::Huge("/token"), 503),
        (Fault::Status("/me", 500), 503),
        (Fault::Status("/me", 403), 502),
        (Fault::Redirect("/me"), 502),
        (Fault::Huge("/me"), 503),
        (Fault::NoUserInfo, 502),
        (Fault::UserInfoOfAnother, 502),
    ] {
        refused(&app, &stand_in, "google", fault, status).await;
    }
    assert_eq!(stand_in.count("/elsewhere"), 0);
}

#[tokio::test]
async fn nobody_is_sent_to_a_provider_whose_discovery_cannot_be_trusted() {
    for fault in [
        Fault::Status("/.well-known/openid-configuration", 500),
        Fault::Redirect("/.well-known/openid-configuration"),
        Fault::Huge("/.well-known/openid-configuration"),
        Fault::DiscoveryOfAnother,
        Fault::PrivateAddress,
    ] {
        let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
        stand_in.misbehave(fault);
        let mut visitor = Visitor::new(&app).await;
        let before = app.store.row_counts().get("provider_flows").copied();
        let answer = visitor.post("/authenticate/providers", &[("provider", "google"), ("purpose", "register")]).await;
        assert!(matches!(answer.status.as_u16(), 502 | 503), "{fault:?}: {} {}", answer.status, answer.body);
        assert_eq!(app.store.row_counts().get("provider_flows").copied(), before, "{fault:?}");
        offers_another_way(&answer);
    }
}

#[tokio::test]
async fn a_silent_provider_costs_ten_seconds_and_nobody_else_anything() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    let mut visitor = Visitor::new(&app).await;
    let query = stand_in.sign_in(&go(&mut visitor, "google", "register").await);
    stand_in.misbehave(Fault::Slow("/token"));
    let begun = std::time::Instant::now();
    let (answer, other) =
        tokio::join!(come_back(&mut visitor, "google", &query), async { app.register("other@acme.com").await });
    assert_eq!((answer.status.as_u16(), other.status.as_u16()), (503, 202), "{}", answer.body);
    assert!(begun.elapsed().as_secs() < 14, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_answer_works_once_and_only_in_the_browser_that_began() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    let mut visitor = Visitor::new(&app).await;
    let query = stand_in.sign_in(&go(&mut visitor, "google", "register").await);
    let before = rows(&app);
    // Another browser, without and with a flow of its own.
    let mut other = Visitor::new(&app).await;
    assert_eq!(come_back(&mut other, "google", &query).await.status, 404);
    go(&mut other, "google", "register").await;
    assert_eq!(come_back(&mut other, "google", &query).await.status, 404);
    assert_eq!(rows(&app), before);
    assert_eq!(come_back(&mut visitor, "google", &query).await.status, 303);
    let after = rows(&app);
    assert_eq!(come_back(&mut visitor, "google", &query).await.status, 404);
    assert_eq!(rows(&app), after);
}

#[tokio::test]
async fn an_answer_counts_for_the_provider_that_the_person_went_to_only() {
    let (app, stand_in) = TestApp::with_providers(&["google", "acme-id"], |_, _| ()).await;
    stand_in.person(jane());
    let mut visitor = Visitor::new(&app).await;
    let query = stand_in.sign_in(&go(&mut visitor, "google", "register").await);
    let before = rows(&app);
    assert_eq!(come_back(&mut visitor, "acme-id", &query).await.status, 404);
    assert_eq!(rows(&app), before);
    assert_eq!(stand_in.count("/token"), 0);
}

#[tokio::test]
async fn a_code_of_somebody_else_is_not_redeemed_with_the_verifier_of_this_browser() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    let (mut one, mut other) = (Visitor::new(&app).await, Visitor::new(&app).await);
    let first = stand_in.sign_in(&go(&mut one, "google", "register").await);
    let second = stand_in.sign_in(&go(&mut other, "google", "register").await);
    let code = first.split('&').next().unwrap();
    let mixed = format!("{code}&{}", second.split_once('&').unwrap().1);
    assert_eq!(come_back(&mut other, "google", &mixed).await.status, 502);
    assert_eq!(app.store.registrations().len(), 0);
}

#[tokio::test]
async fn an_address_counts_as_verified_by_the_boolean_flag_beside_it_only() {
    let trusting = |settings: &mut account_core::Settings, _: &mut _| {
        settings.providers.values_mut().for_each(|provider| provider.trusts_verified_email = true);
    };
    let (app, stand_in) = TestApp::with_providers(&["google"], trusting).await;
    let flags = [json!(false), json!("true"), json!(1), Value::Null];
    for (number, flag) in flags.into_iter().enumerate() {
        stand_in
            .person(json!({"sub": number.to_string(), "email": format!("p{number}@acme.com"), "email_verified": flag}));
        let mut visitor = Visitor::new(&app).await;
        let answer = visit(&mut visitor, &stand_in, "google", "register").await;
        assert!(answer.header("location").starts_with("/authenticate/register/waiting"), "{flag}: {answer:?}");
    }
    // The flag is in another payload than the address.
    stand_in.person(json!({"sub": "9", "email": "p9@acme.com"}));
    stand_in.user_info(json!({"sub": "9", "email_verified": true}));
    visit(&mut Visitor::new(&app).await, &stand_in, "google", "register").await;
    assert_eq!((app.store.accounts().len(), app.store.sessions().len()), (0, 0));
    stand_in.person(json!({"sub": "10", "email": "p10@acme.com", "email_verified": true}));
    stand_in.user_info(json!({"sub": "10"}));
    let mut visitor = Visitor::new(&app).await;
    let answer = visit(&mut visitor, &stand_in, "google", "register").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!((app.store.accounts().len(), app.store.sessions().len()), (1, 1));
}

#[tokio::test]
async fn without_an_address_nobody_registers() {
    let (app, stand_in) = TestApp::with_providers(&["google", "github"], |_, _| ()).await;
    for email in [Value::Null, json!(""), json!(["jane@acme.com"]), json!("jane@acme.com,evil@acme.com")] {
        stand_in.person(json!({"sub": "1", "email": email, "email_verified": true}));
        let answer = visit(&mut Visitor::new(&app).await, &stand_in, "google", "register").await;
        assert_eq!(answer.status, 422, "{email}: {}", answer.body);
    }
    stand_in.person(json!({"user": {"id": 1, "login": "jane", "email": "jane@acme.com"}, "emails": []}));
    let answer = visit(&mut Visitor::new(&app).await, &stand_in, "github", "register").await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    for user in [json!({}), json!({"id": "1"}), json!({"id": 0}), json!([]), json!({"login": "jane"})] {
        let emails = json!([{"email": "jane@acme.com", "primary": true, "verified": true}]);
        stand_in.person(json!({"user": user, "emails": emails}));
        let answer = visit(&mut Visitor::new(&app).await, &stand_in, "github", "register").await;
        assert_eq!(answer.status, 502, "{user}: {}", answer.body);
    }
    assert_eq!(app.store.registrations().len(), 0);
}

#[tokio::test]
async fn registration_that_is_switched_off_meanwhile_stays_off() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    let root = app.somebody("root@acme.com", account_core::account::Role::SuperAdmin).await;
    stand_in.person(jane());
    let mut visitor = Visitor::new(&app).await;
    let query = stand_in.sign_in(&go(&mut visitor, "google", "register").await);
    let path = "/account/v1/admin/features/social-registration";
    let off = app.call_as(&root, poem::http::Method::PUT, path, Some(&json!({"value": {"enabled": false}}))).await;
    assert_eq!(off.status, 200, "{}", off.body);
    let answer = come_back(&mut visitor, "google", &query).await;
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert_eq!((app.store.registrations().len(), app.store.identities().len()), (0, 0));
    assert!(!visitor.get("/authenticate/register").await.body.contains("Continue with Google"));
}

#[tokio::test]
async fn a_stranger_who_registered_the_address_first_gains_nothing() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    app.register("jane@acme.com").await;
    app.mails().await;
    stand_in.person(jane());
    let account = register(&app, &mut Visitor::new(&app).await, &stand_in, "google").await;
    let body = json!({"email": "jane@acme.com", "password": "velvet lantern gravel orchid"});
    let answer = app.post("/account/v1/sessions", &body.to_string()).await;
    assert_eq!(answer.code(), (401, "wrong_credentials".to_owned()));
    assert_eq!(app.store.accounts().len(), 1);
    assert_eq!(app.store.identities()[0].owner, account.id);
}
