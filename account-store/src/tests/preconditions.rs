//! What is checked when a store is opened: that there is a server, and that it suits.

use std::time::{Duration, Instant};

use super::{chain, connect};
use crate::testing::at_port::ServerAtPort;
use crate::testing::{Engine, TcpSwitch, ThrowawayDatabase};
use crate::{DatabaseStore, OpenError, StoreOptions};

async fn why_not(url: &str) -> OpenError {
    DatabaseStore::connect(&StoreOptions::new(url)).await.expect_err("no store")
}

const SERVERS: [(Engine, &str, &str); 2] =
    [(Engine::Postgres, "postgres", "PostgreSQL"), (Engine::MariaDb, "mysql", "MySQL or MariaDB")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_cannot_be_reached_is_named_at_once_with_the_reason() {
    for (engine, scheme, name) in SERVERS {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let begun = Instant::now();
        let refused = why_not(&format!("{scheme}://me:geheim@127.0.0.1:{port}/a")).await;
        assert_eq!(refused.to_string(), format!("cannot reach {name} at 127.0.0.1:{port}: connection refused"));
        assert!(refused.is_transient() && begun.elapsed() < Duration::from_secs(2));

        let unknown = why_not(&format!("{scheme}://me:geheim@nowhere.invalid:77/a")).await;
        assert_eq!(unknown.to_string(), format!("cannot reach {name} at nowhere.invalid:77: unknown host"));
        assert!(unknown.is_transient());

        let server = ServerAtPort::start(engine, None).unwrap();
        server.make_database().await.unwrap();
        let port = server.address().port();
        let missing = why_not(&server.database_url(port).replace("/account", "/nowhere")).await.to_string();
        let place = format!("cannot reach {name} at 127.0.0.1:{port}: ");
        // MariaDB does not tell a stranger to it whether it exists.
        let what = if engine == Engine::MariaDb { "no access to the database" } else { "unknown database" };
        assert!(missing.starts_with(&format!("{place}{what} (")), "{missing}");
        assert!(missing.contains("nowhere") && !missing.contains("geheim"), "{missing}");
        let stranger = why_not(&server.database_url(port).replace("someone:geheim", "stranger:geheim")).await;
        assert!(stranger.to_string().starts_with(&format!("{place}wrong user or password (")), "{stranger}");
        assert!(!chain(&stranger).contains("geheim"));

        let switch = TcpSwitch::to(server.address()).await.unwrap();
        switch.swallow();
        let silent = why_not(&server.database_url(switch.port())).await.to_string();
        assert_eq!(silent, format!("cannot reach {name} at 127.0.0.1:{}: no answer", switch.port()));
    }
    let socket = why_not("postgres://me@%2Ftmp%2Fnowhere/a").await.to_string();
    assert_eq!(socket, "cannot reach PostgreSQL at /tmp/nowhere: there is no such socket");
}

#[tokio::test]
async fn an_unknown_parameter_of_a_url_is_an_error_on_every_database() {
    for (url, name, nearest) in [
        ("postgres://me:geheim@127.0.0.1:1/a?sslmod=verify-full", "sslmod", "sslmode"),
        ("mysql://me:geheim@127.0.0.1:1/a?ssl-mod=REQUIRED", "ssl-mod", "ssl-mode"),
        ("sqlite:///tmp/nowhere/a.db?chache=private", "chache", "cache"),
    ] {
        let error = why_not(url).await;
        let expected = format!("`store.url` has an unknown parameter `{name}`; the most similar one is `{nearest}`");
        assert_eq!(error.to_string(), expected);
        assert!(!error.is_transient());
    }
}

#[tokio::test]
async fn a_database_of_postgresql_that_is_not_unicode_is_refused() {
    let server = ServerAtPort::start(Engine::Postgres, None).unwrap();
    for (database, encoding) in [("ascii", "SQL_ASCII"), ("latin", "LATIN1")] {
        let create = format!(
            "CREATE DATABASE {database} ENCODING '{encoding}' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
        );
        server.run(&create).await.unwrap();
        let url = server.url("127.0.0.1", "").replace("/postgres?", &format!("/{database}?"));
        let error = why_not(&url).await.to_string();
        let expected = format!("the database's setting `server_encoding` is `{encoding}`; the store requires `UTF8`");
        assert!(error.starts_with(&expected), "{error}");
    }
}

/// Since PostgreSQL 15, only its owner may create tables in the schema `public`.
#[tokio::test]
async fn a_schema_without_the_permission_to_create_tables_is_refused_in_words() {
    let server = ServerAtPort::start(Engine::Postgres, None).unwrap();
    server.make_database().await.unwrap();
    server.run("ALTER DATABASE account OWNER TO account").await.unwrap();
    let options = StoreOptions::new(server.database_url(server.address().port()));
    let store = DatabaseStore::connect(&options).await.unwrap();
    let error = store.migrate().await.unwrap_err();
    assert!(matches!(error, OpenError::NoPrivilege), "{}", chain(&error));

    // One who only uses the tables needs no such permission.
    server.run("ALTER DATABASE account OWNER TO someone").await.unwrap();
    store.migrate().await.unwrap();
    server.run("ALTER DATABASE account OWNER TO account").await.unwrap();
    store.migrate().await.unwrap();
}

#[tokio::test]
async fn settings_of_mariadb_that_do_not_suit_are_refused() {
    let server = ServerAtPort::start(Engine::MariaDb, None).unwrap();
    server.make_database().await.unwrap();
    let url = server.database_url(server.address().port());
    server.run("SET GLOBAL max_allowed_packet = 65536").await.unwrap();
    let error = why_not(&url).await.to_string();
    assert!(error.starts_with("the database's setting `max_allowed_packet` is `65536`; the store requires"), "{error}");
    server.run("SET GLOBAL max_allowed_packet = 16777216").await.unwrap();
    DatabaseStore::connect(&StoreOptions::new(&url)).await.unwrap();
}

/// The test server has the defaults of old installations.
#[tokio::test]
async fn the_database_of_mariadb_becomes_unicode() {
    let database = ThrowawayDatabase::new(Engine::MariaDb).await;
    let store = connect(database.url()).await;
    let collation = super::servers::ask(
        &store.connections.reader,
        "SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = DATABASE()",
    )
    .await;
    assert_eq!(collation, ["utf8mb4_nopad_bin"]);
}
