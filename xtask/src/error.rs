//! Why a chore failed.

use std::{io, path::PathBuf, process::ExitStatus};

/// Why a chore failed. No text repeats its source.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A program could not be started.
    #[error("cannot start `{command}`")]
    Start {
        /// The command line.
        command: String,
        source: io::Error,
    },
    /// A program ended with a failure.
    #[error("`{command}` failed ({status})")]
    Failed {
        /// The command line.
        command: String,
        status: ExitStatus,
    },
    /// A program's output is not what it should be.
    #[error("`{command}` printed something unexpected: {what}")]
    Output {
        /// The command line.
        command: String,
        /// What is wrong with it.
        what: String,
    },
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{path} is not a manifest")]
    Manifest { path: String, source: toml::de::Error },
    #[error("{path} is not Rust source")]
    Source { path: String, source: proc_macro2::LexError },
    /// Rules of architecture or tidiness are broken; they have been listed.
    #[error("{0} broken rules")]
    Untidy(usize),
    /// Committed OpenAPI documents differ from the service's; they have been listed.
    #[error("{0} OpenAPI documents differ from the service; `cargo xtask openapi` rewrites them")]
    OpenApi(usize),
    /// Lengths in the documents are not those of the table; they have been listed.
    #[error("{0} lengths in OpenAPI documents are not those of account-core/src/field_limits.rs")]
    FieldLimits(usize),
    /// Committed pages about the configuration differ from the service's; they have been listed.
    #[error("{0} pages about the configuration differ from the service; `cargo xtask openapi` rewrites them")]
    Configuration(usize),
    /// Committed clients differ from what the documents make; they have been listed.
    #[error("{0} files of clients differ from the documents; `cargo xtask clients` rewrites them")]
    Clients(usize),
    /// A document that no client can be made of.
    #[error("no client of {document}: {what}")]
    Generator { document: String, what: String },
    /// Crates that are not ready to be published; what they lack has been listed.
    #[error("{0} faults in packages")]
    Packages(usize),
    /// Steps of the check failed; they have been listed.
    #[error("{0} of the checks failed")]
    Checks(usize),
    /// A program is absent and may not be installed from here.
    #[error("`{program}` is absent ({purpose}): install the package `{package}`")]
    Missing { program: &'static str, package: &'static str, purpose: &'static str },
    #[error("the hashing benchmark cannot hash: {0}")]
    Hashing(argon2::Error),
    /// The service under test did not behave.
    #[error("the service {0}")]
    Service(String),
    /// The load generator could not run at all.
    #[error("cannot generate load")]
    Load(#[source] io::Error),
    /// A history breaks a promise.
    #[cfg(feature = "explore")]
    #[error("a promise is broken\n{0}")]
    Broken(String),
}

impl Error {
    /// Wraps the failure of reading `path`.
    pub(crate) fn read(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Read { path, source }
    }

    /// Wraps the failure of writing `path`.
    pub(crate) fn write(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Write { path, source }
    }
}
