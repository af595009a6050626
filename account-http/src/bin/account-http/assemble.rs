//! Assembles the service: the only place where all adapters meet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use account_core::error_chain::chain;
use account_core::password::argon2::Argon2Workers;
use account_core::ports::{
    EventSender, GeoLocator, HashingObserver, IdentityProvider, MailDomainCheck, Mailer, NoLocations, PasswordHasher,
    RegistrationGuard, Store,
};
use account_core::provider::{ProviderName, ProviderSettings};
use account_core::reference_data::PublishedLists;
use account_core::service::MasterKeys;
use account_core::system::master_key_file::MasterKeyFile;
use account_core::system::{SystemClock, SystemEntropy};
use account_core::{AccountService, Delivery, Links, Ports, Settings};
use account_http::attack_watch::AttackWatch;
use account_http::metrics::{Metrics, MetricsEndpoint};
use account_http::outbound::client::OutboundClient;
use account_http::outbound::providers::Provider;
use account_http::outbound::webhooks::Webhooks;
use account_http::provider_redirect_uri;
use account_http::settings::{PublicUrl, channels};
use account_mail::config::MailSettings;
use account_mail::doctor::DnsServers;
use account_mail::{DnsMailDomains, FileMailer, ReportReader, SmtpMailer};
use account_store::{DatabaseStore, StoreOptions};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use url::Host;

use crate::audit_log::AuditLog;
use crate::config::{Config, ConfiguredProvider, Transport};
use crate::error::CommandError;
use crate::priority;
use crate::traces::{TracedHasher, TracedMailer, TracedSender};

/// The operating system's random number generator.
pub(crate) const ENTROPY: SystemEntropy = SystemEntropy::reporting(|error| {
    tracing::error!(event = "entropy_failed", %error, "the system's random number generator failed: exiting");
});

/// The pauses between attempts to reach the database.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// What every process that uses the store needs.
pub(crate) struct Foundation {
    /// The store, its schema up to date.
    pub(crate) store: DatabaseStore,
    /// The master keys.
    pub(crate) master_keys: MasterKeys,
    /// The counters of this process.
    pub(crate) metrics: Arc<Metrics>,
}

/// The use cases with their metrics.
pub(crate) struct Assembled {
    /// The use cases.
    pub(crate) service: AccountService,
    /// The endpoint for `GET /metrics`. It does not keep the hashing workers alive.
    pub(crate) metrics: MetricsEndpoint,
    /// What sees attacks. It has to be looked at every few seconds.
    pub(crate) attacks: Arc<AttackWatch>,
}

impl Foundation {
    /// Opens the store, creates what is missing, and migrates the schema. Waits for the database until told to stop.
    ///
    /// # Errors
    /// If the key or the store cannot be opened.
    pub(crate) async fn open(config: &Config, stop: &CancellationToken) -> Result<Self, CommandError> {
        let has_database = config.store.database_file().is_some_and(|file| file.exists());
        let master_keys = load_master_keys(&config.store.master_key_file, has_database)?;
        let store = open_store(config, stop).await?;
        Ok(Self { store, master_keys, metrics: Arc::default() })
    }

    /// Creates the use cases, with their hashing threads, for commands: nobody registers through them.
    ///
    /// # Errors
    /// If the threads cannot be created.
    pub(crate) fn service(&self, config: &Config, public_url: &PublicUrl) -> Result<AccountService, CommandError> {
        self.assemble(config, public_url, Arc::new(NoLocations)).map(|assembled| assembled.service)
    }

