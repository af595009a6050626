//! The store: opening it, migrating its schema, starting units of work.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use account_core::one_time_token::TokenDigest;
use account_core::ports::{Store, StoreError, UnitOfWork};
use account_core::session::SignedIn;
use async_trait::async_trait;
use sea_orm::DatabaseConnection;
use tokio::time::sleep;

use crate::connection::{self, Connections};
use crate::error::{OpenError, failed};
use crate::locks;
use crate::migration;
use crate::options::{SchemaName, StoreOptions};
use crate::sessions::SignedInQuery;
use crate::unit_of_work::DatabaseUnitOfWork;

/// A store and rate limiter in a database. Clones share the connections.
///
/// A task with an open unit of work must not start another one or count a limit: in a database with one writer it would
/// wait for itself, and finally get a transient error.
#[derive(Clone)]
pub struct DatabaseStore {
    pub(crate) connections: Connections,
    signed_in: SignedInQuery,
    /// A statement that the database treats as a write although it changes no row.
    writes_nothing: Arc<str>,
}

impl DatabaseStore {
    /// Opens the store. Its schema may be missing or outdated: see [`DatabaseStore::migrate`].
    ///
    /// # Errors
    /// [`OpenError`] if the URL is not valid or the database cannot be used.
    pub async fn connect(options: &StoreOptions) -> Result<Self, OpenError> {
        Ok(Self::on(connection::open(options).await?))
    }

    /// Checks the URL without connecting: that it is one of a supported database, with parameters that its driver knows.
    ///
    /// # Errors
    /// [`OpenError`], which repeats no secret.
    pub fn check(options: &StoreOptions) -> Result<(), OpenError> {
        connection::check(options)
    }

    /// Opens the store on connections that the program already has: SeaORM's, or an `SQLx` pool. The program keeps
    /// owning them: [`DatabaseStore::close`] does not close them. The store's tables are created beside the program's
    /// own; applied migrations are recorded in the table `account_migrations`.
    ///
    /// Each transaction sets its own isolation. Everything else that the store requires must be set on all connections
    /// of the pool. It is checked here, on one of them:
    ///
    /// | | required |
    /// |---|---|
    /// | SQLite | `journal_mode` WAL, `synchronous` FULL, `foreign_keys` ON, `busy_timeout` of a second or more |
    /// | PostgreSQL | encoding UTF8, `synchronous_commit` not off, not read-only |
    /// | MariaDB, MySQL | `utf8mb4`, a strict `sql_mode`, `innodb_lock_wait_timeout` of 60 s or less, and of the database a collation that compares byte by byte; on a node of a Galera cluster `wsrep_sync_wait` with its lowest bit |
    ///
    /// Transactions that write to SQLite begin IMMEDIATE, and those of one store queue for each other. If SQLite has
    /// rolled back a transaction itself (disk full, I/O error), the pool should replace the connection, as
    /// [`DatabaseStore::connect`] does:
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
    /// [`OpenError::Setting`] with the setting, its value and the required value. Other variants if the database cannot
    /// be used.
    pub async fn from_connection(connection: impl Into<DatabaseConnection>) -> Result<Self, OpenError> {
        Ok(Self::on(connection::borrow(connection.into(), None).await?))
    }

    /// Opens the store on existing connections, with its tables in a PostgreSQL schema. [`DatabaseStore::migrate`]
    /// creates the schema if it does not exist. Only the store's own transactions use it: what the program sees does
    /// not change.
    ///
    /// # Errors
    /// Those of [`DatabaseStore::from_connection`], and [`OpenError::NoSchemas`] on other databases.
    pub async fn from_connection_in(
        connection: impl Into<DatabaseConnection>,
        schema: SchemaName,
    ) -> Result<Self, OpenError> {
        Ok(Self::on(connection::borrow(connection.into(), Some(schema)).await?))
    }

    fn on(connections: Connections) -> Self {
        let signed_in = SignedInQuery::new(&connections.reader, connections.schema.as_ref());
        let writes_nothing = locks::write_nothing(&connections).into();
        Self { connections, signed_in, writes_nothing }
    }

    /// Migrates the schema to the newest version: in one transaction, except on MySQL and MariaDB, which do not support
    /// that. Several processes may call this at the same time: one migrates and the others wait.
    ///
    /// # Errors
    /// [`OpenError::NewerSchema`] if the schema is newer than this program; nothing is changed then.
    /// [`OpenError::Database`] if the database fails.
    pub async fn migrate(&self) -> Result<(), OpenError> {
        migration::migrate(&self.connections).await
    }

    /// Closes the connections that the store has opened, after their units of work have ended.
    ///
    /// # Errors
    /// [`StoreError`] if the database fails.
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
        Ok(Box::new(DatabaseUnitOfWork::writing(transaction, self.connections.is_in_cluster())))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let transaction = self.connections.begin_read_only().await?;
        Ok(Box::new(DatabaseUnitOfWork::reading(transaction)))
    }

    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        self.signed_in.ask(&self.connections, token).await
    }

    async fn pause(&self, duration: Duration) {
        if !self.connections.has_one_writer() {
            sleep(duration).await;
        }
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.connections.check_writable(&self.writes_nothing).await.map_err(failed("ping"))
    }
}
