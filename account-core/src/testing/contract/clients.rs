//! Registered clients.

use std::sync::Arc;

use super::Subject;
use super::fixtures::{MINUTE, NOW, client, committed, in_parallel, organization_id, read};
use crate::field_limits::CLIENT_ID;
use crate::organization::{ClientId, RegisteredClient};
use crate::ports::store::{Insert, Unique, UnitOfWork, Update};

async fn insert(unit: &mut dyn UnitOfWork, ids: &[&str]) {
    for id in ids {
        assert_eq!(unit.insert_client(&client(id)).await.unwrap(), Insert::Done);
    }
}

fn id(text: &str) -> ClientId {
    ClientId::parse(text).unwrap()
}

fn texts(listed: &[RegisteredClient]) -> Vec<&str> {
    listed.iter().map(|client| client.id.as_str()).collect()
}

/// A client with nothing but id and name.
fn bare(id: &str) -> RegisteredClient {
    RegisteredClient {
        organization: None,
        callback_origins: Vec::new(),
        redirect_uris: Vec::new(),
        networks: Vec::new(),
        ..client(id)
    }
}

/// Every field of a client comes back as it was written.
pub async fn a_client_comes_back_as_it_was_written(subject: &Subject) {
    let written = [client("portal.1_-"), bare(&"x".repeat(CLIENT_ID.core.max))];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for client in &written {
            assert_eq!(unit.insert_client(client).await.unwrap(), Insert::Done);
        }
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for client in &written {
            assert_eq!(unit.find_client(&client.id).await.unwrap().as_ref(), Some(client));
        }
        assert_eq!(unit.find_client(&id("unknown")).await.unwrap(), None);
    })
    .await;
}

/// Client ids are unique, and compared exactly.
pub async fn the_id_of_a_client_is_unique(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &["portal"]).await;
        let lost = unit.insert_client(&bare("portal")).await.unwrap();
        assert_eq!(lost, Insert::Conflict(Unique::Id));
        insert(unit, &["Portal"]).await;
        assert_eq!(unit.find_client(&id("portal")).await.unwrap(), Some(client("portal")));
        assert_eq!(unit.find_client(&id("PORTAL")).await.unwrap(), None);
    })
    .await;
}

/// Of many parallel registrations of one id, one wins, and the others get a conflict.
pub async fn one_of_many_parallel_clients_of_one_id_wins(subject: &Subject) {
    let outcomes = in_parallel(20, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.insert_client(&client("portal")).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    let outcomes = outcomes.await;
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Insert::Done).count(), 1);
    let lost = Insert::Conflict(Unique::Id);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == lost).count(), 19);
}

/// An update replaces a client if it follows the stored version; other clients stay.
pub async fn a_client_is_replaced_by_the_version_after_it(subject: &Subject) {
    let changed = RegisteredClient { name: "Other".to_owned(), version: 2, updated_at: NOW + MINUTE, ..bare("portal") };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.update_client(&changed).await.unwrap(), Update::Missed);
        insert(unit, &["portal", "other"]).await;
        for version in [0, 1, 3] {
            let stale = RegisteredClient { version, ..changed.clone() };
            assert_eq!(unit.update_client(&stale).await.unwrap(), Update::Missed);
        }
        assert_eq!(unit.find_client(&changed.id).await.unwrap(), Some(client("portal")));
        assert_eq!(unit.update_client(&changed).await.unwrap(), Update::Applied);
        assert_eq!(unit.update_client(&changed).await.unwrap(), Update::Missed);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_client(&changed.id).await.unwrap().as_ref(), Some(&changed));
        assert_eq!(unit.find_client(&id("other")).await.unwrap(), Some(client("other")));
    })
    .await;
}

/// A removed client is gone, and its id is free.
pub async fn a_client_is_removed(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &["portal", "other"]).await;
        assert_eq!(unit.delete_client(&id("Portal")).await.unwrap(), Update::Missed);
        assert_eq!(unit.delete_client(&id("portal")).await.unwrap(), Update::Applied);
        assert_eq!(unit.delete_client(&id("portal")).await.unwrap(), Update::Missed);
        assert_eq!(texts(&unit.list_clients(None, 10).await.unwrap()), ["other"]);
        insert(unit, &["portal"]).await;
    })
    .await;
}

/// An organization has clients as long as a client names it.
pub async fn clients_of_an_organization_are_found(subject: &Subject) {
    let (organization, other) = (organization_id(77), organization_id(78));
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert!(!unit.has_client(organization).await.unwrap());
        insert(unit, &["portal"]).await;
        assert!(unit.has_client(organization).await.unwrap());
        assert!(!unit.has_client(other).await.unwrap());
        assert_eq!(unit.delete_client(&id("portal")).await.unwrap(), Update::Applied);
        assert!(!unit.has_client(organization).await.unwrap());
    })
    .await;
}

/// Clients are listed by id, compared byte by byte, up to the limit, above the given id.
pub async fn clients_are_listed_by_id(subject: &Subject) {
    let sorted = ["-a", ".a", "0", "10", "9", "B", "Z", "_a", "a", "a-", "aa", "b"];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.list_clients(None, 10).await.unwrap(), []);
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.swap(1, 7);
        insert(unit, &shuffled).await;
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let listed = unit.list_clients(None, 100).await.unwrap();
        assert_eq!(texts(&listed), sorted);
        assert_eq!(listed[2], client("0"));
        assert_eq!(texts(&unit.list_clients(None, 3).await.unwrap()), sorted[..3]);
        assert_eq!(texts(&unit.list_clients(Some(&id("Z")), 2).await.unwrap()), ["_a", "a"]);
        assert_eq!(texts(&unit.list_clients(Some(&id("A")), 1).await.unwrap()), ["B"]);
        assert_eq!(unit.list_clients(Some(&id("b")), 10).await.unwrap(), []);
        assert_eq!(unit.list_clients(None, 0).await.unwrap(), []);
    })
    .await;
}
