//! The store: opening it, bringing its schema up to date, beginning units of work.

use std::fmt;
use std::time::Duration;

use account_core::one_time_token::TokenDigest;
use account_core::ports::{Store, StoreError, UnitOfWork};
use account_core::session::SignedIn;
use async_trait::async_trait;
use sea_orm::DatabaseConnection;
use tokio::time::sleep;

use crate::connection::{self, Connections};
use crate::error::{OpenError, failed};
use crate::migration;
use crate::options::{SchemaName, StoreOptions};
use crate::sessions::SignedInQuery;
use crate::unit_of_work::DatabaseUnitOfWork;

/// A store, and a rate limiter, in a database. Clones share its connections.
///
/// A task that holds a unit of work must not begin another or count a limit: where the database has one writer, it
/// would wait for itself, and get a transient error in the end.
#[derive(Clone)]
pub struct DatabaseStore {
    pub(crate) connections: Connections,
    signed_in: SignedInQuery,
}

impl DatabaseStore {
    /// Opens the store. Its schema may be missing or old: see [`DatabaseStore::migrate`].
    ///
    /// # Errors
    /// [`OpenError`] when the URL is not understood or the database cannot be used.
    pub async fn connect(options: &StoreOptions) -> Result<Self, OpenError> {
        Ok(Self::on(connection::open(options).await?))
    }

    /// Opens the store on connections that the program has already: SeaORM's, or a pool of `SQLx`. They stay the program's:
    /// [`DatabaseStore::close`] does not close them. The store's tables stand beside the program's own; the migrations
    /// that were applied, in the table `account_migrations`.
    ///
    /// Each transaction sets its isolation by itself. What else the store relies on has to be set before, for all
    /// connections of the pool, and is looked at here on one of them:
    ///
    /// | | has to be |
    /// |---|---|
    /// | SQLite | `journal_mode` WAL, `synchronous` FULL, `foreign_keys` ON, `busy_timeout` of a second or more |
    /// | PostgreSQL | encoding UTF8, `synchronous_commit` not off, not read-only |
    /// | MariaDB, MySQL | `utf8mb4`, a strict `sql_mode`, `innodb_lock_wait_timeout` of 60 s or less, and of the database a collation that compares byte by byte |
    ///
    /// Transactions that write to SQLite begin IMMEDIATE, and those of one store wait in line for each other. There the
    /// pool should replace a connection that SQLite has undone a transaction of (disk full, I/O error), as
    /// [`DatabaseStore::connect`] does by itself:
    ///
    /// ```
    /// use std::time::Duration;
    /// use account_store::{DatabaseStore, OpenError};
    /// use sea_orm::sqlx::Connection;
    /// use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
    ///
    /// async fn open(file: &str) -> Result<DatabaseStore, Box<dyn std::error::Error>> {
    ///     let options = SqliteConnectOptions::new()
    ///         .filename(file)
    ///         .create_if_missing(true)
    ///         .journal_mode(SqliteJournalMode::Wal)
    ///         .synchronous(SqliteSynchronous::Full)
    ///         .foreign_keys(true)
    ///         .busy_timeout(Duration::from_secs(5));
    ///     let pool = SqlitePoolOptions::new().before_acquire(|connection, _| {
    ///         let is_clean = !connection.is_in_transaction();
    ///         Box::pin(async move { Ok(is_clean) })
    ///     });
    ///     let store = DatabaseStore::from_connection(pool.connect_with(options).await?).await?;
    ///     store.migrate().await?;
    ///     Ok(store)
    /// }
    /// ```
    ///
    /// # Errors
    /// [`OpenError::Setting`] names the setting, what it is, and what is needed. Others when the database cannot be used.
    pub async fn from_connection(connection: impl Into<DatabaseConnection>) -> Result<Self, OpenError> {
        Ok(Self::on(connection::borrow(connection.into(), None).await?))
    }

    /// The same in a schema of PostgreSQL, which [`DatabaseStore::migrate`] makes when it is not there. Only the store's
    /// own transactions look there: the program's see what they saw before.
    ///
    /// # Errors
    /// As [`DatabaseStore::from_connection`], and [`OpenError::NoSchemas`] on other databases.
    pub async fn from_connection_in(
        connection: impl Into<DatabaseConnection>,
        schema: SchemaName,
    ) -> Result<Self, OpenError> {
        Ok(Self::on(connection::borrow(connection.into(), Some(schema)).await?))
    }

    fn on(connections: Connections) -> Self {
        let signed_in = SignedInQuery::new(&connections.reader, connections.schema.as_ref());
        Self { connections, signed_in }
    }

    /// Brings the schema up to date: in one transaction, except on MySQL and MariaDB, which have none for changes of a
    /// schema. Several processes may do this at once: one does it and the others wait.
    ///
    /// # Errors
    /// [`OpenError::NewerSchema`] when the schema is newer than this program; nothing is changed then.
    /// [`OpenError::Database`] when the database fails.
    pub async fn migrate(&self) -> Result<(), OpenError> {
        migration::migrate(&self.connections).await
    }

    /// Closes all connections that it has opened, once their units of work have ended.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn close(self) -> Result<(), StoreError> {
        self.connections.close().await
    }
}

impl fmt::Debug for DatabaseStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseStore").finish_non_exhaustive()
    }
}

#[async_trait]
impl Store for DatabaseStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let transaction = self.connections.begin().await?;
        Ok(Box::new(DatabaseUnitOfWork::writing(transaction)))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let transaction = self.connections.begin_read_only().await?;
        Ok(Box::new(DatabaseUnitOfWork::reading(transaction)))
    }

    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        self.signed_in.ask(&self.connections.reader, token).await
    }

    async fn pause(&self, duration: Duration) {
        if !self.connections.has_one_writer() {
            sleep(duration).await;
        }
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.connections.reader.ping().await.map_err(failed("ping"))
    }
}
