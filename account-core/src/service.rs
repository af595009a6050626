//! The service: its ports, its settings, and the use cases as methods.

mod admission;
mod challenges;
mod challenging;
mod change;
mod context;
mod counting;
mod counting_turns;
mod failure;
mod feature_cache;
mod known_limits;
mod limits;
mod mailed_link;
mod snapshot;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::challenge::ChallengeSettings;
use crate::client::Client;
use crate::consent::ConsentSettings;
use crate::one_time_token::TokenDigest;
use crate::one_time_token::master_key::MasterKey;
pub use crate::one_time_token::master_key::MasterKeys;
use crate::outbox::event::Subscription;
use crate::ports::{
    AuditObserver, BreachedPasswords, BuiltInBlocklist, BySyntax, ChallengeObserver, ChallengeVerifier, Charge, Clock,
    DeliveryReportReader, Entropy, GeoLocator, IdentityProvider, LimitObserver, MailDomainCheck, NoLocations,
    NoReports, PasswordHasher, Rate, RateLimiter, ReferenceData, RegistrationGuard, Store, UseCase, UseCaseObserver,
};
use crate::provider::{ProviderName, ProviderSettings};
use crate::registration::activation::RequiredProof;
use crate::registration::callback::CallbackOrigins;
use crate::registration::guard::DomainGuard;
use crate::timestamp::Timestamp;

use challenges::{Challenges, USED_CHALLENGES};
pub(crate) use challenging::{Asking, Refused};
pub(crate) use change::{Change, Issue, SaveError};
pub use context::CallContext;
use counting_turns::CountingTurns;
pub use failure::{Failure, Limited, Unavailable};
pub(crate) use feature_cache::{Closed, FeatureCache, FeatureFlags, Way};
use known_limits::KnownLimits;
pub use limits::{LimitRow, Limits};
pub use mailed_link::token_of_link;
pub use snapshot::RegistrationNotice;

/// Registration, accounts and sessions, as use cases over the ports.
///
/// One object serves many tasks; each method is one use case. Clones are cheap, and share everything.
#[derive(Clone)]
pub struct AccountService {
    pub(crate) ports: Arc<Ports>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) bell: OutboxBell,
    pub(crate) feature_cache: FeatureCache,
    known_limits: KnownLimits,
    counting_turns: CountingTurns,
    challenges: Challenges,
}

/// The ports of a service.
#[derive(Clone)]
pub struct Ports {
    /// The database.
    pub store: Arc<dyn Store>,
    /// Counts requests against limits.
    pub rate_limiter: Arc<dyn RateLimiter>,
    /// Hashes passwords.
    pub password_hasher: Arc<dyn PasswordHasher>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes secrets.
    pub entropy: Arc<dyn Entropy>,
    /// Knows passwords from data breaches.
    pub breached_passwords: Arc<dyn BreachedPasswords>,
    /// Can refuse registrations; all of them are called.
    pub guards: Vec<Arc<dyn RegistrationGuard>>,
    /// Knows which domains take email; `None` if nobody looks that up.
    pub mail_domains: Option<Arc<dyn MailDomainCheck>>,
    /// Knows countries, languages and time zones.
    pub reference_data: Arc<dyn ReferenceData>,
    /// Knows where clients are.
    pub geo_locator: Arc<dyn GeoLocator>,
    /// Reads delivery reports.
    pub delivery_reports: Arc<dyn DeliveryReportReader>,
    /// Get every entry of the audit trail.
    pub audit_observers: Vec<Arc<dyn AuditObserver>>,
    /// Get the outcome of use cases.
    pub use_case_observers: Vec<Arc<dyn UseCaseObserver>>,
    /// Get every request that a limit refuses.
    pub limit_observers: Vec<Arc<dyn LimitObserver>>,
    /// Makes challenges and checks the answers; `None` for a
    /// [proof of work](crate::challenge::ProofOfWork) by the service's settings.
    pub challenge_verifier: Option<Arc<dyn ChallengeVerifier>>,
    /// The providers that people can register and sign in with.
    pub identity_providers: Vec<Arc<dyn IdentityProvider>>,
    /// Get everything that happens to challenges.
    pub challenge_observers: Vec<Arc<dyn ChallengeObserver>>,
}

impl Ports {
    /// Creates ports from the five that are required. The others have defaults: the built-in blocklist, a guard against
    /// disposable email domains, reference data by syntax, no locations, no delivery reports, a proof of work, no observers.
    #[must_use]
    pub fn new<S>(
        store: Arc<S>,
        password_hasher: Arc<dyn PasswordHasher>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self
    where
        S: Store + RateLimiter + 'static,
    {
        let guard = DomainGuard::refusing_disposable();
        Self {
            rate_limiter: Arc::clone(&store) as Arc<dyn RateLimiter>,
            store,
            password_hasher,
            clock,
            entropy,
            breached_passwords: Arc::new(BuiltInBlocklist),
            guards: vec![Arc::new(guard)],
            mail_domains: None,
            reference_data: Arc::new(BySyntax),
            geo_locator: Arc::new(NoLocations),
            delivery_reports: Arc::new(NoReports),
            audit_observers: Vec::new(),
            use_case_observers: Vec::new(),
            limit_observers: Vec::new(),
            challenge_verifier: None,
            identity_providers: Vec::new(),
            challenge_observers: Vec::new(),
        }
    }
}

/// The settings of the use cases.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The keys that emailed tokens are derived from.
    pub master_keys: MasterKeys,
    /// How long a registration, its link and its code are valid.
    pub verification_ttl: Duration,
    /// How long an invitation and its link are valid.
    pub invitation_ttl: Duration,
    /// How long links are valid that reset a password or change an address.
    pub change_ttl: Duration,
    /// How long the deletion of an account can be canceled.
    pub deletion_grace: Duration,
    /// How long data is kept.
    pub retention: Retention,
    /// Origins that callback URLs may have.
    pub callback_origins: CallbackOrigins,
    /// Words that a password must not contain: the service's name, its host.
    pub service_words: Vec<String>,
    /// What people who register are asked to agree to.
    pub consent: ConsentSettings,
    /// The rate limits.
    pub limits: Limits,
    /// When clients are asked for a challenge, and for which.
    pub challenge: ChallengeSettings,
    /// Digest of the token that permits submitting delivery reports. Without one, nobody may.
    pub report_token: Option<TokenDigest>,
    /// Settings per provider that people can register and sign in with.
    pub providers: BTreeMap<ProviderName, ProviderSettings>,
    /// Settings per channel, by its name. A channel that is not listed has the defaults.
    pub channels: BTreeMap<String, ChannelSettings>,
    /// The endpoints that get events, and which events.
    pub subscriptions: Vec<Subscription>,
}

