//! Emailed tokens, by their digests.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_tokens")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) digest: Vec<u8>,
    pub(crate) purpose: String,
    pub(crate) subject: Uuid,
    pub(crate) address: String,
    pub(crate) email_key: String,
    pub(crate) generation: i64,
    pub(crate) key_id: String,
    pub(crate) expires_at: i64,
    pub(crate) state: String,
    pub(crate) epoch: Option<i64>,
    pub(crate) session: Option<Uuid>,
    pub(crate) used_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
