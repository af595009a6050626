//! Answers stored under idempotency keys, by the digest of route and key.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_records")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) digest: Vec<u8>,
    pub(crate) fingerprint: Vec<u8>,
    pub(crate) started_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) answer: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
