//! The use cases on a store in memory, one file a topic.

mod asking_limits;
mod checking;
mod clocks;
#[cfg(feature = "imported-hashes")]
mod imported;
mod owning;
mod reauthenticating;
mod rehashing;
mod renewing;
mod reusing;
mod signing_in;
mod throttling;
mod uniformity;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;

use super::*;
use crate::challenge::ChallengeMode;
use crate::client::{Client, WideNetwork};
use crate::email_address::EmailAddress;
use crate::input::Input;
use crate::name::UserName;
use crate::one_time_token::master_key::MasterKey;
use crate::password::argon2::{Argon2Settings, Argon2Workers};
use crate::password::{PassedPolicy, Password, PasswordHash};
use crate::ports::store::{AccountUpdate, Insert, Update};
use crate::ports::{
    Clock, HashingError, HashingSlot, Overloaded, PasswordHasher, Rate, RateLimiter, Store, StoreError, UnitOfWork,
    Urgency,
};
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::registration::register::{Accepted, RegisterRequest};
use crate::registration::{CompletedBy, Ending};
use crate::service::{AccountService, CallContext, Failure, Ports, Settings};
use crate::testing::{FakeClock, MemoryStore, SeededEntropy};

const EMAIL: &str = "john@acme.com";
const PASSWORD: &str = "velvet lantern gravel orchid";
const WRONG: &str = "another lantern gravel orchid";
const MICROSECOND: Duration = Duration::from_micros(1);
const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

type Meanwhile = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Workers that count what they compute, and let something happen while they do.
struct WatchedHasher {
    workers: Argon2Workers,
    admitted: AtomicUsize,
    /// How many places there are from now on.
    places: AtomicUsize,
    watch: Arc<Watch>,
}

#[derive(Default)]
struct Watch {
    hashed: AtomicUsize,
    verified: AtomicUsize,
    /// How many of the next verifications lose their place.
    displaced: AtomicUsize,
    /// What happens after the next verification, before its answer is there.
    meanwhile: Mutex<Option<Meanwhile>>,
}

impl WatchedHasher {
    fn new(iterations: u32) -> Self {
        let workers =
            Argon2Settings { memory_kib: 64, iterations, workers: 2, queue: 1_000, ..Argon2Settings::default() };
        Self {
            workers: Argon2Workers::start(workers).unwrap(),
            admitted: AtomicUsize::new(0),
            places: AtomicUsize::new(usize::MAX),
            watch: Arc::default(),
        }
    }
}

impl PasswordHasher for WatchedHasher {
    fn admit(&self, urgency: Urgency, network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded> {
        if self.admitted.fetch_add(1, Ordering::SeqCst) >= self.places.load(Ordering::SeqCst) {
            return Err(Overloaded { retry_after: SECOND });
        }
        Ok(Box::new(WatchedSlot { slot: self.workers.admit(urgency, network)?, watch: Arc::clone(&self.watch) }))
    }

    fn is_current(&self, hash: &PasswordHash) -> bool {
        self.workers.is_current(hash)
    }
}

struct WatchedSlot {
    slot: Box<dyn HashingSlot>,
    watch: Arc<Watch>,
}

#[async_trait]
impl HashingSlot for WatchedSlot {
    async fn hash(self: Box<Self>, password: Password, salt: [u8; 16]) -> Result<PasswordHash, HashingError> {
        self.watch.hashed.fetch_add(1, Ordering::SeqCst);
        self.slot.hash(password, salt).await
    }

    async fn verify(self: Box<Self>, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashingError> {
        if self.watch.displaced.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Err(HashingError::Overloaded(Overloaded { retry_after: SECOND }));
        }
        self.watch.verified.fetch_add(1, Ordering::SeqCst);
        let answer = self.slot.verify(password, hash).await;
        let meanwhile = self.watch.meanwhile.lock().unwrap().take();
        if let Some(meanwhile) = meanwhile {
            meanwhile.await;
        }
        answer
    }
}

/// A service with everything around it under the tests' control.
#[derive(Clone)]
struct World {
    service: AccountService,
    store: Arc<MemoryStore>,
    clock: Arc<FakeClock>,
    hasher: Arc<WatchedHasher>,
    entropy: Arc<SeededEntropy>,
}

impl World {
    fn new() -> Self {
        Self::with(|_, _| {})
    }

    /// A world whose ports or settings differ.
    fn with(change: impl FnOnce(&mut Ports, &mut Settings)) -> Self {
        let entropy = Arc::new(SeededEntropy::new(7));
        let (store, clock) = (Arc::new(MemoryStore::new()), Arc::<FakeClock>::default());
        let hasher = Arc::new(WatchedHasher::new(1));
        let mut settings = Settings::new(MasterKey::generate(&*entropy));
        let mut ports = Ports::new(
            Arc::clone(&store),
            Arc::clone(&hasher) as Arc<dyn PasswordHasher>,
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::clone(&entropy) as _,
        );
        // What limits do by themselves is tested here.
        settings.challenge.mode = ChallengeMode::Off;
        change(&mut ports, &mut settings);
        Self { service: AccountService::new(ports, settings), store, clock, hasher, entropy }
    }

