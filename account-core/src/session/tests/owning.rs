//! Listing and ending one's own sessions.

use super::*;
use crate::audit::AuditEvent;
use crate::outbox::{Intent, Notice};

fn context() -> CallContext {
    CallContext::by("native")
}

#[tokio::test]
async fn an_owner_sees_live_sessions_newest_first() {
    let world = World::new();
    world.account(EMAIL).await;
    world.account("jane@acme.com").await;
    world.signed_in("jane@acme.com").await;
    let lifetime = Some(Lifetime { idle: None, absolute: MINUTE, token: None });
    let short = world.service.sign_in(SignInRequest { lifetime, ..request(EMAIL, PASSWORD) }).await.unwrap().session;
    let mut expected = vec![short.id];
    for _ in 0..3 {
        world.clock.advance(SECOND);
        expected.insert(0, world.signed_in(EMAIL).await.0.session.id);
    }
    world.clock.advance(SECOND);
    let caller = world.signed_in(EMAIL).await.0;
    expected.insert(0, caller.session.id);
    let listed = async || -> Vec<SessionId> {
        world.service.own_sessions(&caller).await.unwrap().into_iter().map(|session| session.id).collect()
    };
    assert_eq!(listed().await, expected);
    world.clock.advance(MINUTE);
    assert_eq!(expected.pop(), Some(short.id));
    assert_eq!(listed().await, expected);
}

#[tokio::test]
async fn an_ended_session_is_refused() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (caller, own_token) = world.signed_in(EMAIL).await;
    let (other, other_token) = world.signed_in(EMAIL).await;
    assert!(world.service.end_session(&caller, other.session.id, &context()).await.unwrap());
    assert_eq!(world.check(&other_token).await, None);
    assert!(world.check(&own_token).await.is_some());
    assert!(!world.service.end_session(&caller, other.session.id, &context()).await.unwrap(), "it has ended");
    assert!(world.service.end_session(&caller, caller.session.id, &context()).await.unwrap());
    assert_eq!(world.check(&own_token).await, None);
    let ended = world.store.audit().into_iter().filter(|entry| entry.event == AuditEvent::SessionEnded);
    assert_eq!(ended.map(|entry| entry.account).collect::<Vec<_>>(), [Some(account.id); 2]);
}

#[tokio::test]
async fn another_accounts_session_cannot_be_ended() {
    let world = World::new();
    world.account(EMAIL).await;
    world.account("jane@acme.com").await;
    let (caller, _) = world.signed_in(EMAIL).await;
    let (victim, victims_token) = world.signed_in("jane@acme.com").await;
    assert!(!world.service.end_session(&caller, victim.session.id, &context()).await.unwrap());
    assert_eq!(world.service.end_other_sessions(&caller, &context()).await.unwrap(), 0);
    assert!(world.check(&victims_token).await.is_some());
    assert!(world.store.audit().iter().all(|entry| entry.event == AuditEvent::SignedIn));
}

#[tokio::test]
async fn all_other_sessions_are_ended_and_the_owner_is_notified() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (_, first) = world.signed_in(EMAIL).await;
    let (caller, own) = world.signed_in(EMAIL).await;
    let (_, last) = world.signed_in(EMAIL).await;
    assert_eq!(world.service.end_other_sessions(&caller, &context()).await.unwrap(), 2);
    assert!(world.check(&own).await.is_some());
    assert_eq!((world.check(&first).await, world.check(&last).await), (None, None));
    let [entry] = &world.store.outbox()[..] else { panic!() };
    let notice =
        Intent::Notice { account: account.id, address: account.address, notice: Notice::SessionsEnded, identity: None };
    assert_eq!(entry.intent, notice);
    assert_eq!(world.store.audit().iter().filter(|entry| entry.event == AuditEvent::SessionsEnded).count(), 1);
    assert_eq!(world.service.end_other_sessions(&caller, &context()).await.unwrap(), 0);
    assert_eq!(world.store.outbox().len(), 1, "nothing happened that would be worth a mail");
}

#[tokio::test]
async fn a_session_that_has_just_ended_ends_no_other() {
    let world = World::new();
    world.account(EMAIL).await;
    let (strangers, _) = world.signed_in(EMAIL).await;
    let (owners, owners_token) = world.signed_in(EMAIL).await;
    world.service.end_other_sessions(&owners, &context()).await.unwrap();
    assert_eq!(world.service.end_other_sessions(&strangers, &context()).await.unwrap(), 0);
    assert!(world.check(&owners_token).await.is_some());
}
