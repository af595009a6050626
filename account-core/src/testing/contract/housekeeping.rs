//! Housekeeping: every kind of purge takes what it says, up to its limit, and leaves the rest.

use std::time::Duration;

use super::Subject;
use super::fixtures::{
    MICROSECOND, MINUTE, NOW, account, audit_entry, committed, digest, entry, in_parallel, invitation, invitation_id,
    outbox_id, record, registration, registration_id, session, token,
};
use crate::audit::{AuditEntry, AuditEvent};
use crate::idempotency::IdempotencyRecord;
use crate::invitation::{Invitation, InvitationState};
use crate::one_time_token::{OneTimeToken, TokenState};
use crate::outbox::{OutboxEntry, OutboxState, Queue};
use crate::ports::store::{AuditFilter, Insert, Purge, UnitOfWork};
use crate::profile::{Choices, RegistrationOrigin};
use crate::provider::{FlowWish, ProviderFlow, ProviderName};
use crate::registration::{Registration, RegistrationState};
use crate::session::Session;
use crate::timestamp::Timestamp;

const EMAIL: &str = "john@acme.com";
/// The moment that purges are given.
const THEN: Timestamp = NOW;

/// Just before, at, and after the moment: only the first is before it.
fn edges() -> [Timestamp; 3] {
    [THEN - MICROSECOND, THEN, THEN + MICROSECOND]
}

/// Purges in steps, three rows in all; the count agrees at every step.
async fn takes_three(unit: &mut dyn UnitOfWork, what: Purge) {
    assert_eq!(unit.count_purgeable(what).await.unwrap(), 3);
    assert_eq!(unit.purge(what, 0).await.unwrap(), 0);
    assert_eq!(unit.purge(what, 2).await.unwrap(), 2);
    assert_eq!(unit.count_purgeable(what).await.unwrap(), 1);
    assert_eq!(unit.purge(what, 100).await.unwrap(), 1);
    assert_eq!(unit.count_purgeable(what).await.unwrap(), 0);
    assert_eq!(unit.purge(what, 100).await.unwrap(), 0);
}

async fn register(unit: &mut dyn UnitOfWork, registrations: &[Registration]) {
    for registration in registrations {
        unit.insert_registration(registration).await.unwrap();
    }
}

async fn are_registered(unit: &mut dyn UnitOfWork, expected: &[Registration]) {
    for registration in expected {
        let found = unit.find_registration(registration.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(registration), "{}", registration.id);
    }
}

/// Registrations that expired before the given time lose hash and choices and keep the rest, in every state.
pub async fn secrets_of_expired_registrations_are_wiped(subject: &Subject) {
    let [before, at, after] = edges();
    let expiring = |number, expires_at| Registration { expires_at, ..registration(number, EMAIL) };
    let without_hash = Registration { password_hash: None, ..expiring(2, before) };
    let without_choices = Registration { choices: Choices::default(), ..expiring(3, before) };
    let wiped =
        Registration { password_hash: None, ..Registration { choices: Choices::default(), ..expiring(4, before) } };
    let overtaken =
        |number, state, expires_at| Registration { state, choices: Choices::default(), ..expiring(number, expires_at) };
    let spared = [
        expiring(5, at),
        expiring(6, after),
        overtaken(7, RegistrationState::Taken, at),
        overtaken(8, RegistrationState::Void, after),
        wiped,
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        register(unit, &[expiring(1, before), without_hash, without_choices]).await;
        register(unit, &spared).await;
        takes_three(unit, Purge::ExpiredRegistrationSecrets(THEN)).await;
        let wiped = |number, state| Registration { password_hash: None, ..overtaken(number, state, before) };
        are_registered(unit, &[1, 2, 3].map(|number| wiped(number, RegistrationState::Pending))).await;
        are_registered(unit, &spared).await;
        let ended = [RegistrationState::Taken, RegistrationState::Void, RegistrationState::Completed];
        for (number, state) in (9..).zip(ended) {
            register(unit, &[overtaken(number, state, before)]).await;
        }
        takes_three(unit, Purge::ExpiredRegistrationSecrets(THEN)).await;
        for (number, state) in (9..).zip(ended) {
            are_registered(unit, &[wiped(number, state)]).await;
        }
        are_registered(unit, &spared).await;
    })
    .await;
}

