//! The log, on standard error: lines for people on a terminal, else one JSON object a line.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

use crate::config::{Log, LogFormat};

/// What speaks less than the rest, unless it is named in the settings: every start looks at every migration.
const QUIET: &str = "sea_orm_migration=warn";

/// The log cannot be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogError {
    /// The directives are none.
    #[error("`log.level` is not understood")]
    Level(#[source] ParseError),
    /// There is a log already.
    #[error("the log is started already")]
    Twice(#[source] TryInitError),
}

/// Starts the log.
///
/// # Errors
/// [`LogError`] when the level is not understood, or when it was started before.
pub(crate) fn start(log: &Log) -> Result<(), LogError> {
    let is_terminal = stderr().is_terminal();
    let format = log.format.unwrap_or(if is_terminal { LogFormat::Text } else { LogFormat::Json });
    let filter = EnvFilter::try_new(format!("{QUIET},{}", log.level)).map_err(LogError::Level)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(is_terminal);
    match format {
        LogFormat::Text => builder.finish().try_init(),
        LogFormat::Json => builder.json().flatten_event(true).finish().try_init(),
    }
    .map_err(LogError::Twice)
}
