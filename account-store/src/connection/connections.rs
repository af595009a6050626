//! The connections of a store, and transactions on them.

use std::sync::Arc;

use account_core::ports::StoreError;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{Mutex, OwnedMutexGuard, Semaphore};
use tokio::time::timeout;
use tracing::{Span, field};

use super::deadlines::PATIENCE;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::session::{Session, Shared};
use super::whole::{WholeTransaction, to_its_end};
use crate::error::{failed, failed_commit};
use crate::options::SchemaName;

/// The open connections of a store.
#[derive(Clone)]
pub(crate) struct Connections {
    /// Commits here are durable.
    pub(crate) writer: DatabaseConnection,
    /// Cannot write.
    pub(crate) reader: DatabaseConnection,
    /// Commits here may be lost in a power failure.
    pub(crate) limits: DatabaseConnection,
    /// Changes the schema. Waits for as long as another process does so.
    pub(crate) migrator: DatabaseConnection,
    /// How transactions begin on each of them.
    pub(super) beginnings: Beginnings,
    /// The schema of the tables, if one was chosen.
    pub(crate) schema: Option<SchemaName>,
    /// Whether the program owns them and closes them itself.
    pub(super) are_borrowed: bool,
    /// Held while writing if the database allows one writer at a time, so that tasks queue here in place of polling the
    /// database.
    pub(super) turn: Option<Arc<Mutex<()>>>,
    /// What all its connections to a server share.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(super) shared: Shared,
}

/// How transactions begin.
#[derive(Clone, Default)]
pub(super) struct Beginnings {
    pub(super) writing: Beginning,
    pub(super) reading: Beginning,
    pub(super) counting: Beginning,
    pub(super) migrating: Beginning,
}

/// How a transaction begins.
#[derive(Clone, Default)]
pub(super) struct Beginning {
    pub(super) options: TransactionOptions,
    /// The statements that begin a transaction on a server, and set what holds for it alone. Default: `BEGIN`.
    pub(super) statements: Option<Arc<str>>,
    /// The places of those who use the connections at a time, if the store owns them.
    pub(super) places: Option<Arc<Semaphore>>,
}

impl Beginning {
    pub(super) fn with_options(options: TransactionOptions) -> Self {
        Self { options, ..Self::default() }
    }

    pub(super) fn with_statements(statements: &str) -> Self {
        Self { statements: Some(statements.into()), ..Self::default() }
    }

    /// Limits how many transactions run at a time.
    pub(super) fn within(self, places: u32) -> Self {
        let places = Semaphore::new(usize::try_from(places).unwrap_or(Semaphore::MAX_PERMITS));
        Self { places: Some(Arc::new(places)), ..self }
    }
}

/// A transaction, and the turn that it holds. Dropping it rolls back, then releases the turn.
pub(crate) struct Transaction {
    pub(crate) inner: WholeTransaction,
    turn: Option<OwnedMutexGuard<()>>,
    /// The span of a trace: from waiting for the turn to the end of the transaction.
    span: Span,
}

/// A transaction that changes the schema, and the turn that it holds.
pub(crate) struct Migration {
    pub(crate) inner: DatabaseTransaction,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Migration {
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.inner.commit().await.map_err(failed_commit)
    }

    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        self.inner.rollback().await.map_err(failed("roll back"))
    }
}

/// The target of trace spans, which keeps them out of the log. They contain nothing from statements.
const TRACED: &str = "otel::store";

fn span(does: &'static str) -> Span {
    tracing::info_span!(target: TRACED, "unit of work", otel.kind = "client", does, outcome = field::Empty)
}

impl Connections {
    /// Creates connections on a borrowed pool, which serves everything.
    pub(super) fn borrowed(connection: DatabaseConnection, beginnings: Beginnings) -> Self {
        Self {
            writer: connection.clone(),
            reader: connection.clone(),
            limits: connection.clone(),
            migrator: connection,
            beginnings,
            schema: None,
            are_borrowed: true,
            turn: None,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            shared: Shared::default(),
        }
    }

    /// Starts a transaction that changes the schema. It is SeaORM's, whose migrations need that, and has no deadlines:
    /// nobody knows how long a migration takes.
    pub(crate) async fn begin_migrating(&self) -> Result<Migration, StoreError> {
        let turn = self.take_turn().await?;
        let Beginning { options, statements, .. } = self.beginnings.migrating.clone();
        let migrator = self.migrator.clone();
        let begun = to_its_end(migrator.get_database_backend(), async move {
            let transaction = migrator.begin_with_options(options).await?;
            if let Some(statements) = statements {
                transaction.execute_unprepared(&statements).await?;
            }
            Ok(transaction)
        });
        Ok(Migration { inner: begun.await.map_err(failed("begin"))?, _turn: turn })
    }

    /// Starts a transaction with durable writes.
    pub(crate) async fn begin(&self) -> Result<Transaction, StoreError> {
        self.begin_on(&self.writer, &self.beginnings.writing, "write").await
    }

    /// Starts a transaction that counts.
    pub(crate) async fn begin_counting(&self) -> Result<Transaction, StoreError> {
        self.begin_on(&self.limits, &self.beginnings.counting, "count").await
    }

    /// Starts a read-only transaction.
    pub(crate) async fn begin_read_only(&self) -> Result<Transaction, StoreError> {
        let span = span("read");
        let inner = self.open(&self.reader, &self.beginnings.reading).await.map_err(failed("begin reading"))?;
        Ok(Transaction { inner, turn: None, span })
    }

