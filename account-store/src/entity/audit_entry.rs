//! The audit trail.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) at: i64,
    pub(crate) event: String,
    /// The kind of actor.
    pub(crate) actor: String,
    /// The acting account, if the actor is one.
    pub(crate) actor_account: Option<Uuid>,
    pub(crate) account: Option<Uuid>,
    pub(crate) client_address: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) detail: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