    /// The same world after a restart with other hashing parameters.
    fn with_iterations(&self, iterations: u32) -> Self {
        let mut other = self.clone();
        other.hasher = Arc::new(WatchedHasher::new(iterations));
        Arc::make_mut(&mut other.service.ports).password_hasher = Arc::clone(&other.hasher) as _;
        other
    }

    /// An account as its owner has it, not stored yet. Its password is known to pass the default policy.
    async fn draft_account(&self, email: &str, password: &str) -> Account {
        let slot = self.hasher.workers.admit(Urgency::Registration, None).unwrap();
        let hash = slot.hash(Password::new(password).unwrap(), [3; 16]).await.unwrap();
        let id = AccountId::generate(&*self.clock, &*self.entropy);
        Account {
            password_hash: Some(hash.with_passed(Some(PassedPolicy::Default))),
            verified_at: Some(self.clock.now()),
            ..Account::new(id, EmailAddress::parse(email).unwrap(), self.clock.now())
        }
    }

    async fn insert(&self, account: Account) -> Account {
        let mut unit = self.begin().await;
        assert_eq!(unit.insert_account(&account).await.unwrap(), Insert::Done);
        unit.commit().await.unwrap();
        account
    }

    /// An account with that address, and the password that everybody has here.
    async fn account(&self, email: &str) -> Account {
        self.insert(self.draft_account(email, PASSWORD).await).await
    }

    /// Changes the account, as another use case does.
    async fn change_account(&self, id: AccountId, change: impl FnOnce(&mut Account)) {
        let mut account = self.find(id);
        change(&mut account);
        account.version += 1;
        let mut unit = self.begin().await;
        assert_eq!(unit.update_account(&account).await.unwrap(), AccountUpdate::Applied);
        unit.commit().await.unwrap();
    }

    /// The account as it is stored.
    fn find(&self, id: AccountId) -> Account {
        self.store.accounts().into_iter().find(|account| account.id == id).unwrap()
    }

    /// A unit of work of the test's own.
    async fn begin(&self) -> Box<dyn UnitOfWork> {
        self.store.begin().await.unwrap()
    }

    async fn register(&self, email: &str, password: &str) -> Accepted {
        let draft = RegistrationDraft {
            email: email.into(),
            password: password.into(),
            user_name: "mallory".into(),
            ..RegistrationDraft::default()
        };
        let rules = RegistrationRules::native("native");
        let request = RegisterRequest { draft, rules: &rules, context: CallContext::default(), idempotency_key: None };
        self.service.register(request).await.unwrap()
    }

    /// Ends the registration, as somebody who proves the address does.
    async fn end(&self, accepted: &Accepted, ending: Ending) {
        let mut unit = self.begin().await;
        assert_eq!(unit.end_registration(accepted.registration, ending).await.unwrap(), Update::Applied);
        unit.commit().await.unwrap();
    }

    async fn sign_in(&self, identifier: &str, password: &str) -> Result<SignedInNow, SignInError> {
        self.service.sign_in(request(identifier, password)).await
    }

    async fn sign_in_from(&self, address: &str, identifier: &str, password: &str) -> Result<SignedInNow, SignInError> {
        let context = CallContext::from(client(address));
        self.service.sign_in(SignInRequest { context, ..request(identifier, password) }).await
    }

    /// Signs in to the account of that address, and looks at the session.
    async fn signed_in(&self, email: &str) -> (SignedIn, SecretToken) {
        let token = self.sign_in(email, PASSWORD).await.unwrap().session.token;
        (self.check(&token).await.unwrap(), token)
    }

    async fn check(&self, token: &SecretToken) -> Option<SignedIn> {
        self.service.check_session(token).await.unwrap()
    }

    /// How many hashes have been computed, and verifications made, since the last time.
    fn take_hashes(&self) -> (usize, usize) {
        let watch = &self.hasher.watch;
        (watch.hashed.swap(0, Ordering::SeqCst), watch.verified.swap(0, Ordering::SeqCst))
    }

    /// Lets that happen while the next password is verified.
    fn meanwhile(&self, happens: impl Future<Output = ()> + Send + 'static) {
        *self.hasher.watch.meanwhile.lock().unwrap() = Some(Box::pin(happens));
    }
}

fn request(identifier: &str, password: &str) -> SignInRequest {
    SignInRequest {
        identifier: identifier.into(),
        password: password.into(),
        continuations: Vec::new(),
        devices: Vec::new(),
        lifetime: None,
        context: CallContext::by("native"),
    }
}

fn client(address: &str) -> Client {
    Client::at(address.parse().unwrap())
}

/// The name of the error, as it prints for a log.
fn why<T, E: Debug>(result: Result<T, E>) -> String {
    match result {
        Ok(_) => "it succeeded".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

/// Whether a limit was reached, rather than a verdict given.
fn is_limited<T>(result: &Result<T, SignInError>) -> bool {
    matches!(result, Err(SignInError::Failed(Failure::Limited(_))))
}
