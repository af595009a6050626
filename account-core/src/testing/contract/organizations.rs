//! Organizations.

use std::sync::Arc;

use super::Subject;
use super::fixtures::{MINUTE, NOW, account, committed, in_parallel, organization, organization_id, read};
use crate::account::{Account, OrganizationRole};
use crate::field_limits::ORGANIZATION_CODE;
use crate::id::OrganizationId;
use crate::organization::Organization;
use crate::ports::store::{AccountUpdate, Insert, Unique, UnitOfWork, Update};

/// Every field of an organization comes back as it was written.
pub async fn an_organization_comes_back_as_it_was_written(subject: &Subject) {
    let written = organization(u128::MAX, "acme-1");
    let bare = Organization {
        callback_origins: Vec::new(),
        allows_self_named_administrators: false,
        version: u32::MAX,
        ..organization(2, &"x".repeat(ORGANIZATION_CODE.core.max))
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_organization(&written).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_organization(&bare).await.unwrap(), Insert::Done);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_organization(written.id).await.unwrap().as_ref(), Some(&written));
        assert_eq!(unit.find_organization(bare.id).await.unwrap().as_ref(), Some(&bare));
        assert_eq!(unit.find_organization(organization(1, "").id).await.unwrap(), None);
    })
    .await;
}

/// Ids and codes of organizations are unique.
pub async fn the_id_and_code_of_an_organization_are_unique(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_organization(&organization(1, "acme")).await.unwrap(), Insert::Done);
        let lost = unit.insert_organization(&organization(1, "other")).await.unwrap();
        assert_eq!(lost, Insert::Conflict(Unique::Id));
        let lost = unit.insert_organization(&organization(2, "acme")).await.unwrap();
        assert_eq!(lost, Insert::Conflict(Unique::OrganizationCode));
        assert_eq!(unit.insert_organization(&organization(3, "Acme")).await.unwrap(), Insert::Done);
        let stored = unit.find_organization(organization(1, "").id).await.unwrap();
        assert_eq!(stored, Some(organization(1, "acme")));
        assert_eq!(unit.find_organization(organization(2, "").id).await.unwrap(), None);
    })
    .await;
}

async fn insert(unit: &mut dyn UnitOfWork, organizations: &[Organization]) {
    for organization in organizations {
        assert_eq!(unit.insert_organization(organization).await.unwrap(), Insert::Done);
    }
}

/// An organization is found by its code, compared exactly.
pub async fn an_organization_is_found_by_its_code(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[organization(1, "acme"), organization(2, "Acme")]).await;
        for (code, expected) in [("acme", Some(1)), ("Acme", Some(2)), ("ACME", None), ("acm", None), ("acme ", None)] {
            let found = unit.find_organization_by_code(code).await.unwrap();
            assert_eq!(found.map(|found| found.id), expected.map(organization_id), "{code:?}");
        }
        assert_eq!(unit.find_organization_by_code("acme").await.unwrap(), Some(organization(1, "acme")));
    })
    .await;
}

/// An update replaces everything but the code, if it follows the stored version; other organizations stay.
pub async fn an_update_of_an_organization_keeps_its_code(subject: &Subject) {
    let changed = Organization {
        code: "renamed".to_owned(),
        name: "Other".to_owned(),
        callback_origins: Vec::new(),
        allows_self_named_administrators: false,
        version: 2,
        updated_at: NOW + MINUTE,
        ..organization(1, "acme")
    };
    let expected = Organization { code: "acme".to_owned(), ..changed.clone() };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.update_organization(&changed).await.unwrap(), Update::Missed);
        insert(unit, &[organization(1, "acme"), organization(2, "other")]).await;
        for version in [0, 1, 3] {
            let stale = Organization { version, ..changed.clone() };
            assert_eq!(unit.update_organization(&stale).await.unwrap(), Update::Missed);
        }
        let stored = unit.find_organization(changed.id).await.unwrap();
        assert_eq!(stored, Some(organization(1, "acme")));
        assert_eq!(unit.update_organization(&changed).await.unwrap(), Update::Applied);
        assert_eq!(unit.update_organization(&changed).await.unwrap(), Update::Missed);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_organization_by_code("acme").await.unwrap().as_ref(), Some(&expected));
        assert_eq!(unit.find_organization_by_code("renamed").await.unwrap(), None);
        assert_eq!(unit.find_organization(organization_id(2)).await.unwrap(), Some(organization(2, "other")));
    })
    .await;
}

/// Of many parallel updates of one version, one wins.
pub async fn one_of_many_parallel_updates_of_an_organization_wins(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &[organization(1, "acme")]).await).await;
    let outcomes = in_parallel(20, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let changed = Organization { name: number.to_string(), version: 2, ..organization(1, "acme") };
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.update_organization(&changed).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
}

/// An organization with accounts is not removed; one without is, and its code is then free.
pub async fn an_organization_with_members_stays(subject: &Subject) {
    let member = Account {
        organization: Some(organization_id(1)),
        organization_role: Some(OrganizationRole::Member),
        ..account(1, "john@acme.com")
    };
    let left = Account { organization: None, organization_role: None, version: 2, ..member.clone() };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_organization(organization_id(1)).await.unwrap(), Update::Missed);
        insert(unit, &[organization(1, "acme"), organization(2, "other")]).await;
        assert_eq!(unit.insert_account(&member).await.unwrap(), Insert::Done);
        assert_eq!(unit.delete_organization(organization_id(1)).await.unwrap(), Update::Missed);
        assert!(unit.find_organization(organization_id(1)).await.unwrap().is_some());
        assert_eq!(unit.update_account(&left).await.unwrap(), AccountUpdate::Applied);
        assert_eq!(unit.delete_organization(organization_id(1)).await.unwrap(), Update::Applied);
        assert_eq!(unit.delete_organization(organization_id(1)).await.unwrap(), Update::Missed);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_organization(organization_id(1)).await.unwrap(), None);
        assert!(unit.find_organization(organization_id(2)).await.unwrap().is_some());
        insert(unit, &[organization(3, "acme")]).await;
    })
    .await;
}

/// Organizations are listed by descending id, up to the limit, below the given id.
pub async fn organizations_are_listed_newest_first(subject: &Subject) {
    let ids = |listed: Vec<Organization>| listed.into_iter().map(|found| found.id).collect::<Vec<OrganizationId>>();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.list_organizations(None, 10).await.unwrap(), []);
        insert(unit, &[organization(2, "b"), organization(1, "c"), organization(3, "a")]).await;
        let listed = unit.list_organizations(None, 10).await.unwrap();
        assert_eq!(listed, [organization(3, "a"), organization(2, "b"), organization(1, "c")]);
        assert_eq!(ids(unit.list_organizations(None, 2).await.unwrap()), [3, 2].map(organization_id));
        insert(unit, &[organization(4, "d")]).await;
        let second = unit.list_organizations(Some(organization_id(2)), 2).await.unwrap();
        assert_eq!(ids(second), [organization_id(1)]);
        assert_eq!(unit.list_organizations(None, 0).await.unwrap(), []);
    })
    .await;
}
