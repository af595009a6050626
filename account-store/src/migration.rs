//! The schema, step by step.

mod m0001_registrations;
mod m0002_accounts;
mod m0003_rate_limits;
mod m0004_accounts_that_live;
mod m0005_renewable_sessions;
mod m0006_wishes;
mod m0007_several_writers;
mod m0008_events;
mod m0009_plain_names;
mod turn;

use sea_orm::sea_query::ColumnDef;
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, async_trait, sea_orm::DbErr};

use crate::connection::Connections;
use crate::error::{OpenError, failed};

/// Most code points of an address or its key: 254 bytes, and room.
const ADDRESS: u32 = 320;
/// Bytes of a digest.
const DIGEST: u32 = 32;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_registrations::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_rate_limits::Migration),
            Box::new(m0004_accounts_that_live::Migration),
            Box::new(m0005_renewable_sessions::Migration),
            Box::new(m0006_wishes::Migration),
            Box::new(m0007_several_writers::Migration),
            Box::new(m0008_events::Migration),
            Box::new(m0009_plain_names::Migration),
        ]
    }
}

/// Applies what is missing, all in one transaction where the database can, while other processes wait.
pub(crate) async fn migrate(connections: &Connections) -> Result<(), OpenError> {
    migrate_by(connections, None).await
}

/// The same, for so many steps at most.
pub(crate) async fn migrate_by(connections: &Connections, steps: Option<u32>) -> Result<(), OpenError> {
    let transaction = connections.begin_migrating().await.map_err(OpenError::Database)?;
    let failed = |error| OpenError::Database(failed("migrate")(error));
    turn::take(&transaction.inner).await.map_err(failed)?;
    let applied = Migrator::get_migration_models(&transaction.inner).await.map_err(failed)?;
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    if let Some(found) = applied.iter().map(|model| &model.version).filter(|name| !known.contains(name)).max() {
        let known = known.iter().max().cloned().unwrap_or_default();
        return Err(OpenError::NewerSchema { found: found.clone(), known });
    }
    Migrator::up(&transaction.inner, steps).await.map_err(failed)?;
    transaction.commit().await.map_err(OpenError::Database)
}

/// A digest.
fn digest(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary_len(DIGEST).not_null().take()
}

/// A moment or a count.
fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A moment or a count that may be absent.
fn optional_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// A text of at most so many code points.
fn text(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).not_null().take()
}

/// A text of at most so many code points that may be absent.
fn optional_text(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).null().take()
}

/// Makes the tables and then their indexes.
async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<sea_orm::sea_query::TableCreateStatement>,
    indexes: Vec<sea_orm::sea_query::IndexCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// An index over those columns.
fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> sea_orm::sea_query::IndexCreateStatement {
    let mut index = sea_orm::sea_query::Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}
