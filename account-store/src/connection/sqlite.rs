//! SQLite: the file and its pragmas.

use std::fs;
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions, Connection, SqlitePool};
use sea_orm::{DatabaseConnection, DbErr, RuntimeErr, SqliteTransactionMode, TransactionOptions};
use tokio::time::sleep;

use super::connections::{Beginning, Beginnings, Connections};
use super::deadlines::PATIENCE;
use super::parameters;
use super::setting::{self, Setting};
use crate::error::{OpenError, failed};

/// How long SQLite itself waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The number of connections that read.
const READERS: u32 = 4;
/// How often to try switching a new file to write-ahead logging, which SQLite does not wait for, and the pause between
/// attempts.
const ATTEMPTS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// The parameters that the driver knows: `SqliteConnectOptions::from_db_and_params` in sqlx-sqlite 0.9.
const PARAMETERS: [&str; 4] = ["cache", "immutable", "mode", "vfs"];

/// Reads the URL.
pub(super) fn parse(url: &str) -> Result<SqliteConnectOptions, OpenError> {
    parameters::check(url, &PARAMETERS)?;
    let options = SqliteConnectOptions::from_str(url).map_err(|_| OpenError::Url)?;
    // SQLx gives in-memory databases such names.
    let is_in_memory =
        url.contains(":memory:") || url.contains("mode=memory") || options.get_filename().as_os_str().is_empty();
    if is_in_memory { Err(OpenError::InMemory) } else { Ok(options) }
}

/// Opens the file. Creates it and its directory if they do not exist.
pub(super) async fn open(url: &str) -> Result<Connections, OpenError> {
    let options = parse(url)?;
    let path = options.get_filename().to_owned();
    make_file(&path).map_err(|source| OpenError::File { path: path.display().to_string(), source })?;

    let options = options
        .create_if_missing(true)
        .read_only(false)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // Overwrite wiped hashes and profiles where that costs no extra I/O.
        .pragma("secure_delete", "FAST")
        .disable_statement_logging();
    let durable = options.clone().synchronous(SqliteSynchronous::Full);
    let writer = open_writer(&durable.clone().journal_mode(SqliteJournalMode::Wal)).await?;
    // NORMAL, not OFF: its commits are not synced, but if this connection checkpoints the log, it syncs the log first,
    // so that durable commits of the other connection stay durable.
    let limits = open_pool(1, &options.clone().synchronous(SqliteSynchronous::Normal)).await?;
    let reader = open_pool(READERS, &durable.pragma("query_only", "ON")).await?;
    let writer: DatabaseConnection = writer.into();
    Ok(Connections {
        migrator: writer.clone(),
        writer,
        reader: reader.into(),
        limits: limits.into(),
        beginnings: beginnings(),
        schema: None,
        are_borrowed: false,
        turn: Some(Arc::default()),
        #[cfg(any(feature = "postgres", feature = "mysql"))]
        shared: super::session::Shared::default(),
    })
}

/// What the store requires of borrowed connections.
const NEEDED: [Setting; 5] = [
    Setting {
        name: "journal_mode",
        query: "PRAGMA journal_mode",
        needed: "`wal`, because in other modes readers and the writer block each other",
        suits: |found| found.eq_ignore_ascii_case("wal"),
    },
    Setting {
        name: "synchronous",
        query: "PRAGMA synchronous",
        needed: "`2` (FULL) or more, because registrations are acknowledged when they are durable",
        suits: |found| found.parse().is_ok_and(|level: u8| level >= 2),
    },
    Setting { name: "foreign_keys", query: "PRAGMA foreign_keys", needed: "`1` (ON)", suits: |found| found == "1" },
    Setting {
        name: "busy_timeout",
        query: "PRAGMA busy_timeout",
        needed: "`1000` (milliseconds) or more, to wait for other writers",
        suits: |found| found.parse().is_ok_and(|milliseconds: u64| milliseconds >= 1_000),
    },
    Setting { name: "query_only", query: "PRAGMA query_only", needed: "`0` (OFF)", suits: |found| found == "0" },
];

/// Uses borrowed connections.
pub(super) async fn borrow(connection: DatabaseConnection) -> Result<Connections, OpenError> {
    setting::check(&connection, &NEEDED).await?;
    Ok(Connections { turn: Some(Arc::default()), ..Connections::borrowed(connection, beginnings()) })
}

/// A transaction that may write takes the file's lock immediately: later, that would fail if somebody else has written
/// since.
fn beginnings() -> Beginnings {
    let immediate = Beginning::with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    });
    Beginnings {
        writing: immediate.clone(),
        reading: Beginning::default(),
        counting: immediate.clone(),
        migrating: immediate,
    }
}

/// Creates a file that only its owner can read. SQLite gives its log the same permissions.
fn make_file(path: &Path) -> io::Result<()> {
    let mut directory = fs::DirBuilder::new();
    let mut file = fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        directory.mode(0o700);
        file.mode(0o600);
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        directory.recursive(true).create(parent)?;
    }
    match file.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        outcome => outcome.map(drop),
    }
}

/// Opens the connection that writes. Another process may be opening the same file.
async fn open_writer(options: &SqliteConnectOptions) -> Result<SqlitePool, OpenError> {
    for _ in 1..ATTEMPTS {
        match open_pool(1, options).await {
            Err(OpenError::Database(error)) if error.is_transient() => sleep(PAUSE).await,
            outcome => return outcome,
        }
    }
    open_pool(1, options).await
}

async fn open_pool(size: u32, options: &SqliteConnectOptions) -> Result<SqlitePool, OpenError> {
    SqlitePoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        // A file does not disconnect, so nothing needs testing or renewing.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(PATIENCE)
        // If SQLite rolled back a transaction itself (disk full, I/O error), SQLx still counts it as open: a later one
        // would be nested in it, and never commit. Replace such a connection.
        .before_acquire(|connection, _| {
            let is_clean = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_clean) })
        })
        .connect_with(options.clone())
        .await
        .map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))))
        .map_err(|error| OpenError::Database(failed("open the database file")(error)))
}
