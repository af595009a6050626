//! One process at a time changes the schema.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};

/// The number of our lock in a PostgreSQL database: "account" in ASCII.
const LOCK: i64 = 0x61_63_63_6F_75_6E_74;
/// Longest time to wait for another process on MySQL and MariaDB, in seconds; PostgreSQL waits without end.
const WAIT: u32 = 600;

/// Waits until no other process changes the schema. The turn ends with the connection, or with the transaction.
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

/// There a lock belongs to the server: its name has the database's in it.
async fn take_on_mysql(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let lock = format!("SELECT GET_LOCK(CONCAT('account:', LEFT(SHA1(DATABASE()), 32)), {WAIT}) AS has_lock");
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
