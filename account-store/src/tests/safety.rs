//! Crashes, damage, secrets.

use account_core::id::RegistrationId;
use account_core::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenState};
use account_core::outbox::{Intent, OutboxEntry, Queue};
use account_core::ports::store::UnitOfWork;
use account_core::ports::{Entropy, Store};
use account_core::testing::SeededEntropy;
use account_core::timestamp::Timestamp;
use account_core::{email_address::EmailAddress, id::OutboxId};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use uuid::Uuid;

use super::{chain, fresh, open};
use crate::DatabaseStore;

const NOW: Timestamp = Timestamp::from_unix_micros(1_767_225_600_123_457);

fn address() -> EmailAddress {
    EmailAddress::parse("john.secretive@acme.com").unwrap()
}

fn token(secret: &SecretToken) -> OneTimeToken {
    OneTimeToken {
        digest: secret.digest(),
        purpose: Purpose::EmailVerification,
        subject: Uuid::from_u128(1),
        address: address(),
        generation: 1,
        key_id: "key".to_owned(),
        epoch: None,
        session: None,
        expires_at: NOW,
        state: TokenState::Live,
        used_at: None,
    }
}

fn entry(number: u128) -> OutboxEntry {
    let registration = RegistrationId::from_uuid(Uuid::from_u128(number));
    let intent = Intent::Registration { registration, address: address(), generation: 1 };
    OutboxEntry::new(OutboxId::from_uuid(Uuid::from_u128(number)), intent, NOW)
}

async fn enqueue(store: &DatabaseStore, number: u128) -> Box<dyn UnitOfWork> {
    let mut unit = store.begin().await.unwrap();
    unit.enqueue(&entry(number)).await.unwrap();
    unit
}

/// Copies the database and its log as they are at this moment: what a killed process would leave behind.
fn crash(directory: &TempDir) -> TempDir {
    let copy = TempDir::new().unwrap();
    for name in ["account.db", "account.db-wal"] {
        std::fs::copy(directory.path().join(name), copy.path().join(name)).unwrap();
    }
    copy
}

#[tokio::test]
async fn a_crash_keeps_what_was_committed_and_nothing_else() {
    let (directory, store) = fresh().await;
    enqueue(&store, 1).await.commit().await.unwrap();
    let unfinished = enqueue(&store, 2).await;
    let copy = crash(&directory);
    drop(unfinished);

    let survivor = open(&copy).await;
    let mut unit = survivor.begin().await.unwrap();
    assert_eq!(unit.claim(&Queue::Mail, NOW, NOW, 10).await.unwrap().len(), 1);
    unit.commit().await.unwrap();
}

#[tokio::test]
async fn a_damaged_row_is_reported_by_table_row_and_column_without_its_value() {
    let (_directory, store) = fresh().await;
    enqueue(&store, 1).await.commit().await.unwrap();
    let registration = RegistrationId::from_uuid(Uuid::from_u128(1));
    for (damage, column) in [
        ("state = 'geheim'", "state"),
        ("intent = 'geheim'", "intent"),
        ("address = 'geheim'", "address"),
        ("fence = -1", "fence"),
        ("attempts = 4294967296", "attempts"),
        ("generation = NULL", "intent"),
        ("registration = NULL", ""),
    ] {
        let statement = format!("UPDATE outbox SET {damage}");
        store.connections.writer.execute_unprepared(&statement).await.unwrap();
        let mut unit = store.begin().await.unwrap();
        let found = unit.find_newest_entry_of_registration(registration).await;
        if column.is_empty() {
            assert_eq!(found.unwrap(), None);
        } else {
            let error = found.unwrap_err();
            let id = Uuid::from_u128(1);
            let expected = format!("the store failed: table outbox, row {id}: column {column} is damaged");
            assert_eq!(chain(&error), expected);
            assert!(!error.is_transient());
        }
        drop(unit);
        let repair = format!(
            "UPDATE outbox SET state = 'queued', intent = 'registration', address = 'a@acme.com', fence = 0, \
             attempts = 0, generation = 1, registration = x'{}'",
            registration.as_uuid().simple()
        );
        store.connections.writer.execute_unprepared(&repair).await.unwrap();
    }
}