/// Settings that depend on the channel of a registration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChannelSettings {
    /// The proof that completes a registration.
    pub required_proof: RequiredProof,
    /// The subject of verification emails, in place of the service's.
    pub verification_subject: Option<String>,
    /// Whether clients that register get no continuation. A verification code is useless without one, so their emails
    /// contain no code.
    pub withholds_continuation: bool,
    /// Whether its clients cannot be asked for a challenge. While others are asked, its registrations have an allowance
    /// together ([`Limits::unchallenged_registrations`]).
    pub cannot_ask_for_challenges: bool,
}

impl Settings {
    /// Creates settings with default values and this master key.
    #[must_use]
    pub fn new(master_key: MasterKey) -> Self {
        Self {
            master_keys: MasterKeys { current: master_key, retired: Vec::new() },
            verification_ttl: Duration::from_hours(24),
            invitation_ttl: Duration::from_hours(7 * 24),
            change_ttl: Duration::from_hours(1),
            deletion_grace: Duration::from_hours(7 * 24),
            retention: Retention::default(),
            callback_origins: CallbackOrigins::default(),
            service_words: Vec::new(),
            consent: ConsentSettings::default(),
            limits: Limits::default(),
            challenge: ChallengeSettings::default(),
            report_token: None,
            providers: BTreeMap::new(),
            channels: BTreeMap::new(),
            subscriptions: Vec::new(),
        }
    }

    /// Whether the emailed token alone completes registrations of this channel.
    pub(crate) fn redeems_by_token(&self, channel: &str) -> bool {
        self.channels.get(channel).is_some_and(|settings| settings.required_proof == RequiredProof::TokenAlone)
    }
}

/// How long data is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Outcomes of registrations, tokens and invitations after they have expired, so that an old link can still say
    /// what happened.
    pub outcomes: Duration,
    /// Accounts whose address was never verified.
    pub unverified_accounts: Duration,
    /// Entries of the audit trail.
    pub audit: Duration,
    /// Client addresses in registrations, sessions and the audit trail.
    pub client_addresses: Duration,
    /// Outbox entries, after they were settled.
    pub delivery_logs: Duration,
}

impl Default for Retention {
    fn default() -> Self {
        let day = Duration::from_hours(24);
        Self {
            outcomes: 30 * day,
            unverified_accounts: 30 * day,
            audit: 365 * day,
            client_addresses: 90 * day,
            delivery_logs: 30 * day,
        }
    }
}

/// Wakes the worker of this process when an entry was added to the outbox.
#[derive(Debug, Clone, Default)]
pub struct OutboxBell(Arc<Notify>);

impl OutboxBell {
    /// Wakes the worker. A busy worker notices the ring when it is done.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits until the bell rings. Returns at once if it rang since the last wait.
    pub async fn notified(&self) {
        self.0.notified().await;
    }
}

impl AccountService {
    /// Creates a service.
    #[must_use]
    pub fn new(ports: Ports, settings: Settings) -> Self {
        let verifier = ports.challenge_verifier.as_ref();
        let challenges = Challenges::new(verifier, settings.challenge, &settings.master_keys, &ports.entropy);
        Self {
            challenges,
            ports: Arc::new(ports),
            settings: Arc::new(settings),
            bell: OutboxBell::default(),
            feature_cache: FeatureCache::default(),
            known_limits: KnownLimits::default(),
            counting_turns: CountingTurns::default(),
        }
    }

    /// Returns the current time, by the service's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// Returns the bell that rings for each new outbox entry.
    #[must_use]
    pub const fn outbox_bell(&self) -> &OutboxBell {
        &self.bell
    }

    /// Reports to the observers that a limit refuses the request that these charges are for.
    pub(crate) fn observe_refusal(&self, limit: &'static str, charges: &[Charge]) {
        // An answer that was used before is no limit: the client is asked for another one.
        if limit == USED_CHALLENGES {
            return;
        }
        let network = charges.iter().find_map(|charge| charge.network);
        for observer in &self.ports.limit_observers {
            observer.refused(limit, network);
        }
    }

    /// Reports to the observers that a limit which is not counted here refused a request of a client: one that only a
    /// program around this library has.
    pub fn observe_own_limit(&self, limit: &'static str, client: &Client) {
        self.observe_refusal(limit, &[Charge::new(limit, String::new(), Rate::OFF).by(client)]);
    }

    /// Reports the outcome of a use case to the observers.
    pub(crate) fn observe(&self, use_case: UseCase, channel: &str, outcome: &'static str) {
        for observer in &self.ports.use_case_observers {
            observer.ended(use_case, channel, outcome);
        }
    }
}
