//! What the store guarantees on database servers, beyond the contract.

use std::time::Duration;

use account_core::account::Account;
use account_core::email_address::EmailAddress;
use account_core::id::{AccountId, OutboxId, RegistrationId};
use account_core::name::UserName;
use account_core::outbox::{Intent, OutboxEntry, Queue};
use account_core::ports::store::{AccountUpdate, Insert, Unique};
use account_core::ports::{Charge, Rate, RateLimiter, Store, StoreError, Verdict};
use account_core::timestamp::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{chain, connect, known_migrations};
use crate::testing::{Engine, ThrowawayDatabase};
use crate::{DatabaseStore, OpenError, StoreOptions};

pub(super) const SERVERS: [Engine; 2] = [Engine::Postgres, Engine::MariaDb];
const NOW: Timestamp = Timestamp::from_unix_micros(1_767_225_600_123_457);

pub(super) async fn ask(connection: &DatabaseConnection, query: &str) -> Vec<String> {
    let statement = Statement::from_string(connection.get_database_backend(), query.to_owned());
    let rows = connection.query_all_raw(statement).await.unwrap();
    let text = |row: &sea_orm::QueryResult| match row.try_get_by_index::<String>(0) {
        Ok(text) => text,
        Err(_) => row.try_get_by_index::<i64>(0).unwrap().to_string(),
    };
    rows.iter().map(text).collect()
}

async fn migrations(store: &DatabaseStore) -> Vec<String> {
    ask(&store.connections.reader, "SELECT version FROM account_migrations ORDER BY version").await
}

pub(super) fn entry() -> OutboxEntry {
    let registration = RegistrationId::from_uuid(Uuid::from_u128(1));
    let address = EmailAddress::parse("john.secretive@acme.com").unwrap();
    let intent = Intent::Registration { registration, address, generation: 1 };
    OutboxEntry::new(OutboxId::from_uuid(Uuid::from_u128(1)), intent, NOW)
}

pub(super) async fn enqueue(store: &DatabaseStore) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.enqueue(&entry()).await?;
    unit.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_instances_start_at_once_on_an_empty_database() {
    for engine in SERVERS {
        let database = ThrowawayDatabase::new(engine).await;
        let mut tasks = JoinSet::new();
        for _ in 0..6 {
            let options = StoreOptions::new(database.url());
            tasks.spawn(async move {
                let store = DatabaseStore::connect(&options).await?;
                store.migrate().await.map(|()| store)
            });
        }
        for store in tasks.join_all().await {
            assert_eq!(migrations(&store.unwrap()).await, known_migrations(), "{engine:?}");
        }
    }
}

#[tokio::test]
async fn a_newer_schema_on_a_server_is_refused_by_name_and_left_alone() {
    for engine in SERVERS {
        let database = ThrowawayDatabase::new(engine).await;
        let store = connect(database.url()).await;
        let before = migrations(&store).await;
        store.migrate().await.unwrap();
        assert_eq!(migrations(&store).await, before, "migrating twice changes nothing");
        let insert = "INSERT INTO account_migrations (version, applied_at) VALUES ('m9999_future', 0)";
        store.connections.writer.execute_unprepared(insert).await.unwrap();
        let error = store.migrate().await.unwrap_err();
        assert!(matches!(error, OpenError::NewerSchema { .. }), "{engine:?}: {error}");
        assert!(error.to_string().contains("has schema version m9999_future"), "{error}");
        assert_eq!(migrations(&store).await.len(), before.len() + 1);
        // The refusal holds no lock.
        assert!(connect_and_migrate(database.url()).await.is_err());
    }
}

