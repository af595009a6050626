//! What can keep the service from starting, or end it.

use std::io;
use std::net::SocketAddr;

use account_core::email_address::EmailAddressError;
use account_core::operator::OperatorError;
use account_core::password::argon2::WorkersError;
use account_core::ports::{NotAReport, StoreError};
use account_core::service::Unavailable;
use account_core::system::master_key_file::MasterKeyFileError;
use account_http::outbound::client::{ExchangeError, OutboundClientError};
use account_mail::{FileMailerError, SmtpMailerError};
use account_store::OpenError;

use crate::config::Problems;
use crate::logging::LogError;
use crate::traces::TracesError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] Problems),
    /// The log cannot be started.
    #[error("the log cannot be started")]
    Log(#[from] LogError),
    /// Traces cannot be collected.
    #[error(transparent)]
    Traces(#[from] TracesError),
    /// There is no master key.
    #[error("`store.master_key_file`")]
    MasterKey(#[from] MasterKeyFileError),
    /// The store cannot be opened.
    #[error("the store cannot be opened")]
    Store(#[from] OpenError),
    /// The store cannot be closed.
    #[error("the store cannot be closed")]
    Close(#[source] StoreError),
    /// The worker panicked.
    #[error("the worker that delivers mails has died")]
    WorkerDied,
    /// Mails cannot be written as files.
    #[error(transparent)]
    MailFiles(#[from] FileMailerError),
    /// Mails cannot be sent.
    #[error("the mail server cannot be used")]
    MailServer(#[from] SmtpMailerError),
    /// Nobody can be reached over https.
    #[error(transparent)]
    Outbound(#[from] OutboundClientError),
    /// A test message cannot be sent there.
    #[error("there is no endpoint of that name; configured are: {0}")]
    NoEndpoint(String),
    /// A test message came to nothing.
    #[error("the test message did not arrive")]
    WebhookLost(#[source] ExchangeError),
    /// A test message was not taken.
    #[error("the test message was not taken: events would be tried again for three days, and be given up then")]
    WebhookRefused,
    /// Passwords cannot be hashed.
    #[error("the hashing workers cannot be started")]
    Hashing(#[from] WorkersError),
    /// Something about mails is wrong; the findings have been printed.
    #[error("{0} of the checks failed: mails will not arrive, or be taken for forged")]
    MailDoctor(usize),
    /// No address to send a test mail to.
    #[error("`--to` is no mail address")]
    TestAddress(#[source] EmailAddressError),
    /// Templates cannot be written.
    #[error("the templates cannot be written into {}; what is there already is not written over", path.display())]
    Templates {
        /// The directory.
        path: std::path::PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The address is taken, or not this machine's.
    #[error("`http.bind`: the service cannot listen at {address}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A worker alone does not know where the service listens.
    #[error("`http.public_url` must be given: the port in `http.bind` is any free one, and links need the real one")]
    NoPublicUrl,
    /// A file cannot be read, written, or understood.
    #[error("{0}")]
    Transfer(String),
    /// Some lines of an import were not taken.
    #[error("{count} lines were not taken; which ones, and why, is in {file}")]
    LinesRefused {
        /// How many.
        count: u64,
        /// Where it says which.
        file: String,
    },
    /// The store failed during a command.
    #[error("the command could not be finished")]
    Work(#[source] StoreError),
    /// Something the service depends on failed during a command.
    #[error("the command could not be finished")]
    Unavailable(#[source] Unavailable),
    /// The file of what is to be taken in cannot be opened.
    #[error("the file of the report cannot be opened")]
    ReportFile(#[source] io::Error),
    /// What is to be taken in cannot be read.
    #[error("the report cannot be read")]
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
