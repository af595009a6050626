//! How often the address of a registration was corrected, and what completed the registration.

use sea_orm::sea_query::Table;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{number, optional_text};

/// The number of corrections of a registration whose address cannot be corrected.
const NOT_CORRECTABLE: i64 = 6;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0016_corrections"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What versions that do not know the column have inserted, or insert while instances are replaced, cannot be
        // corrected: they wipe what an attempt needs for that if its address is taken, and the holder would see so.
        let corrections = number("corrections").default(NOT_CORRECTABLE).take();
        for (name, column) in [("corrections", corrections), ("completed_by", optional_text("completed_by", 32))] {
            // A start that was interrupted may have done so far on MariaDB and MySQL, where each change commits.
            if manager.has_column("registrations", name).await? {
                continue;
            }
            // SQLite adds one column at a time.
            manager.alter_table(Table::alter().table("registrations").add_column(column).take()).await?;
        }
        Ok(())
    }
}
