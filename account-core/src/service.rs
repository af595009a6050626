//! The service: the ports it works with, its settings, and the use cases on it.

mod change;
mod context;
mod failure;
mod feature_cache;
mod mailed_link;
mod snapshot;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::client::Client;
use crate::email_address::EmailKey;
use crate::id::AccountId;
use crate::one_time_token::TokenDigest;
use crate::one_time_token::master_key::MasterKey;
use crate::outbox::event::Subscription;
use crate::ports::{
    AuditObserver, BreachedPasswords, BuiltInBlocklist, BySyntax, Charge, Clock, DeliveryReportReader, Entropy,
    NoReports, PasswordHasher, Rate, RateLimiter, ReferenceData, RegistrationGuard, Store, UseCase, UseCaseObserver,
    Verdict,
};
use crate::registration::activation::RequiredProof;
use crate::registration::callback::CallbackOrigins;
use crate::registration::guard::DomainGuard;
use crate::timestamp::Timestamp;

pub(crate) use change::{Change, Issue, SaveError};
pub use context::CallContext;
pub use failure::{Failure, Limited, Unavailable};
pub(crate) use feature_cache::{Closed, FeatureCache, FeatureFlags};
pub use mailed_link::token_of_link;
pub use snapshot::RegistrationNotice;

/// Registration, verification and everything around them, as use cases over the ports.
///
/// One object serves many tasks; each method is one use case.
#[derive(Clone)]
pub struct AccountService {
    pub(crate) ports: Ports,
    pub(crate) settings: Settings,
    pub(crate) bell: OutboxBell,
    pub(crate) feature_cache: FeatureCache,
}

/// What the service works with.
#[derive(Clone)]
pub struct Ports {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Counts what is asked for.
    pub rate_limiter: Arc<dyn RateLimiter>,
    /// Hashes passwords.
    pub password_hasher: Arc<dyn PasswordHasher>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes secrets.
    pub entropy: Arc<dyn Entropy>,
    /// Knows leaked passwords.
    pub breached_passwords: Arc<dyn BreachedPasswords>,
    /// May veto registrations; all are asked.
    pub guards: Vec<Arc<dyn RegistrationGuard>>,
    /// Knows countries, languages and time zones.
    pub reference_data: Arc<dyn ReferenceData>,
    /// Reads mails that came back.
    pub delivery_reports: Arc<dyn DeliveryReportReader>,
    /// Are told of every entry of the audit trail.
    pub audit_observers: Vec<Arc<dyn AuditObserver>>,
    /// Are told how use cases end.
    pub use_case_observers: Vec<Arc<dyn UseCaseObserver>>,
}

impl Ports {
    /// The five ports that must be given. The rest start with what the core brings: the built-in blocklist, a guard
    /// against disposable domains, reference data by shape, no reports of mail servers.
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
            reference_data: Arc::new(BySyntax),
            delivery_reports: Arc::new(NoReports),
            audit_observers: Vec::new(),
            use_case_observers: Vec::new(),
        }
    }
}

/// Settings of the use cases.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The keys that mailed tokens are derived under.
    pub master_keys: MasterKeys,
    /// How long a registration, its link and its code last.
    pub verification_ttl: Duration,
    /// How long an invitation and its link last.
    pub invitation_ttl: Duration,
    /// How long a link lasts that sets a new password, or changes an address.
    pub change_ttl: Duration,
    /// How long an account's deletion can be taken back.
    pub deletion_grace: Duration,
    /// How long what is kept.
    pub retention: Retention,
    /// Origins that callback URLs may have.
    pub callback_origins: CallbackOrigins,
    /// Words of the service that make no password: its name, its host.
    pub service_words: Vec<String>,
    /// How often what may be asked for.
    pub limits: Limits,
    /// Of the token that anyone who hands in reports of mail servers presents; without one nobody may.
    pub report_token: Option<TokenDigest>,
    /// What differs by the channel, by its name; a channel that is not here has the defaults.
    pub channels: BTreeMap<String, ChannelSettings>,
    /// Which endpoints are told of which events.
    pub subscriptions: Vec<Subscription>,
}

/// What differs by the channel that a registration came by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChannelSettings {
    /// What completes its registrations.
    pub required_proof: RequiredProof,
    /// Subject of its verification mails, instead of the service's.
    pub verification_subject: Option<String>,
    /// Whether anyone who registers by it is handed no continuation: what can be typed instead of a link is of no use
    /// to them then, and not in their mails.
    pub withholds_continuation: bool,
}

impl Settings {
    /// The defaults, with a master key.
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
            limits: Limits::default(),
            report_token: None,
            channels: BTreeMap::new(),
            subscriptions: Vec::new(),
        }
    }

    /// Whether the mailed token alone completes a registration that came by this way.
    pub(crate) fn redeems_by_token(&self, channel: &str) -> bool {
        self.channels.get(channel).is_some_and(|settings| settings.required_proof == RequiredProof::TokenAlone)
    }
}

/// The master key in use, and earlier ones that unexpired mails were still made under.
#[derive(Debug, Clone)]
pub struct MasterKeys {
    /// What new tokens are derived under.
    pub current: MasterKey,
    /// What older tokens were derived under.
    pub retired: Vec<MasterKey>,
}

