//! Registering and signing in with an account at a provider.

mod apps;
mod hostile;
mod linking;

use account_core::account::Account;
use account_core::outbox::mail::MailContent;
use account_tests::provider::{Fault, StandIn};
use account_tests::{Answer, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

use super::visitor::Visitor;

/// Who signs in at Google.
fn jane() -> Value {
    json!({
        "sub": "1001", "email": "jane@acme.com", "email_verified": true, "given_name": "Jane", "family_name": "Appleseed",
        "name": "Jane Appleseed", "picture": "https://pictures.acme.com/jane.png", "locale": "de-AT",
    })
}

/// The address of the provider that the page leads to.
fn leads_to(page: &Answer) -> String {
    assert_eq!(page.status, 200, "{}", page.body);
    let address = page.header("refresh").strip_prefix("0;url=").expect("a page that leads on").to_owned();
    let linked = address.replace('&', "&amp;");
    assert!(page.body.contains(&linked) || page.body.contains(&address), "{}", page.body);
    address
}

/// Presses a button of a provider; returns where it leads.
async fn go(visitor: &mut Visitor<'_>, provider: &str, purpose: &str) -> String {
    leads_to(&visitor.post("/authenticate/providers", &[("provider", provider), ("purpose", purpose)]).await)
}

/// Comes back with that query, and has the page's form sent.
async fn come_back(visitor: &mut Visitor<'_>, provider: &str, query: &str) -> Answer {
    let path = format!("/authenticate/providers/{provider}/callback");
    let page = visitor.get(&format!("{path}?{query}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("data-press"), "{}", page.body);
    visitor.post_raw(&path, &format!("&{query}")).await
}

/// Goes to a provider and comes back.
async fn visit(visitor: &mut Visitor<'_>, stand_in: &StandIn, provider: &str, purpose: &str) -> Answer {
    let address = go(visitor, provider, purpose).await;
    come_back(visitor, provider, &stand_in.sign_in(&address)).await
}

/// Registers with a provider and follows the emailed link in the same browser.
async fn register(app: &TestApp, visitor: &mut Visitor<'_>, stand_in: &StandIn, provider: &str) -> Account {
    let answer = visit(visitor, stand_in, provider, "register").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(answer.header("location").starts_with("/authenticate/register/waiting?registration="), "{answer:?}");
    let token = app.mailed_token().await;
    let verified = visitor.post("/authenticate/verify", &[("token", &token), ("proof", "confirm")]).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    app.store.accounts().pop().expect("an account")
}

#[tokio::test]
async fn a_person_registers_and_verifies_by_email_whatever_the_provider_says() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    let mut visitor = Visitor::new(&app).await;
    let answer = visit(&mut visitor, &stand_in, "google", "register").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!((app.store.accounts().len(), app.store.sessions().len(), app.store.identities().len()), (0, 0, 0));
    assert_eq!(app.store.registrations().len(), 1);
    let token = app.mailed_token().await;
    let verified = visitor.post("/authenticate/verify", &[("token", &token), ("proof", "confirm")]).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    let account = app.store.accounts().pop().unwrap();
    assert_eq!(account.address.as_str(), "jane@acme.com");
    assert_eq!(account.profile.given_name.as_deref(), Some("Jane"));
    assert_eq!(account.profile.family_name.as_deref(), Some("Appleseed"));
    let identity = app.store.identities().pop().unwrap();
    assert_eq!((identity.owner, identity.key.subject.as_str()), (account.id, "1001"));
    assert!(visitor.cookies.contains_key("__Host-session"));
    assert_eq!(visitor.cookies.get("__Host-provider").map(String::as_str), Some("google"));
}

#[tokio::test]
async fn a_linked_account_signs_in_without_an_email_whatever_its_address_is_by_then() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    register(&app, &mut Visitor::new(&app).await, &stand_in, "google").await;
    app.mails().await;
    for email in ["jane@acme.com", "other@acme.com"] {
        let mut person = jane();
        person["email"] = email.into();
        stand_in.person(person);
        let mut elsewhere = Visitor::new(&app).await;
        let answer = visit(&mut elsewhere, &stand_in, "google", "sign-in").await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("location")),
            (303, "/authenticate/profile"),
            "{}",
            answer.body
        );
        assert!(elsewhere.get("/authenticate/profile").await.body.contains("jane@acme.com"));
    }
    assert_eq!((app.store.accounts().len(), app.mails().await.len()), (1, 0));
}

