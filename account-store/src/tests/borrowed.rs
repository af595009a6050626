//! Stores on connections that the program already has, and in a PostgreSQL schema.

use std::str::FromStr;
use std::time::Duration;

use account_core::outbox::Queue;
use account_core::ports::Store;
use account_core::testing::contract::Subject;
use sea_orm::sqlx::mysql::MySqlPoolOptions;
use sea_orm::sqlx::postgres::PgPoolOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{MySqlPool, PgPool, SqlitePool};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use super::servers::ask;
use super::{chain, connect};
use crate::testing::{Engine, ThrowawayDatabase};
use crate::{DatabaseStore, OpenError, SchemaName, StoreOptions};

/// The settings that the store requires of SQLite.
fn sqlite_options(database: &ThrowawayDatabase) -> SqliteConnectOptions {
    SqliteConnectOptions::from_str(database.url())
        .unwrap()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
}

async fn sqlite_pool(options: SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new().max_connections(4).connect_with(options).await.unwrap()
}

async fn postgres_pool(database: &ThrowawayDatabase) -> PgPool {
    PgPoolOptions::new().max_connections(4).connect(database.url()).await.unwrap()
}

/// A database with the collation that the store requires.
async fn mariadb_pool(database: &ThrowawayDatabase) -> MySqlPool {
    let pool = MySqlPoolOptions::new().max_connections(4).connect(database.url()).await.unwrap();
    let connection = DatabaseConnection::from(pool.clone());
    let alter = "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
    connection.execute_unprepared(alter).await.unwrap();
    pool
}

fn schema() -> SchemaName {
    "accounts_of_ours".parse().unwrap()
}

async fn borrowed(engine: Engine) -> Subject {
    let database = ThrowawayDatabase::new(engine).await;
    let store = match engine {
        Engine::Sqlite => DatabaseStore::from_connection(sqlite_pool(sqlite_options(&database)).await).await,
        Engine::Postgres => {
            let own = database.url().rsplit("%3D").next().unwrap();
            let unused: SchemaName = format!("ours_{own}").parse().unwrap();
            DatabaseStore::from_connection_in(postgres_pool(&database).await, unused).await
        }
        Engine::MariaDb => DatabaseStore::from_connection(mariadb_pool(&database).await).await,
    };
    let store = store.unwrap();
    store.migrate().await.unwrap();
    Subject::keeping(database, store)
}

mod sqlite {
    use super::{Engine, borrowed};

    account_core::store_contract!(borrowed(Engine::Sqlite).await);
}

mod postgres {
    use super::{Engine, borrowed};

    account_core::store_contract!(borrowed(Engine::Postgres).await);
}

mod mariadb {
    use super::{Engine, borrowed};

    account_core::store_contract!(borrowed(Engine::MariaDb).await);
}

/// Returns the text of the refusal.
async fn refused(connection: impl Into<DatabaseConnection>) -> (&'static str, String, String) {
    let error = DatabaseStore::from_connection(connection).await.unwrap_err();
    let text = error.to_string();
    match error {
        OpenError::Setting { name, found, .. } => (name, found, text),
        error => panic!("{error}"),
    }
}

#[tokio::test]
async fn sqlite_connections_with_unsuitable_settings_are_refused_by_name() {
    let database = ThrowawayDatabase::new(Engine::Sqlite).await;
    let options = sqlite_options(&database);
    for (options, name, value) in [
        (options.clone().journal_mode(SqliteJournalMode::Delete), "journal_mode", "delete"),
        (options.clone().synchronous(SqliteSynchronous::Normal), "synchronous", "1"),
        (options.clone().foreign_keys(false), "foreign_keys", "0"),
        (options.clone().busy_timeout(Duration::from_millis(10)), "busy_timeout", "10"),
        (options.clone().pragma("query_only", "ON"), "query_only", "1"),
    ] {
        let (refused_name, found, text) = refused(sqlite_pool(options).await).await;
        assert_eq!((refused_name, &*found), (name, value));
        assert!(text.contains(name) && text.contains(value) && text.contains("requires"), "{text}");
    }
    let memory = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    assert_eq!(refused(memory).await.0, "journal_mode");
    DatabaseStore::from_connection(sqlite_pool(options).await).await.unwrap();
}

#[tokio::test]
async fn server_connections_with_unsuitable_settings_are_refused_by_name() {
    let database = ThrowawayDatabase::new(Engine::Postgres).await;
    for (setting, value, name) in [
        ("client_encoding", "latin1", "client_encoding"),
        ("default_transaction_read_only", "on", "transaction_read_only"),
        ("synchronous_commit", "off", "synchronous_commit"),
    ] {
        let options = database.url().parse::<sea_orm::sqlx::postgres::PgConnectOptions>().unwrap();
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    let set = sea_orm::sqlx::AssertSqlSafe(format!("SET {setting} TO {value}"));
                    sea_orm::sqlx::Executor::execute(connection, set).await.map(drop)
                })
            })
            .connect_with(options)
            .await
            .unwrap();
        assert_eq!(refused(pool).await.0, name);
    }

    let database = ThrowawayDatabase::new(Engine::MariaDb).await;
    let pool = MySqlPoolOptions::new().max_connections(1).connect(database.url()).await.unwrap();
    assert_eq!(refused(pool).await.0, "collation_database");
    let pool = mariadb_pool(&database).await;
    for (statement, name) in [
        ("SET SESSION sql_mode = ''", "sql_mode"),
        ("SET SESSION innodb_lock_wait_timeout = 600", "innodb_lock_wait_timeout"),
        ("SET NAMES latin1", "character_set_connection"),
    ] {
        let options = database.url().parse::<sea_orm::sqlx::mysql::MySqlConnectOptions>().unwrap();
        let pool = MySqlPoolOptions::new()
            .max_connections(1)
            .after_connect(move |connection, _| {
                Box::pin(async move { sea_orm::sqlx::Executor::execute(connection, statement).await.map(drop) })
            })
            .connect_with(options)
            .await
            .unwrap();
        assert_eq!(refused(pool).await.0, name);
    }
    DatabaseStore::from_connection(pool).await.unwrap();
}

