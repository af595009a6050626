//! What holds for MySQL and MariaDB only: the settings of their connections.

use std::str::FromStr;

use sea_orm::TransactionOptions;
use sea_orm::sqlx::mysql::MySqlConnectOptions;
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::{ConnectOptions, Executor, MySql};

use super::connections::Connections;
use super::pool::{self, Sizes};
use crate::error::OpenError;
use crate::options::StoreOptions;

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