/// Registrations that expired before the given time are removed, in every state.
pub async fn expired_registrations_are_removed(subject: &Subject) {
    let [before, at, after] = edges();
    let expiring = |number, expires_at| Registration { expires_at, ..registration(number, EMAIL) };
    let ended = |number, state| Registration { state, ..expiring(number, before) };
    let spared = [expiring(4, at), Registration { state: RegistrationState::Void, ..expiring(5, after) }];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let doomed = [expiring(1, before), ended(2, RegistrationState::Completed), ended(3, RegistrationState::Taken)];
        register(unit, &doomed).await;
        register(unit, &spared).await;
        takes_three(unit, Purge::Registrations(THEN)).await;
        for number in 1..=3 {
            assert_eq!(unit.find_registration(registration_id(number)).await.unwrap(), None);
        }
        are_registered(unit, &spared).await;
    })
    .await;
}

/// Tokens that expired before the given time are removed, in every state.
pub async fn expired_tokens_are_removed(subject: &Subject) {
    let [before, at, after] = edges();
    let expiring = |number, state, expires_at| OneTimeToken { expires_at, state, ..token(number, 1, EMAIL) };
    let spared = [expiring(4, TokenState::Live, at), expiring(5, TokenState::Used, after)];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, state) in [(1, TokenState::Live), (2, TokenState::Used), (3, TokenState::Void)] {
            unit.insert_token(&expiring(number, state, before)).await.unwrap();
        }
        for token in &spared {
            unit.insert_token(token).await.unwrap();
        }
        takes_three(unit, Purge::OneTimeTokens(THEN)).await;
        for number in 1..=3 {
            assert_eq!(unit.find_token(&digest(number)).await.unwrap(), None);
        }
        for token in &spared {
            assert_eq!(unit.find_token(&token.digest).await.unwrap().as_ref(), Some(token));
        }
    })
    .await;
}

async fn open(unit: &mut dyn UnitOfWork, sessions: &[Session]) {
    assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
    for session in sessions {
        unit.insert_session(session).await.unwrap();
    }
}

async fn are_open(unit: &mut dyn UnitOfWork, expected: &[Session]) {
    for session in expected {
        assert_eq!(unit.find_session(&session.token).await.unwrap().as_ref(), Some(session), "{}", session.id);
    }
}

/// Sessions that are not live are removed: those that ended, and those that were idle for too long.
pub async fn sessions_that_are_not_live_are_removed(subject: &Subject) {
    let [before, at, after] = edges();
    let ending = |number, expires_at| Session { expires_at, idle: None, ..session(number, 1) };
    // Last used so long before that it has been idle for as long as it may at `ends_at`.
    let idling = |number, ends_at: Timestamp| Session {
        expires_at: THEN + MINUTE,
        idle: Some(Duration::from_secs(30) + MICROSECOND),
        last_used_at: ends_at - (Duration::from_secs(30) + MICROSECOND),
        ..session(number, 1)
    };
    // That the access token has ended ends no session: it can be renewed.
    let renewable = Session { token_expires_at: Some(before), ..ending(4, after) };
    let spared = [renewable, idling(5, after), Session { last_used_at: THEN - MINUTE * 60, ..ending(6, after) }];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        open(unit, &[ending(1, before), ending(2, at), idling(3, at)]).await;
        for session in &spared {
            assert!(session.is_live(THEN));
            unit.insert_session(session).await.unwrap();
        }
        takes_three(unit, Purge::Sessions(THEN)).await;
        for number in 1..=3 {
            assert_eq!(unit.find_session(&digest(number)).await.unwrap(), None);
        }
        are_open(unit, &spared).await;
    })
    .await;
}

/// Idempotency records that expired before the given time are removed, answered or not.
pub async fn expired_idempotency_records_are_removed(subject: &Subject) {
    let [before, at, after] = edges();
    let expiring = |number, expires_at| IdempotencyRecord { expires_at, ..record(number) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let answered = IdempotencyRecord { answer: Some(vec![1]), ..expiring(3, before) };
        let records = [expiring(1, before), expiring(2, before), answered, expiring(4, at), expiring(5, after)];
        for record in &records {
            assert_eq!(unit.insert_idempotency_record(record).await.unwrap(), Insert::Done);
        }
        takes_three(unit, Purge::IdempotencyRecords(THEN)).await;
        for (number, record) in (1..).zip(&records) {
            let found = unit.find_idempotency_record(&digest(number)).await.unwrap();
            assert_eq!(found.as_ref(), (number > 3).then_some(record));
        }
    })
    .await;
}

