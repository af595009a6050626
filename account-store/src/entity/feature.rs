//! Feature flags that were changed, by name.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "features")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) version: i64,
    pub(crate) updated_at: i64,
    pub(crate) updated_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
