//! Counters of limits.

use sea_orm::sea_query::{ColumnDef, Table};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{create, number, text};

/// Maximum length of a counter in bytes: a key of 400, and the limit's name.
const COUNTER: u32 = 480;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_rate_limits"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rate_limits = Table::create()
            .table("rate_limits")
            .col(text("counter", COUNTER).primary_key())
            .col(ColumnDef::new("log").blob().not_null())
            .col(number("expires_at"))
            .take();
        create(manager, vec![rate_limits], Vec::new()).await
    }
}