/// Flows that expired before the given time are removed.
pub async fn expired_flows_are_removed(subject: &Subject) {
    let [before, at, after] = edges();
    let flows: Vec<_> = (1..).zip([before, before, before, at, after]).map(|(number, at)| flow(number, at)).collect();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for flow in &flows {
            unit.insert_flow(flow).await.unwrap();
        }
        takes_three(unit, Purge::ProviderFlows(THEN)).await;
        for (number, flow) in (1..).zip(&flows) {
            assert_eq!(unit.find_flow(&flow.state).await.unwrap().as_ref(), (number > 3).then_some(flow));
        }
    })
    .await;
}

fn flow(number: u8, expires_at: Timestamp) -> ProviderFlow {
    ProviderFlow {
        state: digest(number),
        browser: digest(number),
        provider: ProviderName::parse("google").unwrap(),
        wish: FlowWish::Prove(digest(number)),
        app: None,
        expires_at,
    }
}

/// Invitations that expired before the given time are removed, in every state.
pub async fn expired_invitations_are_removed(subject: &Subject) {
    let [before, at, after] = edges();
    let expiring = |number, state, expires_at| Invitation { state, expires_at, ..invitation(number, EMAIL) };
    let invitations = [
        expiring(1, InvitationState::Pending, before),
        expiring(2, InvitationState::Accepted, before),
        expiring(3, InvitationState::Revoked, before),
        expiring(4, InvitationState::Pending, at),
        expiring(5, InvitationState::Void, after),
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for invitation in &invitations {
            unit.insert_invitation(invitation).await.unwrap();
        }
        takes_three(unit, Purge::Invitations(THEN)).await;
        for (number, invitation) in (1..).zip(&invitations) {
            let found = unit.find_invitation(invitation_id(number)).await.unwrap();
            assert_eq!(found.as_ref(), (number > 3).then_some(invitation));
        }
    })
    .await;
}

/// Outbox entries that were settled before the given time are removed; queued ones stay, however old.
pub async fn settled_entries_are_removed(subject: &Subject) {
    let [before, at, after] = edges();
    let settled =
        |number, state, at| OutboxEntry { state, settled_at: Some(at), ..entry(number, number, THEN - MINUTE) };
    let entries = [
        settled(1, OutboxState::HandedOver, before),
        settled(2, OutboxState::Dropped, before),
        settled(3, OutboxState::Dead, before),
        settled(4, OutboxState::HandedOver, at),
        settled(5, OutboxState::Dead, after),
        entry(6, 6, THEN - MINUTE * 1_000),
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in &entries {
            unit.enqueue(entry).await.unwrap();
        }
        takes_three(unit, Purge::OutboxEntries(THEN)).await;
        for (number, entry) in (1..).zip(&entries) {
            let found = unit.find_entry(outbox_id(number)).await.unwrap();
            assert_eq!(found.as_ref(), (number > 3).then_some(entry));
        }
    })
    .await;
}

/// Queued entries that would wait too long become due, and those that were never claimed and were created in the future;
/// the others stay as they are.
pub async fn entries_of_a_fast_clock_become_due(subject: &Subject) {
    let (created_after, latest) = (THEN + MINUTE, THEN + MINUTE * 31);
    let made = |number, due_at, attempts, created_at| OutboxEntry {
        attempts,
        due_at,
        created_at,
        ..entry(number, number, THEN - MINUTE)
    };
    let future = created_after + MICROSECOND;
    let leased = |entry: OutboxEntry, until| OutboxEntry { leased_until: Some(until), fence: 7, ..entry };
    let settled = |entry: OutboxEntry, state| OutboxEntry { state, settled_at: Some(THEN), ..entry };
    let entries = [
        made(1, latest + MICROSECOND, 3, THEN),
        made(2, THEN + MICROSECOND, 0, future),
        leased(made(3, THEN, 2, future), latest + MICROSECOND),
        made(4, latest, 3, future),
        made(5, latest, 0, created_after),
        made(6, THEN, 0, future),
        leased(made(7, THEN, 1, future), latest),
        settled(made(8, latest + MICROSECOND, 0, future), OutboxState::Dead),
        settled(made(9, latest + MICROSECOND, 0, future), OutboxState::HandedOver),
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for entry in &entries {
            unit.enqueue(entry).await.unwrap();
        }
        takes_three(unit, Purge::FutureOutboxEntries { now: THEN, created_after, latest }).await;
        for (number, entry) in (1..).zip(entries.clone()) {
            let due = OutboxEntry { due_at: THEN, leased_until: None, ..entry.clone() };
            let expected = if number <= 3 { due } else { entry };
            assert_eq!(unit.find_entry(outbox_id(number)).await.unwrap(), Some(expected));
        }
        let claimed = unit.claim(&Queue::Mail, THEN, THEN + MINUTE, 10).await.unwrap();
        assert_eq!(claimed.len(), 4, "the three, and the one that was due");
    })
    .await;
}

