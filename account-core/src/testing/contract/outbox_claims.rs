//! The outbox: claims, leases and fences.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Subject;
use super::fixtures::{MICROSECOND, MINUTE, NOW, committed, entry, in_parallel, outbox_id, read, registration_id};
use crate::id::OutboxId;
use crate::outbox::{Decided, OutboxEntry, OutboxState, Queue, Settlement};
use crate::ports::store::{UnitOfWork, Update};
use crate::timestamp::Timestamp;

fn ids(entries: &[OutboxEntry]) -> Vec<OutboxId> {
    entries.iter().map(|entry| entry.id).collect()
}

/// Claims in a unit of work of its own, under a lease of a minute.
async fn claim(subject: &Subject, now: Timestamp, limit: u32) -> Vec<OutboxEntry> {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.claim(&Queue::Mail, now, now + MINUTE, limit).await
    })
    .await
    .unwrap()
}

async fn enqueue(subject: &Subject, entries: &[OutboxEntry]) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in entries {
            unit.enqueue(entry).await.unwrap();
        }
    })
    .await;
}

/// An entry can be claimed from the microsecond at which it is due.
pub async fn an_entry_is_claimed_once_it_is_due(subject: &Subject) {
    enqueue(subject, &[entry(1, 1, NOW)]).await;
    assert_eq!(claim(subject, NOW - MICROSECOND, 10).await, []);
    assert_eq!(ids(&claim(subject, NOW, 10).await), [outbox_id(1)]);
}

/// A claim puts the entry under a lease, raises its fence and counts the attempt; it returns what is stored.
pub async fn a_claim_returns_what_is_stored(subject: &Subject) {
    enqueue(subject, &[entry(1, 1, NOW), entry(2, 2, NOW + MINUTE)]).await;
    let claimed = claim(subject, NOW, 10).await;
    let expected = OutboxEntry { fence: 1, attempts: 1, leased_until: Some(NOW + MINUTE), ..entry(1, 1, NOW) };
    assert_eq!(claimed, std::slice::from_ref(&expected));
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let stored = unit.find_newest_entry_of_registration(registration_id(1)).await.unwrap();
        assert_eq!(stored, Some(expected.clone()));
        let stored = unit.find_newest_entry_of_registration(registration_id(2)).await.unwrap();
        assert_eq!(stored, Some(entry(2, 2, NOW + MINUTE)));
    })
    .await;
}

/// The entries that have been due longest are claimed first, up to the limit.
pub async fn the_longest_due_are_claimed_first(subject: &Subject) {
    let due = |number, micros| entry(number, number, Timestamp::from_unix_micros(micros));
    enqueue(subject, &[due(1, 30), due(2, 10), due(3, 20), due(5, 20), due(4, 40)]).await;
    assert_eq!(claim(subject, NOW, 0).await, []);
    assert_eq!(ids(&claim(subject, NOW, 2).await), [outbox_id(2), outbox_id(3)]);
    assert_eq!(ids(&claim(subject, NOW, 1).await), [outbox_id(5)]);
    assert_eq!(ids(&claim(subject, NOW, u32::MAX).await), [outbox_id(1), outbox_id(4)]);
    assert_eq!(claim(subject, NOW, 10).await, []);
}

/// During a lease nobody else can claim the entry; from its end, anybody can.
pub async fn an_entry_with_an_expired_lease_is_claimed_again(subject: &Subject) {
    enqueue(subject, &[entry(1, 1, NOW)]).await;
    assert_eq!(claim(subject, NOW, 10).await.len(), 1);
    assert_eq!(claim(subject, NOW + MINUTE - MICROSECOND, 10).await, []);
    let again = claim(subject, NOW + MINUTE, 10).await;
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].fence, again[0].attempts, again[0].state), (2, 2, OutboxState::Queued));
    assert_eq!(again[0].leased_until, Some(NOW + MINUTE * 2));
}

/// A deferred entry is claimed again when it is due; its lease is released.
pub async fn a_deferred_entry_is_claimed_when_it_is_due_again(subject: &Subject) {
    enqueue(subject, &[entry(1, 1, NOW)]).await;
    assert_eq!(claim(subject, NOW, 10).await.len(), 1);
    let due_at = NOW + MICROSECOND * 10;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let deferred = Settlement::Deferred { due_at, note: "451".to_owned(), refusal: None };
        assert_eq!(unit.settle(outbox_id(1), 1, &deferred).await.unwrap(), Update::Applied);
    })
    .await;
    assert_eq!(claim(subject, due_at - MICROSECOND, 10).await, []);
    let again = claim(subject, due_at, 10).await;
    assert_eq!((again[0].fence, again[0].attempts, again[0].note.as_deref()), (2, 2, Some("451")));
}

