//! What has happened before an administrator looks.

use std::time::Duration;

use account_core::audit::{Actor, AuditEntry, AuditEvent};
use account_core::id::{AccountId, AuditId, OutboxId, RegistrationId};
use account_core::one_time_token::TokenDigest;
use account_core::outbox::{OutboxEntry, OutboxState};
use account_core::ports::store::{AccountFilter, RegistrationFilter, UnitOfWork, Update};
use account_core::ports::{Clock, Store};
use account_core::registration::{Registration, RegistrationState};
use account_core::system::SystemClock;
use account_core::timestamp::Timestamp;
use account_tests::Service;
use serde_json::json;
use uuid::Uuid;

const DAY: Duration = Duration::from_hours(24);
const PEOPLE: u32 = 12;

/// Makes accounts of all kinds.
pub(super) async fn people(service: &Service) {
    let jane = json!({
        "email": "jane.appleseed@example.org", "verified": true, "name": "Jane Appleseed", "username": "jane",
        "country": "ZA", "language": "en", "time_zone": "Africa/Johannesburg", "phone": "+27 11 555 0100",
        "postal_address": "1 Long Street\nCape Town 8001", "company": "Appleseed & Daughters",
        "created_at": "2026-01-05T09:30:00Z",
    });
    let long = format!("{}@{}.example.com", "a-very-long-address".repeat(3), "subsidiary".repeat(3));
    let mut all = vec![
        jane,
        json!({"email": "nour@example.org", "verified": true, "name": "نور الهدى", "created_at": "2026-01-04T08:00:00Z"}),
        json!({"email": long, "verified": false, "created_at": "2026-01-04T07:00:00Z"}),
        json!({"email": "joe@example.org", "verified": true, "disabled_at": "2026-02-01T10:00:00Z", "created_at": "2026-01-03T08:00:00Z"}),
    ];
    let person = |number: u32| {
        json!({
            "email": format!("person{number}@example.com"), "verified": true, "name": format!("Person {number}"),
            "created_at": format!("2025-12-{:02}T08:00:00Z", number % 28 + 1),
        })
    };
    all.extend((0..PEOPLE).map(person));
    service.import(&all).await;
    let credentials = json!({"email": super::ADMIN, "password": super::PASSWORD}).to_string();
    assert_eq!(service.post("/account/v1/sessions", &credentials).await.status, 201);
}

/// A registration that waits, and its email.
async fn pending(service: &Service, unit: &mut dyn UnitOfWork, email: &str) -> (Registration, OutboxEntry) {
    let registrations = unit.list_registrations(&RegistrationFilter::default(), None, 100).await.unwrap();
    let registration = registrations.into_iter().find(|registration| registration.address.as_str() == email);
    let registration = registration.unwrap_or_else(|| panic!("{email} registers: {}", service.output()));
    let entries = unit.list_entries(None, None, 100).await.unwrap();
    let is_its = |entry: &OutboxEntry| entry.intent.address() == Some(&registration.address);
    let entry = entries.into_iter().find(is_its).unwrap();
    (registration, entry)
}

/// Registers an address, and waits for its email.
async fn register(service: &Service, email: &str) {
    assert_eq!(service.register(email).await.status, 202);
    service.wait_for_mail_to(email).await;
}

/// Two weeks in which people registered, got their emails, confirmed, and signed in.
pub(super) async fn two_weeks(service: &Service) {
    register(service, "john@acme.com").await;
    let store = service.open_store().await;
    let mut unit = store.begin().await.unwrap();
    let (registration, entry) = pending(service, &mut *unit, "john@acme.com").await;
    let now = SystemClock.now();
    let mut number = 0_u32;
    for day in 1..14_u32 {
        for hour in 0..=(day * 5 % 4) {
            number += 1;
            let at = now - DAY * day - Duration::from_mins(u64::from(hour) * 31);
            let id = Uuid::from_u128(u128::from(number));
            let digest = TokenDigest::from_bytes([u8::try_from(number).unwrap(); 32]);
            let state = if hour % 3 == 0 { RegistrationState::Pending } else { RegistrationState::Completed };
            let id_of = RegistrationId::from_uuid(id);
            let past = Registration { id: id_of, created_at: at, continuation: digest, state, ..registration.clone() };
            unit.insert_registration(&past).await.unwrap();
            let mailed = at + Duration::from_millis(400 + u64::from(number) * 13);
            let sent = OutboxEntry {
                id: OutboxId::from_uuid(id),
                created_at: at,
                state: OutboxState::HandedOver,
                settled_at: Some(mailed),
                ..entry.clone()
            };
            unit.enqueue(&sent).await.unwrap();
            if state == RegistrationState::Completed {
                let confirmed = at + Duration::from_secs(40 + u64::from(number % 17) * 25);
                note(&mut *unit, number * 2, AuditEvent::RegistrationCompleted, id, confirmed).await;
                note(&mut *unit, number * 2 + 1, AuditEvent::SignedIn, id, confirmed + Duration::from_hours(1)).await;
            }
        }
    }
    unit.commit().await.unwrap();
    store.close().await.unwrap();
}

async fn note(unit: &mut dyn UnitOfWork, number: u32, event: AuditEvent, account: Uuid, at: Timestamp) {
    let account = AccountId::from_uuid(account);
    let entry = AuditEntry {
        id: AuditId::from_uuid(Uuid::from_u128(u128::from(number))),
        at,
        event,
        actor: Actor::Account(account),
        account: Some(account),
        client_address: "2001:db8:85a3::8a2e:370:7334".parse().ok(),
        request_id: None,
        detail: None,
    };
    unit.insert_audit_entry(&entry).await.unwrap();
}

/// Somebody registers, and a mail server refuses the email.
pub(super) async fn a_dead_letter(service: &Service, email: &str) {
    register(service, email).await;
    let store = service.open_store().await;
    let mut unit = store.begin().await.unwrap();
    let (_, entry) = pending(service, &mut *unit, email).await;
    let dead = OutboxEntry {
        id: OutboxId::from_uuid(Uuid::from_u128(entry.id.as_uuid().as_u128() + 1)),
        state: OutboxState::Dead,
        attempts: 1,
        note: Some("550 5.1.1 The mailbox does not exist here".to_owned()),
        ..entry
    };
    unit.enqueue(&dead).await.unwrap();
    unit.commit().await.unwrap();
    store.close().await.unwrap();
}

/// The password was entered an hour ago in every session of an account.
pub(super) async fn an_hour_passes(service: &Service, email: &str) {
    let store = service.open_store().await;
    let mut unit = store.begin().await.unwrap();
    let filter = AccountFilter { text: Some(email.to_owned()), ..AccountFilter::default() };
    let account = unit.list_accounts(&filter, None, 1).await.unwrap().remove(0);
    for mut session in unit.find_sessions_of_account(account.id).await.unwrap() {
        session.authenticated_at = session.authenticated_at - Duration::from_hours(1);
        assert_eq!(unit.replace_session(&session.token.clone(), &session).await.unwrap(), Update::Applied);
    }
    unit.commit().await.unwrap();
    store.close().await.unwrap();
}
