//! Invitations.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) address: String,
    pub(crate) email_key: String,
    pub(crate) role: String,
    pub(crate) organization: Option<Uuid>,
    pub(crate) organization_role: Option<String>,
    pub(crate) invited_by: Option<Uuid>,
    pub(crate) state: String,
    pub(crate) generation: i64,
    pub(crate) key_id: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
