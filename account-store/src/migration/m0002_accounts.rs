//! Accounts, organizations, sessions.

use sea_orm::sea_query::{ColumnDef, ForeignKey, ForeignKeyAction, Table, TableCreateStatement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{ADDRESS, create, digest, index, number, optional_number, optional_text, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            index("accounts_by_email_key", "accounts", &["email_key"]),
            index("accounts_by_email_claim", "accounts", &["email_claim"]).unique().take(),
            index("accounts_by_user_name", "accounts", &["user_name"]).unique().take(),
            index("organizations_by_code", "organizations", &["code"]).unique().take(),
            index("sessions_by_id", "sessions", &["id"]).unique().take(),
            index("sessions_by_account", "sessions", &["account"]),
        ];
        create(manager, vec![organizations(), accounts(), sessions()], indexes).await
    }
}

fn organizations() -> TableCreateStatement {
    Table::create()
        .table("organizations")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(text("code", 255))
        .col(ColumnDef::new("name").text().not_null())
        .take()
}

fn accounts() -> TableCreateStatement {
    Table::create()
        .table("accounts")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(text("address", ADDRESS))
        .col(text("email_key", ADDRESS))
        .col(optional_text("email_claim", ADDRESS))
        .col(optional_number("verified_at"))
        .col(ColumnDef::new("password_hash").text().null())
        .col(optional_text("user_name", 64))
        .col(ColumnDef::new("organization").uuid().null())
        .col(ColumnDef::new("profile").text().not_null())
        .col(number("created_at"))
        .col(number("updated_at"))
        .take()
}

/// A session cannot outlive its account.
fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(digest("token").primary_key())
        .col(ColumnDef::new("id").uuid().not_null())
        .col(ColumnDef::new("account").uuid().not_null())
        .col(number("created_at"))
        .col(number("expires_at"))
        .foreign_key(
            ForeignKey::create()
                .name("sessions_of_account")
                .from("sessions", "account")
                .to("accounts", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}
