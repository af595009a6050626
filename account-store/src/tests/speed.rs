//! The cost of a registration for the store. Prints a figure, and asserts nothing about time.

use std::time::{Duration, Instant};

use account_core::email_address::EmailAddress;
use account_core::id::{OutboxId, RegistrationId};
use account_core::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use account_core::outbox::{Intent, OutboxEntry};
use account_core::password::PasswordHash;
use account_core::ports::{Charge, Rate, RateLimiter, Store};
use account_core::profile::{Choices, RegistrationOrigin};
use account_core::registration::{Registration, RegistrationState};
use account_core::timestamp::Timestamp;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::connect;
use crate::DatabaseStore;
use crate::testing::{Engine, ThrowawayDatabase};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cost_of_counting_two_limits_is_printed() {
    for engine in Engine::ALL {
        let database = ThrowawayDatabase::new(engine).await;
        let store = connect(database.url()).await;
        count(&store, engine).await;
    }
}

async fn count(store: &DatabaseStore, engine: Engine) {
    let started = Instant::now();
    for round in 0..200 {
        let charge = |limit, key: String| Charge::new(limit, key, Rate::new(1_000, Duration::from_hours(1)));
        let charges = [charge("registrations", "203.0.113.7".to_owned()), charge("mails", format!("{round}@acme.com"))];
        store.count(&charges, Timestamp::from_unix_micros(round)).await.unwrap();
    }
    println!("count of two limits, {engine:?}: {:?}", started.elapsed() / 200);
}

/// The rows of one registration: the registration, its token, its intent.
async fn register(store: &DatabaseStore, number: u128) {
    let now = Timestamp::from_unix_micros(1_767_225_600_000_000);
    let address = EmailAddress::parse(&format!("person-{number}@acme.com")).unwrap();
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&number.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes());
    let digest = TokenDigest::from_bytes(bytes);
    let id = RegistrationId::from_uuid(Uuid::from_u128(number));
    let registration = Registration {
        id,
        address: address.clone(),
        password_hash: Some(PasswordHash::from_phc("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned())),
        choices: Choices::default(),
        origin: RegistrationOrigin { channel: "native".to_owned(), client_address: None },
        continuation: digest,
        state: RegistrationState::Pending,
        generation: 1,
        code: digest,
        key_id: "key".to_owned(),
        code_tries: 0,
        created_at: now,
        expires_at: now,
        shown_until: now,
        completed_by: None,
        corrections: 0,
    };
    let token = OneTimeToken {
        digest,
        purpose: Purpose::EmailVerification,
        subject: id.as_uuid(),
        address: address.clone(),
        generation: 1,
        key_id: "key".to_owned(),
        epoch: None,
        session: None,
        expires_at: now,
        state: TokenState::Live,
        used_at: None,
    };
    let intent = Intent::Registration { registration: id, address, generation: 1 };
    let mut unit = store.begin().await.unwrap();
    unit.insert_registration(&registration).await.unwrap();
    unit.insert_token(&token).await.unwrap();
    unit.enqueue(&OutboxEntry::new(OutboxId::from_uuid(Uuid::from_u128(number)), intent, now)).await.unwrap();
    unit.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cost_of_writing_a_registration_is_printed() {
    for engine in Engine::ALL {
        let database = ThrowawayDatabase::new(engine).await;
        let store = connect(database.url()).await;
        register_many(&store, engine).await;
    }
}

async fn register_many(store: &DatabaseStore, engine: Engine) {
    let started = Instant::now();
    for number in 0..200 {
        register(store, number).await;
    }
    println!("a registration, one after the other, {engine:?}: {:?}", started.elapsed() / 200);
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for number in 200..1_200 {
        let store = store.clone();
        tasks.spawn(async move { register(&store, number).await });
    }
    tasks.join_all().await;
    println!("a registration, a thousand at once, {engine:?}: {:?}", started.elapsed() / 1_000);
}