    /// Creates the use cases with metrics, and their hashing threads.
    ///
    /// # Errors
    /// If the threads cannot be created.
    pub(crate) fn assemble(
        &self,
        config: &Config,
        public_url: &PublicUrl,
        geo_locator: Arc<dyn GeoLocator>,
    ) -> Result<Assembled, CommandError> {
        let attacks = Arc::new(AttackWatch::new(Arc::new(SystemClock), Arc::clone(&self.metrics)));
        let observer = Arc::clone(&attacks) as Arc<dyn HashingObserver>;
        let nice = config.hashing_nice;
        let hasher =
            Arc::new(Argon2Workers::start_with(config.hashing, Some(observer), move || priority::lower(nice))?);
        let store = Arc::new(self.store.clone());
        let metrics = MetricsEndpoint {
            metrics: Arc::clone(&self.metrics),
            store: Arc::new(self.store.clone()),
            clock: Arc::new(SystemClock),
            workers: Arc::downgrade(&hasher),
            token: config.metrics.token.clone(),
        };
        let hasher: Arc<dyn PasswordHasher> = match config.traces {
            Some(_) => Arc::new(TracedHasher(hasher)),
            None => hasher,
        };
        let guard: Arc<dyn RegistrationGuard> = Arc::new(config.registration.guard.clone());
        let ports = Ports {
            guards: vec![guard],
            mail_domains: config.registration.checks_mail_domains.then(mail_domains),
            reference_data: Arc::new(PublishedLists),
            geo_locator,
            identity_providers: identity_providers(config)?,
            delivery_reports: Arc::new(ReportReader),
            audit_observers: vec![Arc::new(AuditLog)],
            use_case_observers: vec![Arc::clone(&self.metrics) as _],
            challenge_observers: vec![Arc::clone(&self.metrics) as _, Arc::clone(&attacks) as _],
            limit_observers: vec![Arc::clone(&self.metrics) as _, Arc::clone(&attacks) as _],
            ..Ports::new(store, hasher, Arc::new(SystemClock), Arc::new(ENTROPY))
        };
        let settings = Settings {
            master_keys: self.master_keys.clone(),
            verification_ttl: config.registration.verification_ttl,
            invitation_ttl: config.registration.invitation_ttl,
            retention: config.registration.retention,
            callback_origins: config.registration.callback_origins.clone(),
            service_words: service_words(config, public_url),
            consent: config.registration.consent.clone(),
            limits: config.registration.limits,
            challenge: config.registration.challenge,
            report_token: config.mail.report_token,
            providers: provider_settings(config, public_url),
            channels: channels(&config.http.dialects),
            subscriptions: config.webhooks.subscriptions.clone(),
            ..Settings::new(self.master_keys.current.clone())
        };
        Ok(Assembled { service: AccountService::new(ports, settings), metrics, attacks })
    }
}

/// Reads the master keys. The risks of their file are among those of the configuration.
fn load_master_keys(file: &MasterKeyFile, has_database: bool) -> Result<MasterKeys, CommandError> {
    let loaded = file.load(&ENTROPY)?;
    if loaded.is_new && has_database {
        tracing::warn!(
            event = "master_key_replaced",
            "the database exists but its master key was missing: links emailed before no longer work"
        );
    }
    Ok(loaded.keys)
}

/// Opens the store and migrates its schema. Waits for the database until told to stop.
///
/// # Errors
/// If it cannot be used.
pub(crate) async fn open_store(config: &Config, stop: &CancellationToken) -> Result<DatabaseStore, CommandError> {
    let store = connect(&store_options(config), config.store.wait, stop).await?;
    store.migrate().await?;
    store.ping().await.map_err(CommandError::NotWritable)?;
    Ok(store)
}

/// Opens the store as it is, without waiting for the database.
///
/// # Errors
/// If it cannot be used.
pub(crate) async fn connect_store(config: &Config) -> Result<DatabaseStore, CommandError> {
    Ok(DatabaseStore::connect(&store_options(config)).await?)
}

fn store_options(config: &Config) -> StoreOptions {
    StoreOptions {
        max_connections: config.store.max_connections,
        schema: config.store.schema.clone(),
        ..StoreOptions::new(&config.store.url)
    }
}