impl MasterKeys {
    /// The key with that id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&MasterKey> {
        std::iter::once(&self.current).chain(&self.retired).find(|key| key.id() == id)
    }
}

/// How long what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Digests and outcomes of registrations, tokens and invitations, after these have expired: so that an old link
    /// says what became of it.
    pub outcomes: Duration,
    /// Accounts whose address was never proven.
    pub unverified_accounts: Duration,
    /// Entries of the audit trail.
    pub audit: Duration,
    /// Clients' addresses, of registrations, sessions and the audit trail.
    pub client_addresses: Duration,
    /// Entries of the outbox, after they were settled.
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

/// How often what may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Registrations from one client network.
    pub registrations: Rate,
    /// Verifications, resends and looks at a registration from one client network.
    pub verifications: Rate,
    /// Mailed links that are followed from one client network.
    pub short_links: Rate,
    /// Renewals of one session.
    pub renewals: Rate,
    /// Requests for another verification mail, by one user.
    pub resend: Rate,
    /// Mails that strangers can cause to one address.
    pub mails: Rate,
    /// Tries to sign in to one account, known or not, from one client network.
    pub sign_ins: Rate,
    /// Tries to sign in to one account, known or not, from anywhere.
    pub sign_ins_per_account: Rate,
    /// Changes of one's own account.
    pub changes: Rate,
    /// Mails to one address that reset a password, in the short run.
    pub resets: Rate,
    /// The same in the long run.
    pub resets_per_day: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        let hour = Duration::from_hours(1);
        Self {
            registrations: Rate::new(30, hour),
            verifications: Rate::new(600, hour / 60),
            short_links: Rate::new(60, hour / 60),
            renewals: Rate::new(60, hour),
            resend: Rate::new(5, hour / 60),
            mails: Rate::new(20, 24 * hour),
            sign_ins: Rate::new(10, hour / 4),
            sign_ins_per_account: Rate::new(100, 24 * hour),
            changes: Rate::new(60, hour),
            resets: Rate::new(5, hour),
            resets_per_day: Rate::new(10, 24 * hour),
        }
    }
}

/// Wakes the worker of the same process when something was put into the outbox.
#[derive(Debug, Clone, Default)]
pub struct OutboxBell(Arc<Notify>);

impl OutboxBell {
    /// Wakes the worker; one that is busy finds out when it is done.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits until the bell was rung since the last time.
    pub async fn notified(&self) {
        self.0.notified().await;
    }
}

impl AccountService {
    /// A service over those ports.
    #[must_use]
    pub fn new(ports: Ports, settings: Settings) -> Self {
        Self { ports, settings, bell: OutboxBell::default(), feature_cache: FeatureCache::default() }
    }

    /// The moment, by the service's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// The bell that is rung for each new outbox entry.
    #[must_use]
    pub const fn outbox_bell(&self) -> &OutboxBell {
        &self.bell
    }

    /// Tells the observers how a use case ended.
    pub(crate) fn observe(&self, use_case: UseCase, channel: &str, outcome: &'static str) {
        for observer in &self.ports.use_case_observers {
            observer.ended(use_case, channel, outcome);
        }
    }

    /// Counts the charges, all or none.
    pub(crate) async fn count(&self, charges: &[Charge]) -> Result<(), Failure> {
        // What is not limited need not be counted.
        let charges: Vec<Charge> = charges.iter().filter(|charge| charge.rate != Rate::OFF).cloned().collect();
        if charges.is_empty() {
            return Ok(());
        }
        let now = self.ports.clock.now();
        match self.ports.rate_limiter.count(&charges, now).await? {
            Verdict::Allowed => Ok(()),
            Verdict::Limited { limit, rate, retry_after } => Err(Limited { limit, rate, retry_after }.into()),
        }
    }

    /// Counts a change that an account's owner makes to it.
    pub(crate) async fn count_change(&self, account: AccountId) -> Result<(), Failure> {
        let (limit, rate) = ("changes", self.settings.limits.changes);
        self.count(&[Charge { limit, key: account.to_string(), rate, otherwise: None }]).await
    }

    /// The charge of a client network; none for clients without one.
    pub(crate) async fn client_charge(&self, limit: &'static str, rate: Rate, client: &Client) -> Option<Charge> {
        self.network_of(client).await.map(|key| Charge { limit, key, rate, otherwise: None })
    }

    /// The charge of a mail to an address. Beyond the address's budget a client network that has not caused one today
    /// may still cause one: so nobody can use up the budget of an address for its owner.
    pub(crate) async fn mail_charge(&self, key: &EmailKey, client: &Client) -> Charge {
        let per_network = self.network_of(client).await.map(|network| {
            let key = format!("{network} {}", key.as_str());
            let rate = Rate::new(1, Duration::from_hours(24));
            Box::new(Charge { limit: "mails", key, rate, otherwise: None })
        });
        Charge {
            limit: "mails",
            key: key.as_str().to_owned(),
            rate: self.settings.limits.mails,
            otherwise: per_network,
        }
    }
}
