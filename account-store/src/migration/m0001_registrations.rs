//! Registrations, their tokens, the outbox, idempotency records.

use sea_orm::sea_query::{ColumnDef, Table, TableCreateStatement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{ADDRESS, create, digest, index, number, optional_number, optional_text, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_registrations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            index("registrations_by_email_key", "registrations", &["email_key", "created_at"]),
            index("registrations_by_continuation", "registrations", &["continuation"]),
            index("verification_tokens_by_subject", "verification_tokens", &["subject"]),
            index("verification_tokens_by_email_key", "verification_tokens", &["email_key"]),
            index("outbox_by_claimable_at", "outbox", &["state", "claimable_at"]),
            index("outbox_by_registration", "outbox", &["registration", "created_at"]),
        ];
        create(manager, vec![registrations(), verification_tokens(), outbox(), idempotency_records()], indexes).await
    }
}

fn registrations() -> TableCreateStatement {
    Table::create()
        .table("registrations")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(text("address", ADDRESS))
        .col(text("email_key", ADDRESS))
        .col(ColumnDef::new("password_hash").text().null())
        .col(ColumnDef::new("profile").text().not_null())
        .col(optional_text("user_name", 64))
        .col(ColumnDef::new("organization").uuid().null())
        .col(ColumnDef::new("callback_url").text().null())
        .col(text("surface", 64))
        .col(optional_text("client_address", 64))
        .col(digest("continuation"))
        .col(text("state", 16))
        .col(number("generation"))
        .col(digest("code"))
        .col(text("key_id", 64))
        .col(number("code_tries"))
        .col(number("created_at"))
        .col(number("expires_at"))
        .take()
}

fn verification_tokens() -> TableCreateStatement {
    Table::create()
        .table("verification_tokens")
        .col(digest("digest").primary_key())
        .col(text("purpose", 64))
        .col(ColumnDef::new("subject").uuid().not_null())
        .col(text("address", ADDRESS))
        .col(text("email_key", ADDRESS))
        .col(number("generation"))
        .col(text("key_id", 64))
        .col(number("expires_at"))
        .col(text("state", 16))
        .take()
}

fn outbox() -> TableCreateStatement {
    Table::create()
        .table("outbox")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(text("intent", 64))
        .col(ColumnDef::new("registration").uuid().null())
        .col(text("address", ADDRESS))
        .col(optional_number("generation"))
        .col(text("state", 16))
        .col(number("fence"))
        .col(number("attempts"))
        .col(number("due_at"))
        .col(optional_number("leased_until"))
        .col(number("claimable_at"))
        .col(number("created_at"))
        .col(optional_number("settled_at"))
        .col(ColumnDef::new("note").text().null())
        .take()
}

fn idempotency_records() -> TableCreateStatement {
    Table::create()
        .table("idempotency_records")
        .col(digest("digest").primary_key())
        .col(digest("fingerprint"))
        .col(number("started_at"))
        .col(number("expires_at"))
        .col(ColumnDef::new("answer").blob().null())
        .take()
}
