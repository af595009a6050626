//! The outbox: requests that are looked at together, removed, or decided.

use super::Subject;
use super::fixtures::{
    MICROSECOND, MINUTE, NOW, account_id, address, committed, entry, event, in_parallel, outbox_id, read,
    registration_id,
};
use crate::email_address::EmailAddress;
use crate::id::OutboxId;
use crate::outbox::{Decided, Intent, OutboxEntry, OutboxState, Queue};
use crate::ports::store::{UnitOfWork, Update};
use crate::timestamp::Timestamp;

/// Later than the claims.
const LATER: Timestamp = Timestamp::from_unix_micros(NOW.unix_micros() + 5);

fn to() -> EmailAddress {
    address("Jörg@Bücher.example")
}

/// A request for a reset that is due at that moment.
fn request(number: u128, due_at: Timestamp) -> OutboxEntry {
    OutboxEntry::new(outbox_id(number), Intent::PasswordReset { address: to(), decided: None }, due_at)
}

/// The entry as it is under its first claim.
fn claimed(entry: OutboxEntry) -> OutboxEntry {
    OutboxEntry { fence: 1, attempts: 1, leased_until: Some(NOW + MINUTE), ..entry }
}

async fn enqueue(subject: &Subject, entries: &[OutboxEntry]) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in entries {
            unit.enqueue(entry).await.unwrap();
        }
    })
    .await;
}

fn ids(entries: &[OutboxEntry]) -> Vec<OutboxId> {
    entries.iter().map(|entry| entry.id).collect()
}

/// Locking selects the entries that a claim would take, in the same order, and changes nothing.
pub async fn locking_and_claiming_select_the_same_entries(subject: &Subject) {
    let under_lease = claimed(request(4, NOW - MINUTE));
    let lapsed = OutboxEntry { leased_until: Some(NOW), ..under_lease.clone() };
    let lapsed = OutboxEntry { id: outbox_id(5), ..lapsed };
    let due = [request(2, NOW - MINUTE), request(1, NOW), request(3, NOW), lapsed];
    enqueue(subject, &due).await;
    let others = [under_lease, request(6, NOW + MICROSECOND), entry(7, 7, NOW - MINUTE), event(8, "crm", NOW - MINUTE)];
    enqueue(subject, &others).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.lock_due(&Queue::Deciding, NOW, 0).await.unwrap(), []);
        assert_eq!(unit.lock_due(&Queue::Deciding, NOW, 2).await.unwrap(), due[..2]);
        assert_eq!(unit.lock_due(&Queue::Deciding, NOW, 100).await.unwrap(), due);
        let claimed = unit.claim(&Queue::Deciding, NOW, NOW + MINUTE, 1).await.unwrap();
        assert_eq!(ids(&claimed), [outbox_id(2)], "by the unit of work that holds them");
        assert_eq!(unit.lock_due(&Queue::Deciding, NOW, 100).await.unwrap(), due[1..]);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in due[1..].iter().chain(&others) {
            assert_eq!(unit.find_entry(entry.id).await.unwrap().as_ref(), Some(entry));
        }
    })
    .await;
}

/// Entries are removed if they are still queued with the same fence; others stay.
pub async fn entries_are_removed_by_their_fences(subject: &Subject) {
    let dead = OutboxEntry { state: OutboxState::Dead, settled_at: Some(NOW), ..request(4, NOW) };
    enqueue(subject, &[request(1, NOW), claimed(request(2, NOW)), claimed(request(3, NOW)), dead, entry(5, 5, NOW)])
        .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.remove_entries(&[]).await.unwrap(), 0);
        let asked = [(1, 0), (2, 1), (3, 0), (4, 0), (9, 0)].map(|(number, fence)| (outbox_id(number), fence));
        assert_eq!(unit.remove_entries(&asked).await.unwrap(), 2);
        assert_eq!(unit.remove_entries(&asked).await.unwrap(), 0);
        let left: Vec<OutboxId> = ids(&unit.list_entries(None, None, 9).await.unwrap());
        assert_eq!(left, [5, 4, 3].map(outbox_id));
    })
    .await;
}

/// Thousands of entries are removed at once.
pub async fn many_entries_are_removed_together(subject: &Subject) {
    let entries: Vec<OutboxEntry> = (1..=1_200).map(|number| request(number, NOW)).collect();
    enqueue(subject, &entries).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let due = unit.lock_due(&Queue::Deciding, NOW, 1_100).await.unwrap();
        let asked: Vec<_> = due.iter().map(|entry| (entry.id, entry.fence)).collect();
        assert_eq!(unit.remove_entries(&asked).await.unwrap(), 1_100);
        assert_eq!(unit.lock_due(&Queue::Deciding, NOW, u32::MAX).await.unwrap().len(), 100);
    })
    .await;
}

