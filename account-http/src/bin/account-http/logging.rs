//! The log on standard error: lines for people on a terminal, otherwise one JSON object per line.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::filter::ParseError;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::config::{Log, LogFormat};
use crate::traces::Exporting;

/// Less is logged of these unless the settings name them: every start checks every migration, and the pools tell of each
/// attempt to connect what the store tells once. Spans of traces do not go to the log.
const QUIET: &str = "sea_orm_migration=warn,otel=off,sqlx_core::pool::connection=off,sqlx_core::pool::inner=off";

/// The log cannot be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogError {
    /// The directives are invalid.
    #[error("`log.level` is not valid")]
    Level(#[source] ParseError),
    /// A log was already started.
    #[error("the log is already running")]
    Twice(#[source] TryInitError),
}

/// Starts the log, and the recording of spans if traces are collected.
///
/// # Errors
/// [`LogError`] if the directives are invalid, or a log was already started.
pub(crate) fn start(log: &Log, traces: Option<&Exporting>) -> Result<(), LogError> {
    let is_terminal = stderr().is_terminal();
    let format = log.format.unwrap_or(if is_terminal { LogFormat::Text } else { LogFormat::Json });
    let filter = EnvFilter::try_new(format!("{QUIET},{}", log.level)).map_err(LogError::Level)?;
    let lines = fmt::layer().with_writer(stderr).with_ansi(is_terminal);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let subscriber = tracing_subscriber::registry().with(lines.with_filter(filter));
    // A layer that is `None` would enable all spans of traces.
    match traces {
        Some(traces) => subscriber.with(traces.layer()).try_init(),
        None => subscriber.try_init(),
    }
    .map_err(LogError::Twice)
}
