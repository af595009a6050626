//! A connection to a database server that is in use: a transaction, or one statement.
//!
//! It replaces SeaORM's own transaction, which has no deadlines, and returns every connection to the pool, whatever
//! happened on it. Returning one pings the server without a limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{AssertSqlSafe, Database, Error, Executor, Pool, query_with, raw_sql};
use sea_orm::{
    DatabaseConnection, DatabaseConnectionType, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
};
use sea_query_sqlx::SqlxValues;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, error::Elapsed, timeout};

use super::deadlines::{Deadlines, PATIENCE};
use super::server::ReadOnlyServer;
use super::suspicion::Suspicion;
use crate::error::{condemned_by, no_answer};

/// What all sessions of a store share.
#[derive(Clone, Default)]
pub(super) struct Shared {
    pub(super) suspicion: Arc<Suspicion>,
    pub(super) deadlines: Deadlines,
    /// Whether each transaction may run on another connection of the server, because a pooler shares them out. Then no
    /// statement is kept prepared beyond its transaction, which costs a round trip for each.
    pub(super) is_pooled_by_transaction: bool,
    /// Whether the server is a node of a Galera cluster, whose locks other nodes do not know.
    pub(super) is_in_cluster: bool,
}

/// A connection that is in use. Dropping it rolls back what is not committed, and returns it to its pool; or closes it,
/// if it must not be used again.
pub(crate) struct Session {
    /// Gone once the session has ended.
    link: Mutex<Option<Link>>,
    backend: DbBackend,
    shared: Shared,
    /// Whether a transaction may be open.
    is_open: AtomicBool,
    is_condemned: AtomicBool,
    place: Option<OwnedSemaphorePermit>,
}

/// The connection.
enum Link {
    #[cfg(feature = "postgres")]
    Postgres(PoolConnection<sea_orm::sqlx::Postgres>),
    #[cfg(feature = "mysql")]
    MySql(PoolConnection<sea_orm::sqlx::MySql>),
}

/// Does the same with either kind of connection.
macro_rules! on {
    ($link:expr, $connection:ident => $done:expr) => {
        match $link {
            #[cfg(feature = "postgres")]
            Link::Postgres($connection) => $done,
            #[cfg(feature = "mysql")]
            Link::MySql($connection) => $done,
        }
    };
}

impl Session {
    /// Takes a connection from the pool. Those who wait queue for the places, if there are any: the pool itself then
    /// only has to open a connection, which has a shorter deadline.
    pub(super) async fn acquire(
        connection: &DatabaseConnection,
        places: Option<&Arc<Semaphore>>,
        shared: &Shared,
    ) -> Result<Self, DbErr> {
        let acquired = async {
            let place = match places {
                Some(places) => Some(Arc::clone(places).acquire_owned().await.map_err(|_| Error::PoolClosed)?),
                None => None,
            };
            let link = match &connection.inner {
                #[cfg(feature = "postgres")]
                DatabaseConnectionType::SqlxPostgresPoolConnection(_) => {
                    Link::Postgres(persevere(connection.get_postgres_connection_pool()).await?)
                }
                #[cfg(feature = "mysql")]
                DatabaseConnectionType::SqlxMySqlPoolConnection(_) => {
                    Link::MySql(persevere(connection.get_mysql_connection_pool()).await?)
                }
                _ => return Err(Error::PoolClosed),
            };
            Ok((link, place))
        };
        let acquired = timeout(PATIENCE, acquired).await.unwrap_or(Err(Error::PoolTimedOut));
        let (link, place) = acquired.map_err(|error| not_acquired(error, &shared.suspicion))?;
        Ok(Self {
            link: Mutex::new(Some(link)),
            backend: connection.get_database_backend(),
            shared: shared.clone(),
            is_open: AtomicBool::new(false),
            is_condemned: AtomicBool::new(false),
            place,
        })
    }

    pub(super) const fn backend(&self) -> DbBackend {
        self.backend
    }

    /// Begins a transaction, with these statements in place of a plain BEGIN: one message.
    pub(super) async fn begin(self: Arc<Self>, statements: Option<Arc<str>>) -> Result<(), DbErr> {
        self.is_open.store(true, Ordering::Relaxed);
        let statements = statements.unwrap_or_else(|| Arc::from("BEGIN"));
        let mut link = self.link.lock().await;
        let link = link.as_mut().ok_or_else(ended)?;
        let done = timeout(self.shared.deadlines.begin, async {
            on!(link, connection => run(connection, statements).await.map(drop))
        })
        .await;
        self.judged(done).map_err(exec_error)
    }

    /// Commits. If this fails, the transaction may be committed or not: see [`crate::error::failed_commit`].
    pub(super) async fn commit(self: Arc<Self>) -> Result<(), DbErr> {
        let deadline = self.shared.deadlines.statement;
        self.end("COMMIT", deadline).await
    }

    pub(super) async fn rollback(self: Arc<Self>) -> Result<(), DbErr> {
        let deadline = self.shared.deadlines.give_back;
        self.end("ROLLBACK", deadline).await
    }

    async fn end(self: Arc<Self>, statement: &'static str, deadline: Duration) -> Result<(), DbErr> {
        let mut link = self.link.lock().await;
        let link = link.as_mut().ok_or_else(ended)?;
        let statement = Arc::from(statement);
        let done =
            timeout(deadline, async { on!(link, connection => run(connection, statement).await.map(drop)) }).await;
        self.judged(done).map_err(exec_error)?;
        self.is_open.store(false, Ordering::Relaxed);
        Ok(())
    }

