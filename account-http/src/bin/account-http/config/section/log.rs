//! Format and level of the log.

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::log_level;

/// Format and level of the log: section `log`.
#[derive(Debug)]
pub(crate) struct Log {
    /// The format, if set.
    pub(crate) format: Option<LogFormat>,
    /// What is logged.
    pub(crate) level: String,
}

/// A log format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object per line.
    Json,
}

impl Log {
    pub(crate) fn read(reader: &mut ConfigReader) -> Self {
        Self { format: reader.optional("log.format", format), level: reader.value("log.level", log_level) }
    }
}

fn format(text: &str) -> Parsed<LogFormat> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(Refusal::NotAllowed),
    }
}