/// Workers that remove due entries in parallel each remove their own, and together remove all.
pub async fn each_entry_is_removed_by_one_worker(subject: &Subject) {
    let entries: Vec<OutboxEntry> = (1..=60).map(|number| request(number, NOW)).collect();
    enqueue(subject, &entries).await;
    let removed = in_parallel(4, |_| {
        let store = std::sync::Arc::clone(&subject.store);
        async move {
            let mut removed = 0;
            loop {
                let mut unit = store.begin().await.unwrap();
                let due = unit.lock_due(&Queue::Deciding, NOW, 7).await.unwrap();
                let asked: Vec<_> = due.iter().map(|entry| (entry.id, entry.fence)).collect();
                let count = unit.remove_entries(&asked).await.unwrap();
                assert_eq!(count, asked.len() as u64, "nobody else has them");
                unit.commit().await.unwrap();
                removed += count;
                if count == 0 {
                    return removed;
                }
            }
        }
    });
    assert_eq!(removed.await.iter().sum::<u64>(), 60);
}

/// A decision is stored and changes nothing else: the entry is then in the queue of emails, as if it had just been
/// written.
pub async fn a_decided_entry_becomes_a_mail(subject: &Subject) {
    let resend = |registration, generation| Intent::Resend { registration, address: to(), generation };
    let reset = |decided| Intent::PasswordReset { address: to(), decided };
    let cases = [
        (resend(None, None), Decided::Registration(registration_id(2), 5), resend(Some(registration_id(2)), Some(5))),
        (
            resend(Some(registration_id(3)), None),
            Decided::Registration(registration_id(3), 4),
            resend(Some(registration_id(3)), Some(4)),
        ),
        (reset(None), Decided::Account(account_id(7), 4), reset(Some((account_id(7), 4)))),
        (reset(None), Decided::RepeatVerification, Intent::RepeatVerification { address: to() }),
        (resend(None, None), Decided::RepeatVerification, Intent::RepeatVerification { address: to() }),
    ];
    let waiting = |number, intent: &Intent| OutboxEntry::new(outbox_id(number), intent.clone(), NOW);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, (intent, decided, _)) in (1..).zip(&cases) {
            unit.enqueue(&claimed(waiting(number, intent))).await.unwrap();
            let update = unit.decide_entry(outbox_id(number), 1, *decided, LATER).await.unwrap();
            assert_eq!(update, Update::Applied);
        }
        unit.enqueue(&claimed(waiting(9, &cases[0].0))).await.unwrap();
        assert_eq!(unit.claim(&Queue::Deciding, NOW + MINUTE, NOW + MINUTE, 9).await.unwrap().len(), 1);
        for (number, (.., intent)) in (1..).zip(&cases) {
            let expected = OutboxEntry { fence: 2, due_at: LATER, ..waiting(number, intent) };
            assert_eq!(unit.find_entry(outbox_id(number)).await.unwrap(), Some(expected));
        }
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), Some(LATER));
        let mails = unit.claim(&Queue::Mail, LATER, LATER + MINUTE, 9).await.unwrap();
        assert_eq!(ids(&mails), [1, 2, 3, 4, 5].map(outbox_id));
    })
    .await;
}

/// A second decision, one without the newest claim, and one that does not fit the entry are refused.
pub async fn a_decision_must_fit_its_entry(subject: &Subject) {
    let reset = claimed(request(1, NOW));
    let named = Some(registration_id(1));
    let resend = Intent::Resend { registration: named, address: to(), generation: None };
    let resend = claimed(OutboxEntry::new(outbox_id(2), resend, NOW));
    let entries = [reset, resend, claimed(entry(3, 3, NOW)), claimed(event(4, "crm", NOW))];
    enqueue(subject, &entries).await;
    let registration = Decided::Registration(registration_id(1), 4);
    let account = Decided::Account(account_id(7), 4);
    let misfits = [
        (1, registration),
        (2, account),
        (2, Decided::RepeatVerification),
        (3, registration),
        (3, account),
        (3, Decided::RepeatVerification),
        (4, registration),
        (4, account),
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, decided) in misfits {
            let update = unit.decide_entry(outbox_id(number), 1, decided, LATER).await.unwrap();
            assert_eq!(update, Update::Missed, "{number} {decided:?}");
        }
        for fence in [0, 2] {
            assert_eq!(unit.decide_entry(outbox_id(1), fence, account, LATER).await.unwrap(), Update::Missed);
        }
        for entry in &entries {
            assert_eq!(unit.find_entry(entry.id).await.unwrap().as_ref(), Some(entry));
        }
        assert_eq!(unit.decide_entry(outbox_id(1), 1, account, LATER).await.unwrap(), Update::Applied);
        assert_eq!(unit.decide_entry(outbox_id(1), 1, account, LATER).await.unwrap(), Update::Missed);
    })
    .await;
}
