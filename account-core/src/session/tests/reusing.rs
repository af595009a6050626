//! A renewal token that is used again: by a thief, by the owner, or by two tabs at once.

use tokio::task::JoinSet;

use super::renewing::RENEWABLE;
use super::*;
use crate::audit::{Actor, AuditEvent};

#[tokio::test]
async fn a_reused_token_ends_the_session_for_thief_and_owner() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let elsewhere = world.open(EMAIL, RENEWABLE).await;
    let stolen = world.open(EMAIL, RENEWABLE).await;
    let thiefs = world.renew(&stolen).await.unwrap();
    world.clock.advance(MINUTE);
    assert_eq!(why(world.renew(&stolen).await), "WrongToken");
    for token in [&stolen.token, &thiefs.token] {
        assert_eq!(world.check(token).await, None);
    }
    assert_eq!(why(world.renew(&thiefs).await), "WrongToken");
    assert_eq!(why(world.renew(&stolen).await), "WrongToken");
    let [left] = &world.store.sessions()[..] else { panic!() };
    assert_eq!(left.id, elsewhere.id, "other sessions of the account go on");
    assert!(world.store.tokens().iter().all(|token| token.session == Some(elsewhere.id)));
    assert!(world.renew(&elsewhere).await.is_ok());
    let audit = world.store.audit();
    let reused: Vec<_> = audit.iter().filter(|entry| entry.event == AuditEvent::SessionRenewalReused).collect();
    let [entry] = reused[..] else { panic!() };
    assert_eq!(
        (entry.account, entry.actor, entry.detail.as_deref()),
        (Some(account.id), Actor::Service, Some("native"))
    );
}

#[tokio::test]
async fn an_old_reused_token_ends_the_session_too() {
    let world = World::new();
    world.account(EMAIL).await;
    let first = world.open(EMAIL, RENEWABLE).await;
    let mut newest = first.clone();
    for _ in 0..5 {
        world.clock.advance(24 * HOUR);
        newest = world.renew(&newest).await.unwrap();
    }
    assert_eq!(why(world.renew(&first).await), "WrongToken");
    assert_eq!((world.check(&newest.token).await, world.store.sessions().len()), (None, 0));
    assert_eq!(why(world.renew(&newest).await), "WrongToken");
    assert_eq!(world.count_of(AuditEvent::SessionRenewalReused), 1);
}

#[tokio::test]
async fn the_oldest_of_a_thousand_spent_tokens_still_ends_the_session() {
    let world = World::with(|_, settings| settings.limits.renewals = Rate::OFF);
    world.account(EMAIL).await;
    let mut handed_out = vec![world.open(EMAIL, RENEWABLE).await];
    let most = 1_000 + 100;
    for _ in 0..most {
        let renewed = world.renew(handed_out.last().unwrap()).await.unwrap();
        handed_out.push(renewed);
        assert!(world.store.tokens().len() <= most + 1);
    }
    assert_eq!(world.store.tokens().len(), 1_002, "of generations 100 to 1,101");
    assert_eq!(why(world.renew(&handed_out[98]).await), "WrongToken");
    assert_eq!(world.store.sessions().len(), 1, "it is forgotten");
    assert_eq!(why(world.renew(&handed_out[99]).await), "WrongToken");
    assert_eq!((world.store.sessions().len(), world.store.tokens().len()), (0, 0));
}

#[tokio::test]
async fn a_reused_token_of_an_ended_session_has_no_effect() {
    let world = World::new();
    world.account(EMAIL).await;
    let opened = world.open(EMAIL, Lifetime { absolute: HOUR, ..RENEWABLE }).await;
    world.renew(&opened).await.unwrap();
    world.clock.advance(HOUR);
    assert_eq!(why(world.renew(&opened).await), "WrongToken");
    assert_eq!(world.count_of(AuditEvent::SessionRenewalReused), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_parallel_renewals_with_one_token_one_succeeds_and_the_session_goes_on() {
    let world = World::with(|_, settings| settings.limits.renewals = Rate::OFF);
    world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        let (world, opened) = (world.clone(), opened.clone());
        tasks.spawn(async move { world.renew(&opened).await });
    }
    let outcomes = tasks.join_all().await;
    let winners: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
    let [winner] = winners[..] else { panic!("{outcomes:?}") };
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(_) | Err(RenewSessionError::WrongToken))));
    assert!(world.check(&winner.token).await.is_some());
    assert_eq!(world.count_of(AuditEvent::SessionRenewalReused), 0);
    assert!(world.renew(winner).await.is_ok());
}

