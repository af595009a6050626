//! Figures by day.

use std::time::Duration;

use super::Subject;
use super::fixtures::{MICROSECOND, audit_entry, committed, entry, outbox_id, registration};
use crate::audit::AuditEvent;
use crate::outbox::{OutboxEntry, OutboxState};
use crate::ports::store::{Measure, UnitOfWork};
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
