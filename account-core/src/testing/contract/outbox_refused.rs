//! Entries of the outbox that were refused for good.

use super::Subject;
use super::fixtures::{MICROSECOND, MINUTE, NOW, committed, entry, key, outbox_id, read};
use crate::id::OutboxId;
use crate::outbox::{Fault, OutboxEntry, OutboxState, Queue, Refusal, Settlement};
use crate::ports::store::{UnitOfWork, Update};
use crate::timestamp::Timestamp;

const BOTH: [OutboxState; 2] = [OutboxState::Queued, OutboxState::Dead];

const fn refusal(fault: Fault, at: Timestamp) -> Refusal {
    Refusal { fault, at }
}

/// An entry that was refused by the sender's fault.
fn refused(number: u128, state: OutboxState, at: Timestamp) -> OutboxEntry {
    let settled_at = (state != OutboxState::Queued).then_some(at);
    let note = Some("554 5.7.1".to_owned());
    let (refusal, due_at) = (Some(refusal(Fault::Sender, at)), NOW + MINUTE);
    OutboxEntry { state, fence: 3, attempts: 3, settled_at, note, refusal, due_at, ..entry(number, number, NOW) }
}

async fn enqueue(subject: &Subject, entries: &[OutboxEntry]) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in entries {
            unit.enqueue(entry).await.unwrap();
        }
    })
    .await;
}

async fn found(unit: &mut dyn UnitOfWork, number: u128) -> OutboxEntry {
    unit.find_entry(outbox_id(number)).await.unwrap().unwrap()
}

/// A refusal comes back as it was written, is replaced by each settlement, and is gone after a new start.
pub async fn a_refusal_is_kept_until_the_next_settlement(subject: &Subject) {
    let refused_by = |(number, fault)| OutboxEntry { refusal: Some(refusal(fault, NOW)), ..entry(number, number, NOW) };
    let entries: Vec<_> = (1..).zip(Fault::ALL).map(refused_by).collect();
    enqueue(subject, &entries).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, before) in (1..).zip(&entries) {
            assert_eq!(&found(unit, number).await, before);
        }
        let (due_at, note) = (NOW + MINUTE, "554".to_owned());
        let (senders, later) = (Some(refusal(Fault::Sender, NOW)), NOW + MINUTE);
        let settlements = [
            Settlement::Deferred { due_at, note: note.clone(), refusal: None },
            Settlement::Deferred { due_at, note: note.clone(), refusal: senders },
            Settlement::Dead { at: later, note, refusal: Some(refusal(Fault::Recipient, later)) },
        ];
        for (number, settlement) in (1..).zip(&settlements) {
            assert_eq!(unit.settle(outbox_id(number), 0, settlement).await.unwrap(), Update::Applied);
            assert_eq!(found(unit, number).await.refusal, settlement.refusal());
        }
        assert_eq!(unit.settle(outbox_id(2), 0, &Settlement::HandedOver { at: NOW }).await.unwrap(), Update::Applied);
        assert_eq!(unit.redrive_entry(outbox_id(3), NOW).await.unwrap(), Update::Applied);
        for number in 1..=3 {
            assert_eq!(found(unit, number).await.refusal, None);
        }
    })
    .await;
}

/// Refused entries are found by fault, time and state; those refused last come first.
pub async fn refused_entries_are_found(subject: &Subject) {
    let others = OutboxEntry { refusal: Some(refusal(Fault::Recipient, NOW)), ..refused(7, OutboxState::Dead, NOW) };
    enqueue(
        subject,
        &[
            refused(1, OutboxState::Dead, NOW),
            refused(2, OutboxState::Queued, NOW + MICROSECOND),
            refused(3, OutboxState::Dead, NOW - MINUTE),
            refused(4, OutboxState::Bounced, NOW),
            refused(5, OutboxState::Dropped, NOW),
            refused(6, OutboxState::HandedOver, NOW),
            others,
            entry(8, 8, NOW),
        ],
    )
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let ids = async |unit: &mut dyn UnitOfWork, since, states: &[OutboxState], limit| {
            let found = unit.find_refused(Fault::Sender, since, NOW + MINUTE, states, limit).await.unwrap();
            found.iter().map(|entry| entry.id).collect::<Vec<OutboxId>>()
        };
        assert_eq!(ids(unit, NOW - MINUTE * 2, &BOTH, 10).await, [2, 1, 3].map(outbox_id));
        assert_eq!(ids(unit, NOW - MINUTE, &BOTH, 10).await, [2, 1].map(outbox_id));
        assert_eq!(ids(unit, NOW - MINUTE, &BOTH, 1).await, [2].map(outbox_id));
        assert_eq!(ids(unit, NOW - MINUTE, &[OutboxState::Dead], 10).await, [outbox_id(1)]);
        assert_eq!(ids(unit, NOW - MINUTE, &[OutboxState::Bounced], 10).await, [outbox_id(4)]);
        assert_eq!(ids(unit, NOW + MINUTE, &BOTH, 10).await, []);
        let found = unit.find_refused(Fault::Sender, NOW, NOW + MINUTE, &BOTH, 10).await.unwrap();
        assert_eq!(found, [refused(2, OutboxState::Queued, NOW + MICROSECOND)]);
    })
    .await;
}

