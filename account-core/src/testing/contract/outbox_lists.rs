//! The outbox as administrators see it.

use std::collections::BTreeMap;

use super::Subject;
use super::fixtures::{MICROSECOND, MINUTE, NOW, committed, entry, outbox_id, read, registration_id};
use crate::id::OutboxId;
use crate::outbox::{Decided, Fault, OutboxEntry, OutboxState, Queue, Refusal, Settlement};
use crate::ports::store::{UnitOfWork, Update};

const BOUNCE: Refusal = Refusal { fault: Fault::Recipient, at: NOW };

/// An entry of that state as it is left behind by a worker; one that is queued waits for another attempt.
fn worked_on(number: u128, state: OutboxState) -> OutboxEntry {
    let settled_at = (state != OutboxState::Queued).then_some(NOW);
    let note = Some("451".to_owned());
    OutboxEntry { state, fence: 3, attempts: 2, settled_at, note, ..entry(number, number, NOW) }
}

async fn enqueue(unit: &mut dyn UnitOfWork, entries: &[OutboxEntry]) {
    for entry in entries {
        unit.enqueue(entry).await.unwrap();
    }
}

async fn found(unit: &mut dyn UnitOfWork, number: u128) -> Option<OutboxEntry> {
    unit.find_entry(outbox_id(number)).await.unwrap()
}

fn ids(listed: &[OutboxEntry]) -> Vec<OutboxId> {
    listed.iter().map(|entry| entry.id).collect()
}

/// An entry is found by its id, in every state.
pub async fn an_entry_is_found_by_its_id(subject: &Subject) {
    let entries: Vec<_> = (1..).zip(OutboxState::ALL).map(|(number, state)| worked_on(number, state)).collect();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| enqueue(unit, &entries).await).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, entry) in (1..).zip(&entries) {
            assert_eq!(found(unit, number).await.as_ref(), Some(entry));
        }
        assert_eq!(found(unit, 99).await, None);
    })
    .await;
}

/// Entries are listed by descending id, in the given state if any, below the given id.
pub async fn entries_are_listed_newest_first(subject: &Subject) {
    let dead = || Some(OutboxState::Dead);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.list_entries(None, None, 10).await.unwrap(), []);
        enqueue(unit, &[entry(2, 2, NOW), worked_on(1, OutboxState::Dead), entry(4, 4, NOW + MINUTE)]).await;
        enqueue(unit, &[worked_on(3, OutboxState::Dead)]).await;
        let listed = unit.list_entries(None, None, 10).await.unwrap();
        assert_eq!(ids(&listed), [4, 3, 2, 1].map(outbox_id));
        assert_eq!(listed[1], worked_on(3, OutboxState::Dead));
        let first = ids(&unit.list_entries(None, None, 2).await.unwrap());
        enqueue(unit, &[entry(5, 5, NOW)]).await;
        let second = ids(&unit.list_entries(None, first.last().copied(), 2).await.unwrap());
        assert_eq!([first, second].concat(), [4, 3, 2, 1].map(outbox_id));
        assert_eq!(ids(&unit.list_entries(dead(), None, 10).await.unwrap()), [3, 1].map(outbox_id));
        let below = unit.list_entries(dead(), Some(outbox_id(3)), 10).await.unwrap();
        assert_eq!(ids(&below), [outbox_id(1)]);
        assert_eq!(unit.list_entries(Some(OutboxState::HandedOver), None, 10).await.unwrap(), []);
        assert_eq!(unit.list_entries(None, None, 0).await.unwrap(), []);
    })
    .await;
}

/// A dead entry is requeued as if it were new, except for its fence and intent, and is claimed again.
pub async fn a_dead_entry_is_requeued(subject: &Subject) {
    let later = NOW + MINUTE;
    let dead = worked_on(1, OutboxState::Dead);
    let expected = OutboxEntry {
        state: OutboxState::Queued,
        attempts: 0,
        due_at: later,
        settled_at: None,
        note: None,
        refusal: None,
        ..dead.clone()
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        enqueue(unit, std::slice::from_ref(&dead)).await;
        assert_eq!(unit.redrive_entry(outbox_id(1), later).await.unwrap(), Update::Applied);
        assert_eq!(unit.redrive_entry(outbox_id(1), later).await.unwrap(), Update::Missed);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(found(unit, 1).await.as_ref(), Some(&expected));
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), Some(later));
        assert_eq!(unit.claim(&Queue::Mail, later - MICROSECOND, later + MINUTE, 10).await.unwrap(), []);
        let claimed = unit.claim(&Queue::Mail, later, later + MINUTE, 10).await.unwrap();
        assert_eq!((claimed[0].fence, claimed[0].attempts), (4, 1));
    })
    .await;
}