    pub(super) async fn execute(self: Arc<Self>, statement: Statement) -> Result<ExecResult, DbErr> {
        let is_kept = !self.shared.is_pooled_by_transaction;
        let mut link = self.link.lock().await;
        let link = link.as_mut().ok_or_else(ended)?;
        let (sql, values) = parts(statement);
        let done = timeout(self.shared.deadlines.statement, async {
            on!(link, connection => query_with(sql, values).persistent(is_kept).execute(&mut **connection).await.map(ExecResult::from))
        });
        self.judged(done.await).map_err(exec_error)
    }

    pub(super) async fn execute_unprepared(self: Arc<Self>, sql: String) -> Result<ExecResult, DbErr> {
        let mut link = self.link.lock().await;
        let link = link.as_mut().ok_or_else(ended)?;
        let done = timeout(self.shared.deadlines.statement, async {
            on!(link, connection => run(connection, sql.into()).await.map(ExecResult::from))
        });
        self.judged(done.await).map_err(exec_error)
    }

    pub(super) async fn query_one(self: Arc<Self>, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let is_kept = !self.shared.is_pooled_by_transaction;
        let mut link = self.link.lock().await;
        let link = link.as_mut().ok_or_else(ended)?;
        let (sql, values) = parts(statement);
        let done = timeout(self.shared.deadlines.statement, async {
            on!(link, connection => {
                let query = query_with(sql, values).persistent(is_kept);
                query.fetch_optional(&mut **connection).await.map(|row| row.map(QueryResult::from))
            })
        });
        self.judged(done.await).map_err(query_error)
    }

    pub(super) async fn query_all(self: Arc<Self>, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let is_kept = !self.shared.is_pooled_by_transaction;
        let mut link = self.link.lock().await;
        let link = link.as_mut().ok_or_else(ended)?;
        let (sql, values) = parts(statement);
        let done = timeout(self.shared.deadlines.statement, async {
            on!(link, connection => {
                let query = query_with(sql, values).persistent(is_kept);
                query.fetch_all(&mut **connection).await.map(|rows| rows.into_iter().map(QueryResult::from).collect())
            })
        });
        self.judged(done.await).map_err(query_error)
    }

    /// Condemns the connection if it cannot be used after this.
    fn judged<T>(&self, done: Result<Result<T, Error>, Elapsed>) -> Result<T, Error> {
        let outcome = done.unwrap_or_else(|_| Err(no_answer()));
        if let Err(error) = &outcome
            && let Some(reason) = condemned_by(error)
        {
            self.is_condemned.store(true, Ordering::Relaxed);
            self.shared.suspicion.raise(&reason);
        }
        outcome
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(link) = self.link.get_mut().take() else { return };
        let is_open = *self.is_open.get_mut();
        let (is_condemned, place) = (*self.is_condemned.get_mut(), self.place.take());
        let shared = self.shared.clone();
        on!(link, connection => give_back(connection, is_condemned, is_open, shared, place));
    }
}

/// Waits until the pool has a connection. It has less patience for opening one, since a server that does not answer may
/// be replaced by one that does.
async fn persevere<D: Database>(pool: &Pool<D>) -> Result<PoolConnection<D>, Error> {
    let begun = Instant::now();
    loop {
        match pool.acquire().await {
            Err(Error::PoolTimedOut) if begun.elapsed() < PATIENCE => {}
            outcome => return outcome,
        }
    }
}

fn not_acquired(error: Error, suspicion: &Suspicion) -> DbErr {
    match error {
        Error::PoolTimedOut if suspicion.is_read_only() => connection_error(Error::config(ReadOnlyServer)),
        Error::PoolTimedOut => DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout),
        Error::PoolClosed => DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::ConnectionClosed),
        error => connection_error(error),
    }
}

/// Returns the connection to its pool in a task, with a deadline, or closes it.
fn give_back<D: Database>(
    mut connection: PoolConnection<D>,
    is_condemned: bool,
    is_open: bool,
    shared: Shared,
    place: Option<OwnedSemaphorePermit>,
) where
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let runtime = Handle::try_current().ok().filter(|_| !is_condemned);
    let Some(runtime) = runtime else {
        // Dropped without a word to the server, which may not listen.
        drop(connection.detach());
        return;
    };
    runtime.spawn(async move {
        let _place = place;
        let Shared { suspicion, deadlines: Deadlines { give_back, .. }, .. } = shared;
        if is_open {
            let rolled_back = timeout(give_back, (&mut *connection).execute(raw_sql("ROLLBACK"))).await;
            if let Err(error) = rolled_back.unwrap_or_else(|_| Err(no_answer())) {
                if let Some(reason) = condemned_by(&error) {
                    suspicion.raise(&reason);
                }
                drop(connection.detach());
                return;
            }
        }
        // Pings the server. If the deadline passes, the connection is dropped with this future.
        if timeout(give_back, connection.return_to_pool()).await.is_err() {
            suspicion.raise(&condemned_by(&no_answer()).unwrap_or_default());
        }
    });
}

async fn run<D>(connection: &mut PoolConnection<D>, sql: Arc<str>) -> Result<D::QueryResult, Error>
where
    D: Database,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    raw_sql(AssertSqlSafe(sql)).execute(&mut **connection).await
}

fn parts(statement: Statement) -> (AssertSqlSafe<String>, SqlxValues) {
    let values = statement.values.unwrap_or_else(|| sea_orm::sea_query::Values(Vec::new()));
    (AssertSqlSafe(statement.sql), SqlxValues(values))
}

fn ended() -> DbErr {
    DbErr::Conn(RuntimeErr::Internal("the session has ended".to_owned()))
}

fn exec_error(error: Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error)))
}

fn query_error(error: Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

fn connection_error(error: Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}
