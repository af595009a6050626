//! A clock that was fast, and was set back.

use super::renewing::RENEWABLE;
use super::throttling::{HERE, verdicts};
use super::*;
use crate::service::Failure;

#[tokio::test]
async fn a_clock_that_was_fast_makes_nobody_wait() {
    let world = World::new();
    world.account(EMAIL).await;
    world.clock.advance(2 * HOUR);
    assert_eq!(verdicts(&world, &[EMAIL]).await, 10);
    world.clock.set(world.clock.now() - 2 * HOUR);
    assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
    assert_eq!(verdicts(&world, &[EMAIL]).await, 10, "guesses count as ever");
    // A refusal says how long to wait by the clock as it is now.
    let Err(SignInError::Failed(Failure::Limited(limited))) = world.sign_in_from(HERE, EMAIL, PASSWORD).await else {
        panic!("it is over the limit")
    };
    assert_eq!(limited.retry_after, 15 * MINUTE);
}

#[tokio::test]
async fn after_a_clock_that_was_fast_the_idle_limit_holds_from_the_next_use_on() {
    let world = World::new();
    let account = Account { role: Role::Admin, ..world.draft_account(EMAIL, PASSWORD).await };
    world.insert(account).await;
    world.clock.advance(2 * HOUR);
    let (before, token) = world.signed_in(EMAIL).await;
    assert!(before.is_fresh(world.clock.now()));
    world.clock.set(world.clock.now() - 2 * HOUR);
    let now = world.clock.now();
    let caller = world.check(&token).await.unwrap();
    assert_eq!(caller.session.last_used_at, now);
    assert_eq!(world.store.sessions()[0].last_used_at, now);
    assert!(!caller.is_fresh(now), "when a credential was presented is not known");
    world.clock.advance((15 * MINUTE).checked_sub(MICROSECOND).unwrap());
    assert!(world.check(&token).await.is_some());
    world.clock.advance(15 * MINUTE);
    assert_eq!(world.check(&token).await, None);
}

#[tokio::test]
async fn a_clock_set_back_does_not_make_a_used_token_tolerated_for_longer() {
    for (back, is_ended) in [(10 * SECOND, false), (HOUR, true)] {
        let world = World::new();
        world.account(EMAIL).await;
        let opened = world.open(EMAIL, RENEWABLE).await;
        world.clock.advance(2 * HOUR);
        let renewed = world.renew(&opened).await.unwrap();
        world.clock.set(world.clock.now() - back);
        assert_eq!(why(world.renew(&opened).await), "WrongToken");
        assert_eq!(world.check(&renewed.token).await.is_none(), is_ended, "{back:?}");
    }
}
