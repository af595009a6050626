//! The contract on every database, and what this store guarantees beyond it.

mod borrowed;
mod cluster;
mod contract;
mod corrections;
mod encryption;
mod failing_over;
mod file;
mod migrating;
mod older_schema;
mod pooler;
mod preconditions;
mod safety;
mod schema;
mod servers;
mod silence;
mod speed;

use account_core::error_chain::chain;
use sea_orm_migration::MigratorTrait as _;
use tempfile::TempDir;

use crate::migration::Migrator;
use crate::{DatabaseStore, StoreOptions};

/// Returns the URL of a database in the directory.
fn options(directory: &TempDir) -> StoreOptions {
    StoreOptions::new(format!("sqlite://{}", directory.path().join("account.db").display()))
}

/// Returns a new store, and the directory that contains it.
async fn fresh() -> (TempDir, DatabaseStore) {
    let directory = TempDir::new().unwrap();
    let store = open(&directory).await;
    (directory, store)
}

async fn open(directory: &TempDir) -> DatabaseStore {
    connect(&options(directory).url).await
}

/// Returns a store with its schema.
async fn connect(url: &str) -> DatabaseStore {
    let store = DatabaseStore::connect(&StoreOptions::new(url)).await.unwrap();
    store.migrate().await.unwrap();
    store
}

/// The migrations of this program, oldest first.
fn known_migrations() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}
