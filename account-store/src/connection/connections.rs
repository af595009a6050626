//! The connections of a store, and transactions on them.

use std::sync::Arc;
use std::time::Duration;

use account_core::ports::StoreError;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, TransactionOptions, TransactionTrait};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;
use tracing::{Span, field};

use super::whole::{WholeTransaction, to_its_end};
use crate::error::failed;
use crate::options::SchemaName;

/// How long a task waits for its turn to write before it gets an error.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

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
    /// Statements to run first, for settings that borrowed connections do not have.
    pub(super) statements: Option<Arc<str>>,
}

impl Beginning {
    pub(super) fn with_options(options: TransactionOptions) -> Self {
        Self { options, statements: None }
    }

    pub(super) fn with_statements(statements: &str) -> Self {
        Self { options: TransactionOptions::default(), statements: Some(statements.into()) }
    }

    async fn begin(&self, connection: &DatabaseConnection) -> Result<WholeTransaction, DbErr> {
        let (options, connection) = (self.options, connection.clone());
        let statements = self.statements.clone();
        let transaction = to_its_end(connection.get_database_backend(), async move {
            let transaction = connection.begin_with_options(options).await?;
            if let Some(statements) = statements {
                transaction.execute_unprepared(&statements).await?;
            }
            Ok(transaction)
        })
        .await?;
        Ok(WholeTransaction::new(transaction))
    }
}

/// A transaction, and the turn that it holds. Dropping it rolls back, then releases the turn.
pub(crate) struct Transaction {
    pub(crate) inner: WholeTransaction,
    turn: Option<OwnedMutexGuard<()>>,
    /// The span of a trace: from waiting for the turn to the end of the transaction.
    span: Span,
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
        }
    }

    /// Starts a transaction that changes the schema.
    pub(crate) async fn begin_migrating(&self) -> Result<Transaction, StoreError> {
        self.begin_on(&self.migrator, &self.beginnings.migrating, "migrate").await
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
        let inner = self.beginnings.reading.begin(&self.reader).await.map_err(failed("begin reading"))?;
        Ok(Transaction { inner, turn: None, span })
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
        let turn = match &self.turn {
            Some(turn) => {
                let turn = timeout(PATIENCE, Arc::clone(turn).lock_owned()).await;
                Some(turn.map_err(|_| StoreError::transient("timed out waiting for a turn to write"))?)
            }
            None => None,
        };
        let inner = beginning.begin(connection).await.map_err(failed("begin"))?;
        Ok(Transaction { inner, turn, span })
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
