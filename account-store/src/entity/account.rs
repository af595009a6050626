//! Accounts.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) address: String,
    pub(crate) email_key: String,
    /// The key again where the address is proven, and unique: the claim on the address.
    pub(crate) email_claim: Option<String>,
    pub(crate) verified_at: Option<i64>,
    pub(crate) password_hash: Option<String>,
    pub(crate) user_name: Option<String>,
    pub(crate) organization: Option<Uuid>,
    pub(crate) profile: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