#[tokio::test]
async fn a_used_token_is_only_refused_for_thirty_seconds() {
    let tolerated = Duration::from_secs(30);
    for (later, is_ended) in [
        (Duration::ZERO, false),
        (SECOND, false),
        (tolerated.checked_sub(MICROSECOND).unwrap(), false),
        (tolerated, true),
        (MINUTE, true),
    ] {
        let world = World::new();
        world.account(EMAIL).await;
        let opened = world.open(EMAIL, RENEWABLE).await;
        let renewed = world.renew(&opened).await.unwrap();
        world.clock.advance(later);
        // The new access token may be used meanwhile.
        assert!(world.check(&renewed.token).await.is_some());
        let outbox = world.store.outbox();
        assert_eq!(why(world.renew(&opened).await), "WrongToken");
        assert_eq!(world.store.outbox() != outbox, is_ended, "{later:?}: the owner is only notified of an end");
        assert_eq!(world.count_of(AuditEvent::SessionRenewalReused), usize::from(is_ended), "{later:?}");
        assert_eq!(world.count_of(AuditEvent::SessionRenewalRepeated), usize::from(!is_ended), "{later:?}");
        assert_eq!(world.check(&renewed.token).await.is_none(), is_ended, "{later:?}");
        assert_eq!(world.renew(&renewed).await.is_err(), is_ended, "{later:?}");
    }
}

#[tokio::test]
async fn a_used_token_whose_successor_was_used_ends_the_session_at_once() {
    let world = World::new();
    world.account(EMAIL).await;
    let first = world.open(EMAIL, RENEWABLE).await;
    let second = world.renew(&first).await.unwrap();
    let third = world.renew(&second).await.unwrap();
    assert_eq!(why(world.renew(&second).await), "WrongToken");
    assert!(world.check(&third.token).await.is_some(), "its successor was not used");
    assert_eq!(why(world.renew(&first).await), "WrongToken");
    assert_eq!((world.check(&third.token).await, world.store.sessions().len()), (None, 0));
    assert_eq!(why(world.renew(&third).await), "WrongToken");
    assert_eq!(world.count_of(AuditEvent::SessionRenewalReused), 1);
}

#[tokio::test]
async fn a_thief_who_comes_first_and_goes_on_is_found_out_by_the_owners_token() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let stolen = world.open(EMAIL, RENEWABLE).await;
    let thiefs = world.renew(&stolen).await.unwrap();
    assert_eq!(why(world.renew(&stolen).await), "WrongToken", "the owner, just now");
    let audit = world.store.audit();
    let repeated = audit.iter().find(|entry| entry.event == AuditEvent::SessionRenewalRepeated).unwrap();
    assert_eq!(
        (repeated.account, repeated.actor, repeated.detail.as_deref()),
        (Some(account.id), Actor::Service, Some("native"))
    );
    world.clock.advance(HOUR);
    let thiefs = world.renew(&thiefs).await.unwrap();
    assert_eq!(why(world.renew(&stolen).await), "WrongToken");
    assert_eq!((world.check(&thiefs.token).await, world.store.sessions().len()), (None, 0));
}

#[tokio::test]
async fn a_used_token_ends_a_session_in_which_a_credential_was_given_since() {
    let world = World::new();
    world.account(EMAIL).await;
    let first = world.open(EMAIL, RENEWABLE).await;
    let second = world.renew(&first).await.unwrap();
    let caller = world.check(&second.token).await.unwrap();
    let fresh = world.service.reauthenticate(&caller, PASSWORD.into(), &CallContext::by("native")).await.unwrap();
    assert_eq!(why(world.renew(&first).await), "WrongToken");
    assert_eq!(world.check(&fresh.token).await, None);
}
