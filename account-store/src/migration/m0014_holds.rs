//! What makes a lock of one node of a cluster known to the others: see `locks`.

use sea_orm::sea_query::Table;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::number;
use crate::locks::HOLDS;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0014_holds"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["locks", "accounts", "organizations"] {
            // A start that was interrupted may have done so far on MariaDB and MySQL, where each change commits.
            if manager.has_column(table, HOLDS).await? {
                continue;
            }
            // With a default, because nothing else writes it: neither new rows nor former versions of the program.
            let holds = number(HOLDS).default(0).take();
            manager.alter_table(Table::alter().table(table).add_column(holds).take()).await?;
        }
        Ok(())
    }
}
