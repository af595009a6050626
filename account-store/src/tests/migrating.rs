//! Migrating while others use the tables.

use std::time::Duration;

use sea_orm::{ConnectionTrait, TransactionTrait};
use tokio::time::{Instant, sleep, timeout};

use super::known_migrations;
use super::servers::ask;
use crate::error::OpenError;
use crate::migration::migrate_by;
use crate::testing::{Engine, ThrowawayDatabase};
use crate::{DatabaseStore, StoreOptions};

/// The number of migrations before the one that changes `accounts` for the last time.
const OLDER: u32 = 13;
/// The longest that anybody may have to wait for a table: each attempt waits for one second.
const BRIEF: Duration = Duration::from_millis(2_500);

fn migrate(store: &DatabaseStore) -> impl Future<Output = Result<(), OpenError>> + use<> {
    let store = store.clone();
    async move { store.migrate().await }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_migration_that_waits_behind_a_long_query_lets_others_work() {
    let database = ThrowawayDatabase::new(Engine::Postgres).await;
    let open = async || DatabaseStore::connect(&StoreOptions::new(database.url())).await.unwrap();
    let (store, other) = (open().await, open().await);
    migrate_by(&store.connections, Some(OLDER)).await.unwrap();

    let long = other.connections.writer.begin().await.unwrap();
    long.execute_unprepared("SELECT COUNT(*) FROM accounts").await.unwrap();
    let migrating = tokio::spawn(migrate(&store));
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(4) {
        let read = timeout(BRIEF, ask(&other.connections.reader, "SELECT COUNT(*)::text FROM accounts")).await;
        assert_eq!(read.expect("nobody has to wait for long"), ["0"]);
        sleep(Duration::from_millis(50)).await;
    }
    assert!(!migrating.is_finished(), "it cannot be done while the query uses the table");
    long.rollback().await.unwrap();
    migrating.await.unwrap().unwrap();
    let applied = ask(&store.connections.reader, "SELECT version FROM account_migrations ORDER BY version").await;
    assert_eq!(applied, known_migrations());
    // It does not stay behind on the connection.
    assert_eq!(ask(&store.connections.migrator, "SHOW lock_timeout").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_that_wait_behind_a_long_query_let_others_work_too() {
    let database = ThrowawayDatabase::new(Engine::Postgres).await;
    let open = async || DatabaseStore::connect(&StoreOptions::new(database.url())).await.unwrap();
    let other = open().await;
    migrate_by(&other.connections, Some(OLDER)).await.unwrap();
    let long = other.connections.writer.begin().await.unwrap();
    long.execute_unprepared("SELECT COUNT(*) FROM accounts").await.unwrap();
    let mut migrating = Vec::new();
    for _ in 0..4 {
        migrating.push(tokio::spawn(migrate(&open().await)));
    }
    let begun = Instant::now();
    let mut waited = Duration::ZERO;
    while begun.elapsed() < Duration::from_secs(12) {
        let asked = Instant::now();
        let read = timeout(BRIEF, ask(&other.connections.reader, "SELECT COUNT(*)::text FROM accounts")).await;
        assert_eq!(read.expect("nobody has to wait for long"), ["0"]);
        waited += asked.elapsed();
        sleep(Duration::from_millis(50)).await;
    }
    // An attempt of a second, a pause of two.
    assert!(waited < Duration::from_secs(7), "others waited for {waited:?} of 12 s");
    assert!(migrating.iter().all(|migrating| !migrating.is_finished()));
    long.rollback().await.unwrap();
    for migrating in migrating {
        migrating.await.unwrap().unwrap();
    }
    let applied = ask(&other.connections.reader, "SELECT version FROM account_migrations ORDER BY version").await;
    assert_eq!(applied, known_migrations());
}
