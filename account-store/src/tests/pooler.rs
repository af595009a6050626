//! `PgBouncer` between the service and PostgreSQL.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use account_core::ports::Store;
use account_core::testing::contract::Subject;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::task::JoinSet;

use super::known_migrations;
use super::servers::{enqueue, entry};
use crate::testing::pgbouncer::PgBouncer;
use crate::{DatabaseStore, OpenError, StoreOptions};

/// Returns options for a schema that nobody else uses. `PgBouncer` passes no search path on.
fn options(pooler: &PgBouncer) -> StoreOptions {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let schema = format!("pooled_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    StoreOptions { schema: Some(schema.parse().unwrap()), ..StoreOptions::new(pooler.url()) }
}

async fn open(options: &StoreOptions) -> DatabaseStore {
    let store = DatabaseStore::connect(options).await.unwrap();
    store.migrate().await.unwrap();
    store
}

/// The one that pools by transaction, for all tests.
fn by_transaction() -> &'static PgBouncer {
    static POOLER: OnceLock<PgBouncer> = OnceLock::new();
    POOLER.get_or_init(|| PgBouncer::start("transaction").unwrap())
}

async fn pooled() -> Subject {
    let store = open(&options(by_transaction())).await;
    assert!(store.connections.is_pooled_by_transaction());
    Subject::keeping((), store)
}

mod by_transaction {
    use super::pooled;

    account_core::store_contract!(pooled().await);
}

/// Instances share the connections of the server: none may meet what another has left on one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_instances_share_the_connections_of_a_pooler() {
    for mode in ["session", "transaction"] {
        let pooler = PgBouncer::start(mode).unwrap();
        let options = options(&pooler);
        let mut tasks = JoinSet::new();
        for _ in 0..3 {
            let options = StoreOptions { max_connections: 3, ..options.clone() };
            tasks.spawn(async move { open(&options).await });
        }
        let stores = tasks.join_all().await;
        assert!(stores.iter().all(|store| store.connections.is_pooled_by_transaction() == (mode == "transaction")));
        enqueue(&stores[0]).await.unwrap();
        let mut tasks = JoinSet::new();
        for number in 0..60 {
            let store = stores[number % 3].clone();
            tasks.spawn(async move {
                let mut unit = store.begin().await.unwrap();
                assert!(unit.find_entry(entry().id).await.unwrap().is_some());
                unit.rollback().await.unwrap();
                let token = account_core::one_time_token::TokenDigest::from_bytes([7; 32]);
                assert!(store.find_signed_in(&token).await.unwrap().is_none());
                store.ping().await.unwrap();
                let mut unit = store.begin_read_only().await.unwrap();
                assert!(unit.find_entry(entry().id).await.unwrap().is_some());
                unit.commit().await.unwrap();
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.unwrap();
        }
        let schema = options.schema.as_ref().unwrap();
        let query = format!("SELECT COUNT(*) FROM {schema}.account_migrations");
        let query = Statement::from_string(DbBackend::Postgres, query);
        let row = stores[0].connections.ask(query).await.unwrap().unwrap();
        let applied: i64 = row.try_get_by_index(0).unwrap();
        assert_eq!(usize::try_from(applied).unwrap(), known_migrations().len(), "{mode}");
    }
}

/// What a transaction sets must not be there for the next client of that connection.
#[tokio::test]
async fn nothing_stays_behind_on_the_connections_of_a_pooler() {
    let store = open(&options(by_transaction())).await;
    for unit in [store.begin().await.unwrap(), store.begin_read_only().await.unwrap()] {
        unit.commit().await.unwrap();
    }
    let statements = "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%account_migrations%'";
    let statements = store.connections.writer.execute_unprepared(statements).await.unwrap();
    assert_eq!(statements.rows_affected(), 0);
}

#[tokio::test]
async fn a_pooler_without_transactions_is_refused_in_words() {
    let pooler = PgBouncer::start("statement").unwrap();
    let error = DatabaseStore::connect(&StoreOptions::new(pooler.url())).await.unwrap_err();
    assert!(matches!(error, OpenError::NoTransactions), "{error}");
    assert!(error.to_string().contains("not by statement"));
}
