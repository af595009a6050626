//! One process at a time changes the schema.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};

/// The number of our lock in a PostgreSQL database: "account" in ASCII.
const LOCK: i64 = 0x61_63_63_6F_75_6E_74;
/// Longest time to wait for another process on MySQL and MariaDB, in seconds; PostgreSQL waits without end.
const WAIT: u32 = 600;
/// The name of our lock on MySQL and MariaDB, with the database's in it.
const NAME: &str = "CONCAT('account:', LEFT(SHA1(DATABASE()), 32))";

/// Waits until no other process changes the schema. The turn ends with the transaction, or is given back.
pub(super) async fn take(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    match transaction.get_database_backend() {
        // Its transaction excludes every other one.
        DbBackend::Sqlite => Ok(()),
        DbBackend::Postgres => {
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await.map(drop)
        }
        DbBackend::MySql => take_on_mysql(transaction).await,
        _ => Err(DbErr::Custom("no such database is supported".to_owned())),
    }
}

/// Ends the transaction's work as said, and lets the next process change the schema. On MySQL and MariaDB a lock outlives
/// the transaction, and the connection may be somebody else's, who keeps it: what was done has to be seen before the lock
/// is free. Elsewhere the transaction is all there is to end.
pub(super) async fn give_back(transaction: &DatabaseTransaction, end: &str) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::MySql {
        transaction.execute_unprepared(end).await?;
        transaction.execute_unprepared(&format!("DO RELEASE_LOCK({NAME})")).await?;
    }
    Ok(())
}

/// There a lock belongs to the server.
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

/// Has every table that is made from now on compare texts byte by byte, trailing spaces included.
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
