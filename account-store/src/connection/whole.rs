//! Statements that run to the end, even if nobody waits for their result any more.
//!
//! The MySQL driver (sqlx 0.9) does not support cancellation. If a client disconnects and its task is cancelled, a
//! result stays unread on the connection, and the pool reuses the connection. The next statement then waits for a
//! result that never comes, reads the result of another statement, or runs in a transaction that nobody began. So each
//! statement runs in a separate task. The drivers of PostgreSQL and SQLite handle this themselves.

use std::panic::resume_unwind;
use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use tracing::Instrument as _;

/// Runs an operation on a connection. If the driver requires it, the operation completes even if this future is
/// dropped.
pub(crate) async fn to_its_end<T: Send + 'static>(
    backend: DbBackend,
    work: impl Future<Output = Result<T, DbErr>> + Send + 'static,
) -> Result<T, DbErr> {
    if backend != DbBackend::MySql {
        return work.await;
    }
    match tokio::spawn(work.in_current_span()).await {
        Ok(outcome) => outcome,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => Err(DbErr::Conn(RuntimeErr::Internal("the runtime is shutting down".to_owned()))),
        },
    }
}

/// A transaction whose statements run to the end. Dropping it rolls back after a statement that is still running.
pub(crate) struct WholeTransaction {
    inner: Arc<DatabaseTransaction>,
    backend: DbBackend,
}

impl WholeTransaction {
    pub(super) fn new(inner: DatabaseTransaction) -> Self {
        let backend = inner.get_database_backend();
        Self { inner: Arc::new(inner), backend }
    }

    /// Returns the transaction itself, for work that is not cancelled, such as a migration.
    pub(crate) fn uncancelled(&self) -> &DatabaseTransaction {
        &self.inner
    }

    pub(super) async fn commit(self) -> Result<(), DbErr> {
        let backend = self.backend;
        let inner = self.only_one()?;
        to_its_end(backend, inner.commit()).await
    }

    pub(super) async fn rollback(self) -> Result<(), DbErr> {
        let backend = self.backend;
        let inner = self.only_one()?;
        to_its_end(backend, inner.rollback()).await
    }

    /// Returns the transaction, unless one of its statements was cancelled and is still running.
    fn only_one(self) -> Result<DatabaseTransaction, DbErr> {
        Arc::into_inner(self.inner)
            .ok_or_else(|| DbErr::Conn(RuntimeErr::Internal("a cancelled statement still runs".to_owned())))
    }

    async fn run<T, F>(&self, statement: impl FnOnce(Arc<DatabaseTransaction>) -> F) -> Result<T, DbErr>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, DbErr>> + Send + 'static,
    {
        to_its_end(self.backend, statement(Arc::clone(&self.inner))).await
    }
}

#[async_trait]
impl ConnectionTrait for WholeTransaction {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.run(|inner| async move { inner.execute_raw(statement).await }).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let sql = sql.to_owned();
        self.run(|inner| async move { inner.execute_unprepared(&sql).await }).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.run(|inner| async move { inner.query_one_raw(statement).await }).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.run(|inner| async move { inner.query_all_raw(statement).await }).await
    }
}
