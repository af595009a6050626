//! Connections that die without a word: the packets of both sides are lost.

use std::time::{Duration, Instant};

use account_core::one_time_token::TokenDigest;
use account_core::ports::{Store, StoreError};

use super::servers::{SERVERS, enqueue, entry};
use super::{chain, connect};
use crate::DatabaseStore;
use crate::connection::{Deadlines, PATIENCE};
use crate::testing::TcpSwitch;
use crate::testing::at_port::ServerAtPort;

/// How long a step may take. Short, so that the tests are.
const DEADLINE: Duration = Duration::from_millis(700);
/// How long anything may take, with the opening of a new connection, which has three seconds.
const LONGEST: Duration = Duration::from_secs(5);

struct World {
    _server: ServerAtPort,
    switch: TcpSwitch,
    store: DatabaseStore,
}

async fn world(engine: crate::testing::Engine) -> World {
    let server = ServerAtPort::start(engine, None).unwrap();
    server.make_database().await.unwrap();
    let switch = TcpSwitch::to(server.address()).await.unwrap();
    let mut store = connect(&server.database_url(switch.port())).await;
    let deadlines = Deadlines { begin: DEADLINE, statement: DEADLINE, give_back: DEADLINE };
    store.connections = store.connections.with_deadlines(deadlines);
    // One connection in each pool, used a moment ago.
    store.begin().await.unwrap().commit().await.unwrap();
    store.begin_read_only().await.unwrap().commit().await.unwrap();
    store.ping().await.unwrap();
    World { _server: server, switch, store }
}

impl World {
    /// Everything works again at once, on new connections.
    async fn recovers(&self, step: &str) {
        self.switch.pass();
        let begun = Instant::now();
        while let Err(error) = self.store.begin_read_only().await {
            assert!(error.is_transient(), "{step}: {}", chain(&error));
            assert!(begun.elapsed() < LONGEST, "{step}: {}", chain(&error));
        }
        while let Err(error) = self.store.ping().await {
            assert!(begun.elapsed() < LONGEST, "{step}: {}", chain(&error));
        }
        for _ in 0..4 {
            self.store.begin().await.unwrap().commit().await.unwrap();
        }
    }
}

fn assert_in_time(begun: Instant, error: &StoreError, step: &str) {
    assert!(begun.elapsed() < LONGEST, "{step}: only after {:?}", begun.elapsed());
    assert!(error.is_transient() && !error.is_aborted(), "{step}: {}", chain(error));
    assert!(chain(error).contains("did not answer in time"), "{step}: {}", chain(error));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_on_a_silent_connection_ends_in_time() {
    for engine in SERVERS {
        let world = world(engine).await;
        let store = &world.store;

        world.switch.swallow();
        let begun = Instant::now();
        assert_in_time(begun, &store.begin().await.map(drop).unwrap_err(), "begin");
        world.recovers("begin").await;

        let mut unit = store.begin().await.unwrap();
        world.switch.swallow();
        let begun = Instant::now();
        assert_in_time(begun, &unit.enqueue(&entry()).await.unwrap_err(), "statement");
        drop(unit);
        world.recovers("statement").await;

        let unit = store.begin().await.unwrap();
        world.switch.swallow();
        let begun = Instant::now();
        assert_in_time(begun, &unit.rollback().await.unwrap_err(), "rollback");
        world.recovers("rollback").await;

        // The connection may have been on its way to the pool: then there is none.
        let token = TokenDigest::from_bytes([7; 32]);
        store.find_signed_in(&token).await.unwrap();
        world.switch.swallow();
        let begun = Instant::now();
        let error = store.find_signed_in(&token).await.map(drop).unwrap_err();
        assert!(error.is_transient(), "{}", chain(&error));
        assert!(begun.elapsed() < PATIENCE + LONGEST, "{engine:?}: only after {:?}", begun.elapsed());
        world.recovers("session").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_without_an_answer_has_an_unknown_outcome() {
    for engine in SERVERS {
        let world = world(engine).await;
        let mut unit = world.store.begin().await.unwrap();
        unit.enqueue(&entry()).await.unwrap();
        world.switch.swallow();
        let begun = Instant::now();
        let error = unit.commit().await.unwrap_err();
        assert_in_time(begun, &error, "commit");
        assert!(error.is_outcome_unknown(), "{}", chain(&error));
        assert!(chain(&error).ends_with("whether the changes are stored is not known"), "{}", chain(&error));
        world.recovers("commit").await;
        // It was lost on the way.
        enqueue(&world.store).await.unwrap();
        // A failure that the database reports is none.
        let mut unit = world.store.begin().await.unwrap();
        let error = unit.enqueue(&entry()).await.unwrap_err();
        assert!(!error.is_outcome_unknown());
    }
}

/// The pool's ping has no limit of its own: as many as the pool has would be waiting for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_return_of_connections_to_their_pool_ends_in_time() {
    for engine in SERVERS {
        let world = world(engine).await;
        let mut units = Vec::new();
        for _ in 0..8 {
            units.push(world.store.begin().await.unwrap());
        }
        world.switch.swallow();
        // Dropped units are rolled back on the way to the pool.
        units.clear();
        tokio::time::sleep(3 * DEADLINE).await;
        world.switch.pass();
        let begun = Instant::now();
        for _ in 0..8 {
            units.push(world.store.begin().await.unwrap());
        }
        assert!(begun.elapsed() < LONGEST, "{engine:?}: {:?}", begun.elapsed());
        drop(units);
        world.store.clone().close().await.unwrap();
    }
}
