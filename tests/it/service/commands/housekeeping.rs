//! Tidying up.

use std::process::Output;
use std::time::Duration;

use account_core::account::Account;
use account_core::email_address::EmailAddress;
use account_core::id::{AccountId, SessionId};
use account_core::one_time_token::TokenDigest;
use account_core::ports::Store;
use account_core::ports::store::Insert;
use account_core::session::Session;
use account_core::timestamp::Timestamp;
use account_tests::Service;
use serde_json::json;
use uuid::Uuid;

use super::{complained, exported, said};

/// A moment long ago.
const THEN: Timestamp = Timestamp::from_unix_micros(1_000_000_000_000_000);

/// An account that was never proven, and a live one with sessions that are over.
async fn leave_things_lying_about(service: &Service) {
    service.import(&[json!({"email": "kept@acme.com", "verified": true})]).await;
    let kept: AccountId = exported(service).await[0]["id"].as_str().unwrap().parse().unwrap();
    let store = service.open_store().await;
    let mut unit = store.begin().await.unwrap();
    let forgotten = EmailAddress::parse("forgotten@acme.com").unwrap();
    let forgotten = Account::new(AccountId::from_uuid(Uuid::from_u128(7)), forgotten, THEN);
    assert_eq!(unit.insert_account(&forgotten).await.unwrap(), Insert::Done);
    for number in 1..=3 {
        let session = Session {
            id: SessionId::from_uuid(Uuid::from_u128(u128::from(number))),
            token: TokenDigest::from_bytes([number; 32]),
            account: kept,
            created_at: THEN,
            authenticated_at: THEN,
            last_used_at: THEN,
            idle: None,
            expires_at: THEN + Duration::from_hours(1),
            token_lasts: None,
            token_expires_at: None,
            channel: "native".to_owned(),
            client_address: None,
            user_agent: None,
        };
        unit.insert_session(&session).await.unwrap();
    }
    unit.commit().await.unwrap();
    store.close().await.unwrap();
}

async fn housekeeping(service: &Service, options: &[&str]) -> String {
    let output: Output = service.run(&[&["housekeeping"], options].concat()).await;
    assert!(output.status.success(), "{}", complained(&output));
    said(&output)
}

#[tokio::test]
async fn a_dry_run_counts_and_removes_nothing() {
    let service = Service::prepare(&[]);
    leave_things_lying_about(&service).await;
    let before = exported(&service).await;
    assert_eq!(before.len(), 2);
    let expected = "accounts: 1 to delete\nsessions: 3 to delete\n";
    for _ in 0..2 {
        assert_eq!(housekeeping(&service, &["--dry-run"]).await, expected);
    }
    assert_eq!(exported(&service).await, before);

    assert_eq!(housekeeping(&service, &[]).await, expected.replace("to delete", "deleted"));
    for options in [&["--dry-run"][..], &[]] {
        assert_eq!(housekeeping(&service, options).await, "Nothing to delete.\n");
    }
    let left = exported(&service).await;
    assert_eq!(left.iter().map(|account| account["email"].as_str().unwrap()).collect::<Vec<_>>(), ["kept@acme.com"]);
}
