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
    /// Traces cannot be collected.
    #[error(transparent)]
    Traces(#[from] TracesError),
    /// There is no master key.
    #[error("`store.master_key_file`")]
    MasterKey(#[from] MasterKeyFileError),
    /// The store cannot be opened.
    #[error("cannot open the database")]
    Store(#[from] OpenError),
    /// The store cannot be closed.
    #[error("cannot close the database")]
    Close(#[source] StoreError),
    /// The worker panicked.
    #[error("the delivery worker crashed")]
    WorkerDied,
    /// Mails cannot be written as files.
    #[error(transparent)]
    MailFiles(#[from] FileMailerError),
    /// Mails cannot be sent.
    #[error("cannot use the mail server")]
    MailServer(#[from] SmtpMailerError),
    /// Nobody can be reached over https.
    #[error(transparent)]
    Outbound(#[from] OutboundClientError),
    /// A test message cannot be sent there.
    #[error("unknown endpoint; configured endpoints: {0}")]
    NoEndpoint(String),
    /// A test message came to nothing.
    #[error("the test message was not delivered")]
    WebhookLost(#[source] ExchangeError),
    /// A test message was not taken.
    #[error("the endpoint did not accept the test message; events would be retried for three days and then dropped")]
    WebhookRefused,
    /// Passwords cannot be hashed.
    #[error("cannot start the hashing workers")]
    Hashing(#[from] WorkersError),
    /// Something about mails is wrong; the findings have been printed.
    #[error("{} failed: emails will not arrive, or will be treated as forged", counted(.0, "check", "checks"))]
    MailDoctor(usize),
    /// No address to send a test mail to.
    #[error("`--to` is not a valid email address")]
    TestAddress(#[source] EmailAddressError),
    /// Templates cannot be written.
    #[error("cannot write the templates to {}; existing files are not overwritten", path.display())]
    Templates {
        /// The directory.
        path: std::path::PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The address is taken, or not this machine's.
    #[error("`http.bind`: cannot listen on {address}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A worker alone does not know where the service listens.
    #[error("`http.public_url` is required: the port in `http.bind` is 0, and links need the actual port")]
    NoPublicUrl,
    /// A file cannot be read, written, or understood.
    #[error("{0}")]
    Transfer(String),
    /// Some lines of an import were skipped.
    #[error("{} skipped; see {file} for the reasons", counted(count, "line was", "lines were"))]
    LinesRefused {
        /// How many.
        count: u64,
        /// Where it says which.
        file: String,
    },
    /// The store failed during a command.
    #[error("the command did not complete")]
    Work(#[source] StoreError),
    /// Something the service depends on failed during a command.
    #[error("the command did not complete")]
    Failed(#[source] Failure),
    /// The file of what is to be taken in cannot be opened.
    #[error("cannot open the report file")]
    ReportFile(#[source] io::Error),
    /// What is to be taken in cannot be read.
    #[error("cannot read the report")]
    Report(#[source] io::Error),
    /// What was to be taken in is no report.
    #[error(transparent)]
    NotAReport(#[from] NotAReport),
    /// An account could not be made.
    #[error(transparent)]
    Operator(#[from] OperatorError),
    /// The operating system refused something else.
    #[error("{what}")]
    System {
        /// What.
        what: &'static str,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl CommandError {
    /// Names what the operating system refused.
    pub(crate) const fn system(what: &'static str) -> impl Fn(io::Error) -> Self {
        move |source| Self::System { what, source }
    }
}
