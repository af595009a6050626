//! Sessions, by the digests of their tokens.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) token: Vec<u8>,
    pub(crate) id: Uuid,
    pub(crate) account: Uuid,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) authenticated_at: i64,
    pub(crate) last_used_at: i64,
    /// Maximum time without use, in microseconds.
    pub(crate) idle: Option<i64>,
    /// How long each access token is accepted, in microseconds.
    pub(crate) token_lasts: Option<i64>,
    pub(crate) token_expires_at: Option<i64>,
    pub(crate) channel: String,
    pub(crate) client_address: Option<String>,
    pub(crate) user_agent: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
