//! `serve` and `worker`: the long-running commands.

mod admission;
mod client_stream;
mod connections;
mod file_limit;
mod greeting;
mod metrics;
mod refused;
mod watched_body;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use account_core::ports::NoLocations;
use account_core::system::Worker;
use account_core::system::worker::Stopped;
use account_core::{AccountService, Delivery};
use account_http::attack_watch::AttackWatch;
use account_http::metrics::Metrics;
use account_http::refusal::Refusals;
use account_http::settings::{HttpSettings, PublicUrl};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::assemble::{Assembled, Foundation, delivery};
use crate::config::{Config, risks};
use crate::error::CommandError;
use crate::locations::Locations;
use crate::signals;
use crate::worker_log::WorkerLog;
use admission::{Admissions, Ceilings};
use connections::{Connections, Patience, Rules, listen};
use greeting::greet;

/// How long accepted requests and deliveries in progress may take after the stop signal. Then [`CLOSE_DEADLINE`] and
/// two seconds for the last traces follow: 30 seconds in all, after which most supervisors kill a process.
const STOP_DEADLINE: Duration = Duration::from_secs(25);
/// How often attacks that are over are looked for.
const LOOK: Duration = Duration::from_secs(10);
/// How long the store may take to close.
const CLOSE_DEADLINE: Duration = Duration::from_secs(3);

/// Serves HTTP, and delivers emails and webhooks unless another process does.
///
/// # Errors
/// If something that the service needs is not available. Nothing is served then.
pub(crate) async fn serve(config: &Config, has_worker: bool) -> Result<(), CommandError> {
    let stop = signals::stop_token().map_err(CommandError::system("cannot listen for signals"))?;
    let files = file_limit::raise();
    let locations = Locations::open(&config.geo)?;
    let foundation = open(config, &stop).await?;
    let listener = listen(config.http.bind).await?;
    let address = listener.local_addr().map_err(CommandError::system("cannot determine the listening address"))?;
    let public_url = config.public_url(address);
    let Assembled { service, metrics, attacks } = foundation.assemble(config, &public_url, locations.locator())?;
    tokio::spawn(watch_attacks(attacks, stop.clone()));
    tokio::spawn(locations.watch(stop.clone()));
    let worker = if has_worker {
        let delivery = delivery(config, &service, &public_url)?;
        Some(spawn_worker(delivery, &service, &foundation.metrics, config.mail.directory(), &stop))
    } else {
        None
    };
    let metrics = metrics::serve_apart(config, metrics, &stop).await?;
    let app = account_http::app_with_metrics(
        &service,
        Arc::new(foundation.store.clone()),
        &foundation.master_keys.current,
        &http_settings(config, &public_url),
        &foundation.metrics,
        metrics,
    );
    // The app holds the service. This reference would keep the hashing workers alive after the app ends.
    drop(service);
    greet(config, address, &public_url, has_worker);
    let rules = rules(config, &public_url, files, &foundation.metrics);
    Connections::new(app, rules).serve(listener, stop, STOP_DEADLINE).await;
    finish(worker, foundation).await
}

/// Returns the settings of the HTTP side. On this machine alone, a page lists emails that are written to files.
fn http_settings(config: &Config, public_url: &PublicUrl) -> HttpSettings {
    let mail_directory = config.mail.directory().filter(|_| config.is_development(public_url));
    let provider_order = config.providers.iter().map(|provider| provider.client.name.clone()).collect();
    HttpSettings { mail_directory, provider_order, ..config.http.settings(public_url) }
}

