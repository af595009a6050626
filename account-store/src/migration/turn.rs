//! Lets one process at a time change the schema.
//!
//! On PostgreSQL an advisory lock that ends with the transaction does that, and on SQLite the transaction itself. On
//! MySQL and MariaDB each change of the schema commits, which ends transactions and their locks; `GET_LOCK` belongs to
//! one server, and a Galera cluster has several. So the turn there is a row of a table, which is changed only as long as
//! it is as it was read. It contains no time, so clocks need not agree: the process that has the turn counts on, and
//! one that waits takes it if the count has stood still for long enough by its own clock.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};

use crate::connection::Connections;
use crate::error::is_given_up;
use crate::unit_of_work::is_duplicate;

/// The number of our advisory lock in PostgreSQL: "account" in ASCII.
const LOCK: i64 = 0x61_63_63_6F_75_6E_74;
/// How long a migration waits for the lock of a table on PostgreSQL, which holds up all who need the table.
const LOCK_TIMEOUT: &str = "1s";
/// Maximum time to wait for another process on MySQL and MariaDB. PostgreSQL waits without limit.
const WAIT: Duration = Duration::from_mins(10);
/// How often a process that waits looks.
const LOOK: Duration = Duration::from_millis(250);
/// How often the process that has the turn counts on.
const BEAT: Duration = Duration::from_secs(3);
/// After how long without a beat the turn is taken from a process, which has probably crashed.
const SILENCE: Duration = Duration::from_secs(15);

/// The row is made on demand, by the first process that migrates.
const MAKE: &str = "CREATE TABLE IF NOT EXISTS account_migration_turn \
                    (slot BIGINT NOT NULL PRIMARY KEY, beat BIGINT NOT NULL, is_taken BIGINT NOT NULL)";
const FILL: &str = "INSERT INTO account_migration_turn (slot, beat, is_taken) VALUES (1, 0, 0)";
const READ: &str = "SELECT beat, is_taken FROM account_migration_turn WHERE slot = 1";

/// The turn of this process, which ends when it is given back or dropped; then another process waits a moment for a
/// beat.
pub(super) struct Turn {
    /// Counts on. `None` where the transaction is the turn.
    beating: Option<AbortHandle>,
    held: Option<Held>,
}

/// A turn that is a row.
struct Held {
    connections: Connections,
    beat: tokio::sync::watch::Receiver<i64>,
}

impl Turn {
    /// Waits until no other process has the turn. On PostgreSQL, [`Turn::lock`] does.
    pub(super) async fn take(connections: &Connections) -> Result<Self, DbErr> {
        if connections.backend() != DbBackend::MySql {
            return Ok(Self { beating: None, held: None });
        }
        Self::take_row(connections, SILENCE).await
    }

