//! The file of an import or export, and the progress bar.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::CommandError;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Comma-separated values with a header line (RFC 4180).
    Csv,
    /// One JSON object per line.
    JsonLines,
}

impl Format {
    /// Returns the format that the file's name indicates.
    pub(super) fn of(file: &Path) -> Result<Self, CommandError> {
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("jsonl" | "ndjson") => Ok(Self::JsonLines),
            _ => Err(CommandError::Transfer(format!("{}: the name must end in .csv or .jsonl", file.display()))),
        }
    }
}

/// Returns the path with a suffix added to the full name.
pub(super) fn beside(file: &Path, added: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(added);
    PathBuf::from(name)
}

/// Opens a file that only its owner can read, because it contains personal data. Creates it if there is none.
pub(super) fn open_for_owner(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Adds the file's name to an error.
pub(super) fn failed(file: &Path) -> impl Fn(std::io::Error) -> CommandError {
    let file = file.display().to_string();
    move |error| CommandError::Transfer(format!("{file}: {error}"))
}

/// Creates a progress bar, shown on a terminal.
pub(super) fn bar(length: u64, template: &str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    // If the template is invalid, the bar keeps its default look.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
