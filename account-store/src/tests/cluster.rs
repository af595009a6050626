//! What the store guarantees on several nodes of a Galera cluster, whose locks the other nodes do not know.

use std::time::{Duration, Instant};

use account_core::account::{Account, Role};
use account_core::email_address::{EmailAddress, EmailKey};
use account_core::id::{AccountId, OrganizationId, SessionId};
use account_core::one_time_token::TokenDigest;
use account_core::organization::Organization;
use account_core::ports::store::{AccountUpdate, Insert, Update};
use account_core::ports::{Charge, Rate, RateLimiter, Store, StoreError, UnitOfWork, Verdict};
use account_core::session::Session;
use account_core::timestamp::Timestamp;
use sea_orm::{Database, DatabaseConnection};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::servers::entry;
use super::{chain, connect};
use crate::testing::GaleraCluster;
use crate::{DatabaseStore, OpenError, StoreOptions};

const NOW: Timestamp = Timestamp::from_unix_micros(1_767_225_600_123_457);
/// How long the service may take to recover after a node can be written to.
const RECOVERY: Duration = Duration::from_secs(5);

fn id(number: u128) -> AccountId {
    AccountId::from_uuid(Uuid::from_u128(number))
}

fn key() -> EmailKey {
    EmailAddress::parse("shared@acme.com").unwrap().key().clone()
}

fn account(number: u128) -> Account {
    let address = EmailAddress::parse(&format!("person-{number}@acme.com")).unwrap();
    Account { verified_at: Some(NOW), ..Account::new(id(number), address, NOW) }
}

fn super_admin(number: u128) -> Account {
    Account { role: Role::SuperAdmin, ..account(number) }
}

fn organization() -> Organization {
    Organization {
        id: OrganizationId::from_uuid(Uuid::from_u128(7)),
        code: "acme".to_owned(),
        name: "Acme".to_owned(),
        callback_origins: Vec::new(),
        allows_self_named_administrators: false,
        version: 1,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn session(number: u8) -> Session {
    Session {
        id: SessionId::from_uuid(Uuid::from_u128(number.into())),
        token: TokenDigest::from_bytes([number; 32]),
        account: id(1),
        created_at: NOW,
        authenticated_at: NOW,
        last_used_at: NOW,
        idle: None,
        expires_at: NOW + Duration::from_hours(1),
        token_lasts: None,
        token_expires_at: None,
        channel: "native".to_owned(),
        client_address: None,
        user_agent: None,
    }
}

/// Returns a store at each node. They create the schema at the same time.
async fn stores(cluster: &GaleraCluster) -> Vec<DatabaseStore> {
    let mut tasks = JoinSet::new();
    for node in 0..cluster.nodes() {
        let url = cluster.url(node);
        tasks.spawn(async move { connect(&url).await });
    }
    tasks.join_all().await
}

async fn committed(store: &DatabaseStore, work: impl AsyncFnOnce(&mut dyn UnitOfWork) -> Result<(), StoreError>) {
    let mut unit = store.begin().await.unwrap();
    work(&mut *unit).await.unwrap();
    unit.commit().await.unwrap();
}

/// Does both at the same time, on two nodes, and commits one after the other. The first one is done, and the second one
/// aborted: it has decided by what is no longer so.
async fn one_of_both(
    [first, second]: [&DatabaseStore; 2],
    case: &str,
    ours: impl AsyncFnOnce(&mut dyn UnitOfWork) -> Result<(), StoreError>,
    theirs: impl AsyncFnOnce(&mut dyn UnitOfWork) -> Result<(), StoreError>,
) {
    let (mut one, mut other) = (first.begin().await.unwrap(), second.begin().await.unwrap());
    ours(&mut *one).await.unwrap_or_else(|error| panic!("{case}: {}", chain(&error)));
    theirs(&mut *other).await.unwrap_or_else(|error| panic!("{case}: {}", chain(&error)));
    one.commit().await.unwrap_or_else(|error| panic!("{case}: {}", chain(&error)));
    match other.commit().await {
        Ok(()) => panic!("{case}: both are committed"),
        Err(error) => assert!(error.is_aborted(), "{case}: {}", chain(&error)),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_decided_under_a_lock_on_one_node_holds_on_all() {
    let cluster = GaleraCluster::start().await;
    let stores = stores(&cluster).await;
    let [first, second, third] = stores.as_slice() else { panic!("three nodes") };

    for number in [1, 2] {
        committed(first, async |unit| {
            assert_eq!(unit.insert_account(&super_admin(number)).await?, Insert::Done);
            Ok(())
        })
        .await;
    }
    committed(first, async |unit| unit.insert_organization(&organization()).await.map(drop)).await;

    let take_address = |number: u128| {
        async move |unit: &mut dyn UnitOfWork| {
            unit.hold_addresses(&[&key()]).await?;
            assert_eq!(unit.find_unverified_accounts(&key()).await?, []);
            let address = EmailAddress::parse("shared@acme.com").unwrap();
            assert_eq!(unit.insert_account(&Account::new(id(number), address, NOW)).await?, Insert::Done);
            Ok(())
        }
    };
    one_of_both([first, second], "an address without an account", take_address(11), take_address(12)).await;

    let join = async |unit: &mut dyn UnitOfWork| {
        let found = unit.find_organization(organization().id).await?.unwrap();
        let member = Account { organization: Some(found.id), ..account(21) };
        assert_eq!(unit.insert_account(&member).await?, Insert::Done);
        Ok(())
    };
    let dissolve = async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_organization(organization().id).await?, Update::Applied);
        Ok(())
    };
    one_of_both([second, third], "an organization that somebody joins", join, dissolve).await;

    let demote = |number: u128| {
        async move |unit: &mut dyn UnitOfWork| {
            assert_eq!(unit.count_other_super_admins(id(number)).await?, 1);
            let demoted = Account { version: 2, ..account(number) };
            assert_eq!(unit.update_account(&demoted).await?, AccountUpdate::Applied);
            Ok(())
        }
    };
    one_of_both([third, first], "the last super admin", demote(1), demote(2)).await;

    let sign_in = async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_account(id(1)).await?.map(|found| found.version), Some(2));
        unit.insert_session(&session(1)).await
    };
    let reset = async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_sessions_of_account(id(1), None).await?, 0);
        let changed = Account { version: 3, ..account(1) };
        assert_eq!(unit.update_account(&changed).await?, AccountUpdate::Applied);
        Ok(())
    };
    one_of_both([first, second], "a sign-in during a reset", sign_in, reset).await;

    limits_are_those_of_one_server(&stores).await;
    sessions_end_on_all_nodes(first, second).await;
    a_pool_of_the_program_must_wait_for_other_nodes(&cluster).await;
}

