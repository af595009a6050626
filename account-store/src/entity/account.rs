//! Accounts.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) address: String,
    pub(crate) email_key: String,
    /// The key again if the address is verified; unique: the claim on the address.
    pub(crate) email_claim: Option<String>,
    pub(crate) verified_at: Option<i64>,
    pub(crate) password_hash: Option<String>,
    pub(crate) passed_policy: Option<String>,
    /// A list of texts, as JSON.
    pub(crate) former_passwords: String,
    pub(crate) credential_epoch: i64,
    /// How many tokens were emailed for it. Only counted here; not part of the account.
    pub(crate) token_generation: i64,
    pub(crate) user_name: Option<String>,
    pub(crate) role: String,
    pub(crate) organization: Option<Uuid>,
    pub(crate) organization_role: Option<String>,
    pub(crate) profile: String,
    pub(crate) alternate_address: Option<String>,
    pub(crate) alternate_verified_at: Option<i64>,
    pub(crate) notification_address: Option<String>,
    pub(crate) notification_verified_at: Option<i64>,
    pub(crate) disabled_at: Option<i64>,
    pub(crate) deletion_due_at: Option<i64>,
    pub(crate) version: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    /// What administrators search in.
    pub(crate) search_text: String,
}

impl ActiveModelBehavior for ActiveModel {}