/// Only dead and bounced entries are requeued.
pub async fn only_dead_entries_are_requeued(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let ended = [OutboxState::Dead, OutboxState::Bounced];
        let others = OutboxState::ALL.into_iter().filter(|state| !ended.contains(state));
        for (number, state) in (1..).zip(others) {
            enqueue(unit, &[worked_on(number, state)]).await;
            assert_eq!(unit.redrive_entry(outbox_id(number), NOW).await.unwrap(), Update::Missed, "{state:?}");
            assert_eq!(found(unit, number).await, Some(worked_on(number, state)));
        }
        assert_eq!(unit.redrive_entry(outbox_id(99), NOW).await.unwrap(), Update::Missed);
    })
    .await;
}

/// A dead entry, or a queued one without a valid lease, is dropped, with the given note.
pub async fn an_unclaimed_entry_can_be_dropped(subject: &Subject) {
    let later = NOW + MINUTE;
    let under_lease = |number, leased_until| OutboxEntry {
        leased_until: Some(leased_until),
        ..worked_on(number, OutboxState::Queued)
    };
    let entries = [
        worked_on(1, OutboxState::Dead),
        worked_on(2, OutboxState::Queued),
        under_lease(3, later),
        under_lease(4, later - MICROSECOND),
        worked_on(5, OutboxState::Queued),
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        enqueue(unit, &entries).await;
        for number in 1..=4 {
            let dropped = unit.drop_entry(outbox_id(number), later, "von Hand \u{1F98A}").await.unwrap();
            assert_eq!(dropped, Update::Applied, "{number}");
            let again = unit.drop_entry(outbox_id(number), later, "again").await.unwrap();
            assert_eq!(again, Update::Missed);
        }
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, before) in (1..=4).zip(&entries) {
            let dropped = OutboxEntry {
                state: OutboxState::Dropped,
                fence: 4,
                leased_until: None,
                settled_at: Some(later),
                note: Some("von Hand \u{1F98A}".to_owned()),
                ..before.clone()
            };
            assert_eq!(found(unit, number).await, Some(dropped));
        }
        assert_eq!(found(unit, 5).await.as_ref(), Some(&entries[4]));
    })
    .await;
}

/// A delivered entry is marked as bounced once, and can be requeued.
pub async fn only_delivered_entries_bounce(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, state) in (1..).zip(OutboxState::ALL) {
            enqueue(unit, &[worked_on(number, state)]).await;
            let expected = if state == OutboxState::HandedOver { Update::Applied } else { Update::Missed };
            assert_eq!(
                unit.bounce_entry(outbox_id(number), BOUNCE, "5.1.1 \u{1F98A}").await.unwrap(),
                expected,
                "{state:?}"
            );
            assert_eq!(unit.bounce_entry(outbox_id(number), BOUNCE, "again").await.unwrap(), Update::Missed);
        }
        assert_eq!(unit.bounce_entry(outbox_id(99), BOUNCE, "x").await.unwrap(), Update::Missed);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let bounced = OutboxEntry {
            state: OutboxState::Bounced,
            settled_at: Some(NOW),
            note: Some("5.1.1 \u{1F98A}".to_owned()),
            refusal: Some(BOUNCE),
            ..worked_on(2, OutboxState::HandedOver)
        };
        assert_eq!(found(unit, 2).await, Some(bounced));
        assert_eq!(unit.redrive_entry(outbox_id(2), NOW).await.unwrap(), Update::Applied);
        assert_eq!(found(unit, 2).await.unwrap().state, OutboxState::Queued);
    })
    .await;
}

/// Only a registration whose email bounced is found, and only while the bounce counts.
pub async fn a_bounce_is_found_by_registration(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        enqueue(unit, &[worked_on(1, OutboxState::HandedOver), worked_on(2, OutboxState::HandedOver)]).await;
        let of = async |unit: &mut dyn UnitOfWork, number: u128| {
            let intent = found(unit, number).await.unwrap().intent;
            let (registration, address) = (intent.registration().unwrap(), intent.address().unwrap());
            unit.has_bounced(registration, address.key()).await.unwrap()
        };
        assert!(!of(unit, 1).await);
        let _ = unit.bounce_entry(outbox_id(1), BOUNCE, "5.1.1").await.unwrap();
        assert!(of(unit, 1).await && !of(unit, 2).await);
        let _ = unit.redrive_entry(outbox_id(1), NOW).await.unwrap();
        assert!(!of(unit, 1).await);
    })
    .await;
}

