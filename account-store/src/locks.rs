//! Making others wait, where several units of work write at a time.
//!
//! Rows are locked where they are found. An address that nobody has yet has no row to be locked: the table `locks` has
//! rows for nothing else, and each address has its place at one of them. Two addresses may share one; they wait for each
//! other in vain, for milliseconds.

use std::collections::BTreeSet;

use account_core::email_address::EmailKey;
use account_core::ports::StoreError;
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, ExprTrait, QuerySelect, Select};

use crate::unit_of_work::DatabaseUnitOfWork;

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

impl DatabaseUnitOfWork {
    /// A look at rows that nobody else is to change until this unit of work ends, if it may change them itself.
    pub(crate) fn holding<E: EntityTrait>(&self, select: Select<E>) -> Select<E> {
        if self.is_writable() { select.lock_exclusive() } else { select }
    }

    /// Waits until nobody else holds any of the addresses.
    pub(crate) async fn hold(&self, keys: &[&EmailKey]) -> Result<(), StoreError> {
        let writer = self.writer()?;
        if keys.is_empty() || writer.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let slots: BTreeSet<i64> = keys.iter().map(|key| slot(key)).collect();
        let select = Query::select()
            .column("slot")
            .from("locks")
            .and_where(sea_orm::sea_query::Expr::col("slot").is_in(slots))
            // In one order for all, so that two who hold the same do not wait for each other forever.
            .order_by("slot", sea_orm::sea_query::Order::Asc)
            .lock_exclusive()
            .take();
        writer.query_all(&select).await.map_err(self.failed("hold addresses"))?;
        Ok(())
    }
}
