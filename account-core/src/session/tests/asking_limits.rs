//! In which order a sign-in asks what is known of limits, the hashing queue and the limiter, and what the limiter is asked.

use super::throttling::{HERE, guess, verdicts};
use super::*;
use crate::ports::{Charge, Verdict};
use crate::registration::tests::faulty_store::FaultyStore;
use crate::service::Failure;
use crate::timestamp::Timestamp;

#[tokio::test]
async fn a_full_queue_costs_nobody_a_try() {
    let world = World::with(|_, settings| settings.limits.sign_ins_per_account = Rate::new(1, HOUR));
    world.account(EMAIL).await;
    world.hasher.places.store(0, Ordering::SeqCst);
    for _ in 0..3 {
        assert_eq!(
            why(world.sign_in_from(HERE, EMAIL, PASSWORD).await),
            "Failed(Overloaded(Overloaded { retry_after: 1s }))"
        );
    }
    world.hasher.places.store(usize::MAX, Ordering::SeqCst);
    assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn tries_count_as_requests_of_their_client_too() {
    let world = World::with(|_, settings| settings.limits.verifications = Rate::new(3, MINUTE));
    for number in 0..3 {
        assert!(guess(&world, &format!("john{number}@acme.com")).await);
    }
    let Err(SignInError::Failed(Failure::Limited(limited))) = world.sign_in_from(HERE, EMAIL, WRONG).await else {
        panic!()
    };
    assert_eq!(limited.limit, "verifications");
}

/// A rate limiter that forgets nothing, and checks what it is given.
struct Elephant(MemoryStore);

#[async_trait]
impl RateLimiter for Elephant {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        assert!(charges.iter().all(|charge| charge.key.len() <= 400), "{charges:?}");
        self.0.count(charges, now).await
    }

    async fn take_back(&self, _: &BTreeSet<String>, _: Timestamp, _: &BTreeSet<String>) -> Result<(), StoreError> {
        Err(StoreError::transient("it never forgets"))
    }

    async fn purge(&self, _: Timestamp, _: u32) -> Result<u64, StoreError> {
        Ok(0)
    }
}

