//! Guessing passwords, and what a client says of itself meanwhile.

use std::collections::BTreeMap;

use account_tests::people::PASSWORD;
use account_tests::{Reply, Service};
use futures_util::future::join_all;
use serde_json::{Value, json};

const SESSIONS: &str = "/account/v1/sessions";
const NEW_PASSWORD: &str = "another lantern gravel orchid";
const LIMITS: [(&str, &str); 2] = [("LIMITS__SIGN_INS", "10/15min"), ("LIMITS__SIGN_INS_PER_ACCOUNT", "100/day")];

/// Argon2id of the standard password.
const HASH: &str = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$Drxnei0F+poTIrlMHOneGVzPNVlg2TfYaazxIVreD5Y";

fn somebody(email: &str) -> Value {
    json!({"email": email, "username": email.replace('@', "-at-"), "verified": true, "password_hash": HASH})
}

async fn sign_in(service: &Service, email: &str, password: &str, headers: &[(&str, &str)]) -> Reply {
    let body = json!({"email": email, "password": password}).to_string();
    let headers = [&[("Content-Type", "application/json")], headers].concat();
    service.request("POST", SESSIONS, &headers, &body).await
}

/// How many answers had each status.
fn tally(replies: &[Reply]) -> BTreeMap<u16, usize> {
    replies.iter().fold(BTreeMap::new(), |mut counts, reply| {
        *counts.entry(reply.status).or_default() += 1;
        counts
    })
}

/// Headers that pretend to be of another client, each in as many lines as it has texts.
fn forged() -> Vec<Vec<String>> {
    let one = |text: &str| vec![text.to_owned()];
    let mut all = vec![
        one("192.0.2.1"),
        one("192.0.2.1, 198.51.100.7, 127.0.0.1"),
        one("127.0.0.2"),
        one("::1"),
        one("::ffff:192.0.2.1"),
        one("2001:db8::1"),
        one("[2001:db8::1]:443"),
        one("unknown"),
        one(""),
        one(", ,"),
        one("999.999.999.999"),
        one("192.0.2.1'; DROP TABLE session; --"),
        one("\u{e9}\u{ff}"),
        one("for=192.0.2.1;proto=https"),
        vec!["192.0.2.1".to_owned(), "192.0.2.2".to_owned(), "nonsense".to_owned()],
    ];
    all.push((0..200).map(|n| format!("192.0.2.{n}")).take(50).collect());
    all.push(one(&"192.0.2.1,".repeat(1_536)));
    all.push(one(&"x".repeat(15_360)));
    all
}

fn as_headers(texts: &[String]) -> Vec<(&str, &str)> {
    texts.iter().map(|text| ("X-Forwarded-For", text.as_str())).collect()
}

