//! Nobody learns which addresses have accounts.

use account_core::challenge::ChallengeMode;
use account_tests::people::PASSWORD;
use account_tests::{Answer, Persona, TestApp};
use serde_json::json;

use super::visitor::Visitor;

/// What is known of addresses of each kind.
const ADDRESSES: [&str; 6] = [
    "verified@acme.com",
    "unknown@acme.com",
    "pending@acme.com",
    "disabled@acme.com",
    "unproven@acme.com",
    "deleting@acme.com",
];

async fn populated() -> TestApp {
    // Challenges come before some of the limits.
    let app = TestApp::with(|settings, _| settings.challenge.mode = ChallengeMode::Off);
    for (persona, email) in [
        (Persona::Person, ADDRESSES[0]),
        (Persona::Disabled, ADDRESSES[3]),
        (Persona::Unverified, ADDRESSES[4]),
        (Persona::Deleting, ADDRESSES[5]),
    ] {
        app.sign_in_as(persona, email).await;
    }
    assert_eq!(app.register(ADDRESSES[2]).await.status, 202);
    let _ = app.mails().await;
    app
}

/// Every header and byte, but for the request's id and the date.
fn wire(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let id = answer.header("x-request-id");
    assert_eq!(id.len(), 16);
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .filter(|(name, _)| name != "x-request-id" && name != "date")
        .collect();
    headers.sort();
    (answer.status.as_u16(), headers, answer.body.replace(id, "ID"))
}

#[tokio::test]
async fn a_sign_in_that_fails_looks_the_same_for_every_address() {
    let app = populated().await;
    let mut answers = Vec::new();
    for email in ADDRESSES {
        let body = json!({"email": email, "password": "a wrong guess at it"});
        answers.push((email, app.post("/account/v1/sessions", &body.to_string()).await));
    }
    // The right password opens nothing where there is nothing to open.
    for email in [ADDRESSES[2], ADDRESSES[3]] {
        let body = json!({"email": email, "password": PASSWORD});
        answers.push((email, app.post("/account/v1/sessions", &body.to_string()).await));
    }
    for name in ["nobody", "NOBODY.either"] {
        let body = json!({"username": name, "password": PASSWORD});
        answers.push((name, app.post("/account/v1/sessions", &body.to_string()).await));
    }
    assert_eq!(answers[0].1.code(), (401, "wrong_credentials".into()));
    for (email, answer) in &answers {
        assert_eq!(wire(answer), wire(&answers[0].1), "{email}");
    }
}

#[tokio::test]
async fn the_tenth_failure_looks_the_same_for_every_address() {
    let app = populated().await;
    let mut last = Vec::new();
    for email in ADDRESSES {
        let body = json!({"email": email, "password": "a wrong guess at it"}).to_string();
        let mut answers = Vec::new();
        // There is no network to count by in this process: it is the limit of everybody together that is reached.
        for _ in 0..101 {
            answers.push(wire(&app.post("/account/v1/sessions", &body).await));
        }
        assert_eq!((answers[99].0, answers[100].0), (401, 429), "{email}");
        last.push((email, answers));
    }
    for (email, answers) in &last {
        assert_eq!(answers, &last[0].1, "{email}");
    }
}

#[tokio::test]
async fn requesting_a_reset_looks_the_same_for_every_address() {
    let app = populated().await;
    let mut last = Vec::new();
    for email in ADDRESSES {
        let body = json!({"email": email}).to_string();
        let mut answers = Vec::new();
        for _ in 0..7 {
            answers.push(wire(&app.post("/account/v1/password-resets", &body).await));
        }
        last.push((email, answers));
    }
    assert_eq!(last[0].1[0].0, 202, "{:?}", last[0].1[0]);
    assert_eq!(last[0].1[6].0, 429, "{:?}", last[0].1[6]);
    for (email, answers) in &last {
        assert_eq!(answers, &last[0].1, "{email}");
    }
}

#[tokio::test]
async fn the_pages_disclose_no_more() {
    let app = populated().await;
    let mut visitor = Visitor::new(&app).await;
    let mut pages = Vec::new();
    for email in ADDRESSES {
        let forgot = visitor.post("/authenticate/forgot", &[("email", email)]).await;
        let fields = [("email", email), ("password", "a wrong guess at it")];
        let sign_in = visitor.post("/authenticate/sign-in", &fields).await;
        let without_address = |answer: &Answer| {
            let (status, headers, body) = wire(answer);
            (status, headers, body.replace(email, "ADDRESS"))
        };
        pages.push((email, without_address(&forgot), without_address(&sign_in)));
    }
    assert_eq!((pages[0].1.0, pages[0].2.0), (200, 401));
    for (email, forgot, sign_in) in &pages {
        assert_eq!((forgot, sign_in), (&pages[0].1, &pages[0].2), "{email}");
    }
}
