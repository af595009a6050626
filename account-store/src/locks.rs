//! Locks, for databases with several writers at a time.
//!
//! Existing rows are locked where they are. An address without an account has no row to lock, so the table `locks` has
//! rows for nothing else, and each address is assigned to one of them. Two addresses may share a row; they then wait
//! for each other for some milliseconds without need.
//!
//! In a Galera cluster a lock holds on its own node only. Two transactions on two nodes meet at the commit: of those that
//! write the same row the first one wins, and the other one is aborted; what they only read or lock does not count. So
//! there, everything that is locked is written too: each table whose rows are locked for a decision has a column that
//! counts the locks, and has no other use.

use std::collections::BTreeSet;

use account_core::email_address::EmailKey;
use sea_orm::sea_query::{Expr, Order, Query};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExprTrait};

use crate::connection::{Connections, WholeTransaction};

/// The number of rows. Must never change: instances of different versions must wait for each other.
pub(crate) const SLOTS: i64 = 1_024;

/// The column that counts the locks.
pub(crate) const HOLDS: &str = "holds";

/// Returns the value of [`HOLDS`] after one more lock.
pub(crate) fn one_more() -> Expr {
    Expr::col(HOLDS).add(1_i64)
}

/// Returns the row of an address: its FNV-1a hash, which is the same in every instance.
fn slot(key: &EmailKey) -> i64 {
    let hash = key
        .as_str()
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    // Use the high bits: the low bits of this hash depend on few bytes.
    i64::try_from(hash >> 40).unwrap_or(0) % SLOTS
}

/// Locks the addresses; waits while another transaction has locked any of them.
pub(crate) async fn hold(transaction: &WholeTransaction, keys: &[&EmailKey], is_in_cluster: bool) -> Result<(), DbErr> {
    if keys.is_empty() || transaction.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let slots: BTreeSet<i64> = keys.iter().map(|key| slot(key)).collect();
    let select = Query::select()
        .column("slot")
        .from("locks")
        .and_where(Expr::col("slot").is_in(slots.iter().copied()))
        // Always in the same order, so that two transactions cannot deadlock.
        .order_by("slot", Order::Asc)
        .lock_exclusive()
        .take();
    transaction.query_all(&select).await?;
    if is_in_cluster {
        let count =
            Query::update().table("locks").value(HOLDS, one_more()).and_where(Expr::col("slot").is_in(slots)).take();
        transaction.execute(&count).await?;
    }
    Ok(())
}

/// Returns a statement that the database treats as a write, and so refuses where it takes none, but that changes no row:
/// no slot is negative. It locks nothing and costs one round trip.
pub(crate) fn write_nothing(connections: &Connections) -> String {
    // No transaction sets the schema for it, so it names the schema itself.
    let schema = connections.schema.as_ref().map(|schema| format!("\"{schema}\".")).unwrap_or_default();
    format!("UPDATE {schema}locks SET slot = slot WHERE slot < 0")
}
