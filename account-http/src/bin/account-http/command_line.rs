//! The command line.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Account registration as a service.
#[derive(Debug, Parser)]
#[command(name = "account-http", version)]
pub(crate) struct CommandLine {
    /// The configuration file [default: account.toml, if it exists]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The command; without one, `serve`
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the APIs and pages, and deliver email (the default)
    Serve(Serve),
    /// Deliver email and webhooks only; use it with `serve --no-worker`
    Worker,
    /// Create the database or update its schema, then exit
    Migrate,
    /// Print the OpenAPI document of an API
    Openapi(Openapi),
    /// Check or print the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Check email delivery, export email templates, process bounces
    #[command(subcommand)]
    Mail(MailCommand),
    /// Export page templates
    #[command(subcommand)]
    Pages(PagesCommand),
    /// Export the words of pages and emails, so that you can translate or change them
    Translations(TranslationsOptions),
    /// Test webhook endpoints
    #[command(subcommand)]
    Webhooks(WebhooksCommand),
    /// Check providers with whose accounts people can register
    #[command(subcommand)]
    Providers(ProvidersCommand),
    /// Create administrator accounts
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Import accounts from a file, with their password hashes
    Import(Import),
    /// Export all accounts to a file
    Export(Export),
    /// Delete expired data; a running worker does this every minute
    Housekeeping(Housekeeping),
}

/// The commands for email.
#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Check configuration, keys, DNS records and mail server, and print the records to publish; fails if a check fails
    Doctor(MailDoctor),
    /// Export all email templates to a directory, so that you can change them
    Templates(TemplatesOptions),
    /// Process a delivery report (RFC 3464): mark the failed email as bounced
    Bounce(Bounce),
}

/// Options of `mail doctor`.
#[derive(Debug, Args)]
pub(crate) struct MailDoctor {
    /// Send a test email to this address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: Option<String>,
    /// Query this DNS server instead of the system's
    #[arg(long, value_name = "IP:PORT")]
    pub(crate) dns_server: Option<std::net::SocketAddr>,
}

/// The commands for pages.
#[derive(Debug, Subcommand)]
pub(crate) enum PagesCommand {
    /// Export all page templates to a directory, so that you can change them
    Templates(TemplatesOptions),
}

/// Options of `mail templates` and `pages templates`.
#[derive(Debug, Args)]
pub(crate) struct TemplatesOptions {
    /// The directory; existing templates are not overwritten
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) export: PathBuf,
}

/// Options of `translations`.
#[derive(Debug, Args)]
pub(crate) struct TranslationsOptions {
    /// The directory for en.ftl, which has every message in English; an existing file is not overwritten
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) export: PathBuf,
}

/// The commands for webhooks.
#[derive(Debug, Subcommand)]
pub(crate) enum WebhooksCommand {
    /// Send a signed `webhook.test` message and print the response; fails unless the endpoint accepts it
    Test(WebhooksTest),
}

/// Options of `webhooks test`.
#[derive(Debug, Args)]
pub(crate) struct WebhooksTest {
    /// Name of the endpoint in the configuration
    #[arg(value_name = "NAME")]
    pub(crate) endpoint: String,
}

/// The commands for providers.
#[derive(Debug, Subcommand)]
pub(crate) enum ProvidersCommand {
    /// Check a provider's discovery, keys, scopes and clock, the redirect URI and the client secret; fails if a check fails
    Check(ProvidersCheck),
}

/// Options of `providers check`.
#[derive(Debug, Args)]
pub(crate) struct ProvidersCheck {
    /// Name of the provider in the configuration
    #[arg(value_name = "NAME")]
    pub(crate) provider: String,
}

/// The commands for administrators.
#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Create an account with a verified address and a password, which is asked for on a terminal. Without a terminal and
    /// --password-stdin, invite the person by email
    Create(CreateAdmin),
    /// Invite a person by email; they choose the password
    Invite(InviteAdmin),
}

