//! Units of work: atomic, isolated, durable.

use std::sync::Arc;

use tokio::task::yield_now;

use super::Subject;
use super::fixtures::{
    NOW, account, account_id, audit_entry, client, committed, digest, entry, feature, in_parallel, invitation, key,
    organization, outbox_id, read, record, registration, registration_id, session, token,
};
use crate::account::Account;
use crate::audit::AuditEvent;
use crate::feature::FeatureName;
use crate::one_time_token::Purpose;
use crate::outbox::Queue;
use crate::ports::store::{AuditFilter, Insert, Purge, Unique, UnitOfWork, Update};
use crate::registration::{CompletedBy, Ending};

const EMAIL: &str = "john@acme.com";

/// Writes a row in every role.
async fn write_everywhere(unit: &mut dyn UnitOfWork) {
    unit.insert_registration(&registration(1, EMAIL)).await.unwrap();
    unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
    assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
    assert_eq!(unit.insert_organization(&organization(1, "acme")).await.unwrap(), Insert::Done);
    unit.insert_session(&session(1, 1)).await.unwrap();
    unit.enqueue(&entry(1, 1, NOW)).await.unwrap();
    assert_eq!(unit.insert_idempotency_record(&record(1)).await.unwrap(), Insert::Done);
    assert_eq!(unit.insert_client(&client("portal")).await.unwrap(), Insert::Done);
    unit.insert_invitation(&invitation(1, EMAIL)).await.unwrap();
    assert_eq!(unit.put_feature(&feature(FeatureName::Newsletter, 1, "{}")).await.unwrap(), Update::Applied);
    unit.insert_audit_entry(&audit_entry(1, AuditEvent::SignedIn, NOW)).await.unwrap();
}

/// How many roles there are that keep rows.
const ROLES: usize = 11;

/// In how many roles that row is seen.
async fn seen(unit: &mut dyn UnitOfWork) -> usize {
    let seen = [
        unit.find_registration(registration_id(1)).await.unwrap().is_some(),
        unit.find_token(&digest(1)).await.unwrap().is_some(),
        unit.find_account(account_id(1)).await.unwrap().is_some(),
        unit.find_organization(organization(1, "acme").id).await.unwrap().is_some(),
        unit.find_session(&digest(1)).await.unwrap().is_some(),
        unit.find_newest_entry_of_registration(registration_id(1)).await.unwrap().is_some(),
        unit.find_idempotency_record(&digest(1)).await.unwrap().is_some(),
        unit.find_client(&client("portal").id).await.unwrap().is_some(),
        unit.find_invitation(invitation(1, EMAIL).id).await.unwrap().is_some(),
        !unit.find_features().await.unwrap().is_empty(),
        !unit.list_audit_entries(&AuditFilter::default(), None, 1).await.unwrap().is_empty(),
    ];
    seen.into_iter().filter(|is_there| *is_there).count()
}

/// Units of work that begin after a commit see all of it.
pub async fn committed_work_is_seen_by_others(subject: &Subject) {
    committed(&*subject.store, write_everywhere).await;
    assert_eq!(read(&*subject.store, seen).await, ROLES);
    assert_eq!(committed(&*subject.store, seen).await, ROLES);
}

/// A unit of work sees its own changes before it commits them.
pub async fn a_unit_of_work_sees_its_own_changes(subject: &Subject) {
    let mut unit = subject.store.begin().await.unwrap();
    write_everywhere(unit.as_mut()).await;
    assert_eq!(seen(unit.as_mut()).await, ROLES);
    unit.commit().await.unwrap();
}

/// Nobody else sees any of it before the commit.
pub async fn others_see_nothing_before_commit(subject: &Subject) {
    let mut unit = subject.store.begin().await.unwrap();
    write_everywhere(unit.as_mut()).await;
    assert_eq!(read(&*subject.store, seen).await, 0);
    unit.commit().await.unwrap();
    assert_eq!(read(&*subject.store, seen).await, ROLES);
}

/// Dropping a unit of work rolls it back.
pub async fn dropping_rolls_back(subject: &Subject) {
    let mut unit = subject.store.begin().await.unwrap();
    write_everywhere(unit.as_mut()).await;
    drop(unit);
    assert_eq!(committed(&*subject.store, seen).await, 0);
}