#[tokio::test]
async fn an_address_that_has_an_account_reads_like_any_other_and_only_the_email_tells() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    app.register("jane@acme.com").await;
    let token = app.mailed_token().await;
    app.verify(&json!({"token": token, "password": "velvet lantern gravel orchid"})).await;
    let mut answers = Vec::new();
    for (subject, email) in [("1001", "jane@acme.com"), ("1002", "june@acme.com")] {
        stand_in.person(json!({"sub": subject, "email": email, "email_verified": true}));
        let answer = visit(&mut Visitor::new(&app).await, &stand_in, "google", "register").await;
        let location = answer.header("location").split_once('=').unwrap().0.to_owned();
        answers.push((answer.status, location, answer.body));
    }
    assert_eq!(answers[0], answers[1]);
    let mails = app.mails().await;
    assert_eq!(mails.len(), 2);
    assert!(
        !mails.iter().any(|mail| mail.to.as_str() == "jane@acme.com" && is_verification(&mail.content)),
        "{mails:?}"
    );
    assert_eq!((app.store.accounts().len(), app.store.identities().len()), (1, 0));
}

fn is_verification(content: &MailContent) -> bool {
    matches!(content, MailContent::VerifyAddress { .. })
}

#[tokio::test]
async fn githubs_people_are_known_by_number_and_their_primary_address_counts() {
    let (app, stand_in) = TestApp::with_providers(&["github"], |_, _| ()).await;
    stand_in.person(json!({
        "user": {"id": 583_231, "login": "jane", "name": "Jane Appleseed", "email": "public@acme.com",
                 "avatar_url": "https://avatars.acme.com/u/1", "html_url": "https://github.com/jane"},
        "emails": [{"email": "second@acme.com", "primary": false, "verified": true, "visibility": null},
                   {"email": "jane@acme.com", "primary": true, "verified": true, "visibility": "public"}],
    }));
    let account = register(&app, &mut Visitor::new(&app).await, &stand_in, "github").await;
    assert_eq!(account.address.as_str(), "jane@acme.com");
    let identity = app.store.identities().pop().unwrap();
    assert_eq!((identity.key.subject.as_str(), identity.account.label.as_deref()), ("583231", Some("jane")));
    assert_eq!(stand_in.count("/.well-known/openid-configuration"), 0);
}

#[tokio::test]
async fn microsofts_people_are_known_by_tenant_and_object() {
    let (app, stand_in) = TestApp::with_providers(&["microsoft"], |_, _| ()).await;
    let (tenant, object) = ("9188040d-6c67-4c5b-b112-36a304b66dad", "00000000-0000-0000-66f3-3332eca7ea81");
    let person = |object: &str| json!({"sub": "pairwise", "tid": tenant, "oid": object, "email": "jane@acme.com"});
    stand_in.person(person(object));
    register(&app, &mut Visitor::new(&app).await, &stand_in, "microsoft").await;
    let identity = app.store.identities().pop().unwrap();
    assert_eq!(identity.key.subject.as_str(), format!("{tenant}/{object}"));
    // The same address and the same `sub`, but another object: nobody that is known.
    stand_in.person(person("00000000-0000-0000-66f3-3332eca7ea82"));
    let answer = visit(&mut Visitor::new(&app).await, &stand_in, "microsoft", "sign-in").await;
    assert!(answer.header("location").starts_with("/authenticate/register/waiting"), "{answer:?}");
    assert_eq!((app.store.accounts().len(), app.store.identities().len()), (1, 1));
}

#[tokio::test]
async fn a_fourth_provider_is_asked_like_the_others() {
    let (app, stand_in) = TestApp::with_providers(&["acme-id"], |_, _| ()).await;
    stand_in.person(jane());
    stand_in.user_info(json!({"sub": "1001", "zoneinfo": "Europe/Vienna"}));
    let account = register(&app, &mut Visitor::new(&app).await, &stand_in, "acme-id").await;
    assert_eq!(account.profile.time_zone.as_deref(), Some("Europe/Vienna"));
    let identity = app.store.identities().pop().unwrap();
    assert_eq!(identity.key.subject.as_str(), format!("{}#1001", stand_in.issuer()));
}

