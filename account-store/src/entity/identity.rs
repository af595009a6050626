//! Identities of providers that are linked to accounts.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identities")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// Digest of provider and subject.
    pub(crate) identity_key: Vec<u8>,
    pub(crate) provider: String,
    pub(crate) subject: String,
    pub(crate) account: Uuid,
    /// How the account at the provider is shown, as JSON.
    pub(crate) shown: String,
    pub(crate) linked_at: i64,
    pub(crate) last_used_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
