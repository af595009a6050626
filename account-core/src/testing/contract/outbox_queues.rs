//! The outbox: events, and the queues in which entries are claimed.

use std::time::Duration;

use super::Subject;
use super::fixtures::{
    MICROSECOND, MINUTE, NOW, account_id, committed, entry, event, in_parallel, outbox_id, queue, read,
};
use crate::audit::AuditEvent;
use crate::id::OutboxId;
use crate::outbox::event::EndpointName;
use crate::outbox::{Fault, Intent, OutboxEntry, OutboxState, Queue, Refusal, Settlement};
use crate::ports::store::{Measure, Purge, UnitOfWork, Update};
use crate::timestamp::Timestamp;

const DAY: Duration = Duration::from_hours(24);

async fn enqueue(subject: &Subject, entries: &[OutboxEntry]) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in entries {
            unit.enqueue(entry).await.unwrap();
        }
    })
    .await;
}

const BOUNCE: Refusal = Refusal { fault: Fault::Recipient, at: NOW };

/// Claims in a unit of work of its own, under a lease of a minute; returns which.
async fn claim(subject: &Subject, queue: &Queue, now: Timestamp, limit: u32) -> Vec<OutboxId> {
    let claimed = committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.claim(queue, now, now + MINUTE, limit).await.unwrap()
    });
    claimed.await.iter().map(|entry| entry.id).collect()
}

/// Every event type and the longest endpoint name come back as they were written, without an address.
pub async fn every_event_comes_back(subject: &Subject) {
    let longest = "a-9".repeat(13) + "z";
    let (account, endpoint) = (account_id(u128::MAX), EndpointName::parse(&longest).unwrap());
    let intents: Vec<Intent> =
        AuditEvent::ALL.into_iter().map(|event| Intent::Event { account, endpoint: endpoint.clone(), event }).collect();
    let entries: Vec<OutboxEntry> =
        (1..).zip(&intents).map(|(number, intent)| OutboxEntry::new(outbox_id(number), intent.clone(), NOW)).collect();
    enqueue(subject, &entries).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in &entries {
            assert_eq!(unit.find_entry(entry.id).await.unwrap().as_ref(), Some(entry));
        }
        let listed = unit.list_entries(None, None, 1).await.unwrap();
        assert_eq!(listed.first(), entries.last());
    })
    .await;
    let claimed = committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.claim(&Queue::Endpoint(endpoint.clone()), NOW, NOW + MINUTE, 100).await.unwrap()
    });
    let claimed: Vec<Intent> = claimed.await.into_iter().map(|entry| entry.intent).collect();
    assert_eq!(claimed, intents);
}

/// A claim takes only entries of its queue, however long others have been due.
pub async fn queues_are_claimed_separately(subject: &Subject) {
    let early = NOW - MINUTE;
    enqueue(subject, &[entry(1, 1, NOW), event(2, "crm", early), event(3, "crm-2", early)]).await;
    enqueue(subject, &[event(4, "crm", NOW), event(5, "crm", NOW + MICROSECOND)]).await;
    assert_eq!(claim(subject, &queue("cr"), NOW, 10).await, []);
    assert_eq!(claim(subject, &Queue::Mail, NOW, 10).await, [outbox_id(1)]);
    assert_eq!(claim(subject, &queue("crm"), NOW, 1).await, [outbox_id(2)]);
    assert_eq!(claim(subject, &queue("crm"), NOW, 10).await, [outbox_id(4)]);
    assert_eq!(claim(subject, &queue("crm-2"), NOW, 10).await, [outbox_id(3)]);
    for queue in [Queue::Mail, queue("crm"), queue("crm-2")] {
        assert_eq!(claim(subject, &queue, NOW, 10).await, []);
    }
}

/// Queues do not wait for each other: parallel claims of two queues are independent.
pub async fn queues_are_claimed_in_parallel(subject: &Subject) {
    let mut entries: Vec<_> = (1..=20).map(|number| entry(number, number, NOW)).collect();
    entries.extend((21..=40).map(|number| event(number, "crm", NOW)));
    enqueue(subject, &entries).await;
    let claimed = in_parallel(2, |number| {
        let store = std::sync::Arc::clone(&subject.store);
        let queue = if number % 2 == 0 { Queue::Mail } else { queue("crm") };
        async move {
            let mut unit = store.begin().await.unwrap();
            let claimed = unit.claim(&queue, NOW, NOW + MINUTE, 100).await.unwrap();
            unit.commit().await.unwrap();
            assert!(claimed.iter().all(|entry| entry.intent.queue() == queue));
            claimed.len()
        }
    });
    assert_eq!(claimed.await, [20, 20]);
}