/// So does an explicit rollback.
pub async fn rolling_back_undoes_everything(subject: &Subject) {
    let mut unit = subject.store.begin().await.unwrap();
    write_everywhere(unit.as_mut()).await;
    unit.rollback().await.unwrap();
    assert_eq!(read(&*subject.store, seen).await, 0);
}

/// Rolled back work leaves no conflicts.
pub async fn undone_work_can_be_done_again(subject: &Subject) {
    for _ in 0..3 {
        let mut unit = subject.store.begin().await.unwrap();
        write_everywhere(unit.as_mut()).await;
        drop(unit);
    }
    committed(&*subject.store, write_everywhere).await;
    assert_eq!(read(&*subject.store, seen).await, ROLES);
}

/// Rolling back undoes updates and deletions, too.
pub async fn rolling_back_undoes_updates(subject: &Subject) {
    committed(&*subject.store, write_everywhere).await;
    let mut unit = subject.store.begin().await.unwrap();
    let ended = unit.end_registration(registration_id(1), Ending::Completed(CompletedBy::Code)).await.unwrap();
    assert_eq!(ended, Update::Applied);
    let redeemed = unit.redeem_token(&digest(1), Purpose::EmailVerification, NOW).await.unwrap();
    assert_eq!(redeemed, Update::Applied);
    assert_eq!(unit.claim(&Queue::Mail, NOW, NOW, 1).await.unwrap().len(), 1);
    assert_eq!(unit.delete_idempotency_record(&digest(1), NOW).await.unwrap(), Update::Applied);
    unit.rollback().await.unwrap();

    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let found = unit.find_registration(registration_id(1)).await.unwrap();
        assert_eq!(found, Some(registration(1, EMAIL)));
        assert_eq!(unit.find_token(&digest(1)).await.unwrap(), Some(token(1, 1, EMAIL)));
        let found = unit.find_newest_entry_of_registration(registration_id(1)).await.unwrap();
        assert_eq!(found, Some(entry(1, 1, NOW)));
        assert_eq!(unit.find_idempotency_record(&digest(1)).await.unwrap(), Some(record(1)));
    })
    .await;
}

/// A conflicting insert leaves the unit of work usable: what was written before and after it is committed.
pub async fn a_conflict_leaves_the_unit_of_work_usable(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
        unit.enqueue(&entry(1, 1, NOW)).await.unwrap();
        let lost = unit.insert_account(&account(2, EMAIL)).await.unwrap();
        assert_eq!(lost, Insert::Conflict(Unique::EmailKey));
        assert_eq!(unit.find_account(account_id(1)).await.unwrap(), Some(account(1, EMAIL)));
        unit.enqueue(&entry(2, 2, NOW)).await.unwrap();
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert!(unit.find_account(account_id(1)).await.unwrap().is_some());
        assert!(unit.find_account(account_id(2)).await.unwrap().is_none());
        for registration in [1, 2] {
            let found = unit.find_newest_entry_of_registration(registration_id(registration)).await.unwrap();
            assert!(found.is_some());
        }
    })
    .await;
}

/// So does a guarded update that misses.
pub async fn a_missed_update_leaves_the_unit_of_work_usable(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let missed = unit.redeem_token(&digest(9), Purpose::EmailVerification, NOW).await.unwrap();
        assert_eq!(missed, Update::Missed);
        write_everywhere(unit).await;
    })
    .await;
    assert_eq!(read(&*subject.store, seen).await, ROLES);
}

