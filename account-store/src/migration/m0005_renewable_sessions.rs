//! Sessions with access tokens that expire earlier and are renewed.

use sea_orm::sea_query::Table;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::optional_number;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_renewable_sessions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Tokens of existing sessions last as long as the sessions: nothing to fill in.
        for column in ["token_lasts", "token_expires_at"] {
            // One at a time: SQLite adds only one per statement.
            let column = optional_number(column);
            manager.alter_table(Table::alter().table("sessions").add_column(column).take()).await?;
        }
        Ok(())
    }
}
