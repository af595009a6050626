//! The database file and its connections.

use std::time::Duration;

use account_core::ports::{Charge, Rate, RateLimiter, Store, Verdict};
use account_core::timestamp::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::{fresh, open};
use crate::{DatabaseStore, StoreOptions};

async fn pragma(connection: &DatabaseConnection, name: &str) -> String {
    let query = Statement::from_string(connection.get_database_backend(), format!("PRAGMA {name}"));
    let row = connection.query_one_raw(query).await.unwrap().unwrap();
    row.try_get_by_index::<i64>(0).map_or_else(|_| row.try_get_by_index(0).unwrap(), |number| number.to_string())
}

#[tokio::test]
async fn the_pragmas_are_in_force_on_every_connection() {
    let (_directory, store) = fresh().await;
    let connections = &store.connections;
    for connection in [&connections.writer, &connections.limits, &connections.reader] {
        assert_eq!(pragma(connection, "journal_mode").await, "wal");
        assert_eq!(pragma(connection, "foreign_keys").await, "1");
        assert_eq!(pragma(connection, "busy_timeout").await, "5000");
        assert_eq!(pragma(connection, "secure_delete").await, "2");
    }
    assert_eq!(pragma(&connections.writer, "synchronous").await, "2", "FULL");
    assert_eq!(pragma(&connections.limits, "synchronous").await, "1", "NORMAL");
    assert_eq!(pragma(&connections.reader, "query_only").await, "1");
}

#[tokio::test]
async fn the_reading_connections_cannot_write() {
    let (_directory, store) = fresh().await;
    let delete = store.connections.reader.execute_unprepared("DELETE FROM accounts").await;
    assert!(delete.unwrap_err().to_string().contains("readonly"));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file_and_its_log() {
    use std::os::unix::fs::PermissionsExt;

    let directory = TempDir::new().unwrap();
    let below = directory.path().join("a/b");
    let url = format!("sqlite://{}", below.join("account.db").display());
    let store = DatabaseStore::connect(&StoreOptions::new(url)).await.unwrap();
    store.migrate().await.unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&below), 0o700);
    for name in ["account.db", "account.db-wal", "account.db-shm"] {
        assert_eq!(mode(&below.join(name)), 0o600, "{name}");
    }
}

#[tokio::test]
async fn an_existing_file_keeps_its_contents() {
    let (directory, store) = fresh().await;
    let charge = Charge::new("x", "k".to_owned(), Rate::new(1, Duration::from_mins(1)));
    let now = Timestamp::from_unix_micros(1);
    assert_eq!(store.count(std::slice::from_ref(&charge), now).await.unwrap(), Verdict::Allowed);
    store.close().await.unwrap();
    let store = open(&directory).await;
    assert_ne!(store.count(&[charge], now).await.unwrap(), Verdict::Allowed);
}

#[tokio::test]
async fn a_file_that_is_not_a_database_is_an_error() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("account.db");
    std::fs::write(&path, "This is no database, but it is long enough to look like one. ".repeat(100)).unwrap();
    let url = format!("sqlite://{}", path.display());
    let error = DatabaseStore::connect(&StoreOptions::new(url)).await.unwrap_err();
    assert!(super::chain(&error).contains("not a database"), "{}", super::chain(&error));
}

#[tokio::test]
async fn a_directory_that_cannot_be_created_is_named() {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("file"), "").unwrap();
    let url = format!("sqlite://{}", directory.path().join("file/account.db").display());
    let error = DatabaseStore::connect(&StoreOptions::new(url)).await.unwrap_err();
    assert!(error.to_string().contains("cannot create the database file"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_instances_on_one_file_wait_for_each_other() {
    let (directory, one) = fresh().await;
    let other = open(&directory).await;
    let unit = one.begin().await.unwrap();
    let waiting = tokio::spawn(async move { other.begin().await.unwrap().commit().await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!waiting.is_finished());
    unit.commit().await.unwrap();
    waiting.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_are_shared_by_all_instances_on_one_file() {
    let (directory, first) = fresh().await;
    let mut stores = vec![first];
    for _ in 0..2 {
        stores.push(open(&directory).await);
    }
    let mut tasks = JoinSet::new();
    for number in 0..60 {
        let store = stores[number % 3].clone();
        let rate = Rate::new(17, Duration::from_mins(1));
        let charge = Charge::new("x", "k".to_owned(), rate);
        tasks.spawn(async move { store.count(&[charge], Timestamp::from_unix_micros(1)).await.unwrap() });
    }
    let allowed = tasks.join_all().await.into_iter().filter(|verdict| *verdict == Verdict::Allowed);
    assert_eq!(allowed.count(), 17);
}