/// Delivers emails and webhooks, for processes that serve with `--no-worker`.
///
/// # Errors
/// If something that the worker needs is not available.
pub(crate) async fn work(config: &Config) -> Result<(), CommandError> {
    if config.http.public_url.is_none() && config.http.bind.port() == 0 {
        return Err(CommandError::NoPublicUrl);
    }
    let stop = signals::stop_token().map_err(CommandError::system("cannot listen for signals"))?;
    file_limit::raise();
    let foundation = open(config, &stop).await?;
    let public_url = config.public_url(config.http.bind);
    let Assembled { service, metrics, attacks: _ } = foundation.assemble(config, &public_url, Arc::new(NoLocations))?;
    metrics::serve_apart(config, metrics, &stop).await?;
    let delivery = delivery(config, &service, &public_url)?;
    let worker = spawn_worker(delivery, &service, &foundation.metrics, config.mail.directory(), &stop);
    stop.cancelled().await;
    finish(Some(worker), foundation).await
}

/// Opens what the process needs. If it is told to stop meanwhile, a migration has until the deadline.
async fn open(config: &Config, stop: &CancellationToken) -> Result<Foundation, CommandError> {
    for risk in risks(config) {
        tracing::warn!(event = "risky_setting", setting = risk.name, "{}", risk.message);
    }
    let deadline = async {
        stop.cancelled().await;
        sleep(STOP_DEADLINE).await;
    };
    tokio::select! {
        opened = Foundation::open(config, stop) => opened,
        () = deadline => Err(CommandError::StoppedAtStart),
    }
}

/// Tells of attacks that are over, until the process stops.
async fn watch_attacks(attacks: Arc<AttackWatch>, stop: CancellationToken) {
    while stop.run_until_cancelled(sleep(LOOK)).await.is_some() {
        attacks.look();
    }
}

/// Returns the rules for connections to the service's listener.
fn rules(config: &Config, public_url: &PublicUrl, files: Option<u64>, metrics: &Arc<Metrics>) -> Rules {
    let wanted = config.http.max_connections;
    let total = file_limit::connections_within(files, wanted, config.store.max_connections);
    if total < wanted {
        tracing::warn!(
            event = "few_files",
            connections = total,
            wanted,
            files,
            "the limit on open files allows fewer connections than `http.max_connections`: raise it (LimitNOFILE, ulimit -n)"
        );
    }
    let per_network = config.http.max_connections_per_address.min(total);
    let ceilings = Ceilings { total, per_network, uncounted: config.http.shared_networks() };
    Rules {
        patience: Patience::default(),
        admissions: Admissions::new(ceilings, Arc::clone(metrics)),
        refusals: Refusals::new(public_url.clone()),
    }
}

/// Starts the worker. When it ends for any reason, the process stops: without a worker, registrations would be accepted
/// but no email sent.
fn spawn_worker(
    delivery: Delivery,
    service: &AccountService,
    metrics: &Arc<Metrics>,
    mail_directory: Option<PathBuf>,
    stop: &CancellationToken,
) -> JoinHandle<Stopped> {
    let log = WorkerLog { metrics: Arc::clone(metrics), mail_directory };
    let (worker, stop) = (Worker::new(service, delivery).observed_by(Arc::new(log)), stop.clone());
    tokio::spawn(async move {
        let _ends_with_it = stop.clone().drop_guard();
        worker.run(stop.cancelled_owned(), STOP_DEADLINE).await
    })
}

/// Lets the worker finish its deliveries, and closes the store.
async fn finish(worker: Option<JoinHandle<Stopped>>, foundation: Foundation) -> Result<(), CommandError> {
    let mut is_worker_dead = false;
    if let Some(worker) = worker {
        match worker.await {
            Ok(Stopped::Finished) => {}
            Err(_) => is_worker_dead = true,
            Ok(Stopped::Abandoned) => tracing::warn!(
                event = "worker_abandoned",
                "deliveries in progress did not finish; they will be retried"
            ),
        }
    }
    if let Ok(closed) = timeout(CLOSE_DEADLINE, foundation.store.close()).await {
        closed.map_err(CommandError::Close)?;
    } else {
        tracing::warn!(event = "store_abandoned", "the database did not close in time");
    }
    tracing::info!(event = "stopped");
    if is_worker_dead { Err(CommandError::WorkerDied) } else { Ok(()) }
}
