//! What databases with several writers at a time need.

use sea_orm::sea_query::{ColumnDef, Query, Table};
use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::create;
use crate::locks::SLOTS;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_several_writers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let slot = ColumnDef::new("slot").big_integer().not_null().primary_key().take();
        create(manager, vec![Table::create().table("locks").col(slot).take()], Vec::new()).await?;
        let connection = manager.get_connection();
        if connection.get_database_backend() == DbBackend::Sqlite {
            // One writer at a time needs no locks.
            return Ok(());
        }
        let mut slots = Query::insert().into_table("locks").columns(["slot"]).take();
        for slot in 0..SLOTS {
            slots.values_panic([slot.into()]);
        }
        connection.execute(&slots).await?;
        if connection.get_database_backend() == DbBackend::Postgres {
            // Client ids are listed in byte order, whatever the database's collation.
            let collate = "ALTER TABLE clients ALTER COLUMN id TYPE varchar(64) COLLATE \"C\"";
            connection.execute_unprepared(collate).await?;
        }
        Ok(())
    }
}
