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
    /// Look into whether mails will arrive and how they are worded, and take in what mail servers report of them
    #[command(subcommand)]
    Mail(MailCommand),
    /// Look into whether other systems are told of events
    #[command(subcommand)]
    Webhooks(WebhooksCommand),
    /// Make accounts of administrators
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Take accounts over from a file, with the hashes of their passwords
    Import(Import),
    /// Write all accounts into a file
    Export(Export),
    /// Remove what is of no use any more; a worker does so by itself every minute
    Housekeeping(Housekeeping),
}

/// What about mails.
#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Check configuration, keys, DNS records and mail server, and print the records to publish; fails if anything failed
    Doctor(MailDoctor),
    /// Write the templates of all mails into a directory, to be changed there
    Templates(MailTemplatesOptions),
    /// Take in a delivery report (RFC 3464): the mail that failed is marked as bounced
    Bounce(Bounce),
}

/// What to check.
#[derive(Debug, Args)]
pub(crate) struct MailDoctor {
    /// Send a test mail to this address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: Option<String>,
    /// Ask this name server instead of the system's
    #[arg(long, value_name = "IP:PORT")]
    pub(crate) dns_server: Option<std::net::SocketAddr>,
}

/// Where to write templates.
#[derive(Debug, Args)]
pub(crate) struct MailTemplatesOptions {
    /// The directory; no template must be in it yet
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) export: PathBuf,
}

/// What about webhooks.
#[derive(Debug, Subcommand)]
pub(crate) enum WebhooksCommand {
    /// Send a signed message of the type `webhook.test`, and say what came back; fails unless it was taken
    Test(WebhooksTest),
}

/// Which endpoint.
#[derive(Debug, Args)]
pub(crate) struct WebhooksTest {
    /// Its name in the configuration
    #[arg(value_name = "NAME")]
    pub(crate) endpoint: String,
}

/// What about administrators.
#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Make an account with a proven address and a password, or, without --password-stdin, invite the person by mail
    Create(CreateAdmin),
    /// Invite a person by mail; they choose the password
    Invite(InviteAdmin),
}

/// Whose account.
#[derive(Debug, Args)]
pub(crate) struct CreateAdmin {
    /// The address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    /// The role
    #[arg(long, value_parser = PossibleValuesParser::new(["user", "admin", "super_admin"]))]
    pub(crate) role: String,
    /// Read the password from standard input, up to the first line end
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

/// Who is invited.
#[derive(Debug, Args)]
pub(crate) struct InviteAdmin {
    /// The address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    /// The role
    #[arg(long, default_value = "user", value_parser = PossibleValuesParser::new(["user", "admin", "super_admin"]))]
    pub(crate) role: String,
}

/// Which report.
#[derive(Debug, Args)]
pub(crate) struct Bounce {
    /// The mail as it came, of up to 1 MiB [default: standard input]
    pub(crate) file: Option<PathBuf>,
}

/// What to import.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A `.csv` file with a header line, or a `.jsonl` file with one object a line
    pub(crate) file: PathBuf,
    /// Begin at the beginning, even if an earlier import of the file was interrupted
    #[arg(long)]
    pub(crate) restart: bool,
}

/// Where to export to.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The file, `.csv` or `.jsonl`; it must not be there yet
    pub(crate) file: PathBuf,
    /// Write the hashes of passwords as well
    #[arg(long)]
    pub(crate) with_hashes: bool,
    /// Begin at the beginning, even if an earlier export to the file was interrupted
    #[arg(long)]
    pub(crate) restart: bool,
}

/// How to tidy up.
#[derive(Debug, Args)]
pub(crate) struct Housekeeping {
    /// Only say how much there is to remove
    #[arg(long)]
    pub(crate) dry_run: bool,
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
    #[arg(long, value_name = "NAME", default_value = "native", value_parser = PossibleValuesParser::new(account_http::document_names()))]
    pub(crate) surface: String,
    /// Print the names of the APIs instead, one a line
    #[arg(long)]
    pub(crate) list: bool,
    /// Print instead what lengths in the document differ from the table of field limits, one a line
    #[arg(long, conflicts_with = "list")]
    pub(crate) limit_differences: bool,
}

/// What about the configuration.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Check it, and print every setting with its source, and the risks
    Check,
    /// Print a configuration file with every setting, its default and what it does
    Example,
}
