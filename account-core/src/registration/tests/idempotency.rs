//! Idempotency keys: a registration that is sent again gets its first answer.

use async_trait::async_trait;
use tokio::task::JoinSet;

use super::refusals::Veto;
use super::*;
use crate::client::WideNetwork;
use crate::idempotency::{ABANDONED_AFTER, IdempotencyKey, RETENTION};
use crate::password::PasswordHash;
use crate::ports::{HashingError, HashingSlot, Overloaded};

const KEY: &str = "6f7d6a0e-key-of-a-client";

/// Registers under the key; the body is the address and the password.
async fn send(world: &World, key: &str, email: &str, password: &str) -> Result<Accepted, RegisterError> {
    let body = format!("{email} {password}");
    let rules = RegistrationRules::native("native");
    let idempotency_key = Some(IdempotencyKey::parse(key, "/registrations", body.as_bytes()).unwrap());
    let request = RegisterRequest {
        draft: draft(email, password),
        rules: &rules,
        context: client("192.0.2.7").into(),
        idempotency_key,
    };
    world.service.register(request).await
}

#[tokio::test]
async fn the_same_request_gets_the_same_answer_and_registers_once() {
    let world = World::with(|_, settings| settings.limits.registrations = Rate::new(1, HOUR));
    let first = send(&world, KEY, EMAIL, PASSWORD).await.unwrap();
    world.clock.advance(HOUR / 2);
    for _ in 0..3 {
        assert_eq!(send(&world, KEY, EMAIL, PASSWORD).await.unwrap(), first, "and it costs no quota");
    }
    assert_eq!((world.store.registrations().len(), world.store.outbox().len()), (1, 1));
    let mail = world.mail().await;
    assert!(world.redeem(&token_in(&mail), continuation(&first)).await.is_ok());
    assert_eq!(send(&world, KEY, EMAIL, PASSWORD).await.unwrap(), first, "whatever has become of it");
}

