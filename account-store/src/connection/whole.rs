//! Statements that run to the end, even if nobody waits for their result any more.
//!
//! The MySQL driver (sqlx 0.9) does not support cancellation. If a client disconnects and its task is cancelled, a
//! result stays unread on the connection, and the pool reuses the connection. The next statement then waits for a
//! result that never comes, reads the result of another statement, or runs in a transaction that nobody began. So each
//! statement runs in a separate task, which ends at the statement's deadline. The drivers of PostgreSQL and SQLite
//! handle this themselves.

use std::panic::resume_unwind;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use tracing::Instrument as _;

#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::session::Session;

/// Runs an operation on a connection. If the driver requires it, the operation completes even if this future is
/// dropped.
pub(super) async fn to_its_end<T: Send + 'static>(
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
pub(crate) enum WholeTransaction {
    /// In a file, which answers.
    Embedded(DatabaseTransaction),
    /// On a server.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    Served(Arc<Session>),
}

impl WholeTransaction {
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Embedded(inner) => inner.commit().await,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Served(session) => to_its_end(session.backend(), only_one(session)?.commit()).await,
        }
    }

    pub(super) async fn rollback(self) -> Result<(), DbErr> {
        match self {
            Self::Embedded(inner) => inner.rollback().await,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Served(session) => to_its_end(session.backend(), only_one(session)?.rollback()).await,
        }
    }
}

/// Returns the session, unless one of its statements was cancelled and is still running.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn only_one(session: Arc<Session>) -> Result<Arc<Session>, DbErr> {
    match Arc::strong_count(&session) {
        1 => Ok(session),
        _ => Err(DbErr::Conn(RuntimeErr::Internal("a cancelled statement still runs".to_owned()))),
    }
}

#[async_trait]
impl ConnectionTrait for WholeTransaction {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Embedded(inner) => inner.get_database_backend(),
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Served(session) => session.backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Embedded(inner) => inner.execute_raw(statement).await,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Served(session) => to_its_end(session.backend(), Arc::clone(session).execute(statement)).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Embedded(inner) => inner.execute_unprepared(sql).await,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Served(session) => {
                to_its_end(session.backend(), Arc::clone(session).execute_unprepared(sql.to_owned())).await
            }
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Embedded(inner) => inner.query_one_raw(statement).await,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Served(session) => to_its_end(session.backend(), Arc::clone(session).query_one(statement)).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Embedded(inner) => inner.query_all_raw(statement).await,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Served(session) => to_its_end(session.backend(), Arc::clone(session).query_all(statement)).await,
        }
    }
}
