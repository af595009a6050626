//! The outbox holds events for other systems too, and is delivered in queues.

use sea_orm::sea_query::{Index, Table};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{index, text};

/// Maximum length of an endpoint's name, and room.
const ENDPOINT: u32 = 64;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0008_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Existing rows, and those that an older version writes, are mails.
        let endpoint = text("endpoint", ENDPOINT).default("").take();
        manager.alter_table(Table::alter().table("outbox").add_column(endpoint).take()).await?;
        let by_lane = ["state", "endpoint", "claimable_at"];
        manager.create_index(index("outbox_by_lane", "outbox", &by_lane)).await?;
        // The new index replaces it.
        manager.drop_index(Index::drop().name("outbox_by_claimable_at").table("outbox").to_owned()).await
    }
}
