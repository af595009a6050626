//! Idempotency records.

use std::sync::Arc;

use super::Subject;
use super::fixtures::{MICROSECOND, MINUTE, NOW, committed, digest, in_parallel, read, record};
use crate::idempotency::IdempotencyRecord;
use crate::ports::store::{Insert, Unique, UnitOfWork, Update};

/// The record, answered.
fn answered(number: u8, answer: Vec<u8>) -> IdempotencyRecord {
    IdempotencyRecord { answer: Some(answer), ..record(number) }
}

/// Every field of a record comes back as it was written; the answer byte by byte.
pub async fn a_record_comes_back_as_it_was_written(subject: &Subject) {
    let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(60_000).collect();
    let written = [record(1), answered(2, bytes), answered(3, Vec::new())];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for record in &written {
            assert_eq!(unit.insert_idempotency_record(record).await.unwrap(), Insert::Done);
        }
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for record in &written {
            let found = unit.find_idempotency_record(&record.key).await.unwrap();
            assert_eq!(found.as_ref(), Some(record));
        }
        assert_eq!(unit.find_idempotency_record(&digest(9)).await.unwrap(), None);
    })
    .await;
}

/// A key has one record, expired or not; the first one stays.
pub async fn an_idempotency_key_is_unique(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let first = IdempotencyRecord { expires_at: NOW, ..record(1) };
        assert_eq!(unit.insert_idempotency_record(&first).await.unwrap(), Insert::Done);
        let second = IdempotencyRecord { started_at: NOW + MINUTE, ..answered(1, vec![1]) };
        let lost = unit.insert_idempotency_record(&second).await.unwrap();
        assert_eq!(lost, Insert::Conflict(Unique::IdempotencyKey));
        assert_eq!(unit.find_idempotency_record(&digest(1)).await.unwrap(), Some(first));
    })
    .await;
}

/// Of many parallel requests with one key, one runs.
pub async fn one_of_many_parallel_requests_with_one_key_runs(subject: &Subject) {
    let outcomes = in_parallel(40, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.insert_idempotency_record(&record(1)).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Insert::Done).count(), 1);
}

/// Replacing a record changes all of it, if it is still the one that was started at that time.
pub async fn a_record_is_replaced_by_the_request_that_started_it(subject: &Subject) {
    let later = IdempotencyRecord {
        fingerprint: digest(200),
        started_at: NOW + MINUTE,
        expires_at: NOW + MINUTE * 2,
        ..answered(1, b"sealed\0answer".to_vec())
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.replace_idempotency_record(&later, NOW).await.unwrap(), Update::Missed);
        assert_eq!(unit.insert_idempotency_record(&record(1)).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_idempotency_record(&record(2)).await.unwrap(), Insert::Done);
        for other in [NOW - MICROSECOND, NOW + MICROSECOND, later.started_at] {
            assert_eq!(unit.replace_idempotency_record(&later, other).await.unwrap(), Update::Missed);
        }
        assert_eq!(unit.find_idempotency_record(&digest(1)).await.unwrap(), Some(record(1)));
        assert_eq!(unit.replace_idempotency_record(&later, NOW).await.unwrap(), Update::Applied);
        assert_eq!(unit.replace_idempotency_record(&later, NOW).await.unwrap(), Update::Missed);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_idempotency_record(&digest(1)).await.unwrap().as_ref(), Some(&later));
        assert_eq!(unit.find_idempotency_record(&digest(2)).await.unwrap(), Some(record(2)));
    })
    .await;
}

/// Deleting a record removes it, if it is still the one that was started at that time; the key is then free.
pub async fn a_record_is_deleted_by_the_request_that_started_it(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_idempotency_record(&digest(1), NOW).await.unwrap(), Update::Missed);
        assert_eq!(unit.insert_idempotency_record(&record(1)).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_idempotency_record(&record(2)).await.unwrap(), Insert::Done);
        let missed = unit.delete_idempotency_record(&digest(1), NOW + MICROSECOND).await.unwrap();
        assert_eq!(missed, Update::Missed);
        assert_eq!(unit.delete_idempotency_record(&digest(1), NOW).await.unwrap(), Update::Applied);
        assert_eq!(unit.find_idempotency_record(&digest(1)).await.unwrap(), None);
        assert_eq!(unit.delete_idempotency_record(&digest(1), NOW).await.unwrap(), Update::Missed);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_idempotency_record(&digest(2)).await.unwrap(), Some(record(2)));
        assert_eq!(unit.insert_idempotency_record(&record(1)).await.unwrap(), Insert::Done);
        assert_eq!(unit.delete_idempotency_record(&digest(1), NOW).await.unwrap(), Update::Applied);
        assert_eq!(unit.insert_idempotency_record(&record(1)).await.unwrap(), Insert::Done);
    })
    .await;
}
