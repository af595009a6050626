//! Attempts to sign up.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registrations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) address: String,
    pub(crate) email_key: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) passed_policy: Option<String>,
    pub(crate) profile: String,
    pub(crate) user_name: Option<String>,
    pub(crate) organization: Option<Uuid>,
    pub(crate) callback_url: Option<String>,
    pub(crate) extra_choices: Option<String>,
    pub(crate) channel: String,
    pub(crate) client_address: Option<String>,
    pub(crate) continuation: Vec<u8>,
    pub(crate) state: String,
    /// Absent in rows that are not completed, or that older versions completed.
    pub(crate) completed_by: Option<String>,
    pub(crate) generation: i64,
    pub(crate) code: Vec<u8>,
    pub(crate) key_id: String,
    pub(crate) code_tries: i64,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    /// Absent in rows that older versions wrote: then as `expires_at`.
    pub(crate) shown_until: Option<i64>,
    pub(crate) corrections: i64,
}

impl ActiveModelBehavior for ActiveModel {}
