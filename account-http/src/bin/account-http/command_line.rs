//! The command line.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};

/// Account registration as a service.
#[derive(Debug, Parser)]
#[command(name = "account-http", version)]
pub(crate) struct CommandLine {
    /// The configuration file [default: account.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// What to do; without it, `serve`.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the APIs and pages, and deliver mails (the default)
    Serve(Serve),
    /// Deliver mails only, for processes that serve with --no-worker
    Worker,
    /// Make the database, or bring its schema up to date, and end
    Migrate,
    /// Print the OpenAPI document of an API
    Openapi(Openapi),
    /// Look at the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
}

/// How to serve.
#[derive(Debug, Default, Args)]
pub(crate) struct Serve {
    /// Leave mails to another process
    #[arg(long)]
    pub(crate) no_worker: bool,
}

/// Which document.
#[derive(Debug, Args)]
pub(crate) struct Openapi {
    /// The API
    #[arg(long, value_name = "NAME", default_value = "native", value_parser = PossibleValuesParser::new(account_http::SURFACES))]
    pub(crate) surface: String,
    /// Print the names of the APIs instead, one a line
    #[arg(long)]
    pub(crate) list: bool,
}

/// What about the configuration.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Check it, and print every setting with its source, and the risks
    Check,
    /// Print a configuration file with every setting, its default and what it does
    Example,
}
