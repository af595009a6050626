//! Changes of an account's address, all at once.

use std::sync::Arc;

use account_core::account::Role;
use account_core::outbox::mail::{Mail, MailContent};
use account_core::rate::Rate;
use account_tests::{Somebody, TestApp};
use poem::http::Method;
use serde_json::json;

const CHANGE: &str = "/account/v1/me/email";
const CONFIRM: &str = "/account/v1/me/email/confirmation";

fn token_of(mail: &Mail) -> Option<String> {
    let MailContent::ConfirmNewAddress { link, .. } = &mail.content else { return None };
    link.expose().rsplit('/').next().map(str::to_owned)
}

/// Asks for both addresses over and over, in one session and all at once, while emails are delivered; the mails.
async fn race(app: &Arc<TestApp>, caller: &Somebody, own: &str, victim: &str, pairs: usize) -> Vec<Mail> {
    let asks: Vec<_> = (0..pairs)
        .flat_map(|_| [own.to_owned(), victim.to_owned()])
        .map(|email| {
            let (app, caller) = (Arc::clone(app), caller.clone());
            tokio::spawn(async move {
                let answer = app.call_as(&caller, Method::POST, CHANGE, Some(&json!({"email": email}))).await;
                assert_eq!(answer.status, 202, "{}", answer.body);
            })
        })
        .collect();
    let mut mails = Vec::new();
    while !asks.iter().all(tokio::task::JoinHandle::is_finished) {
        mails.extend(app.mails().await);
        tokio::task::yield_now().await;
    }
    for ask in asks {
        ask.await.unwrap();
    }
    mails.extend(app.mails().await);
    mails
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_never_confirms_another_address_than_it_was_mailed_to() {
    let app = Arc::new(TestApp::with(|settings, _| {
        settings.limits.mails = Rate::OFF;
        settings.limits.mails_per_mailbox = Rate::OFF;
    }));
    for (round, pairs) in [500, 10, 10, 10, 10, 10, 10, 10, 10, 10].into_iter().enumerate() {
        let mut caller = app.somebody(&format!("before{round}@acme.com"), Role::User).await;
        let [own, victim] = ["own", "victim"].map(|name| format!("{name}{round}@acme.com"));
        let mails = race(&app, &caller, &own, &victim, pairs).await;
        let read = |address: &str| {
            let to = mails.iter().filter(|mail| mail.to.as_str() == address);
            to.filter_map(token_of).collect::<Vec<_>>()
        };
        let tokens = read(&own);
        assert!(!tokens.is_empty() || !read(&victim).is_empty(), "somebody got a mail");
        for token in tokens {
            let answer = app.call_as(&caller, Method::POST, CONFIRM, Some(&json!({"token": token}))).await;
            let now = app.stored_account(caller.account).unwrap().address.to_string();
            if answer.status == 200 {
                assert_eq!((answer.text("/account/email"), &now), (own.clone(), &own));
                caller.token = answer.text("/session/token");
            } else {
                assert_eq!(answer.status, 410, "{}", answer.body);
                assert_ne!(now, victim);
            }
        }
    }
}

#[tokio::test]
async fn only_the_newer_of_two_changes_is_valid_and_only_for_its_address() {
    for order in [["own@acme.com", "victim@acme.com"], ["victim@acme.com", "own@acme.com"]] {
        let app = TestApp::new();
        let caller = app.somebody("before@acme.com", Role::User).await;
        let mut tokens = Vec::new();
        for email in order {
            let answer = app.call_as(&caller, Method::POST, CHANGE, Some(&json!({"email": email}))).await;
            assert_eq!(answer.status, 202, "{}", answer.body);
            tokens.extend(app.mails().await.iter().filter_map(token_of));
        }
        assert_eq!(tokens.len(), 2);
        let first = app.call_as(&caller, Method::POST, CONFIRM, Some(&json!({"token": tokens[0]}))).await;
        assert_eq!(first.code(), (410, "superseded".into()));
        assert_eq!(app.stored_account(caller.account).unwrap().address.as_str(), "before@acme.com");
        let second = app.call_as(&caller, Method::POST, CONFIRM, Some(&json!({"token": tokens[1]}))).await;
        assert_eq!((second.status.as_u16(), second.text("/account/email").as_str()), (200, order[1]));
    }
}