async fn connect_and_migrate(url: &str) -> Result<(), OpenError> {
    DatabaseStore::connect(&StoreOptions::new(url)).await?.migrate().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_are_shared_by_all_instances_on_one_server() {
    for engine in SERVERS {
        let database = ThrowawayDatabase::new(engine).await;
        let mut stores = Vec::new();
        for _ in 0..3 {
            stores.push(connect(database.url()).await);
        }
        let mut tasks = JoinSet::new();
        for number in 0..120 {
            let store = stores[number % 3].clone();
            let charge = |key: String, count| Charge::new("x", key, Rate::new(count, Duration::from_mins(1)));
            // In both orders, and with new counters.
            let mut charges = vec![charge("shared".to_owned(), 17), charge(format!("own {}", number % 40), 3)];
            if number % 2 == 0 {
                charges.reverse();
            }
            tasks.spawn(async move { store.count(&charges, NOW).await.unwrap() });
        }
        let allowed = tasks.join_all().await.into_iter().filter(|verdict| *verdict == Verdict::Allowed);
        assert_eq!(allowed.count(), 17, "{engine:?}");
    }
}

#[tokio::test]
async fn a_duplicate_on_a_server_is_an_error_that_repeats_no_value() {
    for (engine, reason) in [
        (Engine::Postgres, "PostgreSQL error 23505, constraint outbox_pkey, table outbox"),
        (Engine::MariaDb, "MySQL error 1062"),
    ] {
        let database = ThrowawayDatabase::new(engine).await;
        let store = connect(database.url()).await;
        enqueue(&store).await.unwrap();
        let error = enqueue(&store).await.unwrap_err();
        assert_eq!(chain(&error), format!("the store failed: enqueue: {reason}"));
        assert!(!error.is_transient());
    }
}

#[tokio::test]
async fn a_missing_database_is_named_without_the_password() {
    for (engine, named) in [(Engine::Postgres, "\"nowhere\""), (Engine::MariaDb, "'nowhere'")] {
        let database = ThrowawayDatabase::new(engine).await;
        let (before, query) = database.url().split_once('?').unwrap_or((database.url(), ""));
        let (server, _) = before.rsplit_once('/').unwrap();
        let separator = if engine == Engine::Postgres { "account:geheim@" } else { "root:@" };
        let server = server.replace("account@", separator).replace("root@", separator);
        let query = if engine == Engine::Postgres { "" } else { query };
        let error = DatabaseStore::connect(&StoreOptions::new(format!("{server}/nowhere?{query}"))).await.unwrap_err();
        assert!(chain(&error).contains(named), "{}", chain(&error));
        assert!(!chain(&error).contains("geheim"));
    }
}

#[tokio::test]
async fn a_store_without_schema_on_a_server_fails_and_says_so() {
    for engine in SERVERS {
        let database = ThrowawayDatabase::new(engine).await;
        let store = DatabaseStore::connect(&StoreOptions::new(database.url())).await.unwrap();
        assert!(store.ping().await.is_err(), "it cannot write");
        let error = store.begin_read_only().await.unwrap().next_due(&Queue::Mail).await.unwrap_err();
        assert!(chain(&error).contains("outbox") && !error.is_transient(), "{}", chain(&error));
    }
}

#[tokio::test]
async fn transactions_on_postgresql_have_the_required_settings() {
    let database = ThrowawayDatabase::new(Engine::Postgres).await;
    // PostgreSQL reports success for a commit that it cancels while it waits for a standby.
    let impatient = format!("{}%20-c%20statement_timeout%3D5s", database.url());
    let connections = connect(&impatient).await.connections;
    let settings = [
        "transaction_isolation",
        "synchronous_commit",
        "lock_timeout",
        "transaction_read_only",
        "idle_in_transaction_session_timeout",
        "statement_timeout",
    ];
    for (transaction, expected) in [
        (connections.begin().await.unwrap(), ["read committed", "on", "10s", "off", "1min", "0"]),
        (connections.begin_counting().await.unwrap(), ["read committed", "off", "10s", "off", "1min", "0"]),
        (connections.begin_read_only().await.unwrap(), ["repeatable read", "on", "0", "on", "1min", "5s"]),
    ] {
        for (setting, expected) in settings.into_iter().zip(expected) {
            let query = Statement::from_string(DbBackend::Postgres, format!("SHOW {setting}"));
            let row = transaction.inner.query_one_raw(query).await.unwrap().unwrap();
            assert_eq!(row.try_get_by_index::<String>(0).unwrap(), expected, "{setting}");
        }
        transaction.commit().await.unwrap();
    }
    // Nothing stays behind on the connection.
    assert_eq!(ask(&connections.writer, "SHOW lock_timeout").await, ["0"]);
}

#[tokio::test]
async fn connections_to_mariadb_have_the_required_settings() {
    let database = ThrowawayDatabase::new(Engine::MariaDb).await;
    let connections = connect(database.url()).await.connections;
    for (connection, isolation, is_read_only) in [
        (&connections.writer, "READ-COMMITTED", "OFF"),
        (&connections.limits, "READ-COMMITTED", "OFF"),
        (&connections.reader, "REPEATABLE-READ", "ON"),
    ] {
        let settings = ask(connection, "SELECT CONCAT(@@tx_isolation, ' ', @@tx_read_only)").await;
        assert_eq!(settings, [format!("{isolation} {is_read_only}")]);
        // What one node of a cluster has committed, the next read on another sees.
        let settings = "SELECT CONCAT(@@wsrep_sync_wait, ' ', @@sql_mode LIKE '%STRICT_TRANS_TABLES%')";
        assert_eq!(ask(connection, settings).await, ["1 1"]);
    }
}

#[tokio::test]
async fn every_text_in_mariadb_is_compared_byte_by_byte() {
    let database = ThrowawayDatabase::new(Engine::MariaDb).await;
    let store = connect(database.url()).await;
    let texts = "SELECT CONCAT(table_name, '.', column_name, ' ', collation_name) FROM information_schema.columns \
                 WHERE table_schema = DATABASE() AND collation_name IS NOT NULL";
    let texts = ask(&store.connections.reader, texts).await;
    assert!(texts.len() > 40);
    let others: Vec<_> = texts.iter().filter(|text| !text.ends_with(" utf8mb4_nopad_bin")).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// The server detects two transactions that wait for each other; one of them may retry.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadlock_is_a_conflict_and_hits_one_of_two() {
    for engine in SERVERS {
        let database = ThrowawayDatabase::new(engine).await;
        let store = connect(database.url()).await;
        let id = |number| AccountId::from_uuid(Uuid::from_u128(number));
        let mut unit = store.begin().await.unwrap();
        for number in [1, 2] {
            let address = EmailAddress::parse(&format!("person-{number}@acme.com")).unwrap();
            let inserted = unit.insert_account(&Account::new(id(number), address, NOW)).await.unwrap();
            assert_eq!(inserted, Insert::Done);
        }
        unit.commit().await.unwrap();

        let (mut one, mut other) = (store.begin().await.unwrap(), store.begin().await.unwrap());
        one.find_account(id(1)).await.unwrap();
        other.find_account(id(2)).await.unwrap();
        let waiting = tokio::spawn(async move { one.find_account(id(2)).await.map(|_| one) });
        let closing = other.find_account(id(1)).await.map(|_| ());
        drop(other);
        let outcomes = [waiting.await.unwrap().map(|_| ()), closing];
        let errors: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
        assert_eq!(errors.len(), 1, "{engine:?}: {errors:?}");
        assert!(errors[0].is_aborted() && errors[0].is_transient(), "{}", chain(&errors[0]));
    }
}

/// A value can be taken between the check and the insert: then the work is repeated, and finds that out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_name_chosen_twice_at_once_belongs_to_one_account() {
    for engine in SERVERS {
        let database = ThrowawayDatabase::new(engine).await;
        let store = connect(database.url()).await;
        let named = |number: u128| {
            let address = EmailAddress::parse(&format!("person-{number}@acme.com")).unwrap();
            Account::new(AccountId::from_uuid(Uuid::from_u128(number)), address, NOW)
        };
        let mut unit = store.begin().await.unwrap();
        for number in [1, 2] {
            assert_eq!(unit.insert_account(&named(number)).await.unwrap(), Insert::Done);
        }
        unit.commit().await.unwrap();

        let taking =
            |number| Account { version: 2, user_name: Some(UserName::from_stored("john".to_owned())), ..named(number) };
        let (mut one, mut other) = (store.begin().await.unwrap(), store.begin().await.unwrap());
        assert_eq!(one.update_account(&taking(1)).await.unwrap(), AccountUpdate::Applied);
        let late = taking(2);
        let waiting = tokio::spawn(async move { other.update_account(&late).await });
        // It may come before the commit, and wait, or after it.
        tokio::time::sleep(Duration::from_millis(50)).await;
        one.commit().await.unwrap();
        match waiting.await.unwrap() {
            Ok(update) => assert_eq!(update, AccountUpdate::Conflict(Unique::UserName), "{engine:?}"),
            Err(error) => assert!(error.is_aborted(), "{engine:?}: {}", chain(&error)),
        }
        let mut fresh = store.begin().await.unwrap();
        assert_eq!(fresh.update_account(&taking(2)).await.unwrap(), AccountUpdate::Conflict(Unique::UserName));
    }
}

