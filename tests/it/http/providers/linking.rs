//! Linking and unlinking, on the profile page and in the API.

use account_core::account::Role;
use account_tests::TestApp;
use account_tests::people::PASSWORD;
use poem::http::Method;
use serde_json::json;

use super::super::visitor::Visitor;
use super::{come_back, go, jane, register, visit};

#[tokio::test]
async fn a_person_links_signs_in_and_unlinks() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    let somebody = app.somebody("jane@acme.com", Role::User).await;
    let mut visitor = Visitor::of(&app, &somebody).await;
    visitor.take_up_form().await;
    stand_in.person(jane());
    let answer = visit(&mut visitor, &stand_in, "google", "link").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/authenticate/profile?done=linked"));
    let page = visitor.get("/authenticate/profile?done=linked").await;
    assert!(page.body.contains("Linked accounts") && page.body.contains("Google"), "{}", page.body);
    let mut elsewhere = Visitor::new(&app).await;
    let answer = visit(&mut elsewhere, &stand_in, "google", "sign-in").await;
    assert_eq!(answer.header("location"), "/authenticate/profile");
    let id = app.store.identities()[0].id.to_string();
    let answer = visitor.post("/authenticate/profile/identities", &[("id", &id), ("password", PASSWORD)]).await;
    assert_eq!(answer.header("location"), "/authenticate/profile?done=unlinked", "{}", answer.body);
    assert!(app.store.identities().is_empty());
}

#[tokio::test]
async fn the_last_way_to_sign_in_stays() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    let mut visitor = Visitor::new(&app).await;
    register(&app, &mut visitor, &stand_in, "google").await;
    let id = app.store.identities()[0].id.to_string();
    let answer = visitor.post("/authenticate/profile/identities", &[("id", &id)]).await;
    assert_eq!(answer.status, 409, "{}", answer.body);
    assert_eq!(app.store.identities().len(), 1);
}

#[tokio::test]
async fn an_account_at_a_provider_is_linked_to_one_account() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    stand_in.person(jane());
    register(&app, &mut Visitor::new(&app).await, &stand_in, "google").await;
    let other = app.somebody("june@acme.com", Role::User).await;
    let mut visitor = Visitor::of(&app, &other).await;
    let answer = visit(&mut visitor, &stand_in, "google", "link").await;
    assert_eq!(answer.status, 409, "{}", answer.body);
    assert_eq!(app.store.identities().len(), 1);
}

#[tokio::test]
async fn nothing_is_linked_without_the_session_that_began() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    let somebody = app.somebody("jane@acme.com", Role::User).await;
    let other = app.somebody("june@acme.com", Role::User).await;
    let mut visitor = Visitor::of(&app, &somebody).await;
    stand_in.person(jane());
    let query = stand_in.sign_in(&go(&mut visitor, "google", "link").await);
    visitor.cookies.insert("__Host-session".to_owned(), other.token.clone());
    let answer = come_back(&mut visitor, "google", &query).await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
    assert!(app.store.identities().is_empty());
}

#[tokio::test]
async fn linked_accounts_are_listed_and_unlinked_by_the_api() {
    let (app, stand_in) = TestApp::with_providers(&["google"], |_, _| ()).await;
    let somebody = app.somebody("jane@acme.com", Role::User).await;
    let mut visitor = Visitor::of(&app, &somebody).await;
    stand_in.person(jane());
    visit(&mut visitor, &stand_in, "google", "link").await;
    let token = visitor.cookies.get("__Host-session").unwrap().clone();
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", &*bearer)];
    let list = app.call(Method::GET, "/account/v1/me/identities", &headers, ()).await;
    assert_eq!(list.status, 200, "{}", list.body);
    assert_eq!(list.text("/identities/0/provider"), "google");
    let id = list.text("/identities/0/id");
    let answer = app.call(Method::DELETE, &format!("/account/v1/me/identities/{id}"), &headers, ()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let unknown = app
        .call(
            Method::DELETE,
            "/account/v1/me/identities/x",
            &[("authorization", &*format!("Bearer {}", answer.text("/token")))],
            (),
        )
        .await;
    assert_eq!(unknown.code(), (404, "unknown_identity".to_owned()));
    assert_eq!(json!(app.store.identities().len()), json!(0));
}
