//! Why a command failed.

use std::io;
use std::net::SocketAddr;

use account_core::email_address::EmailAddressError;
use account_core::operator::OperatorError;
use account_core::password::argon2::WorkersError;
use account_core::ports::{NotAReport, StoreError};
use account_core::service::Failure;
use account_core::system::master_key_file::MasterKeyFileError;
use account_http::outbound::client::{ExchangeError, OutboundClientError};
use account_http::outbound::geo::CityDatabaseError;
use account_http::outbound::providers::NoIssuer;
use account_mail::{FileMailerError, SmtpMailerError};
use account_store::OpenError;

use crate::config::Problems;
use crate::logging::LogError;
use crate::output::counted;
use crate::traces::TracesError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] Problems),
    /// The log cannot be started.
    #[error("cannot start the log")]
    Log(#[from] LogError),
    /// The trace exporter cannot be created.
    #[error(transparent)]
    Traces(#[from] TracesError),
    /// The master key cannot be read or created.
    #[error("`store.master_key_file`")]
    MasterKey(#[from] MasterKeyFileError),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The store cannot be written to.
    #[error("cannot write to the database")]
    NotWritable(#[source] StoreError),
    /// The process was told to stop before it had started.
    #[error("stopped before the database was ready")]
    StoppedAtStart,
    /// The store cannot be closed.
    #[error("cannot close the database")]
    Close(#[source] StoreError),
    /// The worker panicked.
    #[error("the delivery worker crashed")]
    WorkerDied,
    /// The database of cities cannot be used.
    #[error("`geo.city_database`: {}", path.display())]
    CityDatabase {
        /// The file.
        path: std::path::PathBuf,
        /// The reason.
        #[source]
        source: CityDatabaseError,
    },
    /// Emails cannot be written as files.
    #[error(transparent)]
    MailFiles(#[from] FileMailerError),
    /// The mail server cannot be used.
    #[error("cannot use the mail server")]
    MailServer(#[from] SmtpMailerError),
    /// No https client can be created.
    #[error(transparent)]
    Outbound(#[from] OutboundClientError),
    /// There is no such webhook endpoint.
    #[error("unknown endpoint; configured endpoints: {0}")]
    NoEndpoint(String),
    /// A test message was not delivered.
    #[error("the test message was not delivered")]
    WebhookLost(#[source] ExchangeError),
    /// A test message was not accepted.
    #[error("the endpoint did not accept the test message; events would be retried for three days and then dropped")]
    WebhookRefused,
    /// A provider cannot be used as it is configured.
    #[error(transparent)]
    Provider(#[from] NoIssuer),
    /// There is no such provider.
    #[error("unknown provider; configured providers: {0}")]
    NoProvider(String),
    /// Checks of a provider failed; the findings were printed.
    #[error("{} failed: people cannot sign in with this provider", counted(.0, "check", "checks"))]
    ProviderCheck(usize),
    /// Passwords cannot be hashed.
    #[error("cannot start the hashing workers")]
    Hashing(#[from] WorkersError),
    /// Checks of email delivery failed; the findings were printed.
    #[error("{} failed: emails will not arrive, or will be treated as forged", counted(.0, "check", "checks"))]
    MailDoctor(usize),
    /// The recipient of the test email is not an address.
    #[error("`--to` is not a valid email address")]
    TestAddress(#[source] EmailAddressError),
    /// The templates cannot be written.
    #[error("cannot write the templates to {}; existing files are not overwritten", path.display())]
    Templates {
        /// The directory.
        path: std::path::PathBuf,
        /// The reason.
        #[source]
        source: io::Error,
    },
    /// The words cannot be written.
    #[error("cannot write {}; an existing file is not overwritten", path.display())]
    Translations {
        /// The file.
        path: std::path::PathBuf,
        /// The reason.
        #[source]
        source: io::Error,
    },
    /// The address is in use, or does not belong to this machine.
    #[error("`http.bind`: cannot listen on {address}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// The reason.
        #[source]
        source: io::Error,
    },
    /// A worker without the service does not know where the service listens.
    #[error("`http.public_url` is required: the port in `http.bind` is 0, and links need the actual port")]
    NoPublicUrl,
    /// A file cannot be read, written or parsed.
    #[error("{0}")]
    Transfer(String),
    /// Some lines of an import were skipped.
    #[error("{} skipped; see {file} for the reasons", counted(count, "line was", "lines were"))]
    LinesRefused {
        /// The number of lines.
        count: u64,
        /// The file with the reasons.
        file: String,
    },
    /// The store failed during a command.
    #[error("the command did not complete")]
    Work(#[source] StoreError),
    /// Something the service depends on failed during a command.
    #[error("the command did not complete")]
    Failed(#[source] Failure),
    /// The file of a delivery report cannot be opened.
    #[error("cannot open the report file")]
    ReportFile(#[source] io::Error),
    /// A delivery report cannot be read.
    #[error("cannot read the report")]
    Report(#[source] io::Error),
    /// The input is not a delivery report.
    #[error(transparent)]
    NotAReport(#[from] NotAReport),
    /// An account could not be created.
    #[error(transparent)]
    Operator(#[from] OperatorError),
    /// No password was typed.
    #[error("no password was given; `account-http admin invite` lets the person choose it")]
    NoPassword,
    /// The password was typed differently the second time.
    #[error("the passwords are not the same")]
    PasswordsDiffer,
    /// The person interrupted.
    #[error("interrupted")]
    Interrupted,
    /// The person interrupted when it was too late to say what is done.
    #[error("interrupted, but the account may have been created all the same")]
    InterruptedWhileActing,
    /// The operating system reported another error.
    #[error("{what}")]
    System {
        /// What failed.
        what: &'static str,
        /// The reason.
        #[source]
        source: io::Error,
    },
}

impl CommandError {
    /// Wraps an error of the operating system, with the action that failed.
    pub(crate) const fn system(what: &'static str) -> impl Fn(io::Error) -> Self {
        move |source| Self::System { what, source }
    }
}