    /// Runs a query that sees what was committed before, without the cost of a transaction.
    pub(crate) async fn ask(&self, query: Statement) -> Result<Option<QueryResult>, DbErr> {
        match query.db_backend {
            DbBackend::Sqlite => self.reader.query_one_raw(query).await,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            backend => {
                let reading = &self.beginnings.reading;
                let session = Session::acquire(&self.reader, reading.places.as_ref(), &self.shared).await?;
                let session = Arc::new(session);
                if self.shared.is_pooled_by_transaction {
                    // Preparing and running are two messages, which must reach the same connection of the server.
                    Arc::clone(&session).begin(reading.statements.clone()).await?;
                }
                to_its_end(backend, session.query_one(query)).await
            }
            #[cfg(not(any(feature = "postgres", feature = "mysql")))]
            _ => self.reader.query_one_raw(query).await,
        }
    }

    /// Checks that the store answers, and on a server that it can be written to: the statement writes, but no row.
    pub(crate) async fn check_writable(&self, statement: &str) -> Result<(), DbErr> {
        match self.backend() {
            // Writers of a file wait for each other; one that works must not look broken because it is busy.
            DbBackend::Sqlite => self.reader.ping().await,
            _ => self.execute_at_once(statement).await.map(drop),
        }
    }

    /// Runs a statement that commits at once, and returns how many rows it changed.
    pub(crate) async fn execute_at_once(&self, statement: &str) -> Result<u64, DbErr> {
        let done = match self.backend() {
            DbBackend::Sqlite => self.limits.execute_unprepared(statement).await,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            backend => {
                let places = self.beginnings.counting.places.as_ref();
                let session = Arc::new(Session::acquire(&self.limits, places, &self.shared).await?);
                to_its_end(backend, session.execute_unprepared(statement.to_owned())).await
            }
            #[cfg(not(any(feature = "postgres", feature = "mysql")))]
            _ => self.limits.execute_unprepared(statement).await,
        };
        done.map(|done| done.rows_affected())
    }

    /// Returns whether locks of rows hold on one node of several only, so that a decision under a lock must also be a
    /// write: see [`crate::locks`].
    pub(crate) const fn is_in_cluster(&self) -> bool {
        #[cfg(any(feature = "postgres", feature = "mysql"))]
        return self.shared.is_in_cluster;
        #[cfg(not(any(feature = "postgres", feature = "mysql")))]
        false
    }

    /// Makes the server forget the statements that were prepared in the transaction, if another client may get its
    /// connection next.
    pub(crate) async fn forget_statements(&self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        #[cfg(any(feature = "postgres", feature = "mysql"))]
        if self.shared.is_pooled_by_transaction {
            transaction.execute_unprepared("DEALLOCATE ALL").await?;
        }
        let _ = transaction;
        Ok(())
    }

    /// Returns the kind of database.
    pub(crate) fn backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }

    #[cfg(test)]
    pub(crate) const fn is_pooled_by_transaction(&self) -> bool {
        self.shared.is_pooled_by_transaction
    }

    /// Gives what happens on its connections other deadlines.
    #[cfg(test)]
    pub(crate) fn with_deadlines(mut self, deadlines: super::deadlines::Deadlines) -> Self {
        self.shared.deadlines = deadlines;
        self
    }

    /// Returns whether there is one writer at a time.
    pub(crate) const fn has_one_writer(&self) -> bool {
        self.turn.is_some()
    }

    async fn begin_on(
        &self,
        connection: &DatabaseConnection,
        beginning: &Beginning,
        does: &'static str,
    ) -> Result<Transaction, StoreError> {
        let span = span(does);
        let turn = self.take_turn().await?;
        let inner = self.open(connection, beginning).await.map_err(failed("begin"))?;
        Ok(Transaction { inner, turn, span })
    }

    async fn take_turn(&self) -> Result<Option<OwnedMutexGuard<()>>, StoreError> {
        let Some(turn) = &self.turn else { return Ok(None) };
        let turn = timeout(PATIENCE, Arc::clone(turn).lock_owned()).await;
        turn.map(Some).map_err(|_| StoreError::transient("timed out waiting for a turn to write"))
    }

    async fn open(&self, connection: &DatabaseConnection, beginning: &Beginning) -> Result<WholeTransaction, DbErr> {
        #[cfg(any(feature = "postgres", feature = "mysql"))]
        if connection.get_database_backend() != DbBackend::Sqlite {
            let session = Session::acquire(connection, beginning.places.as_ref(), &self.shared).await?;
            let session = Arc::new(session);
            let begun = Arc::clone(&session).begin(beginning.statements.clone());
            to_its_end(session.backend(), begun).await?;
            return Ok(WholeTransaction::Served(session));
        }
        connection.begin_with_options(beginning.options).await.map(WholeTransaction::Embedded)
    }

    /// Closes the connections, unless they are borrowed.
    pub(crate) async fn close(self) -> Result<(), StoreError> {
        if self.are_borrowed {
            return Ok(());
        }
        for connection in [self.reader, self.limits, self.migrator, self.writer] {
            connection.close().await.map_err(failed("close"))?;
        }
        Ok(())
    }
}

impl Transaction {
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let outcome = self.inner.commit().await.map_err(failed_commit);
        self.span.record("outcome", if outcome.is_ok() { "committed" } else { "failed" });
        drop(self.turn);
        outcome
    }

    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        let outcome = self.inner.rollback().await.map_err(failed("roll back"));
        self.span.record("outcome", "rolled back");
        drop(self.turn);
        outcome
    }
}
