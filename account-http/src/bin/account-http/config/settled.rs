//! The configuration as the rest of the program sees it.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use account_core::password::argon2::Argon2Settings;
use account_core::translation::Catalog;
use account_http::settings::PublicUrl;

use super::key_source::KeySource;
use super::reader::Effective;
use super::section::geo::Geo;
use super::section::http::Http;
use super::section::log::Log;
use super::section::mail::Mail;
use super::section::metrics::Metrics;
use super::section::providers::ConfiguredProvider;
use super::section::registration::Registration;
use super::section::store::Store;
use super::section::traces::Traces;
use super::section::webhooks::Webhooks;
use super::values::is_loopback;

/// The configuration.
#[derive(Debug)]
pub(crate) struct Config {
    /// What is served, where and to whom.
    pub(crate) http: Http,
    /// Where data is stored.
    pub(crate) store: Store,
    /// The words of pages and emails.
    pub(crate) catalog: Arc<Catalog>,
    /// How emails are sent.
    pub(crate) mail: Mail,
    /// Who may register, and how often.
    pub(crate) registration: Registration,
    /// What a password hash costs.
    pub(crate) hashing: Argon2Settings,
    /// How far the workers' threads stand back.
    pub(crate) hashing_nice: u8,
    /// What says where clients are.
    pub(crate) geo: Geo,
    /// Where metrics are served, and to whom.
    pub(crate) metrics: Metrics,
    /// Where traces are sent, if anywhere.
    pub(crate) traces: Option<Traces>,
    /// The providers with whose accounts people can register, in the order in which pages show them.
    pub(crate) providers: Vec<ConfiguredProvider>,
    /// Where events are sent.
    pub(crate) webhooks: Webhooks,
    /// Format and level of the log.
    pub(crate) log: Log,
    /// The variables that look like settings, but were set by a platform.
    pub(crate) left_alone: Vec<String>,
    /// All effective settings, for people.
    pub(super) effective: Vec<Effective>,
    /// The files that `<setting>_file` names.
    pub(super) secret_files: BTreeMap<&'static str, PathBuf>,
}

impl Config {
    /// Returns whether a setting was written anywhere.
    pub(super) fn is_given(&self, name: &str) -> bool {
        self.effective.iter().any(|effective| effective.key.name == name && effective.origin != KeySource::Default)
    }

    /// Returns the base of every link. By default it is the listening address, or this machine if the service listens
    /// on all addresses.
    #[expect(clippy::expect_used, reason = "an address and a port are a URL")]
    pub(crate) fn public_url(&self, listening: SocketAddr) -> PublicUrl {
        self.http.public_url.clone().unwrap_or_else(|| {
            let host = if listening.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { listening.ip() };
            let own = format!("http://{}", SocketAddr::new(host, listening.port()));
            own.parse().expect("a URL of this machine")
        })
    }

    /// Returns whether the service is tried out on this machine: people reach it by a loopback address, and emails are
    /// written to files.
    pub(crate) fn is_development(&self, public_url: &PublicUrl) -> bool {
        self.mail.directory().is_some() && is_loopback(public_url.url())
    }
}