#[tokio::test]
async fn a_column_of_another_type_is_an_error_without_its_value() {
    let (_directory, store) = fresh().await;
    enqueue(&store, 1).await.commit().await.unwrap();
    store.connections.writer.execute_unprepared("UPDATE outbox SET due_at = 'geheim'").await.unwrap();
    let registration = RegistrationId::from_uuid(Uuid::from_u128(1));
    let mut unit = store.begin_read_only().await.unwrap();
    let error = unit.find_newest_entry_of_registration(registration).await.unwrap_err();
    assert!(!chain(&error).contains("geheim") && chain(&error).contains("due_at"), "{}", chain(&error));
}

#[tokio::test]
async fn an_address_that_does_not_match_its_key_is_damage() {
    let (_directory, store) = fresh().await;
    let secret = SecretToken::generate(&SeededEntropy::new(1));
    let mut unit = store.begin().await.unwrap();
    unit.insert_token(&token(&secret)).await.unwrap();
    unit.commit().await.unwrap();
    let drift = "UPDATE one_time_tokens SET address = 'mallory@acme.com'";
    store.connections.writer.execute_unprepared(drift).await.unwrap();
    let error = store.begin_read_only().await.unwrap().find_token(&secret.digest()).await.unwrap_err();
    let chain = chain(&error);
    assert!(chain.contains("table one_time_tokens") && chain.contains("column email_key"), "{chain}");
    assert!(!chain.contains("acme"), "{chain}");
}

#[tokio::test]
async fn a_duplicate_is_an_error_that_repeats_no_value() {
    let (_directory, store) = fresh().await;
    enqueue(&store, 1).await.commit().await.unwrap();
    let mut unit = store.begin().await.unwrap();
    let error = unit.enqueue(&entry(1)).await.unwrap_err();
    assert_eq!(chain(&error), "the store failed: enqueue: SQLite error 1555: UNIQUE constraint failed: outbox.id");
    assert!(!error.is_transient());
}

#[tokio::test]
async fn no_secret_is_in_the_file_or_its_log() {
    let (directory, store) = fresh().await;
    let mut secrets = Vec::new();
    let mut unit = store.begin().await.unwrap();
    for seed in 0..50 {
        let secret = SecretToken::generate(&SeededEntropy::new(seed));
        let mut bytes = [0; 32];
        SeededEntropy::new(seed).fill(&mut bytes);
        unit.insert_token(&token(&secret)).await.unwrap();
        secrets.push((secret, bytes));
    }
    unit.commit().await.unwrap();
    let files: Vec<Vec<u8>> =
        ["account.db", "account.db-wal"].map(|name| std::fs::read(directory.path().join(name)).unwrap()).into();
    let holds = |needle: &[u8]| files.iter().any(|file| file.windows(needle.len()).any(|window| window == needle));
    for (secret, bytes) in &secrets {
        assert!(holds(secret.digest().as_bytes()), "the search finds what is there");
        assert!(!holds(secret.expose().as_bytes()));
        assert!(!holds(bytes));
    }
}

/// A full disk makes SQLite roll back the whole transaction by itself.
#[tokio::test]
async fn a_full_disk_rolls_back_the_unit_of_work_and_the_store_recovers() {
    let (directory, store) = fresh().await;
    enqueue(&store, 1).await.commit().await.unwrap();
    store.connections.writer.execute_unprepared("PRAGMA max_page_count = 1").await.unwrap();
    let mut unit = store.begin().await.unwrap();
    let mut error = None;
    for number in 2..500 {
        match unit.enqueue(&entry(number)).await {
            Ok(()) => {}
            Err(failure) => {
                error = Some(failure);
                break;
            }
        }
    }
    let error = error.unwrap();
    assert!(chain(&error).contains("database or disk is full"), "{}", chain(&error));
    assert!(error.is_transient());
    assert!(unit.enqueue(&entry(900)).await.is_err(), "not on its own, outside of the transaction");
    assert!(unit.commit().await.is_err());

    // The next ones begin, roll back and commit normally.
    drop(enqueue(&store, 901).await);
    enqueue(&store, 902).await.rollback().await.unwrap();
    enqueue(&store, 903).await.commit().await.unwrap();
    let copy = open(&crash(&directory)).await;
    let mut unit = copy.begin().await.unwrap();
    let ids: Vec<OutboxId> =
        unit.claim(&Queue::Mail, NOW, NOW, 1_000).await.unwrap().iter().map(|entry| entry.id).collect();
    assert_eq!(ids, [1, 903].map(|number| OutboxId::from_uuid(Uuid::from_u128(number))));
}
