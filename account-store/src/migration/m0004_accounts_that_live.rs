//! Accounts after registration: sessions with their last use, roles, invitations, registered clients, features, the
//! audit trail, and what housekeeping and administrators search for.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{
    ColumnDef, Expr, ExprTrait, Func, IndexCreateStatement, Query, Table, TableCreateStatement, UpdateStatement,
};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};
use uuid::Uuid;

use super::columns::{ADDRESS, create, index, number, optional_number, optional_text, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_accounts_that_live"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in new_columns() {
            for column in columns {
                // One at a time: SQLite adds only one per statement.
                manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
            }
        }
        for update in fill_in() {
            manager.get_connection().execute(&update).await?;
        }
        date_organizations(manager).await?;
        create(manager, vec![clients(), invitations(), features(), audit()], indexes()).await
    }
}

/// The new columns. Existing rows get the default, or are filled in.
fn new_columns() -> Vec<(&'static str, Vec<ColumnDef>)> {
    let uuid = |name: &'static str| ColumnDef::new(name).uuid().null().take();
    let accounts = vec![
        text_with("former_passwords", "'[]'"),
        number("credential_epoch").default(0_i64).take(),
        number("token_generation").default(0_i64).take(),
        text("role", 16).default("user").take(),
        optional_text("organization_role", 16),
        optional_text("alternate_address", ADDRESS),
        optional_number("alternate_verified_at"),
        optional_text("notification_address", ADDRESS),
        optional_number("notification_verified_at"),
        optional_number("disabled_at"),
        optional_number("deletion_due_at"),
        number("version").default(1_i64).take(),
        text_with("search_text", "''"),
    ];
    let sessions = vec![
        number("authenticated_at").default(0_i64).take(),
        number("last_used_at").default(0_i64).take(),
        optional_number("idle"),
        text("surface", 64).default("native").take(),
        optional_text("client_address", 64),
        ColumnDef::new("user_agent").text().null().take(),
    ];
    let organizations = vec![
        text_with("callback_origins", "'[]'"),
        ColumnDef::new("allows_self_named_administrators").boolean().not_null().default(false).take(),
        number("version").default(1_i64).take(),
        number("created_at").default(0_i64).take(),
        number("updated_at").default(0_i64).take(),
    ];
    vec![
        ("accounts", accounts),
        ("sessions", sessions),
        ("organizations", organizations),
        ("verification_tokens", vec![optional_number("epoch"), uuid("session")]),
        ("outbox", vec![uuid("account"), uuid("invitation"), optional_text("notice", 64)]),
    ]
}

/// Defines a text of any length, with a default for existing rows. The default is an expression, not a value, because
/// MySQL accepts only that for such a column.
fn text_with(name: &'static str, default: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().default(Expr::cust(default)).take()
}

/// Returns the updates that fill in existing rows where the values differ.
fn fill_in() -> [UpdateStatement; 3] {
    [
        Query::update().table("accounts").value("search_text", Func::lower(Expr::col("address"))).take(),
        Query::update()
            .table("accounts")
            .value("organization_role", "member")
            .and_where(Expr::col("organization").is_not_null())
            .take(),
        Query::update()
            .table("sessions")
            .value("authenticated_at", Expr::col("created_at"))
            .value("last_used_at", Expr::col("created_at"))
            .take(),
    ]
}

/// Fills in the creation times of existing organizations from their ids (UUID version 7).
async fn date_organizations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let ids = Query::select().column("id").from("organizations").take();
    for row in manager.get_connection().query_all(&ids).await? {
        let id: Uuid = row.try_get("", "id")?;
        if id.get_version_num() != 7 {
            continue;
        }
        let millis = i64::try_from(id.as_u128() >> 80).unwrap_or(0);
        let update = Query::update()
            .table("organizations")
            .value("created_at", millis * 1_000)
            .value("updated_at", millis * 1_000)
            .and_where(Expr::col("id").eq(id))
            .take();
        manager.get_connection().execute(&update).await?;
    }
    Ok(())
}

fn clients() -> TableCreateStatement {
    Table::create()
        .table("clients")
        .col(text("id", 64).primary_key())
        .col(ColumnDef::new("organization").uuid().null())
        .col(ColumnDef::new("name").text().not_null())
        .col(ColumnDef::new("callback_origins").text().not_null())
        .col(ColumnDef::new("redirect_uris").text().not_null())
        .col(ColumnDef::new("networks").text().not_null())
        .col(number("version"))
        .col(number("created_at"))
        .col(number("updated_at"))
        .take()
}

fn invitations() -> TableCreateStatement {
    Table::create()
        .table("invitations")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(text("address", ADDRESS))
        .col(text("email_key", ADDRESS))
        .col(text("role", 16))
        .col(ColumnDef::new("organization").uuid().null())
        .col(optional_text("organization_role", 16))
        .col(ColumnDef::new("invited_by").uuid().null())
        .col(text("state", 16))
        .col(number("generation"))
        .col(text("key_id", 64))
        .col(number("created_at"))
        .col(number("expires_at"))
        .take()
}

fn features() -> TableCreateStatement {
    Table::create()
        .table("features")
        .col(text("name", 64).primary_key())
        .col(ColumnDef::new("value").text().not_null())
        .col(number("version"))
        .col(number("updated_at"))
        .col(ColumnDef::new("updated_by").uuid().null())
        .take()
}

fn audit() -> TableCreateStatement {
    Table::create()
        .table("audit")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(number("at"))
        .col(text("event", 64))
        .col(text("actor", 16))
        .col(ColumnDef::new("actor_account").uuid().null())
        .col(ColumnDef::new("account").uuid().null())
        .col(optional_text("client_address", 64))
        .col(ColumnDef::new("request_id").text().null())
        .col(ColumnDef::new("detail").text().null())
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("accounts_by_organization", "accounts", &["organization"]),
        index("accounts_by_role", "accounts", &["role"]),
        index("accounts_by_deletion_due_at", "accounts", &["deletion_due_at"]),
        index("accounts_by_verified_at", "accounts", &["verified_at", "created_at"]),
        index("sessions_by_created_at", "sessions", &["created_at"]),
        index("sessions_by_expires_at", "sessions", &["expires_at"]),
        index("registrations_by_created_at", "registrations", &["created_at"]),
        index("registrations_by_expires_at", "registrations", &["expires_at"]),
        index("verification_tokens_by_expires_at", "verification_tokens", &["expires_at"]),
        index("outbox_by_settled_at", "outbox", &["state", "settled_at"]),
        index("idempotency_records_by_expires_at", "idempotency_records", &["expires_at"]),
        index("rate_limits_by_expires_at", "rate_limits", &["expires_at"]),
        index("invitations_by_email_key", "invitations", &["email_key"]),
        index("invitations_by_expires_at", "invitations", &["expires_at"]),
        index("audit_by_at", "audit", &["at"]),
        index("audit_by_event", "audit", &["event", "at"]),
        index("audit_by_account", "audit", &["account"]),
        index("audit_by_actor_account", "audit", &["actor_account"]),
    ]
}
