//! Giving the password again.

use super::*;
use crate::audit::AuditEvent;
use crate::service::Failure;
use crate::violation::{Field, Rule, Violation};

async fn reauthenticate(
    world: &World,
    caller: &SignedIn,
    password: impl Into<Input>,
) -> Result<OpenedSession, ReauthenticateError> {
    let context = CallContext::from(client("192.0.2.7"));
    world.service.reauthenticate(caller, password.into(), &context).await
}

#[tokio::test]
async fn the_session_keeps_its_id_and_gets_a_new_token() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (before, old) = world.signed_in(EMAIL).await;
    world.clock.advance(HOUR);
    assert!(!before.is_fresh(world.clock.now()));
    let opened = reauthenticate(&world, &before, PASSWORD).await.unwrap();
    assert_eq!(world.check(&old).await, None);
    let after = world.check(&opened.token).await.unwrap();
    assert_eq!(after.session.id, opened.id);
    assert_eq!(after.session.id, before.session.id);
    assert_ne!(opened.token, old);
    assert!(after.is_fresh(world.clock.now()));
    assert_eq!((after.session.expires_at, opened.expires_at), (before.session.expires_at, before.session.expires_at));
    assert_eq!(after.session.created_at, before.session.created_at);
    assert_eq!(world.store.sessions().len(), 1);
    let entry = world.store.audit().pop().unwrap();
    assert_eq!((entry.event, entry.account), (AuditEvent::Reauthenticated, Some(account.id)));
    world.clock.advance(FRESH.checked_sub(MICROSECOND).unwrap());
    assert!(after.is_fresh(world.clock.now()));
    world.clock.advance(MICROSECOND);
    assert!(!after.is_fresh(world.clock.now()));
}

#[tokio::test]
async fn a_wrong_password_changes_nothing() {
    let world = World::new();
    world.account(EMAIL).await;
    let (caller, token) = world.signed_in(EMAIL).await;
    world.take_hashes();
    let long = "x".repeat(257);
    for wrong in [WRONG, &long] {
        assert_eq!(why(reauthenticate(&world, &caller, wrong).await), "WrongPassword");
        assert_eq!(world.take_hashes(), (0, 1));
    }
    for (missing, rule) in [(Input::Absent, Rule::Required), (Input::Mistyped, Rule::MustBeText)] {
        let Err(ReauthenticateError::Invalid(violations)) = reauthenticate(&world, &caller, missing).await else {
            panic!()
        };
        assert_eq!(violations, Violation::new(Field::Password, rule).into());
    }
    assert_eq!(world.check(&token).await, Some(caller));
}

#[tokio::test]
async fn tries_in_a_session_are_limited_and_nobody_without_it_can_use_them_up() {
    let world = World::new();
    world.account(EMAIL).await;
    let (caller, _) = world.signed_in(EMAIL).await;
    for _ in 0..10 {
        assert_eq!(why(world.sign_in_from("192.0.2.7", EMAIL, WRONG).await), "WrongCredentials");
    }
    assert!(is_limited(&world.sign_in_from("192.0.2.7", EMAIL, PASSWORD).await));
    for _ in 0..10 {
        assert_eq!(why(reauthenticate(&world, &caller, WRONG).await), "WrongPassword");
    }
    assert!(matches!(
        reauthenticate(&world, &caller, PASSWORD).await,
        Err(ReauthenticateError::Failed(Failure::Limited(_)))
    ));
    world.clock.advance(15 * MINUTE);
    for _ in 0..9 {
        assert_eq!(why(reauthenticate(&world, &caller, WRONG).await), "WrongPassword");
    }
    assert!(reauthenticate(&world, &caller, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_session_that_ended_in_the_meantime_stays_ended() {
    let world = World::new();
    let id = world.account(EMAIL).await.id;
    let (caller, _) = world.signed_in(EMAIL).await;
    let other = world.clone();
    world.meanwhile(async move {
        let mut unit = other.begin().await;
        assert_eq!(unit.delete_sessions_of_account(id, None).await.unwrap(), 1);
        unit.commit().await.unwrap();
    });
    assert!(matches!(
        reauthenticate(&world, &caller, PASSWORD).await,
        Err(ReauthenticateError::Failed(Failure::Unavailable(_)))
    ));
    assert!(world.store.sessions().is_empty());
}

#[tokio::test]
async fn a_credential_changed_in_the_meantime_is_wrong() {
    let world = World::new();
    let id = world.account(EMAIL).await.id;
    let (caller, token) = world.signed_in(EMAIL).await;
    let other = world.clone();
    world.meanwhile(async move { other.change_account(id, |account| account.credential_epoch += 1).await });
    assert_eq!(why(reauthenticate(&world, &caller, PASSWORD).await), "WrongPassword");
    assert!(world.check(&token).await.is_some());
}

#[tokio::test]
async fn a_full_queue_is_reported_at_once() {
    let world = World::new();
    world.account(EMAIL).await;
    let (caller, _) = world.signed_in(EMAIL).await;
    world.hasher.places.store(0, Ordering::SeqCst);
    assert_eq!(
        why(reauthenticate(&world, &caller, PASSWORD).await),
        "Failed(Overloaded(Overloaded { retry_after: 1s }))"
    );
}