async fn limits_are_those_of_one_server(stores: &[DatabaseStore]) {
    let mut tasks = JoinSet::new();
    for number in 0..90 {
        let store = stores[number % stores.len()].clone();
        let charge = Charge::new("x", "shared".to_owned(), Rate::new(17, Duration::from_mins(1)));
        tasks.spawn(async move {
            loop {
                match store.count(std::slice::from_ref(&charge), NOW).await {
                    Ok(verdict) => return verdict,
                    Err(error) => assert!(error.is_aborted(), "{}", chain(&error)),
                }
            }
        });
    }
    let allowed = tasks.join_all().await.into_iter().filter(|verdict| *verdict == Verdict::Allowed);
    assert_eq!(allowed.count(), 17);
}

async fn sessions_end_on_all_nodes(first: &DatabaseStore, second: &DatabaseStore) {
    for number in 2..=200 {
        let session = session(number);
        committed(first, async |unit| unit.insert_session(&session).await).await;
        assert!(second.find_signed_in(&session.token).await.unwrap().is_some(), "session {number} is not there yet");
        committed(first, async |unit| {
            assert_eq!(unit.delete_session(session.account, session.id).await?, Update::Applied);
            Ok(())
        })
        .await;
        assert!(second.find_signed_in(&session.token).await.unwrap().is_none(), "session {number} is still there");
    }
}

async fn a_pool_of_the_program_must_wait_for_other_nodes(cluster: &GaleraCluster) {
    let open = async || {
        let pool: DatabaseConnection = Database::connect(cluster.url(0)).await.unwrap();
        DatabaseStore::from_connection(pool).await
    };
    let error = open().await.unwrap_err();
    assert!(matches!(&error, OpenError::Setting { name: "wsrep_sync_wait", found, .. } if found == "0"), "{error}");
    cluster.run(0, "SET GLOBAL wsrep_sync_wait = 3").await.unwrap();
    let store = open().await.unwrap();
    assert!(store.connections.is_in_cluster());
    write(&store).await.unwrap();
}

/// Writes, and rolls back.
async fn write(store: &DatabaseStore) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.enqueue(&entry()).await?;
    unit.rollback().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_has_lost_its_cluster_is_unavailable_until_it_is_part_of_one() {
    let mut cluster = GaleraCluster::start().await;
    let store = connect(&cluster.url(0)).await;
    write(&store).await.unwrap();
    // Of a cluster without a majority, no node may write.
    cluster.kill(1);
    cluster.kill(2);
    let begun = Instant::now();
    let error = loop {
        match write(&store).await {
            Err(error) => break error,
            Ok(()) => assert!(begun.elapsed() < RECOVERY, "the node still takes writes"),
        }
        sleep(Duration::from_millis(20)).await;
    };
    assert!(error.is_transient() && !error.is_aborted(), "{}", chain(&error));
    // Whether they fail or wait, they do not use it.
    let moment = Duration::from_secs(1);
    assert!(!matches!(timeout(moment, store.ping()).await, Ok(Ok(()))), "it is ready");
    // What such a node says about sessions is old.
    assert!(!matches!(timeout(moment, store.find_signed_in(&session(1).token)).await, Ok(Ok(_))));
    let refused = DatabaseStore::connect(&StoreOptions::new(cluster.url(0))).await.unwrap_err();
    assert!(refused.is_transient(), "{}", chain(&refused));

    // What an operator does who knows that the others are gone.
    cluster.run(0, "SET GLOBAL wsrep_provider_options = 'pc.bootstrap=YES'").await.unwrap();
    cluster.until_writable(0).await;
    let begun = Instant::now();
    while let Err(error) = write(&store).await {
        assert!(error.is_transient(), "{}", chain(&error));
        assert!(begun.elapsed() < RECOVERY, "it does not recover: {}", chain(&error));
        sleep(Duration::from_millis(20)).await;
    }
    store.ping().await.unwrap();

    cluster.start_again(1);
    cluster.until_writable(1).await;
    let other = connect(&cluster.url(1)).await;
    write(&other).await.unwrap();
}