#[tokio::test]
async fn a_key_stands_for_one_body() {
    let world = World::new();
    send(&world, KEY, EMAIL, PASSWORD).await.unwrap();
    assert_eq!(why(send(&world, KEY, EMAIL, NEW_PASSWORD).await), "IdempotencyMismatch");
    assert_eq!(why(send(&world, KEY, "jane@acme.com", PASSWORD).await), "IdempotencyMismatch");
    assert_eq!(world.store.registrations().len(), 1);
    assert!(send(&world, "another-key-of-a-client", EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_key_stands_for_one_body_even_if_the_other_body_is_wrong() {
    let world = World::new();
    send(&world, KEY, EMAIL, PASSWORD).await.unwrap();
    assert_eq!(why(send(&world, KEY, EMAIL, "short").await), "IdempotencyMismatch");
}

#[tokio::test]
async fn the_first_answer_stands_even_if_the_rules_have_changed_since() {
    let world = World::with(|ports, _| ports.guards.push(Veto::after(1)));
    let first = send(&world, KEY, EMAIL, PASSWORD).await.unwrap();
    assert_eq!(send(&world, KEY, EMAIL, PASSWORD).await.unwrap(), first);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_parallel_requests_one_runs() {
    let world = Arc::new(World::without_limits());
    let mut requests = JoinSet::new();
    for _ in 0..20 {
        let world = Arc::clone(&world);
        requests.spawn(async move { send(&world, KEY, EMAIL, PASSWORD).await });
    }
    let mut answers = Vec::new();
    for outcome in requests.join_all().await {
        match outcome {
            Ok(accepted) => answers.push(accepted),
            Err(error) => assert!(matches!(error, RegisterError::IdempotencyInProgress), "{error:?}"),
        }
    }
    assert!(!answers.is_empty() && answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(world.store.registrations().len(), 1);
    assert_eq!(send(&world, KEY, EMAIL, PASSWORD).await.unwrap(), answers[0]);
}

#[tokio::test]
async fn a_lost_request_can_be_repeated_after_a_minute() {
    let mut world = World::new();
    let working = std::mem::replace(&mut Arc::make_mut(&mut world.service.ports).password_hasher, Arc::new(Stuck));
    // Cancelled while it waits for its hash: the key is taken, nothing is registered.
    tokio::select! {
        biased;
        _ = send(&world, KEY, EMAIL, PASSWORD) => panic!("the hasher is stuck"),
        () = std::future::ready(()) => {}
    }
    Arc::make_mut(&mut world.service.ports).password_hasher = working;
    assert_eq!((world.store.idempotency_records().len(), world.store.registrations().len()), (1, 0));
    assert_eq!(why(send(&world, KEY, EMAIL, PASSWORD).await), "IdempotencyInProgress");
    assert_eq!(why(send(&world, KEY, EMAIL, NEW_PASSWORD).await), "IdempotencyMismatch");
    world.clock.advance(ABANDONED_AFTER - MICROSECOND);
    assert_eq!(why(send(&world, KEY, EMAIL, PASSWORD).await), "IdempotencyInProgress");
    world.clock.advance(MICROSECOND);
    let answer = send(&world, KEY, EMAIL, PASSWORD).await.unwrap();
    assert_eq!(send(&world, KEY, EMAIL, PASSWORD).await.unwrap(), answer);
    assert_eq!(world.store.registrations().len(), 1);
}

/// A hasher, and a place in its queue, that never comes to an end.
struct Stuck;

impl PasswordHasher for Stuck {
    fn admit(&self, _urgency: Urgency, _network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded> {
        Ok(Box::new(Self))
    }

    fn is_current(&self, _hash: &PasswordHash) -> bool {
        true
    }
}

#[async_trait]
impl HashingSlot for Stuck {
    async fn hash(self: Box<Self>, _password: Password, _salt: [u8; 16]) -> Result<PasswordHash, HashingError> {
        std::future::pending().await
    }

    async fn verify(self: Box<Self>, _password: Password, _hash: Option<PasswordHash>) -> Result<bool, HashingError> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let world = World::new();
    let first = send(&world, KEY, EMAIL, PASSWORD).await.unwrap();
    world.clock.advance(RETENTION - MICROSECOND);
    assert_eq!(send(&world, KEY, EMAIL, PASSWORD).await.unwrap(), first);
    world.clock.advance(MICROSECOND);
    assert_ne!(send(&world, KEY, EMAIL, PASSWORD).await.unwrap(), first);
    assert_eq!(world.store.idempotency_records().len(), 1);
}

#[tokio::test]
async fn a_refused_request_does_not_use_up_its_key() {
    let world = World::with(|_, settings| settings.limits.registrations = Rate::new(2, HOUR));
    world.take_user_name("john").await;
    let rules = RegistrationRules::native("native");
    let request = || RegisterRequest {
        draft: RegistrationDraft { user_name: "john".into(), ..draft(EMAIL, PASSWORD) },
        rules: &rules,
        context: client("192.0.2.7").into(),
        idempotency_key: Some(IdempotencyKey::parse(KEY, "/registrations", b"john").unwrap()),
    };
    for _ in 0..2 {
        let refused = why(world.service.register(request()).await);
        assert!(refused.contains("field: UserName, rule: Taken"), "{refused}");
        assert_eq!(world.store.idempotency_records(), []);
    }
    let refused = why(world.service.register(request()).await);
    assert!(refused.starts_with("Failed(Limited("), "{refused}");
    assert_eq!(world.store.idempotency_records(), []);
    world.clock.advance(HOUR);
    assert!(send(&world, KEY, "jane@acme.com", PASSWORD).await.is_ok(), "another body, since the first did not count");
}

#[tokio::test]
async fn key_and_answer_are_not_stored_in_plain_text() {
    let world = World::new();
    let answer = send(&world, KEY, EMAIL, PASSWORD).await.unwrap();
    let [record] = <[_; 1]>::try_from(world.store.idempotency_records()).unwrap();
    let sealed = record.answer.clone().unwrap();
    let kept = [record.key.as_bytes(), record.fingerprint.as_bytes(), sealed.as_slice()].concat();
    let id = answer.registration.as_uuid();
    for secret in [answer.continuation.bytes().as_slice(), id.as_bytes(), KEY.as_bytes(), EMAIL.as_bytes()] {
        assert!(!kept.windows(secret.len()).any(|window| window == secret));
    }
    let printed = format!("{record:?}");
    assert!(!printed.contains(KEY) && !printed.contains(answer.continuation.expose().as_str()));
}
