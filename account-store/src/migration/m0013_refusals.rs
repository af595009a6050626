//! Whose fault it is that an email was refused, and when that was.

use sea_orm::sea_query::Table;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{index, optional_number, optional_text};

pub(super) struct Migration;

/// Maximum length of the name of a fault.
const FAULT: u32 = 16;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0013_refusals"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [optional_text("fault", FAULT), optional_number("refused_at")] {
            manager.alter_table(Table::alter().table("outbox").add_column(column).take()).await?;
        }
        manager.create_index(index("outbox_by_refusal", "outbox", &["fault", "refused_at"])).await
    }
}
