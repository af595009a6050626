//! The store: opening it, bringing its schema up to date, beginning units of work.

use std::fmt;
use std::time::Duration;

use account_core::one_time_token::TokenDigest;
use account_core::ports::{Store, StoreError, UnitOfWork};
use account_core::session::SignedIn;
use async_trait::async_trait;
use tokio::time::sleep;

use crate::connection::{self, Connections};
use crate::error::{OpenError, failed};
use crate::migration;
use crate::options::StoreOptions;
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
        let connections = connection::open(options).await?;
        let signed_in = SignedInQuery::new(&connections.reader);
        Ok(Self { connections, signed_in })
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

    /// Closes all connections, once their units of work have ended.
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
