//! Deleting and wiping rows in batches, in a way that works on every database: not all can limit a deletion.
//!
//! The rows are selected first and then changed by key, with the condition again: a row that was changed in between is
//! skipped, and so is one that is locked. Only for tables with a single-column primary key.

use sea_orm::sea_query::{Asterisk, Expr, Func, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, Iterable, PrimaryKeyToColumn, PrimaryKeyTrait, QueryFilter,
    QuerySelect, TryGetable, UpdateMany, Value,
};

use crate::connection::WholeTransaction;

/// Maximum number of values of a list in one statement: databases limit it.
pub(crate) const MAX_VALUES: usize = 1_000;

type Key<E> = <<E as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType;

/// Deletes up to `limit` rows, and returns how many.
pub(crate) async fn remove<E>(transaction: &WholeTransaction, condition: &Condition, limit: u32) -> Result<u64, DbErr>
where
    E: EntityTrait,
    Key<E>: TryGetable + Into<Value> + Clone,
{
    let mut removed = 0;
    for keys in find_keys::<E>(transaction, condition, limit).await?.chunks(MAX_VALUES) {
        let deletion = E::delete_many().filter(condition.clone()).filter(is_one_of::<E>(keys));
        removed += deletion.exec(transaction).await?.rows_affected;
    }
    Ok(removed)
}

/// Updates up to `limit` rows, and returns how many. The update MUST make the condition false.
pub(crate) async fn wipe<E>(
    transaction: &WholeTransaction,
    update: UpdateMany<E>,
    condition: &Condition,
    limit: u32,
) -> Result<u64, DbErr>
where
    E: EntityTrait,
    Key<E>: TryGetable + Into<Value> + Clone,
{
    let mut wiped = 0;
    for keys in find_keys::<E>(transaction, condition, limit).await?.chunks(MAX_VALUES) {
        let update = update.clone().filter(condition.clone()).filter(is_one_of::<E>(keys));
        wiped += update.exec(transaction).await?.rows_affected;
    }
    Ok(wiped)
}

/// Counts the rows.
pub(crate) async fn count<E: EntityTrait>(transaction: &WholeTransaction, condition: Condition) -> Result<u64, DbErr> {
    let count = Expr::expr(Func::count(Expr::col(Asterisk)));
    let select = E::find().select_only().expr_as(count, "rows").filter(condition);
    let count: Option<i64> = select.into_tuple().one(transaction).await?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

fn key_columns<E: EntityTrait>() -> impl Iterator<Item = E::Column> {
    E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column)
}

async fn find_keys<E>(transaction: &WholeTransaction, condition: &Condition, limit: u32) -> Result<Vec<Key<E>>, DbErr>
where
    E: EntityTrait,
    Key<E>: TryGetable,
{
    let select = E::find().select_only().columns(key_columns::<E>());
    let select = select.filter(condition.clone()).limit(u64::from(limit));
    select.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).into_tuple().all(transaction).await
}

fn is_one_of<E>(keys: &[Key<E>]) -> Condition
where
    E: EntityTrait,
    Key<E>: Into<Value> + Clone,
{
    key_columns::<E>().fold(Condition::all(), |all, column| all.add(column.is_in(keys.iter().cloned())))
}