    /// Takes the row, also from a process that was silent for that long.
    pub(super) async fn take_row(connections: &Connections, silence: Duration) -> Result<Self, DbErr> {
        connections.execute_at_once(MAKE).await?;
        match connections.execute_at_once(FILL).await {
            Err(error) if !is_duplicate(&error) && !is_given_up(&error) => return Err(error),
            _ => {}
        }
        let begun = Instant::now();
        let mut seen = (read(connections).await?.0, begun);
        while begun.elapsed() < WAIT {
            let (beat, is_taken) = read(connections).await?;
            if beat != seen.0 {
                seen = (beat, Instant::now());
            }
            if (!is_taken || seen.1.elapsed() >= silence) && change(connections, beat, true).await? {
                return Ok(Self::beating(connections.clone(), beat + 1));
            }
            sleep(LOOK).await;
        }
        Err(DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout))
    }

    fn beating(connections: Connections, first: i64) -> Self {
        let (counted, beat) = tokio::sync::watch::channel(first);
        let of_task = connections.clone();
        let beating = tokio::spawn(async move {
            let mut beat = first;
            loop {
                sleep(BEAT).await;
                match change(&of_task, beat, true).await {
                    Ok(true) => beat += 1,
                    // The sender is dropped, which tells that the turn is lost.
                    Ok(false) => return,
                    // The next attempt may succeed in time.
                    Err(_) => {}
                }
                counted.send_replace(beat);
            }
        });
        Self { beating: Some(beating.abort_handle()), held: Some(Held { connections, beat }) }
    }

    /// Waits until no other process changes the schema in a transaction. From then on, the transaction waits for a lock
    /// only briefly.
    pub(super) async fn lock(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            let lock = format!("SELECT pg_advisory_xact_lock({LOCK}); SET LOCAL lock_timeout TO '{LOCK_TIMEOUT}'");
            transaction.execute_unprepared(&lock).await?;
        }
        Ok(())
    }

    /// Returns when another process has taken the turn; never, where the transaction is the turn.
    pub(super) async fn lost(&self) {
        let Some(held) = &self.held else { return std::future::pending().await };
        let mut beat = held.beat.clone();
        while beat.changed().await.is_ok() {}
    }

    /// Gives the turn to the next process.
    pub(super) async fn give_back(mut self) -> Result<(), DbErr> {
        let Some(held) = self.held.take() else { return Ok(()) };
        self.stop();
        let beat = *held.beat.borrow();
        // A beat may have been on its way.
        if !change(&held.connections, beat, false).await? {
            change(&held.connections, beat + 1, false).await?;
        }
        Ok(())
    }

    fn stop(&self) {
        if let Some(beating) = &self.beating {
            beating.abort();
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn read(connections: &Connections) -> Result<(i64, bool), DbErr> {
    let row = connections.ask(Statement::from_string(connections.backend(), READ)).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("the turn to migrate".to_owned()))?;
    Ok((row.try_get_by_index(0)?, row.try_get_by_index::<i64>(1)? != 0))
}

/// Counts on and sets the state, if the count is still as it was seen. Returns whether it was.
async fn change(connections: &Connections, seen: i64, is_taken: bool) -> Result<bool, DbErr> {
    let update = format!(
        "UPDATE account_migration_turn SET beat = {seen} + 1, is_taken = {} WHERE slot = 1 AND beat = {seen}",
        i32::from(is_taken)
    );
    match connections.execute_at_once(&update).await {
        Ok(rows) => Ok(rows == 1),
        // Two nodes of a cluster have changed it at once: the other one counts.
        Err(error) if is_given_up(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes all new tables of MySQL and MariaDB compare texts byte by byte, including trailing spaces.
pub(super) async fn collate(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() != DbBackend::MySql {
        return Ok(());
    }
    let text = |query: &str| Statement::from_string(DbBackend::MySql, query.to_owned());
    let row = transaction.query_one_raw(text("SELECT VERSION() AS version, @@collation_database AS collation")).await?;
    let Some(row) = row else { return Ok(()) };
    let (version, collation): (String, String) = (row.try_get("", "version")?, row.try_get("", "collation")?);
    let wanted = if version.contains("MariaDB") { "utf8mb4_nopad_bin" } else { "utf8mb4_0900_bin" };
    if collation == wanted {
        return Ok(());
    }
    let alter = format!("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE {wanted}");
    transaction.execute_unprepared(&alter).await.map(drop)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{Instant, timeout};

    use super::{SILENCE, Turn, change, read};
    use crate::testing::{Engine, ThrowawayDatabase};
    use crate::{DatabaseStore, StoreOptions};

    /// The row works on every database, although it is needed on some only.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn one_process_has_the_turn_and_a_crashed_one_loses_it() {
        for engine in Engine::ALL {
            let database = ThrowawayDatabase::new(engine).await;
            let open =
                || async { DatabaseStore::connect(&StoreOptions::new(database.url())).await.unwrap().connections };
            let (ours, theirs) = (open().await, open().await);
            let turn = Turn::take_row(&ours, SILENCE).await.unwrap();
            let waiting = timeout(Duration::from_millis(700), Turn::take_row(&theirs, SILENCE)).await;
            assert!(waiting.is_err(), "{engine:?}: two have it");
            turn.give_back().await.unwrap();
            let turn = Turn::take_row(&theirs, SILENCE).await.unwrap();

            // As in a crash: nobody counts on, and nobody gives it back.
            drop(turn);
            let begun = Instant::now();
            let silence = Duration::from_millis(800);
            let turn = Turn::take_row(&ours, silence).await.unwrap();
            assert!(begun.elapsed() >= silence, "{engine:?}: too early");

            // If the process was only slow, it notices.
            let (beat, _) = read(&theirs).await.unwrap();
            assert!(change(&theirs, beat, true).await.unwrap());
            timeout(2 * super::BEAT, turn.lost()).await.expect("it notices");
        }
    }
}
