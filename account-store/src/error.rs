//! Errors: opening a store, failed statements, damaged rows.
//!
//! Databases repeat values in their messages ("duplicate entry 'john@acme.com'"). So an error here contains nothing of
//! a message, unless the database is known not to repeat values in it.

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
mod remedy;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::io::ErrorKind;

use account_core::ports::StoreError;
use sea_orm::sqlx::Error as SqlxError;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::{DbErr, RuntimeErr};

#[cfg(any(feature = "postgres", feature = "mysql"))]
use crate::connection::ReadOnlyServer;
use remedy::Remedy;

/// Why a store cannot be opened, or its schema not be updated.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is not that of a supported database.
    #[error(
        "the store's URL must be sqlite://PATH, postgres://USER:PASSWORD@HOST/DATABASE or \
         mysql://USER:PASSWORD@HOST/DATABASE, for a database that this program supports"
    )]
    Url,
    /// The URL has a parameter that the driver does not know, and would ignore.
    #[error("`store.url` has an unknown parameter `{name}`; the most similar one is `{nearest}`")]
    Parameter {
        /// Its name.
        name: String,
        /// The known name that is most similar.
        nearest: &'static str,
    },
    /// A character of the URL's user, password or path must be percent-encoded.
    #[error("`store.url` has an `@` or `#` after its first `?`: percent-encode the user and the password")]
    Unencoded,
    /// The server cannot be reached.
    #[error("cannot reach {server} at {place}: {reason}")]
    Unreachable {
        /// The kind of server.
        server: &'static str,
        /// Its host and port, or its socket.
        place: String,
        /// The reason, without secrets.
        reason: String,
        /// Whether it may be reached later, with the same options.
        may_pass: bool,
    },
    /// The server is a standby, or another reason keeps it from writing.
    #[error("{server} at {place} is read-only")]
    ReadOnly {
        /// The kind of server.
        server: &'static str,
        /// Its host and port, or its socket.
        place: String,
    },
    /// The URL is for an in-memory database, which would be lost at exit, and separate for each connection.
    #[error("the database URL must name a file; in tests, use account_core::testing::MemoryStore")]
    InMemory,
    /// The database file or its directory cannot be created.
    #[error("cannot create the database file {path}")]
    File {
        /// The file.
        path: String,
        /// The reason.
        #[source]
        source: std::io::Error,
    },
    /// Only PostgreSQL has schemas.
    #[error("only PostgreSQL has schemas")]
    NoSchemas,
    /// The server or a borrowed connection has a setting that the store cannot work with.
    #[error("the database's setting `{name}` is `{found}`; the store requires {needed}")]
    Setting {
        /// The name of the setting in the database.
        name: &'static str,
        /// Its value.
        found: String,
        /// The required value.
        needed: &'static str,
    },
    /// There are no transactions: a pooler in front of the server ends them after each statement.
    #[error("transactions are refused: a pooler must pool by session or by transaction, not by statement")]
    NoTransactions,
    /// The user may not create tables in the schema.
    #[error(
        "the database's user may not create tables in the schema: since PostgreSQL 15, only its owner may. GRANT CREATE ON \
         SCHEMA .. TO .., or make the user the owner of the database"
    )]
    NoPrivilege,
    /// A borrowed connection is to a database that this program does not support.
    #[error("the connection is to a database that this program does not support")]
    Connection,
    /// The schema is from a newer version of this program.
    #[error("the database has schema version {found}, but this program supports up to {known}: use a newer program")]
    NewerSchema {
        /// The newest migration in the database.
        found: String,
        /// The newest migration that this program has.
        known: String,
    },
    /// The database cannot be reached, or failed.
    #[error("cannot use the database")]
    Database(#[source] StoreError),
}

impl OpenError {
    /// Returns whether trying again later may help.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { may_pass, .. } => *may_pass,
            Self::ReadOnly { .. } => true,
            Self::Database(error) => error.is_transient(),
            _ => false,
        }
    }
}

/// A statement failed.
#[derive(Debug, thiserror::Error)]
#[error("{operation}: {reason}")]
struct StatementError {
    operation: &'static str,
    reason: String,
}

