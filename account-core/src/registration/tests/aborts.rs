//! A unit of work that the store gives up for another one is done again, whichever step it is given up at.

use super::faulty_store::{FaultyStore, faulty_world};
use super::*;

/// Conflicts in a row that are survived.
const SURVIVED: usize = 4;

/// Does something in worlds where a unit of work is given up at the first step, at the second, and so on, until there
/// is no such step. What is done has to succeed all the same.
async fn at_every_step<P, D>(prepare: P, act: impl AsyncFn(&World, &D))
where
    P: AsyncFn(&World) -> D,
{
    for conflicts in [1, SURVIVED] {
        for step in 1.. {
            let (world, store) = faulty_world(false);
            let prepared = prepare(&world).await;
            store.aborted_from(step, conflicts);
            act(&world, &prepared).await;
            if !store.has_conflicted() {
                assert!(step > 1, "there are units of work that write");
                break;
            }
        }
    }
}

#[tokio::test]
async fn an_aborted_registration_is_retried_and_written_once() {
    at_every_step(
        async |_| (),
        async |world, ()| {
            let accepted = world.register(EMAIL).await;
            assert_eq!(world.store.registrations().len(), 1);
            assert_eq!(world.store.registrations()[0].id, accepted.registration);
            assert_eq!(world.store.outbox().len(), 1);
        },
    )
    .await;
}

#[tokio::test]
async fn an_aborted_completion_is_retried_and_creates_one_account_and_session() {
    at_every_step(
        async |world| world.attempt(EMAIL, PASSWORD).await,
        async |world, attempt| {
            let verified = world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
            assert_eq!(world.store.accounts(), [verified.account]);
            assert_eq!(world.store.sessions().len(), 1);
        },
    )
    .await;
}

#[tokio::test]
async fn an_aborted_code_check_counts_one_try() {
    at_every_step(
        async |world| world.attempt(EMAIL, PASSWORD).await,
        async |world, attempt| {
            let refused = world.enter_code(&attempt.accepted, &another(&attempt.code)).await;
            assert_eq!(why(refused), "WrongProof(Code)");
            assert_eq!(world.store.registrations()[0].code_tries, 1);
        },
    )
    .await;
}

#[tokio::test]
async fn an_aborted_delivery_sends_one_mail() {
    at_every_step(
        async |world| {
            let attempt = world.attempt(EMAIL, PASSWORD).await;
            world.resend_by_continuation(&attempt.accepted).await.unwrap();
        },
        async |world, ()| {
            world.delivery.run_until_idle().await.unwrap();
            assert_eq!(world.mailer.take().len(), 1);
        },
    )
    .await;
}

#[tokio::test]
async fn endless_conflicts_are_reported_as_a_busy_store() {
    let (world, store): (World, FaultyStore) = faulty_world(false);
    store.aborted_from(1, usize::MAX);
    let outcome = world.try_register(draft(EMAIL, PASSWORD), Client::default()).await;
    assert!(why(outcome).starts_with("Failed(Unavailable(Store("));
    assert!(world.store.registrations().is_empty());
}