/// Writes entries of the audit trail at those moments.
async fn audit(unit: &mut dyn UnitOfWork, moments: &[Timestamp]) -> Vec<AuditEntry> {
    let entries = (1..).zip(moments).map(|(number, at)| audit_entry(number, AuditEvent::SignedIn, *at));
    let entries: Vec<AuditEntry> = entries.collect();
    for entry in &entries {
        unit.insert_audit_entry(entry).await.unwrap();
    }
    entries
}

/// The audit trail, oldest id first.
async fn trail(unit: &mut dyn UnitOfWork) -> Vec<AuditEntry> {
    let mut listed = unit.list_audit_entries(&AuditFilter::default(), None, 100).await.unwrap();
    listed.reverse();
    listed
}

/// Audit entries from before the given time are removed.
pub async fn old_audit_entries_are_removed(subject: &Subject) {
    let [before, at, after] = edges();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let entries = audit(unit, &[before, before - MINUTE, before, at, after]).await;
        takes_three(unit, Purge::AuditEntries(THEN)).await;
        assert_eq!(trail(unit).await, entries[3..]);
    })
    .await;
}

/// Client addresses of registrations from before the given time are wiped, in every state, and nothing else of them.
pub async fn client_addresses_of_old_registrations_are_wiped(subject: &Subject) {
    let [before, at, after] = edges();
    let made = |number, created_at| Registration { created_at, ..registration(number, EMAIL) };
    let wiped = |registration: Registration| Registration {
        origin: RegistrationOrigin { client_address: None, ..registration.origin },
        ..registration
    };
    let void = |number| Registration { state: RegistrationState::Void, ..made(number, before) };
    let spared = [made(4, at), made(5, after), wiped(made(6, before))];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        register(unit, &[made(1, before), made(2, before - MINUTE), void(3)]).await;
        register(unit, &spared).await;
        takes_three(unit, Purge::RegistrationClientAddresses(THEN)).await;
        are_registered(unit, &[wiped(made(1, before)), wiped(made(2, before - MINUTE)), wiped(void(3))]).await;
        are_registered(unit, &spared).await;
    })
    .await;
}

/// Client addresses of audit entries from before the given time are wiped, and nothing else of them.
pub async fn client_addresses_of_old_audit_entries_are_wiped(subject: &Subject) {
    let [before, at, after] = edges();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let mut expected = audit(unit, &[before, before - MINUTE, before, at, after]).await;
        takes_three(unit, Purge::AuditClientAddresses(THEN)).await;
        for entry in &mut expected[..3] {
            entry.client_address = None;
        }
        assert_eq!(trail(unit).await, expected);
    })
    .await;
}

/// Client addresses of sessions from before the given time are wiped, and nothing else of them.
pub async fn client_addresses_of_old_sessions_are_wiped(subject: &Subject) {
    let [before, at, after] = edges();
    let opened = |number, created_at| Session { created_at, ..session(number, 1) };
    let wiped = |session| Session { client_address: None, ..session };
    let spared = [opened(4, at), opened(5, after), wiped(opened(6, before))];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        open(unit, &[opened(1, before), opened(2, before - MINUTE), opened(3, before)]).await;
        for session in &spared {
            unit.insert_session(session).await.unwrap();
        }
        takes_three(unit, Purge::SessionClientAddresses(THEN)).await;
        let expected = [opened(1, before), opened(2, before - MINUTE), opened(3, before)].map(wiped);
        are_open(unit, &expected).await;
        are_open(unit, &spared).await;
    })
    .await;
}

/// Parallel purges remove every row once.
pub async fn parallel_purges_remove_every_row_once(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in 1..=60 {
            let expired = OneTimeToken { expires_at: THEN - MICROSECOND, ..token(number, 1, EMAIL) };
            unit.insert_token(&expired).await.unwrap();
        }
    })
    .await;
    let what = Purge::OneTimeTokens(THEN);
    let removed = in_parallel(10, |_| {
        let store = std::sync::Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let removed = unit.purge(what, 5).await.unwrap();
            unit.commit().await.unwrap();
            removed
        }
    });
    let removed: u64 = removed.await.into_iter().sum();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.count_purgeable(what).await.unwrap() + removed, 60);
        assert_eq!(unit.purge(what, 60).await.unwrap() + removed, 60);
    })
    .await;
}
