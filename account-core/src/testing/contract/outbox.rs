//! The outbox: entries, how they end, and when the next is due. Claims are in [`super::outbox_claims`].

use super::Subject;
use super::fixtures::{
    MICROSECOND, MINUTE, NOW, account_id, address, committed, entry, invitation_id, outbox_id, read, registration_id,
};
use crate::outbox::{AboutIdentity, Decided, Intent, Notice, OutboxEntry, OutboxState, Queue, Settlement};
use crate::ports::store::{UnitOfWork, Update};
use crate::provider::ProviderName;
use crate::timestamp::Timestamp;

/// Moments at which a settlement happens, after the claim.
const LATER: Timestamp = Timestamp::from_unix_micros(NOW.unix_micros() + 5);

async fn newest(unit: &mut dyn UnitOfWork, registration: u128) -> Option<OutboxEntry> {
    unit.find_newest_entry_of_registration(registration_id(registration)).await.unwrap()
}

/// The entry as it is under its first claim.
fn claimed(number: u128) -> OutboxEntry {
    let leased_until = Some(NOW + MINUTE);
    OutboxEntry { fence: 1, attempts: 1, leased_until, ..entry(number, number, NOW) }
}

/// Every field of an entry comes back as it was written, the address in its spelling.
pub async fn an_entry_comes_back_as_it_was_written(subject: &Subject) {
    let full = |number: u128, state| OutboxEntry {
        state,
        fence: u32::MAX,
        attempts: u32::MAX,
        leased_until: Some(Timestamp::from_unix_micros(i64::MAX)),
        created_at: Timestamp::from_unix_micros(i64::MIN),
        settled_at: Some(LATER),
        note: Some("451 4.7.1 später \u{1F98A}".to_owned()),
        ..entry(number, number, Timestamp::from_unix_micros(i64::MAX))
    };
    let mut entries = vec![entry(1, 1, NOW)];
    entries.extend((2..).zip(OutboxState::ALL).map(|(number, state)| full(number, state)));
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in &entries {
            unit.enqueue(entry).await.unwrap();
        }
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, entry) in (1..).zip(&entries) {
            let found = newest(unit, number).await.unwrap();
            assert_eq!(&found, entry);
            let spelling = |entry: &OutboxEntry| entry.intent.address().map(|address| address.as_str().to_owned());
            assert_eq!(spelling(&found), spelling(entry));
        }
        assert_eq!(newest(unit, 99).await, None);
    })
    .await;
}

/// Every intent comes back as it was written, with and without its optional values.
pub async fn every_intent_comes_back(subject: &Subject) {
    let address = address("Jörg@Bücher.example");
    let registration = registration_id(1);
    let (account, invitation) = (account_id(2), invitation_id(3));
    let generation = u32::MAX;
    let to = || address.clone();
    let mut intents = vec![
        Intent::Registration { registration, address: to(), generation },
        Intent::Resend { registration: None, address: to(), generation: None },
        Intent::Resend { registration: Some(registration), address: to(), generation: None },
        Intent::Resend { registration: None, address: to(), generation: Some(0) },
        Intent::Resend { registration: Some(registration), address: to(), generation: Some(7) },
        Intent::PasswordReset { address: to(), decided: None },
        Intent::PasswordReset { address: to(), decided: Some((account, 9)) },
        Intent::RepeatVerification { address: to() },
        Intent::AddressChange { account, address: to(), generation },
        Intent::SecondaryAddress { account, address: to(), generation: 1 },
        Intent::Invitation { invitation, address: to(), generation },
    ];
    intents.extend(Notice::ALL.map(|notice| Intent::Notice { account, address: to(), notice, identity: None }));
    intents.extend([None, Some("JÖRG@Bücher.example".to_owned())].map(|label| Intent::Notice {
        account,
        address: to(),
        notice: Notice::IdentityLinked,
        identity: Some(AboutIdentity { provider: ProviderName::parse("google").unwrap(), label }),
    }));
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, intent) in (1..).zip(&intents) {
            unit.enqueue(&OutboxEntry::new(outbox_id(number), intent.clone(), NOW)).await.unwrap();
        }
    })
    .await;
    for queue in [Queue::Deciding, Queue::Mail] {
        let claimed = committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
            unit.claim(&queue, NOW, NOW + MINUTE, 100).await.unwrap()
        });
        let claimed: Vec<Intent> = claimed.await.into_iter().map(|entry| entry.intent).collect();
        let of_queue: Vec<Intent> = intents.iter().filter(|intent| intent.queue() == queue).cloned().collect();
        assert_eq!(claimed, of_queue);
    }
}