/// Entries that were refused after the end of the time in question are not found, and take nobody's place.
pub async fn later_refusals_hide_no_earlier_ones(subject: &Subject) {
    let later = (10..30).map(|number| refused(number, OutboxState::Queued, NOW + MICROSECOND + MINUTE));
    let mut entries: Vec<_> = later.collect();
    entries.extend([refused(1, OutboxState::Queued, NOW), refused(2, OutboxState::Dead, NOW + MINUTE)]);
    enqueue(subject, &entries).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (until, expected) in [(NOW + MINUTE, vec![2, 1]), (NOW, vec![1]), (NOW - MICROSECOND, Vec::new())] {
            let found = unit.find_refused(Fault::Sender, NOW - MINUTE, until, &BOTH, 10).await.unwrap();
            let found: Vec<_> = found.iter().map(|entry| entry.id).collect();
            assert_eq!(found, expected.into_iter().map(outbox_id).collect::<Vec<_>>());
        }
    })
    .await;
}

/// Refused entries that are dead or wait for a later attempt become due; those that are claimed, or were not refused,
/// are left alone.
pub async fn refused_entries_are_requeued(subject: &Subject) {
    let due_at = NOW + MICROSECOND;
    let leased = OutboxEntry { leased_until: Some(NOW + MINUTE), ..refused(3, OutboxState::Queued, NOW) };
    let soon = OutboxEntry { due_at: NOW, ..refused(4, OutboxState::Queued, NOW) };
    let plain = OutboxEntry { refusal: None, ..refused(5, OutboxState::Dead, NOW) };
    let ended = [OutboxState::HandedOver, OutboxState::Dropped, OutboxState::Bounced];
    let mut left = vec![leased, soon, plain];
    left.extend((6..).zip(ended).map(|(number, state)| refused(number, state, NOW)));
    enqueue(subject, &[refused(1, OutboxState::Dead, NOW), refused(2, OutboxState::Queued, NOW)]).await;
    enqueue(subject, &left).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let ids: Vec<_> = (1..=9).map(outbox_id).collect();
        assert_eq!(unit.requeue_refused(&ids, due_at).await.unwrap(), 2);
        assert_eq!(unit.requeue_refused(&[], due_at).await.unwrap(), 0);
        for number in 1..=2 {
            let expected = OutboxEntry { due_at, ..refused(number, OutboxState::Queued, NOW) };
            assert_eq!(found(unit, number).await, expected);
        }
        for (number, before) in (3..).zip(&left) {
            assert_eq!(&found(unit, number).await, before);
        }
        let claimed = unit.claim(&Queue::Mail, due_at, NOW + MINUTE, 10).await.unwrap();
        let claimed: Vec<_> = claimed.iter().map(|entry| (entry.id, entry.fence, entry.attempts)).collect();
        assert_eq!(claimed, [(outbox_id(4), 4, 4), (outbox_id(1), 4, 4), (outbox_id(2), 4, 4)]);
    })
    .await;
}

async fn has_bounced(unit: &mut dyn UnitOfWork, entry: &OutboxEntry) -> bool {
    let (registration, address) = (entry.intent.registration().unwrap(), entry.intent.address().unwrap());
    unit.has_bounced(registration, address.key()).await.unwrap()
}

/// A bounce counts against a registration and the address that bounced, unless it is known that the address is not at
/// fault.
pub async fn only_bounces_of_an_address_count_against_it(subject: &Subject) {
    let handed_over =
        |number| OutboxEntry { state: OutboxState::HandedOver, settled_at: Some(NOW), ..entry(number, number, NOW) };
    let unknown = OutboxEntry { state: OutboxState::Bounced, ..handed_over(9) };
    enqueue(subject, &[handed_over(1), handed_over(2), handed_over(3), unknown]).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, fault) in (1..).zip(Fault::ALL) {
            let refusal = refusal(fault, NOW + MINUTE);
            assert_eq!(unit.bounce_entry(outbox_id(number), refusal, "5").await.unwrap(), Update::Applied);
            let bounced = found(unit, number).await;
            assert_eq!((bounced.refusal, bounced.settled_at), (Some(refusal), Some(NOW + MINUTE)));
            assert_eq!(has_bounced(unit, &bounced).await, fault == Fault::Recipient, "{fault:?}");
        }
        let unknown = found(unit, 9).await;
        assert!(has_bounced(unit, &unknown).await);
        let registration = unknown.intent.registration().unwrap();
        let corrected = key("the-corrected-one@acme.example");
        assert!(!unit.has_bounced(registration, &corrected).await.unwrap(), "another address of the registration");
    })
    .await;
}
