//! Counters of limits.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rate_limits")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) counter: String,
    pub(crate) log: Vec<u8>,
    /// When the log will be empty, so that the row can be deleted.
    pub(crate) expires_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
