//! The configuration: read once, from a file and the environment, and judged as a whole.
//!
//! A setting comes from the environment, else from the file, else from its default. A name that is no setting is an
//! error: a misspelled limit must not be a limit that does not hold. All that is wrong is said at once.

mod example;
mod keys;
mod problem;
mod reader;
mod report;
mod risk;
mod section;
mod source;
#[cfg(test)]
mod tests;
mod values;

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use account_core::password::argon2::Argon2Settings;

pub(crate) use example::example;
use problem::Problem;
pub(crate) use problem::Problems;
use reader::{ConfigReader, Effective};
pub(crate) use report::report;
pub(crate) use risk::risks;
pub(crate) use section::http::Http;
pub(crate) use section::log::{Log, LogFormat};
pub(crate) use section::mail::{Mail, Transport};
pub(crate) use section::metrics::Metrics;
pub(crate) use section::registration::Registration;
pub(crate) use section::store::{MasterKeyFile, Store};
pub(crate) use section::traces::Traces;
pub(crate) use section::webhooks::Webhooks;
use source::{KeySource, from_environment, from_file};

/// The file that is read when none is named, if it exists.
const DEFAULT_FILE: &str = "account.toml";

/// The configuration.
#[derive(Debug)]
pub(crate) struct Config {
    /// What is served, where and to whom.
    pub(crate) http: Http,
    /// Where everything is kept.
    pub(crate) store: Store,
    /// How mails leave.
    pub(crate) mail: Mail,
    /// Who may register, and how often.
    pub(crate) registration: Registration,
    /// What a password hash costs.
    pub(crate) hashing: Argon2Settings,
    /// Who may read metrics, and where.
    pub(crate) metrics: Metrics,
    /// Where traces go, if anywhere.
    pub(crate) traces: Option<Traces>,
    /// Whom events are told.
    pub(crate) webhooks: Webhooks,
    /// How the log is written.
    pub(crate) log: Log,
    /// All settings as they hold, for people.
    effective: Vec<Effective>,
}

impl Config {
    /// Reads file and environment. Without a name, `account.toml` is read if it is there.
    ///
    /// # Errors
    /// [`Problems`], all of them.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, Problems> {
        let path = file.unwrap_or_else(|| Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Ok(text),
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(error),
        };
        let text = text.map_err(|error| {
            let message = format!("the file cannot be read: {error}");
            Problems(vec![Problem::new(&path.display().to_string(), KeySource::Default, message)])
        })?;
        Self::read(path, &text, std::env::vars_os())
    }

    /// Reads the text of a file, and variables.
    fn read(
        path: &Path,
        text: &str,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let file = from_file(path, text, &mut problems);
        let environment = from_environment(variables, &mut problems);
        let mut reader = ConfigReader::new(file, environment, problems);
        let config = section::read_all(&mut reader);
        match config {
            Ok(mut config) if reader.problems.is_empty() => {
                config.effective = reader.effective;
                Ok(config)
            }
            _ => Err(Problems(reader.problems)),
        }
    }

    /// Whether a setting was written anywhere.
    fn is_given(&self, name: &str) -> bool {
        self.effective.iter().any(|effective| effective.key.name == name && effective.origin != KeySource::Default)
    }

    /// Base of every link. Unless it is set, it is where the service listens; this machine, if it listens everywhere.
    pub(crate) fn public_url(&self, listening: SocketAddr) -> String {
        self.http.public_url.clone().unwrap_or_else(|| {
            let host = if listening.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { listening.ip() };
            format!("http://{}", SocketAddr::new(host, listening.port()))
        })
    }
}
