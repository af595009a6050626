//! What holds for PostgreSQL only: the settings of its connections, its error codes.

use std::str::FromStr;

use sea_orm::TransactionOptions;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgDatabaseError};
use sea_orm::sqlx::{ConnectOptions, Postgres};

use super::Connections;
use super::pool::{self, Sizes};
use crate::error::{OpenError, Remedy};
use crate::store::StoreOptions;

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

/// Judges an error of PostgreSQL. Its messages repeat values; names of constraints, tables and columns are none.
pub(crate) fn judge(error: &dyn DatabaseError) -> Option<(String, Remedy)> {
    let error = error.try_downcast_ref::<PgDatabaseError>()?;
    let code = error.code();
    // Classes: 08 no connection, 40 rolled back, 53 the server lacks something, 57 it is going down; 55P03 a lock was not
    // free in time, after ten seconds, 25P03 the transaction lay idle for too long.
    let is_transient =
        ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class)) || matches!(code, "55P03" | "25P03");
    let remedy = match code {
        // A state that could not be serialized, a deadlock. Not all of the class: 40003 does not know whether it was done.
        "40001" | "40P01" => Remedy::Anew,
        _ if is_transient => Remedy::Later,
        _ => Remedy::None,
    };
    let mut reason = format!("PostgreSQL error {code}");
    for (what, name) in [("constraint", error.constraint()), ("table", error.table()), ("column", error.column())] {
        if let Some(name) = name {
            reason = format!("{reason}, {what} {name}");
        }
    }
    if code.starts_with("42") || code.starts_with("28") || code.starts_with("3D") {
        // What is missing or not allowed has a name; the statements carry no value in their text.
        reason = format!("{reason}: {}", error.message());
    }
    Some((reason, remedy))
}