#[tokio::test]
async fn closing_the_store_leaves_the_programs_pool_open() {
    let database = ThrowawayDatabase::new(Engine::Sqlite).await;
    let pool = sqlite_pool(sqlite_options(&database)).await;
    let store = DatabaseStore::from_connection(pool.clone()).await.unwrap();
    store.migrate().await.unwrap();
    store.close().await.unwrap();
    assert!(!pool.is_closed());
}

#[tokio::test]
async fn a_chosen_schema_is_created_and_has_all_tables() {
    let database = ThrowawayDatabase::new(Engine::Postgres).await;
    let options = StoreOptions { schema: Some(schema()), ..StoreOptions::new(database.url()) };
    let store = DatabaseStore::connect(&options).await.unwrap();
    store.migrate().await.unwrap();
    store.migrate().await.unwrap();
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = ";
    let ours = ask(&store.connections.reader, &format!("{tables}'accounts_of_ours'")).await;
    assert!(ours.contains(&"accounts".to_owned()) && ours.contains(&"account_migrations".to_owned()), "{ours:?}");
    let elsewhere = DatabaseStore::connect(&StoreOptions::new(database.url())).await.unwrap();
    assert!(ask(&elsewhere.connections.reader, &format!("{tables}current_schema()")).await.is_empty());
    store.begin_read_only().await.unwrap().next_due(&Queue::Mail).await.unwrap();
    let error = elsewhere.begin_read_only().await.unwrap().next_due(&Queue::Mail).await.unwrap_err();
    assert!(chain(&error).contains("42P01"), "{}", chain(&error));
}

#[tokio::test]
async fn the_programs_own_transactions_are_not_affected() {
    let database = ThrowawayDatabase::new(Engine::Postgres).await;
    let pool = postgres_pool(&database).await;
    let before = ask(&pool.clone().into(), "SHOW search_path").await;
    let schema: SchemaName = "beside_the_program".parse().unwrap();
    let store = DatabaseStore::from_connection_in(pool.clone(), schema).await.unwrap();
    store.migrate().await.unwrap();
    store.begin().await.unwrap().commit().await.unwrap();
    for _ in 0..4 {
        assert_eq!(ask(&pool.clone().into(), "SHOW search_path").await, before);
        assert_eq!(ask(&pool.clone().into(), "SHOW lock_timeout").await, ["0"]);
    }
}

#[tokio::test]
async fn other_databases_have_no_schemas() {
    let database = ThrowawayDatabase::new(Engine::Sqlite).await;
    for url in [database.url(), "mysql://user@localhost/database"] {
        let options = StoreOptions { schema: Some(schema()), ..StoreOptions::new(url) };
        assert!(matches!(DatabaseStore::connect(&options).await, Err(OpenError::NoSchemas)));
    }
    let pool = sqlite_pool(sqlite_options(&database)).await;
    assert!(matches!(DatabaseStore::from_connection_in(pool, schema()).await, Err(OpenError::NoSchemas)));
}

/// Moves the rows back to where they were before they had a separate table.
async fn with_former_table(url: &str) -> DatabaseStore {
    let store = connect(url).await;
    let writer = &store.connections.writer;
    for statement in [
        "CREATE TABLE seaql_migrations (version VARCHAR(255) NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)",
        "INSERT INTO seaql_migrations SELECT version, applied_at FROM account_migrations",
        "DROP TABLE account_migrations",
    ] {
        writer.execute_unprepared(statement).await.unwrap();
    }
    store
}

const APPLIED: &str = "SELECT version FROM account_migrations ORDER BY version";
const OTHERS: &str = "SELECT version FROM seaql_migrations ORDER BY version";

#[tokio::test]
async fn migrations_that_were_recorded_in_seaorms_table_are_moved() {
    for engine in Engine::ALL {
        let database = ThrowawayDatabase::new(engine).await;
        let store = with_former_table(database.url()).await;
        let before = ask(&store.connections.reader, OTHERS).await;
        store.migrate().await.unwrap();
        assert_eq!(ask(&store.connections.reader, APPLIED).await, before, "{engine:?}");
        // It contained no other rows.
        let gone = store.connections.writer.execute_unprepared("SELECT * FROM seaql_migrations").await;
        assert!(gone.is_err(), "{engine:?}");
    }
}

#[tokio::test]
async fn another_programs_migrations_stay_in_seaorms_table() {
    for engine in Engine::ALL {
        let database = ThrowawayDatabase::new(engine).await;
        let store = with_former_table(database.url()).await;
        let writer = &store.connections.writer;
        writer.execute_unprepared("INSERT INTO seaql_migrations VALUES ('m20260101_theirs', 1)").await.unwrap();
        store.migrate().await.unwrap();
        assert_eq!(ask(&store.connections.reader, OTHERS).await, ["m20260101_theirs"], "{engine:?}");
        // Has the name of one of our migrations, but belongs to the program: it is not touched after ours have moved.
        writer.execute_unprepared("INSERT INTO seaql_migrations VALUES ('m0001_registrations', 1)").await.unwrap();
        store.migrate().await.unwrap();
        assert_eq!(ask(&store.connections.reader, OTHERS).await, ["m0001_registrations", "m20260101_theirs"]);
    }
}
