//! PostgreSQL: the settings of its connections.

use std::str::FromStr;

use sea_orm::DatabaseConnection;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{ConnectOptions, Postgres};

use super::connections::{Beginning, Beginnings, Connections};
use super::pool::{self, Sizes};
use super::setting::{self, Setting};
use crate::error::OpenError;
use crate::options::{SchemaName, StoreOptions};

/// Settings of connections that write, whatever the server's defaults: each statement sees what is committed, and
/// waiting for a lock, or holding one idly, has a limit.
const WRITING: [(&str, &str); 3] = [
    ("default_transaction_isolation", "read committed"),
    ("lock_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "60s"),
];
/// Settings of connections that read: a unit of work sees one consistent state.
const READING: [(&str, &str); 3] = [
    ("default_transaction_isolation", "repeatable read"),
    ("default_transaction_read_only", "on"),
    ("idle_in_transaction_session_timeout", "60s"),
];

/// Connects to the server.
pub(super) async fn open(options: &StoreOptions) -> Result<Connections, OpenError> {
    let server = PgConnectOptions::from_str(&options.url).map_err(|_| OpenError::Url)?.disable_statement_logging();
    let server = match server.get_application_name() {
        Some(_) => server,
        None => server.application_name("account"),
    };
    // Notices are about normal events, such as a table that already exists.
    let server = server.options([("client_min_messages", "warning")]);
    let server = match &options.schema {
        Some(schema) => server.options([("search_path", schema.as_str())]),
        None => server,
    };
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
        beginnings: Beginnings::default(),
        schema: options.schema.clone(),
        are_borrowed: false,
        turn: None,
    })
}

/// What the store requires of borrowed connections. It sets isolation and timeouts in each transaction. The time zone
/// does not matter, because times are stored as numbers.
const NEEDED: [Setting; 4] = [
    Setting {
        name: "server_encoding",
        query: "SHOW server_encoding",
        needed: "`UTF8`, because names and addresses can be in any script",
        suits: |found| found == "UTF8",
    },
    Setting {
        name: "client_encoding",
        query: "SHOW client_encoding",
        needed: "`UTF8`",
        suits: |found| found == "UTF8",
    },
    Setting {
        name: "transaction_read_only",
        query: "SHOW transaction_read_only",
        needed: "`off`, because the store writes",
        suits: |found| found == "off",
    },
    Setting {
        name: "synchronous_commit",
        query: "SHOW synchronous_commit",
        needed: "anything but `off`, because registrations are acknowledged when they are durable",
        suits: |found| found != "off",
    },
];

/// Uses borrowed connections. Each transaction starts with the settings that the store's own connections have, sent as
/// one message.
pub(super) async fn borrow(
    connection: DatabaseConnection,
    schema: Option<SchemaName>,
) -> Result<Connections, OpenError> {
    setting::check(&connection, &NEEDED).await?;
    let path = schema.as_ref().map(|schema| format!("; SET LOCAL search_path TO \"{schema}\"")).unwrap_or_default();
    let idle = "SET LOCAL idle_in_transaction_session_timeout TO '60s'";
    let writing =
        format!("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout TO '10s'; {idle}{path}");
    let beginnings = Beginnings {
        counting: Beginning::with_statements(&format!("{writing}; SET LOCAL synchronous_commit TO off")),
        writing: Beginning::with_statements(&writing),
        reading: Beginning::with_statements(&format!(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; {idle}{path}"
        )),
        // It waits without limit for another process that changes the schema.
        migrating: Beginning::with_statements(&format!(
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL client_min_messages TO warning{path}"
        )),
    };
    Ok(Connections { schema, ..Connections::borrowed(connection, beginnings) })
}
