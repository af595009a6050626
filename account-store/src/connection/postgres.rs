//! What holds for PostgreSQL only: the settings of its connections.

use std::str::FromStr;

use sea_orm::TransactionOptions;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{ConnectOptions, Postgres};

use super::connections::Connections;
use super::pool::{self, Sizes};
use crate::error::OpenError;
use crate::options::StoreOptions;

/// How connections that write are set, whatever the server's defaults are: each statement sees what is committed, and
/// nobody waits for a lock, or holds one idly, without end.
const WRITING: [(&str, &str); 3] = [
    ("default_transaction_isolation", "read committed"),
    ("lock_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "60s"),
];
/// How those that read are set: a unit of work sees one state of everything.
const READING: [(&str, &str); 3] = [
    ("default_transaction_isolation", "repeatable read"),
    ("default_transaction_read_only", "on"),
    ("idle_in_transaction_session_timeout", "60s"),
];

/// Connects to the server.
pub(crate) async fn open(options: &StoreOptions) -> Result<Connections, OpenError> {
    let server = PgConnectOptions::from_str(&options.url).map_err(|_| OpenError::Url)?.disable_statement_logging();
    let server = match server.get_application_name() {
        Some(_) => server,
        None => server.application_name("account"),
    };
    // Notices tell what is as it should be, such as a table that is there already.
    let server = server.options([("client_min_messages", "warning")]);
    let sizes = Sizes::of(options.max_connections);
    let writing = server.clone().options(WRITING);
    let writer = pool::open(pool::lasting::<Postgres>(sizes.writer), writing.clone()).await?;
    let limits =
        pool::open(pool::lasting::<Postgres>(sizes.limits), writing.options([("synchronous_commit", "off")])).await?;
    let reader = pool::open(pool::lasting::<Postgres>(sizes.reader), server.clone().options(READING)).await?;
    Ok(Connections {
        writer: writer.into(),
        reader: reader.into(),
        limits: limits.into(),
        migrator: pool::open_for_once::<Postgres>(server).into(),
        options: TransactionOptions::default(),
        turn: None,
    })
}
