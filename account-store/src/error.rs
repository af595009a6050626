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
    /// A borrowed connection has a setting that the store cannot work with.
    #[error("the connection's setting `{name}` is `{found}`; the store requires {needed}")]
    Setting {
        /// The name of the setting in the database.
        name: &'static str,
        /// Its value.
        found: String,
        /// The required value.
        needed: &'static str,
    },
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
        SqlxError::Io(error) => (format!("the connection failed: {}", error.kind()), Remedy::Later),
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
