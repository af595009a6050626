//! The schema, step by step.

mod columns;
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

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

use crate::connection::Connections;
use crate::error::{OpenError, failed};

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