/// A worker whose lease ended and whose entry was claimed by another settles and decides nothing.
pub async fn a_late_worker_settles_nothing(subject: &Subject) {
    enqueue(subject, &[entry(1, 1, NOW)]).await;
    assert_eq!(claim(subject, NOW, 10).await[0].fence, 1);
    assert_eq!(claim(subject, NOW + MINUTE, 10).await[0].fence, 2);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let before = unit.find_newest_entry_of_registration(registration_id(1)).await.unwrap();
        let note = || "late".to_owned();
        for settlement in [
            Settlement::HandedOver { at: NOW },
            Settlement::Deferred { due_at: NOW, note: note(), refusal: None },
            Settlement::Dropped { at: NOW, note: note() },
            Settlement::Dead { at: NOW, note: note(), refusal: None },
        ] {
            for fence in [0, 1, 3] {
                assert_eq!(unit.settle(outbox_id(1), fence, &settlement).await.unwrap(), Update::Missed);
            }
        }
        assert_eq!(
            unit.decide_entry(outbox_id(1), 1, Decided::Registration(registration_id(1), 9), NOW).await.unwrap(),
            Update::Missed
        );
        let after = unit.find_newest_entry_of_registration(registration_id(1)).await.unwrap();
        assert_eq!(after, before);
        let done = Settlement::HandedOver { at: NOW };
        assert_eq!(unit.settle(outbox_id(1), 2, &done).await.unwrap(), Update::Applied);
    })
    .await;
}

/// A late worker may still settle its entry if nobody else has claimed it.
pub async fn a_slow_worker_may_settle_if_nobody_else_claimed(subject: &Subject) {
    enqueue(subject, &[entry(1, 1, NOW)]).await;
    assert_eq!(claim(subject, NOW, 10).await.len(), 1);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let done = Settlement::HandedOver { at: NOW + MINUTE * 5 };
        assert_eq!(unit.settle(outbox_id(1), 1, &done).await.unwrap(), Update::Applied);
    })
    .await;
    assert_eq!(claim(subject, NOW + MINUTE * 5, 10).await, []);
}

/// However many workers claim in parallel, no entry is claimed twice and none is left.
pub async fn two_workers_never_claim_one_entry(subject: &Subject) {
    let entries: Vec<_> = (1..=60).map(|number| entry(number, number, NOW)).collect();
    enqueue(subject, &entries).await;
    let claimed = in_parallel(20, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.claim(&Queue::Mail, NOW, NOW + MINUTE, 5).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    let mut claimed: Vec<OutboxEntry> = claimed.await.into_iter().flatten().collect();
    // Skipping locked rows may leave some to a later call; none may be lost.
    claimed.extend(claim(subject, NOW, 60).await);
    assert!(claimed.iter().all(|entry| entry.fence == 1 && entry.attempts == 1));
    let distinct: BTreeSet<OutboxId> = claimed.iter().map(|entry| entry.id).collect();
    assert_eq!((claimed.len(), distinct.len()), (60, 60));
}

/// A rolled back claim has no effect.
pub async fn a_rolled_back_claim_has_no_effect(subject: &Subject) {
    enqueue(subject, &[entry(1, 1, NOW)]).await;
    let mut unit = subject.store.begin().await.unwrap();
    assert_eq!(unit.claim(&Queue::Mail, NOW, NOW + MINUTE, 10).await.unwrap()[0].fence, 1);
    unit.rollback().await.unwrap();
    let mut unit = subject.store.begin().await.unwrap();
    assert_eq!(unit.claim(&Queue::Mail, NOW, NOW + MINUTE, 10).await.unwrap()[0].fence, 1);
    drop(unit);
    // While it is still being undone, the entry is skipped.
    let mut claimed = Vec::new();
    for _ in 0..10_000 {
        claimed = claim(subject, NOW, 10).await;
        if !claimed.is_empty() {
            break;
        }
    }
    assert_eq!(claimed[0].fence, 1);
}