/// Options of `admin create`.
#[derive(Debug, Args)]
pub(crate) struct CreateAdmin {
    /// Email address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    /// Role
    #[arg(long, value_parser = PossibleValuesParser::new(["user", "admin", "super_admin"]))]
    pub(crate) role: String,
    /// Read the password from the first line of standard input, in UTF-8
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

/// Options of `admin invite`.
#[derive(Debug, Args)]
pub(crate) struct InviteAdmin {
    /// Email address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    /// Role
    #[arg(long, default_value = "user", value_parser = PossibleValuesParser::new(["user", "admin", "super_admin"]))]
    pub(crate) role: String,
}

/// Options of `mail bounce`.
#[derive(Debug, Args)]
pub(crate) struct Bounce {
    /// The report as received, up to 1 MiB [default: standard input]
    pub(crate) file: Option<PathBuf>,
}

/// Options of `import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A table with a header line (`.csv`, `.tsv`), a file with one JSON object per line (`.jsonl`), or a JSON document
    /// with an array of accounts (`.json`)
    pub(crate) file: PathBuf,
    /// The system that exported the file
    #[arg(long, value_name = "SYSTEM")]
    pub(crate) from: Option<OtherSystem>,
    /// With `--from firebase`: a file with the project's password hash parameters, as Firebase's console shows them
    #[arg(long, value_name = "FILE")]
    pub(crate) hash_config: Option<PathBuf>,
    /// Take addresses as verified if the file does not say whether they are
    #[arg(long)]
    pub(crate) assume_verified: bool,
    /// Ignore a column or member of that name; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) ignore_column: Vec<String>,
    /// Start over, even if an earlier import of this file was interrupted
    #[arg(long)]
    pub(crate) restart: bool,
    /// Take the cells of a table as they are, without removing the `'` that an export puts before formulas
    #[arg(long)]
    pub(crate) raw: bool,
}

/// A system that accounts can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OtherSystem {
    /// ASP.NET Core Identity: the table of users
    Aspnet,
    /// Auth0: the export with password hashes
    Auth0,
    /// Devise (Rails): the table of users
    Devise,
    /// Django: dumpdata, or the table of users
    Django,
    /// Firebase Authentication: firebase auth:export
    Firebase,
    /// Keycloak: the export of a realm
    Keycloak,
    /// Laravel: the table of users
    Laravel,
    /// Supabase: the table of users
    Supabase,
    /// WordPress: the table of users
    Wordpress,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// A `.csv` or `.jsonl` file that does not exist yet
    pub(crate) file: PathBuf,
    /// Include password hashes
    #[arg(long)]
    pub(crate) with_hashes: bool,
    /// Start over, even if an earlier export to this file was interrupted
    #[arg(long)]
    pub(crate) restart: bool,
    /// Write the cells of a `.csv` file as they are, without a `'` before those that spreadsheets take for formulas
    #[arg(long)]
    pub(crate) raw: bool,
}

/// Options of `housekeeping`.
#[derive(Debug, Args)]
pub(crate) struct Housekeeping {
    /// Only print what would be deleted
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Options of `serve`.
#[derive(Debug, Default, Args)]
pub(crate) struct Serve {
    /// Do not deliver email or webhooks; another process runs `account-http worker`
    #[arg(long)]
    pub(crate) no_worker: bool,
}

/// Options of `openapi`.
#[derive(Debug, Args)]
pub(crate) struct Openapi {
    /// Name of the API
    #[arg(long, value_name = "NAME", default_value = "native", value_parser = PossibleValuesParser::new(account_http::document_names()))]
    pub(crate) api: String,
    /// Print the names of all APIs instead, one per line
    #[arg(long)]
    pub(crate) list: bool,
    /// Print the lengths in the document that differ from the table of field limits, one per line
    #[arg(long, conflicts_with = "list")]
    pub(crate) limit_differences: bool,
}

/// The commands for the configuration.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Check the configuration; print every setting with its source, and any risks
    Check,
    /// Print an example file with every setting, its default and a description
    Example,
    /// Print a page about every setting, in Markdown
    Reference,
}
