//! PostgreSQL: its URLs, and how transactions begin.

use std::str::FromStr;

use sea_orm::DatabaseConnection;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{ConnectOptions, Connection, Postgres};
use tokio::time::timeout;

use super::connections::{Beginning, Beginnings, Connections};
use super::deadlines::{CONNECT, TEST};
use super::parameters;
use super::pool::{self, Sizes};
use super::reach::{self, reach};
use super::server::Server;
use super::session::Shared;
use super::setting::{self, Setting, not_read};
use crate::error::OpenError;
use crate::options::{SchemaName, StoreOptions};

const NAME: &str = "PostgreSQL";

/// The parameters that the driver knows: `PgConnectOptions::parse_from_url` in sqlx-postgres 0.9.
const PARAMETERS: [&str; 19] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "options[]",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

/// Reads the URL.
pub(super) fn parse(url: &str) -> Result<PgConnectOptions, OpenError> {
    parameters::check(url, &PARAMETERS)?;
    PgConnectOptions::from_str(url).map_err(|_| OpenError::Url)
}

/// Connects to the server.
pub(super) async fn open(options: &StoreOptions) -> Result<Connections, OpenError> {
    let server = parse(&options.url)?.disable_statement_logging();
    // No settings at the start of a connection: PgBouncer refuses those that it does not know.
    let server = server.extra_float_digits(None);
    let server = match server.get_application_name() {
        Some(_) => server,
        None => server.application_name("account"),
    };
    let shared = Shared { is_pooled_by_transaction: examine(&server).await?, ..Shared::default() };
    let sizes = Sizes::of(options.max_connections);
    let pool = |size| pool::lasting::<Postgres>(size, None, &shared.suspicion).connect_lazy_with(server.clone());
    let beginnings = beginnings(options.schema.as_ref(), shared.is_pooled_by_transaction);
    Ok(Connections {
        writer: pool(sizes.writer).into(),
        reader: pool(sizes.reader).into(),
        limits: pool(sizes.limits).into(),
        migrator: pool::open_for_once::<Postgres>(server.clone()).into(),
        beginnings: Beginnings {
            writing: beginnings.writing.within(sizes.writer),
            reading: beginnings.reading.within(sizes.reader),
            counting: beginnings.counting.within(sizes.limits),
            migrating: beginnings.migrating,
        },
        schema: options.schema.clone(),
        are_borrowed: false,
        turn: None,
        shared,
    })
}

/// Checks what the store requires of the server, and returns whether a pooler gives each transaction another connection
/// of it.
async fn examine(options: &PgConnectOptions) -> Result<bool, OpenError> {
    let place = reach::place(options.get_socket(), options.get_host(), options.get_port());
    let mut first = reach(NAME, &place, options).await?;
    setting::check_own::<Postgres>(&mut first, &OF_SERVER).await?;
    check_transactions(&mut first).await?;
    if Postgres::is_read_only(&mut first).await.map_err(not_read)? {
        return Err(OpenError::ReadOnly { server: NAME, place });
    }
    let mut second = reach(NAME, &place, options).await?;
    let is_pooled = is_pooled_by_transaction(&mut first, &mut second).await.map_err(not_read)?;
    // If it fails, the connection is closed too.
    let _ = timeout(TEST, async { (first.close().await, second.close().await) }).await;
    Ok(is_pooled)
}