#[tokio::test]
async fn two_hundred_parallel_guesses_get_ten_verdicts() {
    let service = Service::start_with(&LIMITS).await;
    service.import(&[somebody("john@acme.com"), somebody("jane@acme.com")]).await;
    let guesses = join_all((0..200).map(|n| {
        let (service, guess) = (&service, format!("guess number {n:03} of many"));
        async move { sign_in(service, "john@acme.com", &guess, &[]).await }
    }))
    .await;
    let tally = tally(&guesses);
    assert!(tally.keys().all(|status| [401, 429, 503].contains(status)), "{tally:?}");
    assert!((1..=10).contains(&tally[&401]), "{tally:?}");
    let right = sign_in(&service, "john@acme.com", PASSWORD, &[]).await;
    assert_eq!((right.status, right.text("/limit").as_str()), (429, "sign_ins"), "{}", right.body);
    assert!(right.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(sign_in(&service, "jane@acme.com", PASSWORD, &[]).await.status, 201, "nobody else is kept out");

    // The mailbox's owner is not kept out by anyone who guesses.
    let asked = service.post("/account/v1/password-resets", r#"{"email":"john@acme.com"}"#).await;
    assert_eq!(asked.status, 202, "{}", asked.body);
    let token = token_of_reset(&service.wait_for_mails(1).await[0]);
    let body = json!({"token": token, "new_password": NEW_PASSWORD}).to_string();
    let redeemed = service.post("/account/v1/password-resets/redeem", &body).await;
    assert_eq!(redeemed.status, 200, "{}", redeemed.body);
    let signed_in = sign_in(&service, "john@acme.com", NEW_PASSWORD, &[]).await;
    assert_eq!(signed_in.status, 201, "{}", signed_in.body);
    assert_eq!(sign_in(&service, "john@acme.com", PASSWORD, &[]).await.status, 401, "the old password is over");
}

fn token_of_reset(mail: &str) -> String {
    let (_, rest) = mail.split_once("/l/reset/").unwrap();
    rest[..43].to_owned()
}

#[tokio::test]
async fn spellings_and_names_of_one_account_share_its_ten_verdicts() {
    let service = Service::start_with(&LIMITS).await;
    service.import(&[somebody("john@acme.com")]).await;
    let spellings = [
        ("email", "john@acme.com"),
        ("email", "JOHN@acme.com"),
        ("email", " john@ACME.com "),
        ("email", "\u{FF4A}ohn@acme.com"),
        ("username", "john-at-acme.com"),
        ("username", "John-At-Acme.com"),
    ];
    let replies = join_all((0..120).map(|n| {
        let (member, text) = spellings[n % spellings.len()];
        let body = json!({member: text, "password": format!("guess number {n}")}).to_string();
        let service = &service;
        async move { service.post(SESSIONS, &body).await }
    }))
    .await;
    let tally = tally(&replies);
    assert!(tally.keys().all(|status| [401, 429, 503].contains(status)), "{tally:?}");
    assert!((1..=10).contains(&tally[&401]), "{tally:?}");
}

#[tokio::test]
async fn forged_client_addresses_allow_no_more_guesses() {
    let service = Service::start_with(&LIMITS).await;
    service.import(&[somebody("john@acme.com")]).await;
    let mut statuses = Vec::new();
    for texts in forged() {
        statuses.push(sign_in(&service, "john@acme.com", "a wrong guess at it", &as_headers(&texts)).await.status);
    }
    let expected: Vec<u16> = (0..statuses.len()).map(|n| if n < 10 { 401 } else { 429 }).collect();
    assert_eq!(statuses, expected);
    assert!(statuses.len() > 15);
    assert_eq!(sign_in(&service, "john@acme.com", PASSWORD, &[]).await.status, 429, "it was one client throughout");
}

#[tokio::test]
async fn forged_client_addresses_are_not_stored() {
    let service = Service::start().await;
    service.import(&[somebody("john@acme.com")]).await;
    let mut bearer = String::new();
    let forged = forged();
    for texts in &forged {
        let headers = as_headers(texts);
        let context = format!("{texts:.60?}");
        let wrong = sign_in(&service, "john@acme.com", "a wrong guess at it", &headers).await;
        assert_eq!((wrong.status, wrong.text("/code").as_str()), (401, "wrong_credentials"), "{context}");
        let right = sign_in(&service, "john@acme.com", PASSWORD, &headers).await;
        assert_eq!(right.status, 201, "{context}");
        bearer = format!("Bearer {}", right.text("/token"));

        let stranger = service.request("GET", "/account/v1/gate", &headers, "").await;
        assert_eq!((stranger.status, stranger.header("x-account-id")), (401, ""), "{context}");
        let passed = service.request("GET", "/account/v1/gate", &with_bearer(&headers, &bearer), "").await;
        assert_eq!((passed.status, passed.header("x-account-email")), (204, "john@acme.com"), "{context}");
        let beheaded = format!("{bearer}A");
        let cut = service.request("GET", "/account/v1/gate", &with_bearer(&headers, &beheaded), "").await;
        assert_eq!(cut.status, 401, "{context}");
    }
    let list = service.request("GET", SESSIONS, &[("Authorization", &bearer)], "").await;
    let sessions = list.json()["sessions"].as_array().unwrap().clone();
    assert_eq!(sessions.len(), forged.len());
    assert!(sessions.iter().all(|session| session["client_address"] == "127.0.0.1"), "{}", list.body);
    let export = service.request("GET", "/account/v1/me/export", &[("Authorization", &bearer)], "").await;
    assert_eq!(export.status, 200);
    for address in ["192.0.2.", "198.51.100.7", "2001:db8"] {
        assert!(!export.body.contains(address), "{address}");
        assert!(!service.output().contains(address), "{address} is in the log");
    }
}

#[tokio::test]
async fn an_oversized_header_gets_no_verdict_and_is_not_counted() {
    let service = Service::start_with(&LIMITS).await;
    service.import(&[somebody("john@acme.com")]).await;
    for text in ["192.0.2.1,".repeat(6_144), "x".repeat(61_440)] {
        for password in ["a wrong guess at it", PASSWORD].repeat(10) {
            let reply = sign_in(&service, "john@acme.com", password, &[("X-Forwarded-For", &text)]).await;
            assert_eq!((reply.status, reply.text("/code").as_str()), (431, "head_too_large"), "{}", reply.body);
        }
    }
    assert_eq!(sign_in(&service, "john@acme.com", PASSWORD, &[]).await.status, 201);
    assert!(!service.output().contains("192.0.2."));
}

fn with_bearer<'a>(headers: &[(&'a str, &'a str)], bearer: &'a str) -> Vec<(&'a str, &'a str)> {
    [headers, &[("Authorization", bearer)]].concat()
}
