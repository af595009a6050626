//! Organizations.

use super::Subject;
use super::fixtures::{committed, organization, read};
use crate::ports::store::{Insert, Unique, UnitOfWork};

/// Every field of an organization comes back as it was written.
pub async fn an_organization_comes_back_as_it_was_written(subject: &Subject) {
    let written = organization(u128::MAX, "acme-1");
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_organization(&written).await.unwrap(), Insert::Done);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_organization(written.id).await.unwrap().as_ref(), Some(&written));
        assert_eq!(unit.find_organization(organization(1, "").id).await.unwrap(), None);
    })
    .await;
}

/// No two organizations have one id or one code.
pub async fn an_organization_has_an_id_and_a_code_of_its_own(subject: &Subject) {
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
