//! Clearer names: one-time tokens, channels, extra choices.

use sea_orm::sea_query::Table;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

/// Renamed columns: the table, the old name, the new name.
const COLUMNS: [(&str, &str, &str); 3] = [
    ("registrations", "surface", "channel"),
    ("registrations", "wishes", "extra_choices"),
    ("sessions", "surface", "channel"),
];

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_plain_names"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, before, now) in COLUMNS {
            manager.alter_table(Table::alter().table(table).rename_column(before, now).take()).await?;
        }
        manager.rename_table(Table::rename().table("verification_tokens", "one_time_tokens").take()).await
    }
}
