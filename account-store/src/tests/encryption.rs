//! Connections to servers over TLS: the store connects exactly as the URL requires, or not at all.

use std::path::PathBuf;

use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;

use super::chain;
use crate::testing::Engine;
use crate::testing::at_port::{Certificate, ServerAtPort};
use crate::{DatabaseStore, OpenError, StoreOptions};

/// An engine, the parameters that require a server certificate from that authority, those that require only encryption,
/// and the query that tells whether a connection is encrypted.
struct Case {
    engine: Engine,
    verified_by: fn(&str) -> String,
    encrypted: &'static str,
    query: &'static str,
}

const CASES: [Case; 2] = [
    Case {
        engine: Engine::Postgres,
        verified_by: |authority| format!("sslmode=verify-full&sslrootcert={authority}"),
        encrypted: "sslmode=require",
        query: "SELECT CAST(version AS text) FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl",
    },
    Case {
        engine: Engine::MariaDb,
        verified_by: |authority| format!("ssl-mode=VERIFY_IDENTITY&ssl-ca={authority}"),
        encrypted: "ssl-mode=REQUIRED",
        query: "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'Ssl_version' \
                AND variable_value <> ''",
    },
];

/// Two authorities in a directory: the server's, and an unrelated one.
fn authorities(certificate: &Certificate) -> (TempDir, [String; 2]) {
    let directory = TempDir::new().unwrap();
    let stranger = Certificate::make().unwrap().authority;
    let write = |(name, pem): (&str, &str)| -> String {
        let path: PathBuf = directory.path().join(name);
        std::fs::write(&path, pem).unwrap();
        path.display().to_string().replace('/', "%2F")
    };
    let paths = [("own.pem", certificate.authority.as_str()), ("stranger.pem", stranger.as_str())].map(write);
    (directory, paths)
}

async fn connect(url: String) -> Result<DatabaseStore, OpenError> {
    DatabaseStore::connect(&StoreOptions::new(url)).await
}

async fn why_not(url: String) -> String {
    chain(&connect(url).await.expect_err("no connection"))
}

#[tokio::test]
async fn a_server_is_verified_as_its_url_requires_or_not_used() {
    for Case { engine, verified_by, query, .. } in CASES {
        let certificate = Certificate::make().unwrap();
        let server = ServerAtPort::start(engine, Some(&certificate)).unwrap();
        server.run("SELECT 1").await.unwrap();
        let (_directory, [own, stranger]) = authorities(&certificate);

        let store = connect(server.url("localhost", &verified_by(&own))).await.unwrap();
        for connection in [&store.connections.writer, &store.connections.limits, &store.connections.reader] {
            let statement = Statement::from_string(connection.get_database_backend(), query.to_owned());
            let row = connection.query_one_raw(statement).await.unwrap().expect("an encrypted connection");
            let version: String = row.try_get_by_index(0).unwrap();
            assert!(version.starts_with("TLSv1."), "{engine:?}: {version}");
        }

        let unknown = why_not(server.url("localhost", &verified_by(&stranger))).await;
        assert!(unknown.contains("invalid peer certificate"), "{engine:?}: {unknown}");
        let other_name = why_not(server.url("127.0.0.1", &verified_by(&own))).await;
        assert!(other_name.contains("certificate not valid for name"), "{engine:?}: {other_name}");
    }
}

#[tokio::test]
async fn a_server_without_encryption_is_not_used_if_its_url_requires_it() {
    for Case { engine, verified_by, encrypted, .. } in CASES {
        let server = ServerAtPort::start(engine, None).unwrap();
        let (_directory, [own, _]) = authorities(&Certificate::make().unwrap());
        server.run("SELECT 1").await.unwrap();
        connect(server.url("localhost", "")).await.unwrap();
        for demand in [encrypted.to_owned(), verified_by(&own)] {
            let refused = why_not(server.url("localhost", &demand)).await;
            assert!(refused.contains("could not be encrypted as its URL requires"), "{engine:?}: {refused}");
        }
    }
}
