//! Units of work are transactions. Each role is in its own file.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use account_core::email_address::EmailKey;
use account_core::ports::store::{Insert, Unique, Update};
use account_core::ports::{StoreError, UnitOfWork};
use async_trait::async_trait;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, Condition, ConnectionTrait, DbBackend, DbErr, DeleteMany, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, Select, SqlErr, UpdateMany,
};

use crate::connection::{Transaction, WholeTransaction};
use crate::error::failed;
use crate::locks;

/// A unit of work in a database.
pub(crate) struct DatabaseUnitOfWork {
    transaction: Transaction,
    is_writable: bool,
    /// Whether what is locked must also be written: see [`crate::locks`].
    is_in_cluster: bool,
    /// Set once a statement failed. Some databases then roll back the whole transaction and would run the next
    /// statement on its own, immediately and permanently. So there is no next statement, and no commit.
    has_failed: AtomicBool,
}

impl DatabaseUnitOfWork {
    pub(crate) const fn writing(transaction: Transaction, is_in_cluster: bool) -> Self {
        Self { transaction, is_writable: true, is_in_cluster, has_failed: AtomicBool::new(false) }
    }

    pub(crate) const fn reading(transaction: Transaction) -> Self {
        Self { transaction, is_writable: false, is_in_cluster: false, has_failed: AtomicBool::new(false) }
    }

    /// Returns the transaction for reading.
    pub(crate) fn reader(&self) -> Result<&WholeTransaction, StoreError> {
        self.sound()?;
        Ok(&self.transaction.inner)
    }

    /// Returns the transaction for writing; an error in a read-only unit of work.
    pub(crate) fn writer(&self) -> Result<&WholeTransaction, StoreError> {
        self.sound()?;
        if self.is_writable {
            Ok(&self.transaction.inner)
        } else {
            Err(StoreError::permanent("this unit of work is read-only"))
        }
    }

    /// Selects the rows, and locks them until this unit of work ends, unless it is read-only.
    pub(crate) async fn holding<E: EntityTrait>(&self, are_meant: Condition) -> Result<Select<E>, StoreError> {
        let select = E::find().filter(are_meant.clone());
        if !self.is_writable {
            return Ok(select);
        }
        if self.is_in_cluster {
            let count = E::update_many().col_expr(locks::HOLDS, locks::one_more()).filter(are_meant);
            self.update(count, "hold rows").await?;
        }
        Ok(select.lock_exclusive())
    }

    fn sound(&self) -> Result<(), StoreError> {
        if self.has_failed.load(Ordering::Relaxed) {
            Err(StoreError::permanent("this unit of work has failed before and can only be rolled back"))
        } else {
            Ok(())
        }
    }

    /// Converts the error of a statement to the port's, and marks the unit of work as failed.
    pub(crate) fn failed(&self, operation: &'static str) -> impl Fn(DbErr) -> StoreError {
        move |error| {
            self.has_failed.store(true, Ordering::Relaxed);
            failed(operation)(error)
        }
    }

    /// Inserts a row that must not exist yet.
    pub(crate) async fn insert<A>(&self, row: impl IntoActiveModel<A>, doing: &'static str) -> Result<(), StoreError>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        let insert = A::Entity::insert(row.into_active_model());
        insert.exec_without_returning(self.writer()?).await.map_err(self.failed(doing))?;
        Ok(())
    }

    /// Inserts a row unless one of its unique values is taken; returns `false` then. The transaction stays usable
    /// either way.
    ///
    /// Decided by the number of rows, because SeaORM's result reports a conflict as an insert of no rows. On MySQL the
    /// conflict is an error: `INSERT IGNORE` hides other errors, and `ON DUPLICATE KEY` counts the existing row. An
    /// error there rolls back only its statement.
    pub(crate) async fn insert_unless_taken<A>(
        &self,
        row: impl IntoActiveModel<A>,
        doing: &'static str,
    ) -> Result<bool, StoreError>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        let writer = self.writer()?;
        let mut insert = A::Entity::insert(row.into_active_model()).into_query();
        if writer.get_database_backend() != DbBackend::MySql {
            insert.on_conflict(OnConflict::new().do_nothing().to_owned());
        }
        match writer.execute(&insert).await {
            Ok(outcome) => Ok(outcome.rows_affected() == 1),
            Err(error) if is_duplicate(&error) && writer.get_database_backend() == DbBackend::MySql => Ok(false),
            Err(error) => Err(self.failed(doing)(error)),
        }
    }

    /// Runs an update, and returns how many rows it changed.
    pub(crate) async fn update<E: EntityTrait>(
        &self,
        update: UpdateMany<E>,
        doing: &'static str,
    ) -> Result<u64, StoreError> {
        let outcome = update.exec(self.writer()?).await.map_err(self.failed(doing))?;
        Ok(outcome.rows_affected)
    }

    /// Returns those of the keys that the query finds, one per row.
    pub(crate) async fn read_keys<E: EntityTrait>(
        &self,
        select: Select<E>,
        keys: &[EmailKey],
        doing: &'static str,
    ) -> Result<Vec<EmailKey>, StoreError> {
        let found: Vec<String> = select.into_tuple().all(self.reader()?).await.map_err(self.failed(doing))?;
        let found: BTreeSet<String> = found.into_iter().collect();
        Ok(keys.iter().filter(|key| found.contains(key.as_str())).cloned().collect())
    }

    /// Runs a deletion, and returns how many rows it deleted.
    pub(crate) async fn delete<E: EntityTrait>(
        &self,
        deletion: DeleteMany<E>,
        doing: &'static str,
    ) -> Result<u64, StoreError> {
        let outcome = deletion.exec(self.writer()?).await.map_err(self.failed(doing))?;
        Ok(outcome.rows_affected)
    }
}

/// Returns whether another row has one of the row's unique values.
pub(crate) fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Returns the outcome of an update of at most one row.
pub(crate) const fn outcome(rows: u64) -> Update {
    if rows == 0 { Update::Missed } else { Update::Applied }
}

/// Returns the outcome of an insert with one possible conflict.
pub(crate) const fn done_or(is_done: bool, unique: Unique) -> Insert {
    if is_done { Insert::Done } else { Insert::Conflict(unique) }
}

#[async_trait]
impl UnitOfWork for DatabaseUnitOfWork {
    async fn hold_addresses(&mut self, keys: &[&EmailKey]) -> Result<(), StoreError> {
        locks::hold(self.writer()?, keys, self.is_in_cluster).await.map_err(self.failed("hold addresses"))
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.sound()?;
        self.transaction.commit().await
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        self.transaction.rollback().await
    }
}
