//! Whatever fails, at whichever step: nothing is half-done, and trying again works.

use std::collections::BTreeSet;

use async_trait::async_trait;
use mockall::mock;

use super::faulty_store::faulty_world;
use super::*;
use crate::client::WideNetwork;
use crate::idempotency::IdempotencyKey;
use crate::password::PasswordHash;
use crate::ports::{Charge, HashingError, HashingSlot, Overloaded, RateLimiter, StoreError, Verdict};
use crate::registration::RegistrationState;

mock! {
    Hasher {}
    impl PasswordHasher for Hasher {
        fn admit(&self, urgency: Urgency, network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded>;
        fn is_current(&self, hash: &PasswordHash) -> bool;
    }
}

mock! {
    Slot {}
    #[async_trait]
    impl HashingSlot for Slot {
        async fn hash(self: Box<Self>, password: Password, salt: [u8; 16]) -> Result<PasswordHash, HashingError>;
        async fn verify(self: Box<Self>, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashingError>;
    }
}

mock! {
    Limiter {}
    #[async_trait]
    impl RateLimiter for Limiter {
        async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError>;
        async fn take_back(
            &self,
            events: &BTreeSet<String>,
            counted_at: Timestamp,
            forgotten: &BTreeSet<String>,
        ) -> Result<(), StoreError>;
        async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError>;
    }
}

const KEY: &str = "6f7d6a0e-key-of-a-client";

async fn register_under_key(world: &World) -> Result<Accepted, RegisterError> {
    let rules = RegistrationRules::native("native");
    let idempotency_key = Some(IdempotencyKey::parse(KEY, "/registrations", b"body").unwrap());
    let wanting = RegistrationDraft { user_name: "john".into(), ..draft(EMAIL, PASSWORD) };
    let request =
        RegisterRequest { draft: wanting, rules: &rules, context: client("192.0.2.7").into(), idempotency_key };
    world.service.register(request).await
}

fn is_unavailable(printed: &str) -> bool {
    printed.starts_with("Failed(Unavailable(Store(")
}

#[tokio::test]
async fn a_store_failure_while_registering_writes_nothing_and_frees_the_key() {
    let mut step = 0;
    loop {
        step += 1;
        let (world, store) = faulty_world(false);
        store.fail_at(step);
        let outcome = register_under_key(&world).await;
        if !store.has_failed() {
            assert!(outcome.is_ok());
            break;
        }
        let refused = why(outcome);
        assert!(is_unavailable(&refused), "step {step}: {refused}");
        assert_eq!(world.store.row_counts().values().sum::<usize>(), 0, "step {step}");
        assert_eq!(world.hasher.places_taken(), 0);
        let accepted = register_under_key(&world).await.unwrap();
        assert_eq!(register_under_key(&world).await.unwrap(), accepted);
        assert_eq!(world.store.registrations().len(), 1);
        let mail = world.mail().await;
        assert!(world.redeem(&token_in(&mail), continuation(&accepted)).await.is_ok());
    }
    assert!(step > 12, "{step}");
}

#[tokio::test]
async fn a_commit_with_a_lost_answer_is_answered_on_retry() {
    for step in 1.. {
        let (world, store) = faulty_world(true);
        store.fail_at(step);
        let outcome = register_under_key(&world).await;
        if !store.has_failed() {
            break;
        }
        assert!(is_unavailable(&why(outcome)));
        world.clock.advance(MINUTE);
        let accepted = register_under_key(&world).await.unwrap();
        assert_eq!(world.store.registrations().len(), 1, "step {step}");
        assert_eq!(world.store.registrations()[0].id, accepted.registration);
        assert_eq!(world.mails().await.len(), 1);
    }
}

#[tokio::test]
async fn a_store_failure_while_verifying_does_not_spend_the_token() {
    for way in ["continuation", "password", "new password", "code"] {
        for step in 1.. {
            let (world, store) = faulty_world(false);
            let attempt = world.attempt(EMAIL, PASSWORD).await;
            let stranger = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
            let complete = async || match way {
                "continuation" => world.redeem(&attempt.token, continuation(&attempt.accepted)).await,
                "password" => world.redeem(&attempt.token, password(PASSWORD)).await,
                "new password" => world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await,
                _ => world.enter_code(&attempt.accepted, &attempt.code).await,
            };
            let before = (world.store.tokens(), world.store.row_counts());
            store.fail_at(step);
            let outcome = complete().await;
            if !store.has_failed() {
                assert!(outcome.is_ok());
                assert!(step > 8, "{way}: {step}");
                break;
            }
            let refused = why(outcome);
            assert!(is_unavailable(&refused), "{way}, step {step}: {refused}");
            assert_eq!((world.store.tokens(), world.store.row_counts()), before, "{way}, step {step}");
            let states: Vec<_> = world.store.registrations().iter().map(|stored| stored.state).collect();
            assert_eq!(states, [RegistrationState::Pending; 2]);
            complete().await.unwrap();
            assert_eq!(why(world.redeem(&stranger.token, Proof::default()).await), "Gone(AlreadyRegistered)");
        }
    }
}

#[tokio::test]
async fn a_store_failure_while_delivering_loses_no_mail() {
    for step in 1.. {
        let (world, store) = faulty_world(false);
        let attempt = world.attempt(EMAIL, PASSWORD).await;
        world.resend_by_continuation(&attempt.accepted).await.unwrap();
        store.fail_at(step);
        let outcome = world.delivery.run_until_idle().await;
        if !store.has_failed() {
            assert!(outcome.is_ok() && step > 8, "{step}");
            break;
        }
        world.clock.advance(MINUTE);
        world.delivery.run_until_idle().await.unwrap();
        let mails = world.mailer.take();
        assert!((1..=2).contains(&mails.len()), "step {step}: at most one duplicate");
        assert!(mails.iter().all(|mail| mail.id == mails[0].id && token_in(mail) == token_in(&mails[0])));
        assert!(world.redeem(&token_in(&mails[0]), continuation(&attempt.accepted)).await.is_ok());
    }
}

#[tokio::test]
async fn a_store_failure_while_requesting_a_mail_writes_nothing() {
    for step in 1.. {
        let (world, store) = faulty_world(false);
        let accepted = world.register(EMAIL).await;
        store.fail_at(step);
        let outcome = world.resend_by_continuation(&accepted).await;
        if !store.has_failed() {
            assert!(outcome.is_ok());
            break;
        }
        let refused = why(outcome);
        assert!(is_unavailable(&refused), "step {step}: {refused}");
        assert_eq!(world.store.outbox().len(), 1);
        world.resend_by_continuation(&accepted).await.unwrap();
    }
}

#[tokio::test]
async fn a_failing_hasher_frees_the_key_and_registers_nothing() {
    let mut hasher = MockHasher::new();
    hasher.expect_admit().returning(|_, _| {
        let mut slot = MockSlot::new();
        slot.expect_hash().returning(|_, _| Err(HashingError::Stopped));
        slot.expect_verify().returning(|_, _| Err(HashingError::UnknownHash));
        Ok(Box::new(slot))
    });
    let mut world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let before = world.store.row_counts();
    let working = std::mem::replace(&mut Arc::make_mut(&mut world.service.ports).password_hasher, Arc::new(hasher));
    assert_eq!(why(register_under_key(&world).await), "Failed(Unavailable(Hashing(Stopped)))");
    let refused = why(world.redeem(&attempt.token, password(PASSWORD)).await);
    assert_eq!(refused, "Failed(Unavailable(Hashing(UnknownHash)))");
    let refused = why(world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await);
    assert_eq!(refused, "Failed(Unavailable(Hashing(Stopped)))");
    assert_eq!(world.store.row_counts(), before);
    Arc::make_mut(&mut world.service.ports).password_hasher = working;
    assert!(register_under_key(&world).await.is_ok());
}

#[tokio::test]
async fn a_failing_limiter_refuses_requests_before_hashing() {
    let mut limiter = MockLimiter::new();
    limiter.expect_count().returning(|_, _| Err(StoreError::permanent("no such table")));
    let mut hasher = MockHasher::new();
    hasher.expect_admit().times(1).returning(|_, _| Ok(Box::new(MockSlot::new())));
    let world = World::with(|ports, _| {
        ports.rate_limiter = Arc::new(limiter);
        ports.password_hasher = Arc::new(hasher);
    });
    assert!(is_unavailable(&why(register_under_key(&world).await)));
    assert!(is_unavailable(&why(world.resend(EMAIL).await)));
    assert_eq!(world.store.row_counts().values().sum::<usize>(), 0);
}
