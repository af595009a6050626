//! MySQL and MariaDB: the settings of their connections.

use std::str::FromStr;

use sea_orm::DatabaseConnection;
use sea_orm::sqlx::mysql::MySqlConnectOptions;
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::{ConnectOptions, Executor, MySql};

use super::connections::{Beginning, Beginnings, Connections};
use super::pool::{self, Sizes};
use super::setting::{self, Setting};
use crate::error::OpenError;
use crate::options::StoreOptions;

/// Settings of connections that write, whatever the server's defaults: each statement sees what is committed, gaps
/// between rows are not locked, and waiting for a lock has a limit.
const WRITING: [&str; 2] =
    ["SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", "SET SESSION innodb_lock_wait_timeout = 10"];
/// Settings of connections that read: a unit of work sees one consistent state.
const READING: [&str; 2] =
    ["SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SET SESSION TRANSACTION READ ONLY"];

/// Connects to the server.
pub(super) async fn open(options: &StoreOptions) -> Result<Connections, OpenError> {
    let server = MySqlConnectOptions::from_str(&options.url).map_err(|_| OpenError::Url)?;
    if server.get_database().is_none_or(str::is_empty) {
        return Err(OpenError::Url);
    }
    let server = server.charset("utf8mb4").disable_statement_logging();
    let sizes = Sizes::of(options.max_connections);
    let writer = pool::open(set_up(sizes.writer, WRITING), server.clone()).await?;
    let limits = pool::open(set_up(sizes.limits, WRITING), server.clone()).await?;
    let reader = pool::open(set_up(sizes.reader, READING), server.clone()).await?;
    Ok(Connections {
        writer: writer.into(),
        reader: reader.into(),
        limits: limits.into(),
        migrator: pool::open_for_once::<MySql>(server).into(),
        beginnings: Beginnings::default(),
        schema: None,
        are_borrowed: false,
        turn: None,
    })
}

/// What the store requires of borrowed connections. It sets the isolation in each transaction. The time zone does not
/// matter, because times are stored as numbers.
const NEEDED: [Setting; 4] = [
    Setting {
        name: "character_set_connection",
        query: "SELECT CAST(@@character_set_connection AS CHAR)",
        needed: "`utf8mb4`, because names and addresses can be in any script",
        suits: |found| found == "utf8mb4",
    },
    Setting {
        name: "collation_database",
        query: "SELECT CAST(@@collation_database AS CHAR)",
        needed: "`utf8mb4_nopad_bin` (MySQL: `utf8mb4_0900_bin`), which compares texts byte by byte: \
                 ALTER DATABASE .. CHARACTER SET utf8mb4 COLLATE ..",
        suits: |found| matches!(found, "utf8mb4_nopad_bin" | "utf8mb4_0900_bin"),
    },
    Setting {
        name: "sql_mode",
        query: "SELECT CAST(@@sql_mode AS CHAR)",
        needed: "`STRICT_TRANS_TABLES` or `STRICT_ALL_TABLES` in it, so that no value is truncated",
        suits: |found| found.split(',').any(|mode| matches!(mode, "STRICT_TRANS_TABLES" | "STRICT_ALL_TABLES")),
    },
    Setting {
        name: "innodb_lock_wait_timeout",
        query: "SELECT CAST(@@innodb_lock_wait_timeout AS CHAR)",
        needed: "`60` (seconds) or less, so that nothing waits for a lock forever",
        suits: |found| found.parse().is_ok_and(|seconds: u64| seconds <= 60),
    },
];

/// Uses borrowed connections. Their isolation cannot be set in an open transaction, not even in an empty one that a
/// cancelled task of the program left behind. So the driver's BEGIN, which ends such a transaction, is undone, and the
/// transaction starts again.
pub(super) async fn borrow(connection: DatabaseConnection) -> Result<Connections, OpenError> {
    setting::check(&connection, &NEEDED).await?;
    let with = |isolation, access| {
        Beginning::with_statements(&format!(
            "ROLLBACK; SET TRANSACTION ISOLATION LEVEL {isolation}; START TRANSACTION {access}"
        ))
    };
    let writing = with("READ COMMITTED", "READ WRITE");
    let beginnings = Beginnings {
        writing: writing.clone(),
        reading: with("REPEATABLE READ", "READ ONLY"),
        counting: writing.clone(),
        migrating: writing,
    };
    Ok(Connections::borrowed(connection, beginnings))
}

fn set_up(size: u32, statements: [&'static str; 2]) -> PoolOptions<MySql> {
    pool::lasting::<MySql>(size).after_connect(move |connection, _| {
        Box::pin(async move {
            for statement in statements {
                connection.execute(statement).await?;
            }
            Ok(())
        })
    })
}
