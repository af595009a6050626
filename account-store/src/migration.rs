//! Migrations of the schema.

mod columns;
mod former_table;
mod m0001_registrations;
mod m0002_accounts;
mod m0003_rate_limits;
mod m0004_accounts_that_live;
mod m0005_renewable_sessions;
mod m0006_wishes;
mod m0007_several_writers;
mod m0008_events;
mod m0009_plain_names;
mod m0010_deciding;
mod m0011_passed_policies;
mod m0012_renewals_by_address;
mod m0013_refusals;
mod m0014_holds;
mod m0015_used_tokens;
mod m0016_corrections;
mod m0017_identities;
mod namespace;
mod turn;

use std::time::Duration;

use account_core::ports::StoreError;
use sea_orm::sea_query::IntoIden;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, DynIden, Statement};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};
use tokio::time::{Instant, sleep};

use crate::connection::Connections;
use crate::error::{OpenError, failed, has_missed_lock};
use crate::migration::former_table::TABLE;
use crate::options::SchemaName;
use turn::Turn;

/// How long to let others work after a table was not free in time on PostgreSQL.
const PAUSE: Duration = Duration::from_secs(2);
/// Who has waited that long for the turn comes after somebody for whom a table may not have been free.
const LONG_WAIT: Duration = Duration::from_secs(1);
/// For how long to try again.
const PATIENCE: Duration = Duration::from_mins(10);

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
            Box::new(m0010_deciding::Migration),
            Box::new(m0011_passed_policies::Migration),
            Box::new(m0012_renewals_by_address::Migration),
            Box::new(m0013_refusals::Migration),
            Box::new(m0014_holds::Migration),
            Box::new(m0015_used_tokens::Migration),
            Box::new(m0016_corrections::Migration),
            Box::new(m0017_identities::Migration),
        ]
    }

    /// A separate table, because programs that embed the store use SeaORM's table for their own migrations.
    fn migration_table_name() -> DynIden {
        TABLE.into_iden()
    }
}

/// Applies the missing migrations, in one transaction if the database supports that, while other processes wait.
pub(crate) async fn migrate(connections: &Connections) -> Result<(), OpenError> {
    migrate_by(connections, None).await
}

/// Applies at most `steps` missing migrations.
pub(crate) async fn migrate_by(connections: &Connections, steps: Option<u32>) -> Result<(), OpenError> {
    if is_up_to_date(connections).await {
        return Ok(());
    }
    let turn = Turn::take(connections).await.map_err(failed_to_migrate)?;
    let outcome = tokio::select! {
        outcome = migrate_in_turn(connections, steps) => outcome,
        () = turn.lost() => Err(OpenError::Database(StoreError::transient("another process has taken the turn to migrate"))),
    };
    let given_back = turn.give_back().await.map_err(failed_to_migrate);
    // Report the first failure.
    outcome.and(given_back)
}

/// Returns whether exactly this program's migrations are applied. Then a start takes no turn, and needs no permission to
/// change the schema.
async fn is_up_to_date(connections: &Connections) -> bool {
    let schema = connections.schema.as_ref().map(|schema| format!("\"{schema}\".")).unwrap_or_default();
    // The names are in order, and there is one row for each.
    let query = format!("SELECT COUNT(*), MAX(version) FROM {schema}{TABLE}");
    let found = connections.ask(Statement::from_string(connections.backend(), query)).await;
    // Without the table, there is everything to do.
    let Ok(Some(row)) = found else { return false };
    let applied: Result<(i64, Option<String>), _> =
        row.try_get_by_index(0).and_then(|count| Ok((count, row.try_get_by_index(1)?)));
    let known = Migrator::migrations();
    applied.is_ok_and(|(count, newest)| {
        usize::try_from(count) == Ok(known.len()) && newest.as_deref() == known.last().map(|migration| migration.name())
    })
}

/// Migrates, and begins again while a table is in use. A migration that waits for the lock of a whole table makes all
/// others wait too, even for reading: behind one long query, the whole service would stand still.
async fn migrate_in_turn(connections: &Connections, steps: Option<u32>) -> Result<(), OpenError> {
    let begun = Instant::now();
    let mut is_again = false;
    loop {
        match migrate_once(connections, steps, is_again).await {
            Err(Ended::Locked(_)) if begun.elapsed() < PATIENCE => {
                tracing::warn!(event = "migration_waits", "a long query or transaction uses a table: trying again");
                is_again = true;
            }
            Err(Ended::Locked(error) | Ended::Failed(error)) => return Err(error),
            Ok(()) => return Ok(()),
        }
    }
}

/// Why an attempt to migrate has ended.
enum Ended {
    /// A table was not free in time. Nothing was changed.
    Locked(OpenError),
    Failed(OpenError),
}

impl From<OpenError> for Ended {
    fn from(error: OpenError) -> Self {
        Self::Failed(error)
    }
}

impl From<DbErr> for Ended {
    fn from(error: DbErr) -> Self {
        let is_locked = has_missed_lock(&error);
        let error = failed_to_migrate(error);
        if is_locked { Self::Locked(error) } else { Self::Failed(error) }
    }
}

async fn migrate_once(connections: &Connections, steps: Option<u32>, is_again: bool) -> Result<(), Ended> {
    let transaction = connections.begin_migrating().await.map_err(OpenError::Database)?;
    if let Err(ended) = migrate_within(connections, &transaction.inner, steps, is_again).await {
        // At once, because it may have locked other tables. If it fails, the connection is lost, and the locks with it.
        let _ = transaction.rollback().await;
        return Err(ended);
    }
    Ok(transaction.commit().await.map_err(OpenError::Database)?)
}

async fn migrate_within(
    connections: &Connections,
    transaction: &DatabaseTransaction,
    steps: Option<u32>,
    is_again: bool,
) -> Result<(), Ended> {
    let waiting = Instant::now();
    Turn::lock(transaction).await?;
    if transaction.get_database_backend() == DbBackend::Postgres && (is_again || waiting.elapsed() >= LONG_WAIT) {
        // In turn: otherwise several instances that start would wait for the tables one after the other, without a pause.
        sleep(PAUSE).await;
    }
    turn::collate(transaction).await?;
    bring_up_to_date(transaction, connections.schema.as_ref(), steps).await?;
    Ok(connections.forget_statements(transaction).await?)
}

async fn bring_up_to_date(
    transaction: &DatabaseTransaction,
    schema: Option<&SchemaName>,
    steps: Option<u32>,
) -> Result<(), Ended> {
    if let Some(schema) = schema {
        namespace::make(transaction, schema).await?;
    }
    namespace::check_writable(transaction).await?;
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    Migrator::install(transaction).await?;
    former_table::move_rows(transaction, &known).await?;
    let applied = Migrator::get_migration_models(transaction).await?;
    if let Some(found) = applied.iter().map(|model| &model.version).filter(|name| !known.contains(name)).max() {
        let known = known.iter().max().cloned().unwrap_or_default();
        return Err(OpenError::NewerSchema { found: found.clone(), known }.into());
    }
    Ok(Migrator::up(transaction, steps).await?)
}

fn failed_to_migrate(error: DbErr) -> OpenError {
    OpenError::Database(failed("migrate")(error))
}
