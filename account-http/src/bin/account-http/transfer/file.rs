//! The file that accounts come from or go into, and the bar that shows how far it is.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::CommandError;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Comma-separated values with a header line (RFC 4180).
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// The format that the file's name says.
    pub(super) fn of(file: &Path) -> Result<Self, CommandError> {
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("jsonl" | "ndjson") => Ok(Self::JsonLines),
            _ => Err(CommandError::Transfer(format!("{}: the name must end in .csv or .jsonl", file.display()))),
        }
    }
}

/// The file with something added to its whole name.
pub(super) fn beside(file: &Path, added: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(added);
    PathBuf::from(name)
}

/// Names the file that something went wrong with.
pub(super) fn failed(file: &Path) -> impl Fn(std::io::Error) -> CommandError {
    let file = file.display().to_string();
    move |error| CommandError::Transfer(format!("{file}: {error}"))
}

/// A bar that fills up, on a terminal.
pub(super) fn bar(length: u64, template: &str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    // A template that is not understood leaves the bar as it is by default.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
