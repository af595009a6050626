//! Pages of lists.

use account_core::ports::StoreError;
use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Value};

use crate::unit_of_work::DatabaseUnitOfWork;

/// A page of a list: the rows that follow a given row, in the order of their ids.
pub(crate) struct Page<C> {
    id: C,
    after: Option<Value>,
    order: Order,
    limit: u32,
}

impl<C: ColumnTrait> Page<C> {
    /// Ids below `before`, highest (newest) first.
    pub(crate) fn newest_first(id: C, before: Option<impl Into<Value>>, limit: u32) -> Self {
        Self { id, after: before.map(Into::into), order: Order::Desc, limit }
    }

    /// Ids above `after`, lowest first.
    pub(crate) fn lowest_first(id: C, after: Option<impl Into<Value>>, limit: u32) -> Self {
        Self { id, after: after.map(Into::into), order: Order::Asc, limit }
    }
}

impl DatabaseUnitOfWork {
    /// Reads a page of the selected rows.
    pub(crate) async fn list_page<E: EntityTrait, T>(
        &self,
        rows: Select<E>,
        page: Page<E::Column>,
        read: fn(E::Model) -> Result<T, StoreError>,
        doing: &'static str,
    ) -> Result<Vec<T>, StoreError> {
        let Page { id, after, order, limit } = page;
        let listed = rows
            .apply_if(after, |rows, after| rows.filter(if order == Order::Desc { id.lt(after) } else { id.gt(after) }))
            .order_by(id, order.clone())
            .limit(u64::from(limit))
            .all(self.reader()?)
            .await;
        listed.map_err(self.failed(doing))?.into_iter().map(read).collect()
    }
}
