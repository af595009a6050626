//! Servers that become read-only, and others that take over.

use std::time::{Duration, Instant};

use account_core::one_time_token::TokenDigest;
use account_core::ports::{Store, StoreError};
use tokio::time::{sleep, timeout};

use super::servers::{SERVERS, entry};
use super::{chain, connect};
use crate::testing::at_port::ServerAtPort;
use crate::testing::{Engine, TcpSwitch};
use crate::{DatabaseStore, StoreOptions};

/// How long the service may take to recover after a server can be written to.
const RECOVERY: Duration = Duration::from_secs(5);

async fn start(engine: Engine) -> ServerAtPort {
    let server = ServerAtPort::start(engine, None).unwrap();
    server.make_database().await.unwrap();
    server
}

async fn make_read_only(server: &ServerAtPort, engine: Engine, is_read_only: bool) {
    let statements = match (engine, is_read_only) {
        (Engine::MariaDb, true) => ["SET GLOBAL read_only = 1", "DO 0"],
        (Engine::MariaDb, false) => ["SET GLOBAL read_only = 0", "DO 0"],
        (_, true) => ["ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"],
        (_, false) => ["ALTER SYSTEM SET default_transaction_read_only = off", "SELECT pg_reload_conf()"],
    };
    for statement in statements {
        server.run(statement).await.unwrap();
    }
}

/// Writes, and rolls back.
async fn write(store: &DatabaseStore) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.enqueue(&entry()).await?;
    unit.rollback().await
}

async fn until_refused(store: &DatabaseStore) -> StoreError {
    let begun = Instant::now();
    loop {
        if let Err(error) = write(store).await {
            return error;
        }
        assert!(begun.elapsed() < RECOVERY, "the server still takes writes");
        sleep(Duration::from_millis(20)).await;
    }
}

async fn until_written(store: &DatabaseStore) -> Duration {
    let begun = Instant::now();
    while let Err(error) = write(store).await {
        assert!(error.is_transient(), "{}", chain(&error));
        assert!(begun.elapsed() < RECOVERY, "it does not recover: {}", chain(&error));
        sleep(Duration::from_millis(20)).await;
    }
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_becomes_read_only_is_unavailable_until_it_can_be_written_to() {
    for engine in SERVERS {
        let server = start(engine).await;
        let store = connect(&server.database_url(server.address().port())).await;
        write(&store).await.unwrap();
        store.ping().await.unwrap();

        make_read_only(&server, engine, true).await;
        let error = until_refused(&store).await;
        assert!(error.is_transient(), "{engine:?}: {}", chain(&error));
        // Before any connection has been idle for long enough to be tested anyway.
        assert!(store.ping().await.is_err(), "{engine:?}: not ready");
        let error = write(&store).await.unwrap_err();
        assert!(error.is_transient(), "{engine:?}: {}", chain(&error));

        make_read_only(&server, engine, false).await;
        until_written(&store).await;
        store.ping().await.unwrap();
    }
}

/// Ours is a connection to the former server. It still answers, and takes no writes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_to_a_server_that_another_has_replaced_are_not_used_again() {
    for engine in SERVERS {
        let (former, latter) = (start(engine).await, start(engine).await);
        let switch = TcpSwitch::to(former.address()).await.unwrap();
        for server in [&former, &latter] {
            connect(&server.database_url(server.address().port())).await.close().await.unwrap();
        }
        let store = connect(&former.database_url(switch.port())).await;
        // Several connections in each pool, which nothing has happened on since.
        let mut units = Vec::new();
        for _ in 0..4 {
            units.push(store.begin().await.unwrap());
            units.push(store.begin_read_only().await.unwrap());
        }
        for unit in units {
            unit.commit().await.unwrap();
        }
        switch.move_to(latter.address());
        make_read_only(&former, engine, true).await;
        until_refused(&store).await;
        let recovered = until_written(&store).await;
        // One failure, and all are replaced: none of those that were idle fails another time.
        let begun = Instant::now();
        for _ in 0..12 {
            write(&store).await.unwrap();
            store.ping().await.unwrap();
        }
        assert!(recovered + begun.elapsed() < RECOVERY, "{engine:?}");
    }
}

/// An operator's start, while another server takes over.
#[tokio::test]
async fn a_store_does_not_open_on_a_server_that_is_read_only() {
    for engine in SERVERS {
        let server = start(engine).await;
        make_read_only(&server, engine, true).await;
        let url = server.database_url(server.address().port());
        let begun = Instant::now();
        let error = loop {
            match DatabaseStore::connect(&StoreOptions::new(&url)).await {
                Err(error) => break error,
                Ok(_) => assert!(begun.elapsed() < RECOVERY, "{engine:?}"),
            }
        };
        assert!(error.to_string().ends_with("is read-only") && error.is_transient(), "{error}");
    }
}

/// The name leads to the standby before that is promoted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_is_used_once_it_is_promoted() {
    let primary = start(Engine::Postgres).await;
    let switch = TcpSwitch::to(primary.address()).await.unwrap();
    let url = primary.database_url(switch.port());
    let store = connect(&url).await;
    write(&store).await.unwrap();
    let standby = primary.start_standby().unwrap();
    // It answers, with all that the primary has.
    standby.run("SELECT 1").await.unwrap();

    switch.move_to(standby.address());
    switch.cut();
    let refused = DatabaseStore::connect(&StoreOptions::new(&url)).await.unwrap_err();
    assert!(refused.to_string().ends_with("is read-only") && refused.is_transient(), "{refused}");
    // Whether they fail or wait, they do not use it.
    let moment = Duration::from_secs(1);
    assert!(!matches!(timeout(moment, write(&store)).await, Ok(Ok(()))));
    assert!(!matches!(timeout(moment, store.ping()).await, Ok(Ok(()))), "it is ready");
    // What a standby says about sessions is old.
    let token = TokenDigest::from_bytes([7; 32]);
    assert!(!matches!(timeout(moment, store.find_signed_in(&token)).await, Ok(Ok(_))));

    let begun = Instant::now();
    standby.run("SELECT pg_promote()").await.unwrap();
    until_written(&store).await;
    store.ping().await.unwrap();
    assert!(begun.elapsed() < RECOVERY, "only after {:?}", begun.elapsed());
}
