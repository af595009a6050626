//! The configuration: read once, from a file and the environment, and checked as a whole.
//!
//! A setting comes from the environment, otherwise from the file, otherwise it has its default. An unknown name is an
//! error, so that a misspelled limit does not go unnoticed. All errors are reported at once.

mod example;
mod key_source;
mod keys;
mod problem;
mod reader;
mod reference;
mod report;
mod risk;
mod section;
mod service_link;
mod settled;
mod source;
#[cfg(test)]
mod tests;
mod values;

use std::ffi::OsString;
use std::path::Path;

pub(crate) use example::example;
use key_source::KeySource;
use problem::Problem;
pub(crate) use problem::Problems;
use reader::ConfigReader;
pub(crate) use reference::reference;
pub(crate) use report::report;
pub(crate) use risk::risks;
pub(crate) use section::geo::Geo;
pub(crate) use section::log::{Log, LogFormat};
pub(crate) use section::mail::Transport;
pub(crate) use section::providers::ConfiguredProvider;
pub(crate) use section::traces::Traces;
pub(crate) use settled::Config;
use source::{from_environment, from_file};

/// The file that is read by default, if it exists.
const DEFAULT_FILE: &str = "account.toml";

impl Config {
    /// Reads file and environment. Without a file name, reads `account.toml` if it exists.
    ///
    /// # Errors
    /// [`Problems`] with everything that is wrong.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, Problems> {
        let path = file.unwrap_or_else(|| Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Ok(text),
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(error),
        };
        let text = text.map_err(|error| {
            let message = format!("cannot read the file: {error}");
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
        let mut left_alone = Vec::new();
        let environment = from_environment(variables, &mut left_alone, &mut problems);
        let mut reader = ConfigReader::new(file, environment, problems);
        let config = section::read_all(&mut reader);
        if reader.problems.is_empty() {
            Ok(Config { effective: reader.effective, secret_files: reader.secret_files, left_alone, ..config })
        } else {
            Err(Problems(reader.problems))
        }
    }
}