#[tokio::test]
async fn a_counter_that_cannot_be_cleared_locks_nobody_out() {
    let world = World::with(|ports, _| ports.rate_limiter = Arc::new(Elephant(MemoryStore::new())));
    world.account(EMAIL).await;
    assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn keys_of_counters_have_a_bounded_length() {
    let world = World::with(|ports, _| ports.rate_limiter = Arc::new(Elephant(MemoryStore::new())));
    let local = "a".repeat(64);
    let longest = format!("{local}@{}.{}.{}.org", "b".repeat(63), "c".repeat(63), "d".repeat(57));
    let account = world.draft_account(&longest, PASSWORD).await;
    world.insert(Account { verified_at: None, credential_epoch: u32::MAX, ..account }).await;
    let network = "2001:db8:1111:2222:3333:4444:5555:6666";
    assert!(world.sign_in_from(network, &longest, PASSWORD).await.is_ok());
    let many = "\u{10400}".repeat(64);
    for identifier in [many.as_str(), &"x".repeat(60_000), &format!("{}@x.org", "x".repeat(60_000))] {
        assert_eq!(why(world.sign_in_from(network, identifier, PASSWORD).await), "WrongCredentials");
    }
}

#[tokio::test]
async fn a_known_limit_is_refused_before_a_place_and_without_the_limiter() {
    let asking = Arc::new(Counted { store: MemoryStore::new(), asked: AtomicUsize::new(0) });
    let world = World::with(|ports, settings| {
        ports.rate_limiter = Arc::clone(&asking) as _;
        settings.limits.sign_ins = Rate::new(1, HOUR);
    });
    world.account(EMAIL).await;
    let asked = || (world.hasher.admitted.load(Ordering::SeqCst), asking.asked.load(Ordering::SeqCst));
    assert!(guess(&world, EMAIL).await);
    assert!(!guess(&world, EMAIL).await);
    assert_eq!(asked(), (2, 2), "that it is limited is found out by asking");
    world.clock.advance(Duration::from_millis(500));
    for _ in 0..5 {
        let refused = world.sign_in_from(HERE, EMAIL, WRONG).await;
        let Err(SignInError::Failed(Failure::Limited(limited))) = refused else { panic!("{refused:?}") };
        assert_eq!((limited.limit, limited.retry_after), ("sign_ins", Duration::from_millis(3_599_500)));
    }
    // Also while there is no place: the truer answer of the two.
    world.hasher.places.store(0, Ordering::SeqCst);
    assert!(!guess(&world, EMAIL).await);
    assert_eq!(asked(), (2, 2));
}

#[tokio::test]
async fn a_full_queue_does_not_ask_the_limiter() {
    let asking = Arc::new(Counted { store: MemoryStore::new(), asked: AtomicUsize::new(0) });
    let world = World::with(|ports, _| ports.rate_limiter = Arc::clone(&asking) as _);
    world.hasher.places.store(0, Ordering::SeqCst);
    assert!(why(world.sign_in_from(HERE, EMAIL, PASSWORD).await).starts_with("Failed(Overloaded"));
    assert_eq!(asking.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn whom_this_instance_cleared_it_refuses_no_more() {
    let world = World::with(|_, settings| settings.limits.sign_ins = Rate::new(2, HOUR));
    world.account(EMAIL).await;
    assert!(guess(&world, EMAIL).await);
    // The right password is verified; before its tries are cleared, another try finds the limit reached.
    let other = world.clone();
    world.meanwhile(async move { assert!(!guess(&other, EMAIL).await) });
    assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
    assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn whom_another_instance_cleared_this_one_refuses_for_a_second_at_most() {
    let world = World::with(|_, settings| settings.limits.sign_ins = Rate::new(2, HOUR));
    let mut other = world.clone();
    other.service = AccountService::new(Ports::clone(&world.service.ports), Settings::clone(&world.service.settings));
    world.account(EMAIL).await;
    assert!(guess(&world, EMAIL).await);
    let this = world.clone();
    world.meanwhile(async move { assert!(!guess(&this, EMAIL).await) });
    // Asked by this instance, so it remembers the limit; the other one clears it.
    world.clock.advance(MICROSECOND);
    assert!(other.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
    assert!(is_limited(&world.sign_in_from(HERE, EMAIL, PASSWORD).await));
    world.clock.advance(SECOND);
    assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn tries_that_lose_their_place_use_nothing_up() {
    let world = World::with(|_, settings| settings.limits.sign_ins = Rate::new(3, HOUR));
    world.account(EMAIL).await;
    world.hasher.watch.displaced.store(20, Ordering::SeqCst);
    for _ in 0..20 {
        world.clock.advance(MICROSECOND);
        assert!(why(world.sign_in_from(HERE, EMAIL, WRONG).await).starts_with("Failed(Overloaded"));
    }
    assert_eq!(verdicts(&world, &[EMAIL]).await, 3);
}

/// A rate limiter that counts how often it is asked.
struct Counted {
    store: MemoryStore,
    asked: AtomicUsize,
}

#[async_trait]
impl RateLimiter for Counted {
    async fn count(&self, charges: &[Charge], now: Timestamp) -> Result<Verdict, StoreError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.store.count(charges, now).await
    }

    async fn take_back(
        &self,
        events: &BTreeSet<String>,
        counted_at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        self.store.take_back(events, counted_at, forgotten).await
    }

    async fn purge(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        self.store.purge(now, limit).await
    }
}

#[tokio::test]
async fn overload_is_said_before_the_store_is_asked() {
    let queues = Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 0, ..Argon2Settings::default() };
    let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
    let store = FaultyStore::over(Arc::new(MemoryStore::new()), false);
    let world = World::with(|ports, _| {
        ports.password_hasher = Arc::clone(&hasher) as _;
        ports.store = Arc::new(store.clone());
    });
    assert_eq!(why(world.sign_in_from(HERE, EMAIL, PASSWORD).await), "WrongCredentials");
    // From here on, the list of exempt networks is known.
    store.fail_at(0);
    let taken = hasher.admit(Urgency::Registration, None).unwrap();
    assert!(why(world.sign_in_from(HERE, EMAIL, PASSWORD).await).starts_with("Failed(Overloaded"));
    assert_eq!((store.calls(), hasher.load().refused), (0, 1));
    drop(taken);
    assert_eq!(why(world.sign_in_from(HERE, EMAIL, PASSWORD).await), "WrongCredentials");
    assert!(store.calls() > 0);
}
