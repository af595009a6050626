//! Figures by day.

use std::time::Duration;

use super::Subject;
use super::fixtures::{
    MICROSECOND, MINUTE, account_id, address, audit_entry, audit_id, committed, entry, event, outbox_id, registration,
    registration_id,
};
use crate::audit::{AuditEntry, AuditEvent};
use crate::outbox::{Intent, OutboxEntry, OutboxState};
use crate::ports::store::{Measure, UnitOfWork, Wait};
use crate::registration::{Registration, RegistrationState};
use crate::timestamp::Timestamp;

const DAY: Duration = Duration::from_hours(24);
/// The day that the figures begin with, and the last one of which nothing is counted.
const FIRST: i64 = 20_454;

/// The beginning of the so-manieth day after the first.
fn day(number: i64) -> Timestamp {
    Timestamp::from_unix_micros((FIRST + number) * 24 * 60 * 60 * 1_000_000)
}

/// Moments on the edges of days, and how many of them lie on the first two days.
fn moments() -> [Timestamp; 7] {
    [
        day(0) - MICROSECOND,
        day(0),
        day(0) + DAY - MICROSECOND,
        day(1),
        day(1) + MICROSECOND,
        day(2) - MICROSECOND,
        day(2),
    ]
}

async fn count(unit: &mut dyn UnitOfWork, measure: Measure, from: Timestamp, until: Timestamp) -> Vec<(i64, u64)> {
    let mut counted = unit.count_by_day(measure, from, until).await.unwrap();
    counted.sort_unstable();
    counted
}

/// Counts in which every moment of [`moments`] happened once.
async fn are_counted(unit: &mut dyn UnitOfWork, measure: Measure) {
    assert_eq!(count(unit, measure, day(0), day(2)).await, [(FIRST, 2), (FIRST + 1, 3)]);
    let later = day(0) + Duration::from_hours(13);
    assert_eq!(count(unit, measure, later, day(2)).await, [(FIRST, 2), (FIRST + 1, 3)], "the whole day of `from`");
    assert_eq!(count(unit, measure, day(0), day(1) + MICROSECOND).await, [(FIRST, 2), (FIRST + 1, 1)]);
    assert_eq!(count(unit, measure, day(2), day(5)).await, [(FIRST + 2, 1)], "days without are left out");
    assert_eq!(count(unit, measure, day(-3), day(0)).await, [(FIRST - 1, 1)]);
    assert_eq!(count(unit, measure, day(9), day(10)).await, []);
}

/// Registrations are counted by the day of their creation, in every state.
pub async fn registrations_are_counted_by_day(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(count(unit, Measure::RegistrationsStarted, day(-9), day(9)).await, []);
        for (number, created_at) in (1_u8..).zip(moments()) {
            let state = RegistrationState::ALL[usize::from(number) % RegistrationState::ALL.len()];
            let made = Registration { state, created_at, ..registration(number, "john@acme.com") };
            unit.insert_registration(&made).await.unwrap();
        }
        are_counted(unit, Measure::RegistrationsStarted).await;
    })
    .await;
}

/// Delivered emails are counted by the day of their delivery; other entries are not counted.
pub async fn mails_handed_over_are_counted_by_day(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let settled =
            |number, state, at| OutboxEntry { state, settled_at: Some(at), ..entry(number, number, day(-30)) };
        for (number, at) in (1..).zip(moments()) {
            unit.enqueue(&settled(number, OutboxState::HandedOver, at)).await.unwrap();
        }
        unit.enqueue(&settled(91, OutboxState::Dead, day(0))).await.unwrap();
        unit.enqueue(&settled(92, OutboxState::Dropped, day(0))).await.unwrap();
        unit.enqueue(&OutboxEntry::new(outbox_id(93), entry(93, 93, day(0)).intent, day(0))).await.unwrap();
        are_counted(unit, Measure::MailsHandedOver).await;
    })
    .await;
}

/// Events are counted by day and kind.
pub async fn events_are_counted_by_day(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, at) in (1..).zip(moments()) {
            unit.insert_audit_entry(&audit_entry(number, AuditEvent::SignedIn, at)).await.unwrap();
        }
        unit.insert_audit_entry(&audit_entry(90, AuditEvent::SessionEnded, day(0))).await.unwrap();
        are_counted(unit, Measure::Event(AuditEvent::SignedIn)).await;
        let ended = Measure::Event(AuditEvent::SessionEnded);
        assert_eq!(count(unit, ended, day(0), day(1)).await, [(FIRST, 1)]);
        let never = Measure::Event(AuditEvent::DataExported);
        assert_eq!(count(unit, never, day(-9), day(9)).await, []);
    })
    .await;
}