/// Settling a claim stores the outcome and ends the lease.
pub async fn a_settlement_is_kept(subject: &Subject) {
    let note = || "Grund \u{1F98A}".to_owned();
    let settlements = [
        Settlement::HandedOver { at: LATER },
        Settlement::Deferred { due_at: NOW + MINUTE, note: note(), refusal: None },
        Settlement::Dropped { at: LATER, note: note() },
        Settlement::Dead { at: LATER, note: note(), refusal: None },
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, settlement) in (1..).zip(&settlements) {
            let noted = OutboxEntry { note: Some("before".to_owned()), ..claimed(number) };
            unit.enqueue(&noted).await.unwrap();
            assert_eq!(unit.settle(outbox_id(number), 1, settlement).await.unwrap(), Update::Applied);
        }
        unit.enqueue(&claimed(9)).await.unwrap();
    })
    .await;
    let settled = |number, state, note| OutboxEntry {
        state,
        leased_until: None,
        settled_at: Some(LATER),
        note,
        ..claimed(number)
    };
    let deferred =
        OutboxEntry { due_at: NOW + MINUTE, settled_at: None, ..settled(2, OutboxState::Queued, Some(note())) };
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(newest(unit, 1).await, Some(settled(1, OutboxState::HandedOver, None)));
        assert_eq!(newest(unit, 2).await, Some(deferred.clone()));
        assert_eq!(newest(unit, 3).await, Some(settled(3, OutboxState::Dropped, Some(note()))));
        assert_eq!(newest(unit, 4).await, Some(settled(4, OutboxState::Dead, Some(note()))));
        assert_eq!(newest(unit, 9).await, Some(claimed(9)));
    })
    .await;
}

/// A final settlement happens once, and the entry is never claimed again.
pub async fn an_entry_that_was_settled_stays_settled(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in 1..=3 {
            unit.enqueue(&claimed(number)).await.unwrap();
        }
        let note = || "x".to_owned();
        let settlements = [
            Settlement::HandedOver { at: LATER },
            Settlement::Dropped { at: LATER, note: note() },
            Settlement::Dead { at: LATER, note: note(), refusal: None },
        ];
        for (number, settlement) in (1..).zip(&settlements) {
            assert_eq!(unit.settle(outbox_id(number), 1, settlement).await.unwrap(), Update::Applied);
        }
        for number in 1..=3 {
            let before = newest(unit, number).await;
            let again = Settlement::Deferred { due_at: NOW, note: "y".to_owned(), refusal: None };
            assert_eq!(unit.settle(outbox_id(number), 1, &again).await.unwrap(), Update::Missed);
            assert_eq!(newest(unit, number).await, before);
        }
        assert_eq!(unit.claim(&Queue::Mail, NOW + MINUTE * 60, NOW + MINUTE * 61, 10).await.unwrap(), []);
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), None);
    })
    .await;
}

/// A missing entry is neither settled nor decided.
pub async fn an_unknown_entry_is_missed(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let settlement = Settlement::HandedOver { at: LATER };
        assert_eq!(unit.settle(outbox_id(1), 0, &settlement).await.unwrap(), Update::Missed);
        assert_eq!(
            unit.decide_entry(outbox_id(1), 0, Decided::Registration(registration_id(1), 1), NOW).await.unwrap(),
            Update::Missed
        );
    })
    .await;
}

/// The newest entry of a registration is the one created last, by time and then by id.
pub async fn the_newest_entry_of_a_registration_was_created_last(subject: &Subject) {
    let created = |number, created_at| OutboxEntry { created_at, ..entry(number, 1, NOW) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.enqueue(&created(9, NOW)).await.unwrap();
        unit.enqueue(&created(3, NOW + MICROSECOND)).await.unwrap();
        unit.enqueue(&created(2, NOW + MICROSECOND)).await.unwrap();
        unit.enqueue(&OutboxEntry { created_at: NOW + MINUTE, ..entry(10, 2, NOW) }).await.unwrap();
        assert_eq!(newest(unit, 1).await, Some(created(3, NOW + MICROSECOND)));
    })
    .await;
}

/// The next time at which there is something to do: when the first entry is due, or a lease ends.
pub async fn the_next_due_time_is_known(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), None);
        unit.enqueue(&entry(1, 1, NOW + MINUTE * 3)).await.unwrap();
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), Some(NOW + MINUTE * 3));
        unit.enqueue(&entry(2, 2, NOW)).await.unwrap();
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), Some(NOW));
        assert_eq!(unit.claim(&Queue::Mail, NOW, NOW + MINUTE, 10).await.unwrap().len(), 1);
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), Some(NOW + MINUTE));
        let deferred = Settlement::Deferred { due_at: NOW + MINUTE * 2, note: "x".to_owned(), refusal: None };
        assert_eq!(unit.settle(outbox_id(2), 1, &deferred).await.unwrap(), Update::Applied);
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), Some(NOW + MINUTE * 2));
        assert_eq!(unit.claim(&Queue::Mail, NOW + MINUTE * 2, NOW + MINUTE * 9, 10).await.unwrap().len(), 1);
        let done = Settlement::HandedOver { at: LATER };
        assert_eq!(unit.settle(outbox_id(2), 2, &done).await.unwrap(), Update::Applied);
        assert_eq!(unit.next_due(&Queue::Mail).await.unwrap(), Some(NOW + MINUTE * 3));
    })
    .await;
}
