//! The administrators' route, and the list.

use account_core::account::Role;
use account_core::outbox::mail::MailContent;
use account_tests::waltid::{PASSWORD, REQUEST, answer, request};
use account_tests::{Persona, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

use super::{ACCOUNTS, ADMIN, INFO, account_of, close, exception, get_with, post_as, sign_in, with, written};

const EMAIL: &str = "max.mustermann@example.org";

#[tokio::test]
async fn the_documented_request_creates_an_account_even_while_registration_is_closed() {
    let app = TestApp::new();
    let root = close(&app).await;
    let made = post_as(&app, &root, ADMIN, REQUEST).await;
    let account = account_of(&app, EMAIL);
    assert_eq!(written(&made), (201, answer(&account.id.to_string(), EMAIL).as_str()));
    assert_eq!((account.role, account.verified_at), (Role::User, None));
    assert_eq!(app.mails().await.iter().filter(|mail| mail.to.as_str() == EMAIL).count(), 1, "the person is told");
    // The account can be signed in to and seen, and do nothing.
    let token = sign_in(&app, EMAIL, PASSWORD).await.text("/token");
    assert_eq!(get_with(&app, &token, INFO).await.text("/_id"), account.id.to_string());
    assert_eq!(get_with(&app, &token, "/account/v1/gate").await.status, 403);
}

#[tokio::test]
async fn the_answer_repeats_the_input_and_the_account_shows_what_is_stored() {
    let app = TestApp::new();
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let mut body: Value = serde_json::from_str(REQUEST).unwrap();
    body["profile"]["email"] = json!("private@example.org");
    body["profile"]["addressCountry"] = json!("at");
    body["preferences"] = json!({"timeZone": "europe/vienna", "languagePreference": "de"});
    let made = post_as(&app, &root, ADMIN, &body.to_string()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.json()["profile"], body["profile"]);
    assert_eq!(made.json()["accountPreferences"], body["preferences"]);
    let token = sign_in(&app, EMAIL, PASSWORD).await.text("/token");
    let info = get_with(&app, &token, INFO).await;
    assert_eq!(info.json()["accountPreferences"], json!({"timeZone": "Europe/Vienna", "languagePreference": "DE"}));
    assert_eq!(info.text("/profile/addressCountry"), "AT");
    assert_eq!(info.text("/profile/email"), EMAIL, "the other one is kept once this one is proven");
}

#[tokio::test]
async fn a_duplicate_is_a_conflict_and_one_of_many_parallel_requests_wins() {
    let app = TestApp::new();
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let answers = futures_util::future::join_all((0..8).map(|_| post_as(&app, &root, ADMIN, REQUEST))).await;
    let conflict = exception(409, "Conflict", "Conflict", "An account with this email already exists");
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_eq!(answers.iter().filter(|answer| written(answer) == (409, conflict.as_str())).count(), 7);
    let taken = app.somebody("taken@example.org", Role::User).await;
    let answer = post_as(&app, &root, ADMIN, &request(&taken.email)).await;
    assert_eq!(written(&answer), (409, conflict.as_str()));
}

#[tokio::test]
async fn callers_without_permission_are_refused_before_the_body_is_read() {
    let app = TestApp::new();
    let no_credentials = exception(401, "Unauthorized", "Unauthorized", "Unauthorized (NoCredentials)");
    let invalid = exception(401, "Unauthorized", "Unauthorized", "Unauthorized (InvalidCredentials)");
    let forbidden = exception(403, "Forbidden", "Forbidden", "Forbidden");
    let person = app.sign_in_as(Persona::Person, "person@acme.com").await.unwrap();
    let admin = app.sign_in_as(Persona::Admin, "admin@acme.com").await.unwrap();
    let ended = app.sign_in_as(Persona::Ended, "ended@acme.com").await.unwrap();
    for body in [REQUEST, "{}", r#"{"foo":1}"#] {
        for headers in [vec![], vec![("authorization", "Basic am9objpwYXNz")]] {
            let headers = [headers, vec![("content-type", "application/json")]].concat();
            let answer = app.call(Method::POST, ADMIN, &headers, body.to_owned()).await;
            assert_eq!(written(&answer), (401, no_credentials.as_str()), "{headers:?}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        let headers = [("authorization", "Bearer nonsense"), ("content-type", "application/json")];
        let answer = app.call(Method::POST, ADMIN, &headers, body.to_owned()).await;
        assert_eq!(written(&answer), (401, invalid.as_str()), "{body}");
        assert_eq!(written(&post_as(&app, &ended, ADMIN, body).await), (401, invalid.as_str()), "{body}");
        for caller in [&person, &admin] {
            assert_eq!(written(&post_as(&app, caller, ADMIN, body).await), (403, forbidden.as_str()), "{body}");
        }
    }
    assert_eq!(app.store.accounts().len(), 3);
}

#[tokio::test]
async fn the_same_rules_hold_as_on_the_open_route() {
    let app = TestApp::new();
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    for body in ["{}".to_owned(), with("/foo", json!(1)), with("/initialAuth/data/password", json!("short"))] {
        let answer = post_as(&app, &root, ADMIN, &body).await;
        assert_eq!(written(&answer), written(&app.post(super::OPEN, &body).await), "{body}");
        assert_eq!(answer.status, 400, "{body}");
    }
}

#[tokio::test]
async fn limits_for_strangers_do_not_apply_to_administrators() {
    let app = TestApp::with(|settings, _| settings.limits.registrations = "1/day".parse().unwrap());
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    for number in 0..5 {
        let made = post_as(&app, &root, ADMIN, &request(&format!("person{number}@example.org"))).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
}

#[tokio::test]
async fn the_owner_of_a_mailbox_takes_it_from_an_account_made_by_an_administrator() {
    let app = TestApp::new();
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    assert_eq!(post_as(&app, &root, ADMIN, REQUEST).await.status, 201);
    let _ = app.mails().await;
    assert_eq!(app.register(EMAIL).await.status, 202);
    let mails = app.mails().await;
    assert!(matches!(mails[0].content, MailContent::VerifyAddress { .. }));
}

#[tokio::test]
async fn the_list_is_an_array_and_a_header_leads_on() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    for number in 0..4 {
        let _ = app.somebody(&format!("person{number}@acme.com"), Role::User).await;
    }
    let whole = app.get_as(&admin, ACCOUNTS).await;
    assert_eq!((whole.status.as_u16(), whole.header("link")), (200, ""));
    let whole = whole.json().as_array().unwrap().clone();
    assert_eq!(whole.len(), 5);
    let admins: Vec<_> = whole.iter().filter(|account| account["roles"] == json!({"service": ["admin"]})).collect();
    assert_eq!(admins.len(), 1);
    assert_eq!(
        (&admins[0]["profile"]["email"], &admins[0]["_id"]),
        (&json!("admin@acme.com"), &json!(admin.account.to_string()))
    );
    assert_eq!(whole.iter().filter(|account| account["roles"] == json!({})).count(), 4);
    let (mut path, mut parts) = (format!("{ACCOUNTS}?limit=2"), Vec::new());
    loop {
        let part = app.get_as(&admin, &path).await;
        assert_eq!(part.status, 200, "{}", part.body);
        parts.extend(part.json().as_array().unwrap().clone());
        let Some(next) = part.header("link").strip_suffix(">; rel=\"next\"") else { break };
        path = next.strip_prefix('<').unwrap().to_owned();
    }
    assert_eq!(parts, whole);
    for query in ["limit=0", "limit=x", "limit=1&limit=2", "cursor=x", "cursor='%20OR%201=1"] {
        let answer = app.get_as(&admin, &format!("{ACCOUNTS}?{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.text("/id")), (400, "BadRequestException".into()), "{query}");
    }
}