/// How long people waited for the first email about their registration is found, by when it was sent.
pub async fn waits_for_mails_are_found(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let sent = |number: u128, created_at, settled_at| OutboxEntry {
            state: OutboxState::HandedOver,
            created_at,
            settled_at: Some(settled_at),
            ..entry(number, number, created_at)
        };
        for (number, at) in (1..).zip(moments()) {
            unit.enqueue(&sent(number, at - MICROSECOND * u32::try_from(number).unwrap(), at)).await.unwrap();
        }
        let (begin, end) = (day(0), day(0) + MINUTE);
        for (number, state) in (21..).zip([OutboxState::Dead, OutboxState::Dropped, OutboxState::Bounced]) {
            unit.enqueue(&OutboxEntry { state, ..sent(number, begin, end) }).await.unwrap();
        }
        unit.enqueue(&entry(31, 31, begin)).await.unwrap();
        let resend = Intent::Resend {
            registration: Some(registration_id(1)),
            address: address("john@acme.com"),
            generation: Some(2),
        };
        unit.enqueue(&OutboxEntry { intent: resend, ..sent(32, begin, end) }).await.unwrap();
        unit.enqueue(&OutboxEntry { intent: event(33, "crm", begin).intent, ..sent(33, begin, end) }).await.unwrap();
        are_found(unit, Wait::UntilMailed).await;
    })
    .await;
}

/// How long people took to confirm their registration is found, by when they did, while the registration is stored.
pub async fn waits_for_confirmations_are_found(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let completed = |number: u128, at| AuditEntry {
            account: Some(account_id(number)),
            ..audit_entry(number, AuditEvent::RegistrationCompleted, at)
        };
        for (number, at) in (1_u8..).zip(moments()) {
            let created_at = at - MICROSECOND * u32::from(number);
            let state = RegistrationState::Completed;
            let made = Registration { state, created_at, ..registration(number, "john@acme.com") };
            unit.insert_registration(&made).await.unwrap();
            unit.insert_audit_entry(&completed(number.into(), at)).await.unwrap();
        }
        unit.insert_audit_entry(&completed(91, day(0) + MINUTE)).await.unwrap();
        let anonymous = AuditEntry { account: None, ..completed(92, day(0) + MINUTE) };
        unit.insert_audit_entry(&anonymous).await.unwrap();
        let other = AuditEntry { event: AuditEvent::SignedIn, ..completed(3, day(0) + MINUTE) };
        unit.insert_audit_entry(&AuditEntry { id: audit_id(93), ..other }).await.unwrap();
        are_found(unit, Wait::UntilConfirmed).await;
    })
    .await;
}

/// Waits that ended at each of [`moments`]: the first lasted one microsecond, the second two, and so on.
async fn are_found(unit: &mut dyn UnitOfWork, wait: Wait) {
    let of = |numbers: &[u32]| numbers.iter().map(|number| MICROSECOND * *number).collect::<Vec<_>>();
    assert_eq!(unit.find_waits(wait, day(0), day(2), 9).await.unwrap(), of(&[6, 5, 4, 3, 2]));
    assert_eq!(unit.find_waits(wait, day(0), day(2), 2).await.unwrap(), of(&[6, 5]), "those that ended last");
    assert_eq!(unit.find_waits(wait, day(0) + MICROSECOND, day(1), 9).await.unwrap(), of(&[3]));
    assert_eq!(unit.find_waits(wait, day(2), day(9), 9).await.unwrap(), of(&[7]));
    assert_eq!(unit.find_waits(wait, day(9), day(10), 9).await.unwrap(), of(&[]));
}

/// A wait that ended before it began, because a clock was set back, lasted no time.
pub async fn waits_are_never_negative(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let (created_at, settled_at) = (day(1), Some(day(0)));
        let sent = OutboxEntry { state: OutboxState::HandedOver, settled_at, ..entry(1, 1, created_at) };
        unit.enqueue(&OutboxEntry { created_at, ..sent }).await.unwrap();
        assert_eq!(unit.find_waits(Wait::UntilMailed, day(0), day(1), 9).await.unwrap(), [Duration::ZERO]);
    })
    .await;
}