/// A read-only unit of work refuses every write, and nothing is written.
pub async fn a_read_only_unit_of_work_refuses_to_write(subject: &Subject) {
    let store = &subject.store;
    assert!(store.begin_read_only().await.unwrap().insert_registration(&registration(1, EMAIL)).await.is_err());
    assert!(store.begin_read_only().await.unwrap().insert_token(&token(1, 1, EMAIL)).await.is_err());
    assert!(store.begin_read_only().await.unwrap().insert_account(&account(1, EMAIL)).await.is_err());
    assert!(store.begin_read_only().await.unwrap().insert_organization(&organization(1, "acme")).await.is_err());
    assert!(store.begin_read_only().await.unwrap().insert_session(&session(1, 1)).await.is_err());
    assert!(store.begin_read_only().await.unwrap().enqueue(&entry(1, 1, NOW)).await.is_err());
    assert!(store.begin_read_only().await.unwrap().claim(&Queue::Mail, NOW, NOW, 1).await.is_err());
    assert!(store.begin_read_only().await.unwrap().insert_idempotency_record(&record(1)).await.is_err());
    assert!(store.begin_read_only().await.unwrap().insert_client(&client("portal")).await.is_err());
    assert!(store.begin_read_only().await.unwrap().insert_invitation(&invitation(1, EMAIL)).await.is_err());
    let first = feature(FeatureName::Newsletter, 1, "{}");
    assert!(store.begin_read_only().await.unwrap().put_feature(&first).await.is_err());
    let audited = audit_entry(1, AuditEvent::SignedIn, NOW);
    assert!(store.begin_read_only().await.unwrap().insert_audit_entry(&audited).await.is_err());
    let changed = Account { version: 2, ..account(1, EMAIL) };
    assert!(store.begin_read_only().await.unwrap().update_account(&changed).await.is_err());
    assert!(store.begin_read_only().await.unwrap().purge(Purge::Registrations(NOW), 1).await.is_err());
    let mut unit = store.begin_read_only().await.unwrap();
    let redeemed = unit.redeem_token(&digest(1), Purpose::EmailVerification, NOW).await;
    assert!(redeemed.is_err());
    drop(unit);
    assert_eq!(read(&**store, seen).await, 0);
}

/// An open read-only unit of work blocks no writer.
pub async fn a_reader_blocks_no_writer(subject: &Subject) {
    let mut reader = subject.store.begin_read_only().await.unwrap();
    assert_eq!(seen(reader.as_mut()).await, 0);
    committed(&*subject.store, write_everywhere).await;
    drop(reader);
    assert_eq!(read(&*subject.store, seen).await, ROLES);
}

/// Several units of work can read at the same time.
pub async fn readers_do_not_wait_for_each_other(subject: &Subject) {
    let mut one = subject.store.begin_read_only().await.unwrap();
    assert_eq!(seen(one.as_mut()).await, 0);
    let mut other = subject.store.begin_read_only().await.unwrap();
    assert_eq!(seen(other.as_mut()).await, 0);
    assert_eq!(seen(one.as_mut()).await, 0);
}

/// Parallel units of work all commit.
pub async fn parallel_units_of_work_all_commit(subject: &Subject) {
    in_parallel(40, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            unit.insert_registration(&registration(number, EMAIL)).await.unwrap();
            unit.enqueue(&entry(number.into(), number.into(), NOW)).await.unwrap();
            unit.commit().await.unwrap();
        }
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.void_registrations(&key(EMAIL)).await.unwrap(), 40);
        assert_eq!(unit.claim(&Queue::Mail, NOW, NOW, 100).await.unwrap().len(), 40);
    })
    .await;
}

/// A task that is cancelled anywhere between begin and commit leaves nothing half-done and blocks nobody.
pub async fn a_cancelled_task_leaves_nothing_half_done(subject: &Subject) {
    for patience in 0..60_u8 {
        let store = Arc::clone(&subject.store);
        let task = tokio::spawn(async move {
            let mut unit = store.begin().await.unwrap();
            let number = patience + 100;
            unit.insert_registration(&registration(number, EMAIL)).await.unwrap();
            unit.enqueue(&entry(number.into(), number.into(), NOW)).await.unwrap();
            unit.commit().await.unwrap();
        });
        for _ in 0..u32::from(patience) * u32::from(patience) {
            yield_now().await;
        }
        task.abort();
        drop(task.await);
    }
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in 100..160 {
            let registration = unit.find_registration(registration_id(number)).await.unwrap();
            let entry = unit.find_newest_entry_of_registration(registration_id(number)).await.unwrap();
            assert_eq!(registration.is_some(), entry.is_some());
            assert!(entry.is_none_or(|entry| entry.id == outbox_id(number)));
        }
    })
    .await;
}

/// A reachable store answers.
pub async fn a_reachable_store_answers_a_ping(subject: &Subject) {
    subject.store.ping().await.unwrap();
}
