//! Errors: of opening a store, of its statements, and of damaged rows.
//!
//! Databases repeat values in their messages ("duplicate entry 'john@acme.com'"). Nothing of a message gets into an
//! error here, except where the database is known to write none.

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

/// A store cannot be opened or its schema not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is of no database that is supported, or not spelled as that database's URLs are.
    #[error(
        "the store's URL must be sqlite://PATH, postgres://USER:PASSWORD@HOST/DATABASE or \
         mysql://USER:PASSWORD@HOST/DATABASE, of a database that this program was built for"
    )]
    Url,
    /// A store in memory would be lost at the end, and be another one for each connection.
    #[error("the database URL must name a file; in tests, use account_core::testing::MemoryStore")]
    InMemory,
    /// The database file or its directory cannot be made.
    #[error("cannot create the database file {path}")]
    File {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Only PostgreSQL has schemas.
    #[error("a schema can be chosen on PostgreSQL only")]
    NoSchemas,
    /// A connection that was handed over is set in a way that the store cannot work with.
    #[error("the connection's setting `{name}` is `{found}`, and the store needs {needed}")]
    Setting {
        /// The setting, as the database knows it.
        name: &'static str,
        /// What it is.
        found: String,
        /// What it has to be.
        needed: &'static str,
    },
    /// A connection that was handed over is to no database that this program was built for.
    #[error("the connection is to no database that this program was built for")]
    Connection,
    /// The schema was made by a newer version of this program.
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

/// A transaction gave way to another one because it met a state that it was not prepared for.
#[derive(Debug, thiserror::Error)]
#[error("the transaction was aborted in favor of another one")]
pub(crate) struct GivenUp;

/// A row holds what no version of this program writes.
#[derive(Debug, thiserror::Error)]
#[error("table {table}, row {row}: column {column} is damaged")]
pub(crate) struct DamagedRow {
    pub(crate) table: &'static str,
    pub(crate) row: String,
    pub(crate) column: &'static str,
}

/// Turns a database's error into the port's, naming what was being done.
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

/// Whether a transaction did not begin because the connection has an earlier one open (MySQL and MariaDB).
#[cfg_attr(not(feature = "mysql"), expect(unused_variables, reason = "only MySQL leaves transactions open"))]
pub(crate) fn is_transaction_left_open(error: &DbErr) -> bool {
    #[cfg(feature = "mysql")]
    if let DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error)) = error
    {
        return error.as_database_error().is_some_and(mysql::is_transaction_left_open);
    }
    false
}

/// Why it failed, without any value, and what may be done about it.
fn judge(error: &DbErr) -> (String, Remedy) {
    match error {
        DbErr::ConnectionAcquire(_) => ("no connection became free in time".to_owned(), Remedy::Later),
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => judge_driver(error),
        DbErr::Conn(RuntimeErr::Internal(_)) => ("the connection is closed".to_owned(), Remedy::Later),
        DbErr::Type(_) | DbErr::TryIntoErr { .. } | DbErr::Json(_) => {
            ("a column holds a value of another type".to_owned(), Remedy::None)
        }
        DbErr::RecordNotInserted | DbErr::RecordNotUpdated => ("no row was written".to_owned(), Remedy::None),
        _ => ("the statement could not be run".to_owned(), Remedy::None),
    }
}

fn judge_driver(error: &SqlxError) -> (String, Remedy) {
    match error {
        SqlxError::Database(error) => judge_answer(error.as_ref())
            .unwrap_or_else(|| (format!("the database answered {}", error.code().unwrap_or_default()), Remedy::None)),
        SqlxError::Tls(_) => ("the connection could not be encrypted as its URL demands".to_owned(), Remedy::None),
        // The server went away in the middle of an answer.
        SqlxError::Protocol(_) => ("the connection failed".to_owned(), Remedy::Later),
        // What rustls thinks of a certificate; it repeats no value.
        SqlxError::Io(error) if error.kind() == ErrorKind::InvalidData => {
            (format!("the connection failed: {error}"), Remedy::None)
        }
        SqlxError::Io(error) => (format!("the connection failed: {}", error.kind()), Remedy::Later),
        SqlxError::PoolTimedOut => ("no connection became free in time".to_owned(), Remedy::Later),
        SqlxError::PoolClosed | SqlxError::WorkerCrashed => ("the connection is closed".to_owned(), Remedy::Later),
        SqlxError::ColumnDecode { index, .. } => {
            (format!("column {index} holds a value of another type"), Remedy::None)
        }
        SqlxError::ColumnNotFound(column) => (format!("there is no column {column}"), Remedy::None),
        _ => ("the statement could not be run".to_owned(), Remedy::None),
    }
}

/// Judges an error of a database: why, without any value, and what may be done about it. `None` for one of a database
/// that nothing is known of.
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