#[tokio::test]
async fn discovery_and_keys_are_fetched_when_needed_and_kept_and_new_keys_are_found() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    assert_eq!(stand_in.count("/.well-known/openid-configuration"), 0);
    for subject in 1..=3 {
        stand_in.person(json!({"sub": subject.to_string(), "email": format!("p{subject}@acme.com")}));
        let answer = visit(&mut Visitor::new(&app).await, &stand_in, "google", "register").await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
    assert_eq!((stand_in.count("/.well-known/openid-configuration"), stand_in.count("/keys")), (1, 1));
    stand_in.rotate_keys();
    let answer = visit(&mut Visitor::new(&app).await, &stand_in, "google", "register").await;
    assert_eq!((answer.status.as_u16(), stand_in.count("/keys")), (303, 2), "{}", answer.body);
    // Once a minute: anybody can invent a key.
    stand_in.misbehave(Fault::Claim("nonce", "x"));
    stand_in.rotate_keys();
    visit(&mut Visitor::new(&app).await, &stand_in, "google", "register").await;
    assert_eq!(stand_in.count("/keys"), 2);
}

#[tokio::test]
async fn a_provider_posts_its_answer_and_nothing_is_written_until_our_own_form_is_sent() {
    let (app, stand_in) = TestApp::with_providers(&["apple"], |_, _| ()).await;
    stand_in.person(json!({"sub": "1001", "email": "jane@acme.com", "email_verified": true}));
    let mut visitor = Visitor::new(&app).await;
    let address = go(&mut visitor, "apple", "register").await;
    let query = stand_in.sign_in(&address);
    let user = "%7B%22name%22%3A%7B%22firstName%22%3A%22Jane%22%2C%22lastName%22%3A%22Appleseed%22%7D%7D";
    let body = format!("{query}&user={user}&id_token=x");
    let rows = app.store.row_counts();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", "https://appleid.apple.com"),
        ("sec-fetch-site", "cross-site"),
    ];
    let path = "/authenticate/providers/apple/callback";
    let answer = app.call(Method::POST, path, &headers, body).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let location = answer.header("location").to_owned();
    assert!(location.starts_with(path) && !location.contains("id_token"), "{location}");
    let page = visitor.get(&location).await;
    assert_eq!((page.status.as_u16(), app.store.row_counts()), (200, rows), "{}", page.body);
    assert!(page.header("cache-control").contains("no-store") && page.header("referrer-policy") == "no-referrer");
    let answer = visitor.post_raw(path, &format!("&{query}&user={user}")).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(app.store.registrations().len(), 1);
}

#[tokio::test]
async fn without_providers_nothing_shows_and_nothing_can_be_begun() {
    let app = TestApp::new();
    let mut visitor = Visitor::new(&app).await;
    for path in ["/authenticate/register", "/authenticate/sign-in"] {
        assert!(!visitor.get(path).await.body.contains("/authenticate/providers"), "{path}");
    }
    let answer = visitor.post("/authenticate/providers", &[("provider", "google"), ("purpose", "register")]).await;
    assert_eq!(answer.status, 404, "{}", answer.body);
    assert_eq!(app.get("/authenticate/providers").await.status, 405);
    let answer = app.get("/account/v1/providers").await;
    assert_eq!(answer.json(), json!({"providers": [], "registration": false}));
}

#[tokio::test]
async fn buttons_keep_the_operators_order_and_remember_the_last_one() {
    let names = ["google", "github", "microsoft"];
    let (app, stand_in) = TestApp::with_providers(&names, |_, http| {
        http.provider_order = ["microsoft", "github"].map(|name| name.parse().unwrap()).to_vec();
    })
    .await;
    let mut visitor = Visitor::new(&app).await;
    let body = visitor.get("/authenticate/register").await.body;
    let place = |title: &str| body.find(&format!("Continue with {title}")).expect(title);
    assert!(place("Microsoft") < place("GitHub") && place("GitHub") < place("Google"));
    assert!(!body.contains("Last used"));
    stand_in.person(jane());
    visit(&mut visitor, &stand_in, "google", "register").await;
    let body = visitor.get("/authenticate/sign-in").await.body;
    assert_eq!(body.matches("Last used").count(), 1);
    assert!(body.split("Last used").next().unwrap().rsplit("<button").next().unwrap().contains("value=\"google\""));
}