/// Leased and settled entries are not dropped.
pub async fn a_leased_entry_is_not_dropped(subject: &Subject) {
    let held = OutboxEntry { leased_until: Some(NOW + MICROSECOND), ..worked_on(1, OutboxState::Queued) };
    let entries = [held, worked_on(2, OutboxState::HandedOver), worked_on(3, OutboxState::Dropped)];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        enqueue(unit, &entries).await;
        for (number, entry) in (1..).zip(&entries) {
            assert_eq!(unit.drop_entry(outbox_id(number), NOW, "x").await.unwrap(), Update::Missed);
            assert_eq!(found(unit, number).await.as_ref(), Some(entry));
        }
        assert_eq!(unit.drop_entry(outbox_id(99), NOW, "x").await.unwrap(), Update::Missed);
    })
    .await;
}

/// A worker whose lease ended before its entry was dropped settles nothing, and nobody claims the entry again.
pub async fn dropping_an_entry_fences_its_worker_out(subject: &Subject) {
    let later = NOW + MINUTE;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        enqueue(unit, &[entry(1, 1, NOW)]).await;
        assert_eq!(unit.claim(&Queue::Mail, NOW, later, 10).await.unwrap()[0].fence, 1);
        assert_eq!(unit.drop_entry(outbox_id(1), later, "x").await.unwrap(), Update::Applied);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let before = found(unit, 1).await;
        let done = Settlement::HandedOver { at: later };
        let decided = Decided::Registration(registration_id(1), 9);
        for fence in [0, 1, 2] {
            assert_eq!(unit.settle(outbox_id(1), fence, &done).await.unwrap(), Update::Missed);
            assert_eq!(unit.decide_entry(outbox_id(1), fence, decided, NOW).await.unwrap(), Update::Missed);
        }
        assert_eq!(unit.claim(&Queue::Mail, later + MINUTE, later + MINUTE, 10).await.unwrap(), []);
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), None);
        assert_eq!(found(unit, 1).await, before);
    })
    .await;
}

/// The oldest entry is the oldest of those that are queued.
pub async fn the_oldest_queued_entry_is_found(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_oldest_queued().await.unwrap(), []);
        let at = |number, state, created_at| OutboxEntry { created_at, ..worked_on(number, state) };
        enqueue(unit, &[at(1, OutboxState::Dead, NOW), at(2, OutboxState::HandedOver, NOW)]).await;
        assert_eq!(unit.find_oldest_queued().await.unwrap(), []);
        enqueue(unit, &[at(3, OutboxState::Queued, NOW + MINUTE), at(4, OutboxState::Queued, NOW + MICROSECOND)]).await;
        assert_eq!(unit.find_oldest_queued().await.unwrap(), [(Queue::Mail, NOW + MICROSECOND)]);
        assert_eq!(unit.redrive_entry(outbox_id(1), NOW + MINUTE).await.unwrap(), Update::Applied);
        assert_eq!(unit.find_oldest_queued().await.unwrap(), [(Queue::Mail, NOW)]);
    })
    .await;
}

/// Entries are counted by state; the store may leave out states without entries.
pub async fn entries_are_counted_by_state(subject: &Subject) {
    let counted = async |unit: &mut dyn UnitOfWork| {
        let counts = unit.count_entries().await.unwrap();
        assert!(counts.iter().all(|(queue, ..)| *queue == Queue::Mail));
        let distinct: BTreeMap<&str, u64> = counts.iter().map(|(_, state, count)| (state.name(), *count)).collect();
        assert_eq!(distinct.len(), counts.len(), "no state is named twice");
        OutboxState::ALL.map(|state| distinct.get(state.name()).copied().unwrap_or(0))
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(counted(unit).await, [0; 5]);
        enqueue(unit, &[entry(1, 1, NOW), worked_on(2, OutboxState::Queued), worked_on(3, OutboxState::Dead)]).await;
        enqueue(unit, &[worked_on(4, OutboxState::Dropped)]).await;
        assert_eq!(counted(unit).await, [2, 0, 1, 1, 0]);
        assert_eq!(unit.redrive_entry(outbox_id(3), NOW).await.unwrap(), Update::Applied);
        assert_eq!(counted(unit).await, [3, 0, 1, 0, 0]);
    })
    .await;
}
