//! Flows to providers that are under way.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_flows")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) state: Vec<u8>,
    pub(crate) browser: Vec<u8>,
    pub(crate) provider: String,
    /// What the person wants, as JSON.
    pub(crate) wish: String,
    pub(crate) app: Option<String>,
    pub(crate) expires_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