/// A transaction was aborted because of a concurrent change.
#[derive(Debug, thiserror::Error)]
#[error("the transaction was aborted in favor of another one")]
pub(crate) struct GivenUp;

/// A row contains a value that no version of this program writes.
#[derive(Debug, thiserror::Error)]
#[error("table {table}, row {row}: column {column} is damaged")]
pub(crate) struct DamagedRow {
    pub(crate) table: &'static str,
    pub(crate) row: String,
    pub(crate) column: &'static str,
}

/// Converts a database error to the port's error, with the name of the operation.
pub(crate) fn failed(operation: &'static str) -> impl Fn(DbErr) -> StoreError {
    move |error| {
        let (reason, remedy) = judge(&error);
        let error = StatementError { operation, reason };
        match remedy {
            Remedy::Retry => StoreError::aborted(error),
            Remedy::Later => StoreError::transient(error),
            Remedy::None => StoreError::permanent(error),
        }
    }
}

/// Converts the error of a commit. If the connection was lost meanwhile, nobody knows whether the transaction is
/// committed: then it is reported as such, and never repeated.
pub(crate) fn failed_commit(error: DbErr) -> StoreError {
    let is_unknown = match &error {
        DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))
        | DbErr::Conn(RuntimeErr::SqlxError(error)) => leaves_unknown(error),
        _ => false,
    };
    if !is_unknown {
        return failed("commit")(error);
    }
    let (reason, _) = judge(&error);
    let reason = format!("{reason}; whether the changes are stored is not known");
    StoreError::unknown_outcome(StatementError { operation: "commit", reason })
}

/// Returns whether the transaction was aborted in favor of another one.
pub(crate) fn is_given_up(error: &DbErr) -> bool {
    judge(error).1 == Remedy::Retry
}

/// Returns whether PostgreSQL gave up waiting for a lock, in time or because of a deadlock, and rolls the transaction back. On MySQL and MariaDB, where each
/// change of the schema commits, nobody asks.
pub(crate) fn has_missed_lock(error: &DbErr) -> bool {
    match error {
        #[cfg(feature = "postgres")]
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            error.as_database_error().is_some_and(postgres::has_missed_lock)
        }
        _ => false,
    }
}

fn leaves_unknown(error: &SqlxError) -> bool {
    match error {
        #[cfg(feature = "postgres")]
        SqlxError::Database(error) if postgres::leaves_unknown(error.as_ref()) => true,
        #[cfg(feature = "mysql")]
        SqlxError::Database(error) if mysql::leaves_unknown(error.as_ref()) => true,
        #[cfg(feature = "sqlite")]
        SqlxError::Database(error) if sqlite::judge(error.as_ref()).is_some() => false,
        error => condemned_by(error).is_some(),
    }
}

/// Returns the reason if the connection cannot be used after this error, without any values.
pub(crate) fn condemned_by(error: &SqlxError) -> Option<String> {
    let is_condemned = match error {
        SqlxError::Database(error) => condemns(error.as_ref()),
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed
        | SqlxError::BeginFailed => true,
        _ => false,
    };
    is_condemned.then(|| judge_driver(error).0)
}

fn condemns(error: &dyn DatabaseError) -> bool {
    #[cfg(feature = "postgres")]
    if let Some(condemns) = postgres::condemns(error) {
        return condemns;
    }
    #[cfg(feature = "mysql")]
    if let Some(condemns) = mysql::condemns(error) {
        return condemns;
    }
    let _ = error;
    false
}

