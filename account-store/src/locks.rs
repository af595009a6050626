//! Making others wait, where several units of work write at a time.
//!
//! Rows are locked where they are found. An address that nobody has yet has no row to be locked: the table `locks` has
//! rows for nothing else, and each address has its place at one of them. Two addresses may share one; they wait for each
//! other in vain, for milliseconds.

use std::collections::BTreeSet;

use account_core::email_address::EmailKey;
use sea_orm::sea_query::{Expr, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExprTrait};

/// How many rows there are to wait at. Never to be changed: instances of different versions wait for each other.
pub(crate) const SLOTS: i64 = 1_024;

/// The row of an address: its FNV-1a hash, the same in every instance.
fn slot(key: &EmailKey) -> i64 {
    let hash = key
        .as_str()
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    // The high half: the low bits of this hash depend on few bytes.
    i64::try_from(hash >> 40).unwrap_or(0) % SLOTS
}

/// Waits until no other transaction holds any of the addresses.
pub(crate) async fn hold(transaction: &DatabaseTransaction, keys: &[&EmailKey]) -> Result<(), DbErr> {
    if keys.is_empty() || transaction.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let slots: BTreeSet<i64> = keys.iter().map(|key| slot(key)).collect();
    let select = Query::select()
        .column("slot")
        .from("locks")
        .and_where(Expr::col("slot").is_in(slots))
        // In one order for all, so that two who hold the same do not wait for each other forever.
        .order_by("slot", Order::Asc)
        .lock_exclusive()
        .take();
    transaction.query_all(&select).await.map(drop)
}
