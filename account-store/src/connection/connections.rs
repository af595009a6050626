//! The connections of a store, and transactions on them.

use std::sync::Arc;
use std::time::Duration;

use account_core::ports::StoreError;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, TransactionOptions, TransactionTrait};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;
use tracing::{Span, field};

use crate::error::{failed, is_transaction_left_open};
use crate::options::SchemaName;

/// How long a task waits for its turn to write before it is told that the store is busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// How many connections with a transaction left open are cleared before one is given up.
const MOST_LEFT_OPEN: usize = 8;

/// The open connections of a store.
#[derive(Clone)]
pub(crate) struct Connections {
    /// Commits here are durable.
    pub(crate) writer: DatabaseConnection,
    /// Cannot write.
    pub(crate) reader: DatabaseConnection,
    /// Commits here may be lost in a power cut.
    pub(crate) limits: DatabaseConnection,
    /// Changes the schema, and waits as long as another process does so.
    pub(crate) migrator: DatabaseConnection,
    /// How transactions begin on each of them.
    pub(super) beginnings: Beginnings,
    /// Where the tables are, if that was chosen.
    pub(crate) schema: Option<SchemaName>,
    /// Whether they are somebody else's, who closes them.
    pub(super) are_borrowed: bool,
    /// Held while writing, where the database has one writer at a time: so tasks wait in line for each other, instead
    /// of asking the database again and again.
    pub(super) turn: Option<Arc<Mutex<()>>>,
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
    /// Statements that come first in it: settings of this transaction, where those of the connection are not ours.
    pub(super) statements: Option<Arc<str>>,
}

impl Beginning {
    pub(super) fn with_options(options: TransactionOptions) -> Self {
        Self { options, statements: None }
    }

    pub(super) fn with_statements(statements: &str) -> Self {
        Self { options: TransactionOptions::default(), statements: Some(statements.into()) }
    }

    async fn begin(&self, connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
        let mut begun = connection.begin_with_options(self.options).await;
        // A task that is cancelled while MySQL begins its transaction gives the connection back with the transaction
        // open and empty. No isolation can be set then; a plain BEGIN ends it.
        for _ in 0..MOST_LEFT_OPEN {
            if !begun.as_ref().is_err_and(is_transaction_left_open) {
                break;
            }
            connection.begin().await?.rollback().await?;
            begun = connection.begin_with_options(self.options).await;
        }
        let transaction = begun?;
        if let Some(statements) = &self.statements {
            transaction.execute_unprepared(statements).await?;
        }
        Ok(transaction)
    }
}

/// A transaction, and the turn that it holds. Dropping it rolls back and then passes the turn on.
pub(crate) struct Transaction {
    pub(crate) inner: DatabaseTransaction,
    turn: Option<OwnedMutexGuard<()>>,
    /// Of a trace, if there is one: from asking for the turn until the transaction is over.
    span: Span,
}

/// What the spans of traces are known by: they are kept apart from the log. Nothing in them comes from a statement.
const TRACED: &str = "otel::store";

fn span(does: &'static str) -> Span {
    tracing::info_span!(target: TRACED, "unit of work", otel.kind = "client", does, outcome = field::Empty)
}

impl Connections {
    /// The connections of somebody else: one pool for everything.
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
        }
    }

    /// Begins to change the schema.
    pub(crate) async fn begin_migrating(&self) -> Result<Transaction, StoreError> {
        self.begin_on(&self.migrator, &self.beginnings.migrating, "migrate").await
    }

    /// Begins to write durably.
    pub(crate) async fn begin(&self) -> Result<Transaction, StoreError> {
        self.begin_on(&self.writer, &self.beginnings.writing, "write").await
    }

    /// Begins to count.
    pub(crate) async fn begin_counting(&self) -> Result<Transaction, StoreError> {
        self.begin_on(&self.limits, &self.beginnings.counting, "count").await
    }

    /// Begins to read.
    pub(crate) async fn begin_read_only(&self) -> Result<Transaction, StoreError> {
        let span = span("read");
        let inner = self.beginnings.reading.begin(&self.reader).await.map_err(failed("begin reading"))?;
        Ok(Transaction { inner, turn: None, span })
    }

    /// Whether anyone who writes waits in line for everybody else.
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
        let turn = match &self.turn {
            Some(turn) => {
                let turn = timeout(PATIENCE, Arc::clone(turn).lock_owned()).await;
                Some(turn.map_err(|_| StoreError::transient("no turn to write came in time"))?)
            }
            None => None,
        };
        let inner = beginning.begin(connection).await.map_err(failed("begin"))?;
        Ok(Transaction { inner, turn, span })
    }

    /// Closes them, unless they are somebody else's.
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
        let outcome = self.inner.commit().await.map_err(failed("commit"));
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