/// Returns why a server cannot be reached, in words and without secrets, and whether that may pass.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn unreachable(error: &SqlxError) -> (String, bool) {
    let (reason, remedy) = judge_driver(error);
    let in_words = match error {
        SqlxError::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            return ("connection refused".to_owned(), true);
        }
        SqlxError::Io(error) if error.kind() == ErrorKind::TimedOut => return ("no answer".to_owned(), true),
        SqlxError::Io(error) if error.kind() == ErrorKind::NotFound => {
            return ("there is no such socket".to_owned(), true);
        }
        // The standard library has no kind for it, and these words on Unix.
        SqlxError::Io(error) if error.to_string().starts_with("failed to lookup address information") => {
            return ("unknown host".to_owned(), true);
        }
        SqlxError::Database(error) => match &*error.code().unwrap_or_default() {
            "28P01" | "28000" => "wrong user or password",
            "3D000" => "unknown database",
            // MySQL has one code for several reasons, and numbers.
            "42000" if reason.starts_with("MySQL error 1049") => "unknown database",
            "42000" if reason.starts_with("MySQL error 1044") => "no access to the database",
            "57P03" => "it is starting or stopping",
            _ => return (reason, true),
        },
        // Encryption, certificates: not what a server does without until it is up.
        _ => return (reason, remedy != Remedy::None),
    };
    (format!("{in_words} ({reason})"), true)
}

/// The error of a step that missed its deadline.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn no_answer() -> SqlxError {
    SqlxError::Io(ErrorKind::TimedOut.into())
}

/// Returns why it failed, without any values, and what to do about it.
fn judge(error: &DbErr) -> (String, Remedy) {
    match error {
        DbErr::ConnectionAcquire(_) => ("no connection became free in time".to_owned(), Remedy::Later),
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => judge_driver(error),
        DbErr::Conn(RuntimeErr::Internal(_)) => ("the connection is closed".to_owned(), Remedy::Later),
        DbErr::Type(_) | DbErr::TryIntoErr { .. } | DbErr::Json(_) => {
            ("a column has a value of the wrong type".to_owned(), Remedy::None)
        }
        DbErr::RecordNotInserted | DbErr::RecordNotUpdated => ("no row was written".to_owned(), Remedy::None),
        _ => ("the statement could not be executed".to_owned(), Remedy::None),
    }
}

fn judge_driver(error: &SqlxError) -> (String, Remedy) {
    match error {
        SqlxError::Database(error) => judge_answer(error.as_ref())
            .unwrap_or_else(|| (format!("the database answered {}", error.code().unwrap_or_default()), Remedy::None)),
        SqlxError::Tls(_) => ("the connection could not be encrypted as its URL requires".to_owned(), Remedy::None),
        // The connection was lost in the middle of an answer.
        SqlxError::Protocol(_) => ("the connection failed".to_owned(), Remedy::Later),
        // A certificate error of rustls, which repeats no values.
        SqlxError::Io(error) if error.kind() == ErrorKind::InvalidData => {
            (format!("the connection failed: {error}"), Remedy::None)
        }
        SqlxError::Io(error) if error.kind() == ErrorKind::TimedOut => {
            ("the database did not answer in time".to_owned(), Remedy::Later)
        }
        SqlxError::Io(error) => (format!("the connection failed: {}", error.kind()), Remedy::Later),
        #[cfg(any(feature = "postgres", feature = "mysql"))]
        SqlxError::Configuration(error) if error.is::<ReadOnlyServer>() => (error.to_string(), Remedy::Later),
        SqlxError::BeginFailed => ("no transaction was begun".to_owned(), Remedy::Later),
        SqlxError::PoolTimedOut => ("no connection became free in time".to_owned(), Remedy::Later),
        SqlxError::PoolClosed | SqlxError::WorkerCrashed => ("the connection is closed".to_owned(), Remedy::Later),
        SqlxError::ColumnDecode { index, .. } => {
            (format!("column {index} has a value of the wrong type"), Remedy::None)
        }
        SqlxError::ColumnNotFound(column) => (format!("there is no column {column}"), Remedy::None),
        _ => ("the statement could not be executed".to_owned(), Remedy::None),
    }
}

/// Returns why it failed, without any values, and what to do about it. `None` for an unknown database.
fn judge_answer(error: &dyn DatabaseError) -> Option<(String, Remedy)> {
    #[cfg(feature = "sqlite")]
    if let Some(judged) = sqlite::judge(error) {
        return Some(judged);
    }
    #[cfg(feature = "postgres")]
    if let Some(judged) = postgres::judge(error) {
        return Some(judged);
    }
    #[cfg(feature = "mysql")]
    if let Some(judged) = mysql::judge(error) {
        return Some(judged);
    }
    None
}