/// Checks that transactions have the isolation that they ask for.
async fn check_transactions(connection: &mut PgConnection) -> Result<(), OpenError> {
    let begun = Postgres::run(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".into()).await;
    match begun {
        // A pooler that ends the transaction after each statement says so itself.
        Err(error) if error.as_database_error().is_some() => return Err(OpenError::NoTransactions),
        begun => begun.map_err(not_read)?,
    }
    setting::check_own::<Postgres>(connection, &ISOLATION).await?;
    Postgres::run(connection, "COMMIT".into()).await.map_err(not_read)
}

/// Returns whether several connections share one of the server's: a pooler between them, which pools by transaction. Then
/// the server's process is the same for both, or changes. The order is that of no round robin.
async fn is_pooled_by_transaction(
    first: &mut PgConnection,
    second: &mut PgConnection,
) -> Result<bool, sea_orm::sqlx::Error> {
    const PROCESS: &str = "SELECT pg_backend_pid()";
    // Where a pooler has a single connection to the server, and pools by session, the second waits for the first to end.
    let Ok(of_second) = timeout(CONNECT, Postgres::ask(second, PROCESS)).await else { return Ok(false) };
    let (of_first, of_second) = (Postgres::ask(first, PROCESS).await?, of_second?);
    let mut is_pooled = of_first == of_second;
    for _ in 0..2 {
        is_pooled |= Postgres::ask(first, PROCESS).await? != of_first;
        is_pooled |= Postgres::ask(second, PROCESS).await? != of_second;
        is_pooled |= Postgres::ask(second, PROCESS).await? != of_second;
    }
    Ok(is_pooled)
}

const ENCODING: Setting = Setting {
    name: "server_encoding",
    query: "SHOW server_encoding",
    needed: "`UTF8`, because names and addresses can be in any script: CREATE DATABASE .. ENCODING 'UTF8' TEMPLATE template0",
    suits: |found| found == "UTF8",
};

const ISOLATION: [Setting; 1] = [Setting {
    name: "transaction_isolation",
    query: "SHOW transaction_isolation",
    needed: "`repeatable read` in a transaction that asks for it",
    suits: |found| found == "repeatable read",
}];

/// What the store requires of a server that it connects to itself.
const OF_SERVER: [Setting; 2] = [
    Setting {
        name: "server_version_num",
        query: "SHOW server_version_num",
        needed: "`130000` (PostgreSQL 13) or more",
        suits: |found| found.parse().is_ok_and(|version: u32| version >= 130_000),
    },
    ENCODING,
];

/// What the store requires of borrowed connections. It sets isolation and timeouts in each transaction. The time zone
/// does not matter, because times are stored as numbers.
const NEEDED: [Setting; 4] = [
    ENCODING,
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

/// Uses borrowed connections.
pub(super) async fn borrow(
    connection: DatabaseConnection,
    schema: Option<SchemaName>,
) -> Result<Connections, OpenError> {
    setting::check(&connection, &NEEDED).await?;
    let beginnings = beginnings(schema.as_ref(), false);
    Ok(Connections { schema, ..Connections::borrowed(connection, beginnings) })
}

/// How transactions begin: with their settings, in one message, so that nothing depends on the connection or stays behind
/// on it. Each statement of a writing one sees what is committed; a reading one sees one consistent state. Waiting for a
/// lock, or holding one idly, has a limit. A commit has none on the server: PostgreSQL reports success for one that it
/// cancels while it waits for a standby (`SyncRepWaitForLSN`).
fn beginnings(schema: Option<&SchemaName>, is_pooled_by_transaction: bool) -> Beginnings {
    let path = schema.map(|schema| format!("; SET LOCAL search_path TO \"{schema}\"")).unwrap_or_default();
    let idle = "SET LOCAL idle_in_transaction_session_timeout TO '60s'";
    let writing = format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout TO '10s'; SET LOCAL statement_timeout TO 0; \
         {idle}{path}"
    );
    let reading = format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {idle}{path}");
    // The migrations' own statements are prepared and kept, so none may be left from another connection.
    let forget = if is_pooled_by_transaction { "; DEALLOCATE ALL" } else { "" };
    // It waits without limit for another process that changes the schema. Notices are about normal events, such as a
    // table that already exists.
    let migrating = format!(
        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL client_min_messages TO warning; \
         SET LOCAL statement_timeout TO 0; SET LOCAL lock_timeout TO 0{path}{forget}"
    );
    Beginnings {
        counting: Beginning::with_statements(&format!("{writing}; SET LOCAL synchronous_commit TO off")),
        writing: Beginning::with_statements(&writing),
        reading: Beginning::with_statements(&reading),
        migrating: Beginning::with_statements(&migrating),
    }
}