/// Connects to the database, and tries again for that long if that may help. Tells each reason once.
async fn connect(
    options: &StoreOptions,
    wait: Duration,
    stop: &CancellationToken,
) -> Result<DatabaseStore, CommandError> {
    let begun = Instant::now();
    let (mut told, mut pause) = (BTreeSet::new(), SHORTEST_PAUSE);
    loop {
        let error = match DatabaseStore::connect(options).await {
            Err(error) if error.is_transient() => error,
            outcome => return Ok(outcome?),
        };
        let left = wait.saturating_sub(begun.elapsed());
        if left.is_zero() || stop.is_cancelled() {
            return Err(error.into());
        }
        let reason = chain(&error);
        if !told.contains(&reason) {
            tracing::warn!(event = "database_unavailable", reason, "trying again for {} s", left.as_secs());
            told.insert(reason);
        }
        // If it is told to stop, the next attempt is the last.
        stop.run_until_cancelled(sleep(pause.min(left))).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Creates the delivery of the outbox.
///
/// # Errors
/// If emails cannot be written, certificates cannot be read, or TLS cannot be set up.
pub(crate) fn delivery(
    config: &Config,
    service: &AccountService,
    public_url: &PublicUrl,
) -> Result<Delivery, CommandError> {
    let settings = mail_settings(config);
    let mailer: Arc<dyn Mailer> = match &config.mail.transport {
        Transport::File(directory) => Arc::new(FileMailer::open(directory, &settings)?),
        Transport::Smtp(server) => Arc::new(SmtpMailer::new(server, &settings)?),
    };
    let mailer = if config.traces.is_some() { Arc::new(TracedMailer(mailer)) } else { mailer };
    let links = Links::new(public_url.as_str());
    let links = match &config.http.link_url {
        Some(link_url) => links.with_short_url(link_url.as_str()),
        None => links,
    };
    let delivery = Delivery::new(service, mailer, links);
    if config.webhooks.endpoints.is_empty() {
        return Ok(delivery);
    }
    let sender: Arc<dyn EventSender> = Arc::new(webhooks(config)?);
    let sender = if config.traces.is_some() { Arc::new(TracedSender(sender)) } else { sender };
    Ok(delivery.with_events(sender))
}

/// Creates what looks up whether domains take email, with the system's name servers.
fn mail_domains() -> Arc<dyn MailDomainCheck> {
    Arc::new(DnsMailDomains::new(DnsServers::of_system()))
}

/// Creates the sender of webhooks.
///
/// # Errors
/// If TLS cannot be set up.
pub(crate) fn webhooks(config: &Config) -> Result<Webhooks, CommandError> {
    Ok(Webhooks::new(OutboundClient::new()?, Arc::new(SystemClock), config.webhooks.endpoints.clone()))
}

/// Creates the client of a provider. It asks nobody anything before somebody signs in.
///
/// # Errors
/// If TLS cannot be set up.
pub(crate) fn provider(configured: &ConfiguredProvider) -> Result<Provider, CommandError> {
    Ok(configured.client.connect(OutboundClient::new()?, Arc::new(SystemClock))?)
}

fn identity_providers(config: &Config) -> Result<Vec<Arc<dyn IdentityProvider>>, CommandError> {
    config.providers.iter().map(|configured| Ok(Arc::new(provider(configured)?) as _)).collect()
}

/// Returns what the core has to know of the providers.
fn provider_settings(config: &Config, public_url: &PublicUrl) -> BTreeMap<ProviderName, ProviderSettings> {
    let settings = config.providers.iter().map(|ConfiguredProvider { client, title, trusts_verified_email }| {
        let settings = ProviderSettings {
            title: title.clone(),
            redirect_uri: provider_redirect_uri(public_url, &client.name),
            trusts_verified_email: *trusts_verified_email,
        };
        (client.name.clone(), settings)
    });
    settings.collect()
}

/// Returns the settings for all emails.
pub(crate) fn mail_settings(config: &Config) -> MailSettings {
    MailSettings {
        operator_name: config.http.operator_name.clone(),
        branding: config.http.branding().clone(),
        ..config.mail.settings.clone()
    }
}

/// Returns the operator's name and the public host: passwords must not consist only of them.
fn service_words(config: &Config, public_url: &PublicUrl) -> Vec<String> {
    let host = match public_url.url().host() {
        Some(Host::Domain(name)) if name.contains('.') => Some(name.to_owned()),
        _ => None,
    };
    let name = config.http.operator_name.as_ref().map(|name| name.as_str().to_owned());
    name.into_iter().chain(host).collect()
}
