//! Registrations as administrators see them.

use super::Subject;
use super::fixtures::{MINUTE, NOW, committed, registration, registration_id};
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::ports::store::{RegistrationFilter, UnitOfWork};
use crate::registration::{Registration, RegistrationState};

const EMAIL: &str = "john@acme.com";

async fn insert(unit: &mut dyn UnitOfWork, registrations: &[Registration]) {
    for registration in registrations {
        unit.insert_registration(registration).await.unwrap();
    }
}

fn ids(listed: &[Registration]) -> Vec<RegistrationId> {
    listed.iter().map(|found| found.id).collect()
}

/// Registrations are listed complete, by descending id, up to the limit, below the given id.
pub async fn registrations_are_listed_newest_first(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.list_registrations(&RegistrationFilter::default(), None, 10).await.unwrap(), []);
        let backdated = Registration { created_at: NOW - MINUTE, ..registration(4, "jane@acme.com") };
        insert(unit, &[registration(2, EMAIL), registration(1, EMAIL), backdated.clone()]).await;
        insert(unit, &[registration(3, EMAIL)]).await;
        let listed = unit.list_registrations(&RegistrationFilter::default(), None, 10).await.unwrap();
        assert_eq!(listed, [backdated, registration(3, EMAIL), registration(2, EMAIL), registration(1, EMAIL)]);
        assert_eq!(unit.list_registrations(&RegistrationFilter::default(), None, 0).await.unwrap(), []);
        assert_eq!(
            unit.list_registrations(&RegistrationFilter::default(), Some(registration_id(1)), 10).await.unwrap(),
            []
        );
    })
    .await;
}

/// Registrations created while a list is being paged neither repeat nor hide others.
pub async fn pages_of_registrations_are_stable(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[1, 2, 3, 4].map(|number| registration(number, EMAIL))).await;
        let first = ids(&unit.list_registrations(&RegistrationFilter::default(), None, 2).await.unwrap());
        insert(unit, &[registration(5, EMAIL)]).await;
        let second =
            ids(&unit.list_registrations(&RegistrationFilter::default(), first.last().copied(), 2).await.unwrap());
        assert_eq!([first, second].concat(), [4, 3, 2, 1].map(registration_id));
    })
    .await;
}

/// Given a state, only registrations in it are listed.
pub async fn registrations_are_listed_by_state(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, state) in (1..).zip(RegistrationState::ALL.into_iter().chain(RegistrationState::ALL)) {
            insert(unit, &[Registration { state, ..registration(number, EMAIL) }]).await;
        }
        for (number, state) in (1..).zip(RegistrationState::ALL) {
            let in_state = RegistrationFilter { state: Some(state), ..RegistrationFilter::default() };
            let listed = unit.list_registrations(&in_state, None, 10).await.unwrap();
            assert_eq!(ids(&listed), [number + 4, number].map(registration_id), "{state:?}");
            let below = Some(registration_id(number + 4));
            let listed = unit.list_registrations(&in_state, below, 10).await.unwrap();
            assert_eq!(ids(&listed), [registration_id(number)]);
        }
    })
    .await;
}

/// Given an address key, only registrations for it are listed, in all states or in one.
pub async fn registrations_are_listed_by_address(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let void = Registration { state: RegistrationState::Void, ..registration(3, "John@ACME.com") };
        insert(unit, &[registration(1, EMAIL), registration(2, "jane@acme.com"), void]).await;
        let key = EmailAddress::parse(EMAIL).unwrap().key().clone();
        let of_address = RegistrationFilter { key: Some(key), ..RegistrationFilter::default() };
        let listed = unit.list_registrations(&of_address, None, 10).await.unwrap();
        assert_eq!(ids(&listed), [3, 1].map(registration_id));
        let listed = unit.list_registrations(&of_address, Some(registration_id(3)), 10).await.unwrap();
        assert_eq!(ids(&listed), [registration_id(1)]);
        let pending = RegistrationFilter { state: Some(RegistrationState::Pending), ..of_address };
        assert_eq!(ids(&unit.list_registrations(&pending, None, 10).await.unwrap()), [registration_id(1)]);
    })
    .await;
}
