//! Identities of providers, flows to providers, and the identity that a notice is about.

use sea_orm::sea_query::{ColumnDef, ForeignKey, ForeignKeyAction, IndexCreateStatement, Table, TableCreateStatement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{digest, index, number, text};

/// Maximum length of a provider's name.
const PROVIDER: u32 = 40;
/// Maximum length of a subject.
const SUBJECT: u32 = 511;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0017_identities"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A start that was interrupted may have done some of it on MariaDB and MySQL, where each change commits.
        for (name, table) in [("identities", identities()), ("provider_flows", provider_flows())] {
            if !manager.has_table(name).await? {
                manager.create_table(table).await?;
            }
        }
        for (table, name, index) in indexes() {
            if !manager.has_index(table, name).await? {
                manager.create_index(index).await?;
            }
        }
        if !manager.has_column("outbox", "identity").await? {
            let column = ColumnDef::new("identity").text().null().take();
            manager.alter_table(Table::alter().table("outbox").add_column(column).take()).await?;
        }
        Ok(())
    }
}

fn identities() -> TableCreateStatement {
    Table::create()
        .table("identities")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(digest("identity_key"))
        .col(text("provider", PROVIDER))
        .col(text("subject", SUBJECT))
        .col(ColumnDef::new("account").uuid().not_null())
        .col(ColumnDef::new("shown").text().not_null())
        .col(number("linked_at"))
        .col(number("last_used_at"))
        .foreign_key(
            ForeignKey::create()
                .name("identities_of_account")
                .from("identities", "account")
                .to("accounts", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn provider_flows() -> TableCreateStatement {
    Table::create()
        .table("provider_flows")
        .col(digest("state").primary_key())
        .col(digest("browser"))
        .col(text("provider", PROVIDER))
        .col(ColumnDef::new("wish").text().not_null())
        .col(ColumnDef::new("app").text().null())
        .col(number("expires_at"))
        .take()
}

fn indexes() -> [(&'static str, &'static str, IndexCreateStatement); 3] {
    let by_key = index("identities_by_key", "identities", &["identity_key"]).unique().take();
    [
        ("identities", "identities_by_key", by_key),
        (
            "identities",
            "identities_by_account",
            index("identities_by_account", "identities", &["account", "linked_at"]),
        ),
        ("provider_flows", "flows_by_expiry", index("flows_by_expiry", "provider_flows", &["expires_at"])),
    ]
}
