//! Lets one process at a time change the schema.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};

/// The number of our advisory lock in PostgreSQL: "account" in ASCII.
const LOCK: i64 = 0x61_63_63_6F_75_6E_74;
/// Maximum time to wait for another process on MySQL and MariaDB, in seconds. PostgreSQL waits without limit.
const WAIT: u32 = 600;
/// The name of our lock on MySQL and MariaDB, which contains the database's name.
const NAME: &str = "CONCAT('account:', LEFT(SHA1(DATABASE()), 32))";

/// Waits until no other process changes the schema. The turn ends with the transaction, or with [`give_back`].
pub(super) async fn take(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    match transaction.get_database_backend() {
        // Its transaction already excludes all others.
        DbBackend::Sqlite => Ok(()),
        DbBackend::Postgres => {
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await.map(drop)
        }
        DbBackend::MySql => take_on_mysql(transaction).await,
        _ => Err(DbErr::Custom("no such database is supported".to_owned())),
    }
}

/// Ends the transaction with the statement `end`, and releases the turn. On MySQL and MariaDB the lock outlives the
/// transaction, and a borrowed connection stays open, so the changes must be visible before the lock is released.
/// Elsewhere, ending the transaction is enough.
pub(super) async fn give_back(transaction: &DatabaseTransaction, end: &str) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::MySql {
        transaction.execute_unprepared(end).await?;
        transaction.execute_unprepared(&format!("DO RELEASE_LOCK({NAME})")).await?;
    }
    Ok(())
}

/// On these databases the lock belongs to the server.
async fn take_on_mysql(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let lock = format!("SELECT GET_LOCK({NAME}, {WAIT}) AS has_lock");
    let statement = Statement::from_string(DbBackend::MySql, lock);
    let row = transaction.query_one_raw(statement).await?;
    let has_lock: Option<i64> = row.map(|row| row.try_get("", "has_lock")).transpose()?.flatten();
    if has_lock != Some(1) {
        return Err(DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout));
    }
    collate(transaction).await
}

/// Makes all new tables compare texts byte by byte, including trailing spaces.
async fn collate(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
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