/// Each queue has its own next due time.
pub async fn each_queue_has_its_own_next_due_time(subject: &Subject) {
    enqueue(subject, &[entry(1, 1, NOW + MINUTE), event(2, "crm", NOW), event(3, "other", NOW + MINUTE * 9)]).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), Some(NOW + MINUTE));
        assert_eq!(unit.next_due(&queue("crm")).await.unwrap(), Some(NOW));
        assert_eq!(unit.next_due(&queue("unknown")).await.unwrap(), None);
        assert_eq!(unit.claim(&queue("crm"), NOW, NOW + MINUTE * 3, 9).await.unwrap().len(), 1);
        assert_eq!(unit.next_due(&queue("crm")).await.unwrap(), Some(NOW + MINUTE * 3));
        assert_eq!(unit.next_due(&queue("other")).await.unwrap(), Some(NOW + MINUTE * 9));
        let done = Settlement::HandedOver { at: NOW };
        assert_eq!(unit.settle(outbox_id(2), 1, &done).await.unwrap(), Update::Applied);
        assert_eq!(unit.next_due(&queue("crm")).await.unwrap(), None);
    })
    .await;
}

/// Entries are counted by queue, and each queue has its own oldest entry.
pub async fn entries_are_counted_by_queue(subject: &Subject) {
    let written = |created_at, entry| OutboxEntry { created_at, ..entry };
    let dead = |entry| OutboxEntry { state: OutboxState::Dead, settled_at: Some(NOW), ..entry };
    enqueue(subject, &[entry(1, 1, NOW), written(NOW - MINUTE, event(2, "crm", NOW)), event(3, "crm", NOW)]).await;
    enqueue(subject, &[dead(event(4, "crm", NOW)), dead(written(NOW - MINUTE, event(5, "other", NOW)))]).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let mut counts = unit.count_entries().await.unwrap();
        counts.retain(|(.., count)| *count > 0);
        counts.sort_unstable();
        let expected = [
            (Queue::Mail, OutboxState::Queued, 1),
            (queue("crm"), OutboxState::Queued, 2),
            (queue("crm"), OutboxState::Dead, 1),
            (queue("other"), OutboxState::Dead, 1),
        ];
        assert_eq!(counts, expected);
        let mut oldest = unit.find_oldest_queued().await.unwrap();
        oldest.sort_unstable();
        assert_eq!(oldest, [(Queue::Mail, NOW), (queue("crm"), NOW - MINUTE)]);
    })
    .await;
}

/// A delivered event cannot bounce, and does not count as a delivered email.
pub async fn an_event_is_not_a_mail(subject: &Subject) {
    let handed_over =
        |entry| OutboxEntry { state: OutboxState::HandedOver, settled_at: Some(NOW), fence: 1, attempts: 1, ..entry };
    enqueue(subject, &[handed_over(entry(1, 1, NOW)), handed_over(event(2, "crm", NOW))]).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let counted = unit.count_by_day(Measure::MailsHandedOver, NOW - DAY, NOW + DAY).await.unwrap();
        assert_eq!(counted.iter().map(|(_, count)| count).sum::<u64>(), 1);
        assert_eq!(unit.bounce_entry(outbox_id(2), BOUNCE, "5.1.1").await.unwrap(), Update::Missed);
        assert_eq!(unit.find_entry(outbox_id(2)).await.unwrap(), Some(handed_over(event(2, "crm", NOW))));
        assert_eq!(unit.bounce_entry(outbox_id(1), BOUNCE, "5.1.1").await.unwrap(), Update::Applied);
    })
    .await;
}

/// Events that nobody has claimed for long enough are given up; emails and settled entries never are. A worker that
/// claimed one earlier and returns settles nothing.
pub async fn unclaimed_events_are_given_up(subject: &Subject) {
    let (before, now) = (NOW, NOW + DAY);
    let what = Purge::UnclaimedEvents { before, now, note: "nobody" };
    let waiting = |number, due_at| event(number, "gone", due_at);
    let leased = |number, until| OutboxEntry { fence: 3, leased_until: Some(until), ..waiting(number, NOW - DAY) };
    let given_up = [waiting(1, before - MICROSECOND), leased(2, before - MICROSECOND), event(3, "x", before - DAY)];
    let settled = OutboxEntry { state: OutboxState::Dropped, settled_at: Some(NOW), ..waiting(7, before - DAY) };
    let left = [waiting(4, before), leased(5, before), entry(6, 6, before - DAY), settled];
    enqueue(subject, &given_up).await;
    enqueue(subject, &left).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.count_purgeable(what).await.unwrap(), 3);
        assert_eq!(unit.purge(what, 0).await.unwrap(), 0);
        assert_eq!(unit.purge(what, 2).await.unwrap(), 2);
        assert_eq!(unit.purge(what, 100).await.unwrap(), 1);
        assert_eq!((unit.count_purgeable(what).await.unwrap(), unit.purge(what, 100).await.unwrap()), (0, 0));
        for entry in given_up {
            let (state, note, fence) = (OutboxState::Dead, Some("nobody".to_owned()), entry.fence + 1);
            let dead = OutboxEntry { state, note, fence, leased_until: None, settled_at: Some(now), ..entry };
            assert_eq!(unit.find_entry(dead.id).await.unwrap(), Some(dead));
        }
        for entry in left {
            assert_eq!(unit.find_entry(entry.id).await.unwrap(), Some(entry));
        }
        let done = Settlement::HandedOver { at: now };
        assert_eq!(unit.redrive_entry(outbox_id(2), now).await.unwrap(), Update::Applied);
        assert_eq!(unit.settle(outbox_id(2), 3, &done).await.unwrap(), Update::Missed);
    })
    .await;
}
