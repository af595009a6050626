//! The service as one step meets it: the real use cases over a store in memory, with ports that are simple and always the same.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use account_core::{
    AccountService, Delivery, Links, Ports, Settings,
    client::WideNetwork,
    one_time_token::master_key::MasterKey,
    password::{Password, PasswordHash},
    ports::{Entropy, HashingError, HashingSlot, Overloaded, PasswordHasher, Rate, Urgency},
    provider::{ProviderName, ProviderSettings},
    service::{ChannelSettings, Limits},
    testing::{FakeClock, MemoryStore, RecordingMailer, SeededEntropy, provider::FakeProvider},
    timestamp::Timestamp,
};
use async_trait::async_trait;

use super::turns::{Gate, GatedStore};

/// The channel of a documented API: those who register by it are handed no continuation.
pub(super) const DOCUMENTED: &str = "documented";
/// The native API, and the pages.
pub(super) const NATIVE: &str = "native";
/// A channel whose accounts are made at once.
pub(super) const IMMEDIATE: &str = "immediate";
/// The provider at which everybody has an account.
pub(super) const PROVIDER: &str = "google";
/// A hash is the password with this before it: nobody here attacks hashes, and each can be read again.
const PLAIN: &str = "plain:";

/// The settings of every world. Nothing is limited, because a refusal by a limit is an exception that is documented, and
/// what lasts a day or longer lasts a day, so that two leaps of time are enough.
pub(super) static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let mut settings = Settings::new(MasterKey::generate(&SeededEntropy::new(7)));
    let day = settings.verification_ttl;
    (settings.invitation_ttl, settings.deletion_grace) = (day, day);
    for row in Limits::ROWS {
        settings.limits.set(row.name, Rate::OFF);
    }
    let documented = ChannelSettings { withholds_continuation: true, ..ChannelSettings::default() };
    settings.channels.insert(DOCUMENTED.to_owned(), documented);
    if let Ok(name) = ProviderName::parse(PROVIDER) {
        let redirect_uri = "https://accounts.example.com/authenticate/providers/callback".to_owned();
        let provider = ProviderSettings { title: PROVIDER.to_owned(), redirect_uri, trusts_verified_email: false };
        settings.providers.insert(name, provider);
    }
    settings
});

/// The service, for one call.
pub(super) struct Desk {
    pub(super) service: AccountService,
    /// The same, whose calls are not overlapped: for the way to a provider, which changes nothing for anybody else.
    pub(super) beginning: AccountService,
    pub(super) provider: Arc<FakeProvider>,
    pub(super) delivery: Delivery,
    pub(super) mailer: Arc<RecordingMailer>,
    pub(super) gate: Gate,
    pub(super) now: Timestamp,
}

impl Desk {
    /// The service over that store at that moment.
    pub(super) fn open(store: &MemoryStore, now: Timestamp, entropy: &Arc<Counting>, settings: &Settings) -> Self {
        let gate = Gate::default();
        let gated = Arc::new(GatedStore { inner: store.clone(), gate: gate.clone() });
        let provider = Arc::new(FakeProvider::new(PROVIDER));
        let mut ports = Ports::new(
            gated,
            Arc::new(PlainHasher),
            Arc::new(FakeClock::at(now)),
            Arc::clone(entropy) as Arc<dyn Entropy>,
        );
        // Which addresses are welcome is no part of who gets into an account.
        ports.guards.clear();
        ports.identity_providers.push(Arc::clone(&provider) as _);
        let direct = Ports { store: Arc::new(store.clone()), ..ports.clone() };
        let beginning = AccountService::new(direct, settings.clone());
        let service = AccountService::new(ports, settings.clone());
        let mailer = Arc::<RecordingMailer>::default();
        let delivery = Delivery::new(&service, Arc::clone(&mailer) as _, Links::new("https://accounts.example.com"));
        Self { service, beginning, provider, delivery, mailer, gate, now }
    }
}

/// Draws a number each time, one higher than before: every secret differs, and ids sort by age as real ones do.
#[derive(Debug, Default)]
pub(super) struct Counting(AtomicU64);

impl Counting {
    /// Goes on after so many numbers.
    pub(super) fn after(drawn: u64) -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(drawn)))
    }

    /// How many numbers were drawn.
    pub(super) fn drawn(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        for (to, from) in buffer.iter_mut().rev().zip(number.to_le_bytes().into_iter().chain(std::iter::repeat(0))) {
            *to = from;
        }
    }
}

/// The password of a hash.
pub(super) fn password_of(hash: &PasswordHash) -> &str {
    hash.as_phc().strip_prefix(PLAIN).unwrap_or_default()
}

struct PlainHasher;

impl PasswordHasher for PlainHasher {
    fn admit(&self, _urgency: Urgency, _network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded> {
        Ok(Box::new(Self))
    }

    fn is_current(&self, _hash: &PasswordHash) -> bool {
        true
    }
}

#[async_trait]
impl HashingSlot for PlainHasher {
    async fn hash(self: Box<Self>, password: Password, _salt: [u8; 16]) -> Result<PasswordHash, HashingError> {
        Ok(PasswordHash::from_phc(format!("{PLAIN}{}", password.expose())))
    }

    async fn verify(self: Box<Self>, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashingError> {
        Ok(hash.is_some_and(|hash| password_of(&hash) == password.expose()))
    }
}
