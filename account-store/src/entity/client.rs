//! Registered clients.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clients")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) organization: Option<Uuid>,
    pub(crate) name: String,
    /// A list of texts, as JSON.
    pub(crate) callback_origins: String,
    /// A list of texts, as JSON.
    pub(crate) redirect_uris: String,
    /// A list of texts, as JSON.
    pub(crate) networks: String,
    pub(crate) version: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
