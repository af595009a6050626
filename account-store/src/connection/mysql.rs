//! What holds for MySQL and MariaDB only: the settings of their connections, their error codes.

use std::str::FromStr;

use sea_orm::TransactionOptions;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError};
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::{ConnectOptions, Executor, MySql};

use super::Connections;
use super::pool::{self, Sizes};
use crate::error::{OpenError, Remedy};
use crate::store::StoreOptions;

/// How connections that write are set, whatever the server's defaults are: each statement sees what is committed, no
/// gaps between rows are locked, and nobody waits for a lock without end.
const WRITING: [&str; 2] =
    ["SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", "SET SESSION innodb_lock_wait_timeout = 10"];
/// How those that read are set: a unit of work sees one state of everything.
const READING: [&str; 2] =
    ["SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SET SESSION TRANSACTION READ ONLY"];

/// Connects to the server.
pub(crate) async fn open(options: &StoreOptions) -> Result<Connections, OpenError> {
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
        options: TransactionOptions::default(),
        turn: None,
    })
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

/// Judges an error of MySQL or MariaDB. Their messages repeat values, except those of what is missing or not allowed.
pub(crate) fn judge(error: &dyn DatabaseError) -> Option<(String, Remedy)> {
    let error = error.try_downcast_ref::<MySqlDatabaseError>()?;
    let number = error.number();
    // 1040, 1203, 1226 too many connections; 1053, 1077, 1079, 1927 the server or the connection is going down;
    // 1021, 1041, 1114 no room; 1180 no commit; 1205 a lock was not free in time, after ten seconds; 1290, 1836 the
    // server is read-only while another takes over.
    let is_transient = matches!(
        number,
        1021 | 1040 | 1041 | 1053 | 1077 | 1079 | 1114 | 1180 | 1203 | 1205 | 1226 | 1290 | 1836 | 1927
    );
    let remedy = match number {
        // Undone for another transaction: a deadlock, also one between servers of a cluster that shows at the commit only;
        // a row that has changed since it was read.
        1213 | 1020 => Remedy::Anew,
        _ if is_transient => Remedy::Later,
        _ => Remedy::None,
    };
    // 1044, 1045, 1049, 1142, 1227 access; 1054, 1064, 1146, 1273 what is not there: names, and no values.
    let is_plain = matches!(number, 1044 | 1045 | 1049 | 1054 | 1064 | 1142 | 1146 | 1227 | 1273);
    let reason = format!("MySQL error {number}");
    Some((if is_plain { format!("{reason}: {}", error.message()) } else { reason }, remedy))
}