/// The server itself does not know what has become of the transaction: then nobody repeats it.
#[tokio::test]
async fn a_commit_that_the_server_says_it_does_not_know_of_has_an_unknown_outcome() {
    let database = ThrowawayDatabase::new(Engine::Postgres).await;
    let store = connect(database.url()).await;
    for statement in [
        "CREATE FUNCTION not_known() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = 'statement_completion_unknown'; END $$",
        "CREATE CONSTRAINT TRIGGER not_known AFTER INSERT ON outbox DEFERRABLE INITIALLY DEFERRED \
         FOR EACH ROW EXECUTE FUNCTION not_known()",
    ] {
        store.connections.writer.execute_unprepared(statement).await.unwrap();
    }
    let error = enqueue(&store).await.unwrap_err();
    assert!(error.is_outcome_unknown() && !error.is_aborted(), "{}", chain(&error));
    assert!(chain(&error).contains("PostgreSQL error 40003"), "{}", chain(&error));
}

/// A restarted server, or a network that cut every connection.
#[tokio::test]
async fn a_store_recovers_after_its_connections_were_cut() {
    for (engine, name, cut) in [
        (
            Engine::Postgres,
            "&application_name=to-be-cut",
            "SELECT CAST(pg_terminate_backend(pid) AS text) FROM pg_stat_activity WHERE application_name = 'to-be-cut'",
        ),
        (
            Engine::MariaDb,
            "",
            "SELECT CAST(id AS CHAR) FROM information_schema.processlist WHERE db = DATABASE() AND id <> \
             CONNECTION_ID()",
        ),
    ] {
        let database = ThrowawayDatabase::new(engine).await;
        let store = connect(&format!("{}{name}", database.url())).await;
        store.begin().await.unwrap().commit().await.unwrap();
        store.begin_read_only().await.unwrap().commit().await.unwrap();
        let knife = connect(database.url()).await.connections.writer;
        let found = ask(&knife, cut).await;
        assert!(!found.is_empty());
        if engine == Engine::MariaDb {
            for id in found {
                // Its own connections ended earlier, when the store that created the schema was closed.
                let _ = knife.execute_unprepared(&format!("KILL {id}")).await;
            }
        }
        let mut outcome = enqueue(&store).await;
        for _ in 0..20 {
            let Err(error) = &outcome else { break };
            assert!(error.is_transient(), "{engine:?}: {}", chain(error));
            outcome = enqueue(&store).await;
        }
        outcome.unwrap();
        let mut unit = store.begin_read_only().await;
        for _ in 0..20 {
            unit = store.begin_read_only().await;
        }
        assert!(unit.unwrap().find_entry(entry().id).await.unwrap().is_some());
    }
}
