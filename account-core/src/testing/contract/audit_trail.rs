//! The audit trail.

use super::Subject;
use super::fixtures::{NOW, account_id, audit_entry, audit_id, committed, read};
use crate::audit::{Actor, AuditEntry, AuditEvent};
use crate::id::AuditId;
use crate::ports::store::{AuditFilter, UnitOfWork};
use crate::timestamp::Timestamp;

async fn insert(unit: &mut dyn UnitOfWork, entries: &[AuditEntry]) {
    for entry in entries {
        unit.insert_audit_entry(entry).await.unwrap();
    }
}

async fn list(unit: &mut dyn UnitOfWork, filter: AuditFilter, before: Option<u128>, limit: u32) -> Vec<AuditEntry> {
    unit.list_audit_entries(&filter, before.map(audit_id), limit).await.unwrap()
}

fn ids(listed: &[AuditEntry]) -> Vec<AuditId> {
    listed.iter().map(|entry| entry.id).collect()
}

fn signed_in(number: u128) -> AuditEntry {
    audit_entry(number, AuditEvent::SignedIn, NOW)
}

/// Every field of an entry comes back as it was written, for every kind of actor.
pub async fn an_audit_entry_comes_back_as_it_was_written(subject: &Subject) {
    let bare = AuditEntry {
        actor: Actor::Operator,
        account: None,
        client_address: None,
        request_id: None,
        detail: None,
        at: Timestamp::from_unix_micros(i64::MIN),
        ..signed_in(3)
    };
    let by_service =
        AuditEntry { actor: Actor::Service, client_address: Some("2001:db8::7".parse().unwrap()), ..signed_in(2) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[bare.clone(), by_service.clone(), signed_in(1)]).await;
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let listed = list(unit, AuditFilter::default(), None, 10).await;
        assert_eq!(listed, [bare.clone(), by_service.clone(), signed_in(1)]);
    })
    .await;
}

/// Every event comes back, and can be searched.
pub async fn every_audit_event_comes_back(subject: &Subject) {
    let entries: Vec<AuditEntry> =
        (1..).zip(AuditEvent::ALL).map(|(number, event)| audit_entry(number, event, NOW)).collect();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &entries).await;
        for entry in &entries {
            let filter = AuditFilter { event: Some(entry.event), ..AuditFilter::default() };
            assert_eq!(list(unit, filter, None, 10).await, std::slice::from_ref(entry));
        }
    })
    .await;
}

/// Entries are listed by descending id, up to the limit, below the given id; new ones do not move pages.
pub async fn audit_entries_are_listed_newest_first(subject: &Subject) {
    let all = AuditFilter::default;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(list(unit, all(), None, 10).await, []);
        insert(unit, &[signed_in(2), signed_in(4), signed_in(1), signed_in(3)]).await;
        let first = list(unit, all(), None, 2).await;
        assert_eq!(first, [signed_in(4), signed_in(3)]);
        insert(unit, &[signed_in(5)]).await;
        assert_eq!(list(unit, all(), Some(3), 2).await, [signed_in(2), signed_in(1)]);
        assert_eq!(list(unit, all(), Some(1), 2).await, []);
        assert_eq!(list(unit, all(), None, 0).await, []);
    })
    .await;
}

/// Entries about and by an account are found; given an event, only those with this event.
pub async fn audit_entries_about_or_by_an_account_are_found(subject: &Subject) {
    let about = |account: Option<u128>, actor, entry| AuditEntry { account: account.map(account_id), actor, ..entry };
    let by = |number| Actor::Account(account_id(number));
    let disabled = audit_entry(4, AuditEvent::AccountDisabled, NOW);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let entries = [
            about(Some(1), by(1), signed_in(1)),
            about(Some(2), by(2), signed_in(2)),
            about(None, by(1), signed_in(3)),
            about(Some(1), by(2), disabled.clone()),
            about(Some(1), Actor::Operator, signed_in(5)),
            about(None, Actor::Service, signed_in(6)),
            about(Some(2), by(1), signed_in(7)),
        ];
        insert(unit, &entries).await;
        let of = |number| AuditFilter { account: Some(account_id(number)), ..AuditFilter::default() };
        assert_eq!(ids(&list(unit, of(1), None, 10).await), [7, 5, 4, 3, 1].map(audit_id));
        assert_eq!(ids(&list(unit, of(2), None, 10).await), [7, 4, 2].map(audit_id));
        assert_eq!(ids(&list(unit, of(3), None, 10).await), []);
        assert_eq!(ids(&list(unit, of(1), Some(5), 2).await), [4, 3].map(audit_id));
        let both = AuditFilter { event: Some(AuditEvent::SignedIn), ..of(1) };
        assert_eq!(ids(&list(unit, both.clone(), None, 10).await), [7, 5, 3, 1].map(audit_id));
        assert_eq!(ids(&list(unit, both, Some(5), 1).await), [audit_id(3)]);
        let neither = AuditFilter { event: Some(AuditEvent::DataExported), ..of(1) };
        assert_eq!(list(unit, neither, None, 10).await, []);
    })
    .await;
}
