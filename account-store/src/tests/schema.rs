//! Migrations.

use account_core::outbox::Queue;
use account_core::ports::Store;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::{fresh, known_migrations, open, options};
use crate::{DatabaseStore, OpenError, StoreOptions};

fn count(table: &'static str) -> SelectStatement {
    Query::select().expr(Expr::cust("COUNT(*) AS n")).from(table).take()
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let (directory, store) = fresh().await;
    let before = rows(&store, "account_migrations").await;
    store.migrate().await.unwrap();
    assert_eq!(rows(&store, "account_migrations").await, before);
    store.close().await.unwrap();
    let store = open(&directory).await;
    assert_eq!(rows(&store, "account_migrations").await, before);
}

async fn rows(store: &DatabaseStore, table: &'static str) -> i64 {
    let row = store.connections.reader.query_one(&count(table)).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

#[tokio::test]
async fn a_newer_schema_is_refused_by_name_and_left_alone() {
    let (_directory, store) = fresh().await;
    let before = rows(&store, "account_migrations").await;
    let insert = "INSERT INTO account_migrations (version, applied_at) VALUES ('m9999_future', 0)";
    store.connections.writer.execute_unprepared(insert).await.unwrap();
    let error = store.migrate().await.unwrap_err();
    let newest = known_migrations().pop().unwrap();
    let expected = format!(
        "the database has schema version m9999_future, but this program supports up to {newest}: use a newer program"
    );
    assert_eq!(error.to_string(), expected);
    assert!(matches!(error, OpenError::NewerSchema { .. }));
    assert_eq!(rows(&store, "account_migrations").await, before + 1);
    // The transaction of the refusal has ended.
    store.begin().await.unwrap().rollback().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_instances_can_start_at_once_on_a_new_file() {
    for _ in 0..5 {
        let directory = TempDir::new().unwrap();
        let mut tasks = JoinSet::new();
        for _ in 0..6 {
            let options = options(&directory);
            tasks.spawn(async move {
                let store = DatabaseStore::connect(&options).await?;
                store.migrate().await.map(|()| store)
            });
        }
        let stores: Vec<DatabaseStore> = tasks.join_all().await.into_iter().map(Result::unwrap).collect();
        for store in &stores {
            assert_eq!(rows(store, "account_migrations").await, i64::try_from(known_migrations().len()).unwrap());
            assert_eq!(rows(store, "registrations").await, 0);
        }
    }
}

#[tokio::test]
async fn a_store_without_schema_fails_and_says_so() {
    let directory = TempDir::new().unwrap();
    let store = DatabaseStore::connect(&options(&directory)).await.unwrap();
    store.ping().await.unwrap();
    let error = store.begin_read_only().await.unwrap().next_due(&Queue::Mail).await.unwrap_err();
    assert!(super::chain(&error).contains("no such table: outbox"), "{}", super::chain(&error));
    assert!(!error.is_transient());
}

#[tokio::test]
async fn other_urls_are_refused_without_repeating_them() {
    for url in [
        "mssql://user:geheim@host/db",
        "mysql://user:geheim@host",
        "sqlite::memory:",
        "sqlite://",
        "sqlite://x?mode=memory",
        "",
        "x",
    ] {
        let error = DatabaseStore::connect(&StoreOptions::new(url)).await.unwrap_err();
        assert!(matches!(error, OpenError::Url | OpenError::InMemory), "{url}: {error}");
        assert!(!super::chain(&error).contains("geheim"));
        assert!(!format!("{:?}", StoreOptions::new(url)).contains("geheim"));
    }
}

const TO_DELETE: &str =
    "SELECT * FROM accounts WHERE deletion_due_at <= ? OR verified_at IS NULL AND created_at < ? LIMIT 9";
const OF_ACCOUNT: &str = "SELECT * FROM audit WHERE account = x'00' OR actor_account = x'00' ORDER BY id DESC LIMIT 9";
const SIGNED_IN: &str = "SELECT * FROM sessions JOIN accounts ON accounts.id = sessions.account WHERE token = ?";
const RENEWALS: &str = "DELETE FROM one_time_tokens WHERE purpose = 'session_renewal' AND subject IN \
                        (SELECT id FROM sessions WHERE account = ? AND token <> ?)";

#[tokio::test]
async fn every_look_up_has_an_index() {
    let (_directory, store) = fresh().await;
    for (query, index) in [
        (
            "SELECT * FROM registrations WHERE email_key = ? AND state = 'pending' ORDER BY created_at DESC",
            "registrations_by_email_key",
        ),
        ("UPDATE one_time_tokens SET state = 'void' WHERE subject = ?", "verification_tokens_by_subject"),
        ("UPDATE one_time_tokens SET state = 'void' WHERE email_key = ?", "verification_tokens_by_email_key"),
        (
            "SELECT * FROM outbox WHERE state = 'queued' AND queue = '' AND claimable_at <= ? ORDER BY claimable_at",
            "outbox_by_lane (state=? AND queue=? AND claimable_at<?)",
        ),
        (
            "SELECT id FROM outbox WHERE state = 'queued' AND queue >= '' AND claimable_at > ? \
             AND (claimable_at > ? OR (attempts = 0 AND created_at > ?)) LIMIT 500",
            "outbox_by_lane (state=? AND queue>?)",
        ),
        ("SELECT * FROM outbox WHERE registration = ? ORDER BY created_at DESC", "outbox_by_registration"),
        (
            "SELECT * FROM outbox WHERE fault = 'sender' AND refused_at > ? AND state IN ('queued', 'dead') \
             ORDER BY refused_at DESC, id DESC LIMIT 200",
            "outbox_by_refusal",
        ),
        ("SELECT * FROM accounts WHERE email_claim = ?", "accounts_by_email_claim"),
        ("SELECT * FROM accounts WHERE email_key = ? AND verified_at IS NULL", "accounts_by_email_key"),
        ("SELECT * FROM accounts WHERE user_name = ?", "accounts_by_user_name"),
        ("SELECT * FROM accounts WHERE role = 'super_admin' AND disabled_at IS NULL", "accounts_by_role"),
        ("SELECT * FROM accounts WHERE organization = ?", "accounts_by_organization"),
        (TO_DELETE, "accounts_by_deletion_due_at"),
        (TO_DELETE, "accounts_by_verified_at"),
        ("SELECT * FROM sessions WHERE account = ?", "sessions_by_account"),
        ("DELETE FROM sessions WHERE id = ? AND account = ?", "sessions_by_id"),
        ("SELECT * FROM sessions WHERE id = ?", "sessions_by_id"),
        ("SELECT * FROM identities WHERE identity_key = ?", "identities_by_key"),
        ("SELECT * FROM identities WHERE account = ? ORDER BY linked_at, id", "identities_by_account"),
        ("SELECT state FROM provider_flows WHERE expires_at < ?", "flows_by_expiry"),
        (RENEWALS, "sessions_by_account"),
        (RENEWALS, "verification_tokens_by_subject"),
        ("SELECT token FROM sessions WHERE created_at < ? AND client_address IS NOT NULL", "sessions_by_created_at"),
        ("SELECT * FROM invitations WHERE email_key = ? AND state = 'pending'", "invitations_by_email_key"),
        ("SELECT id FROM invitations WHERE expires_at < ?", "invitations_by_expires_at"),
        ("SELECT COUNT(*) FROM registrations WHERE created_at >= ?", "registrations_by_created_at"),
        ("SELECT id FROM registrations WHERE expires_at < ?", "registrations_by_expires_at"),
        ("SELECT digest FROM one_time_tokens WHERE expires_at < ?", "verification_tokens_by_expires_at"),
        ("SELECT id FROM outbox WHERE state IN ('dead', 'dropped') AND settled_at < ?", "outbox_by_settled_at"),
        ("SELECT digest FROM idempotency_records WHERE expires_at < ?", "idempotency_records_by_expires_at"),
        ("SELECT counter FROM rate_limits WHERE expires_at <= ?", "rate_limits_by_expires_at"),
        ("SELECT id FROM audit WHERE at < ?", "audit_by_at"),
        ("SELECT COUNT(*) FROM audit WHERE event = 'signed_in' AND at >= ?", "audit_by_event"),
        (OF_ACCOUNT, "audit_by_account"),
        (OF_ACCOUNT, "audit_by_actor_account"),
        (SIGNED_IN, "sqlite_autoindex_sessions_1"),
        (SIGNED_IN, "sqlite_autoindex_accounts_1"),
    ] {
        let plan = Statement::from_string(
            store.connections.reader.get_database_backend(),
            format!("EXPLAIN QUERY PLAN {}", query.replace('?', "1")),
        );
        let steps = store.connections.reader.query_all_raw(plan).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
        assert!(steps.iter().any(|step| step.contains(index)), "{query}: {steps:?}");
    }
}
