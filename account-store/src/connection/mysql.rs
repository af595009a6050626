//! MySQL and MariaDB: the settings of their connections.

use std::str::FromStr;
use std::sync::Arc;

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::mysql::MySqlConnectOptions;
use sea_orm::sqlx::{ConnectOptions, Connection, Error, MySql};
use sea_orm::{DatabaseConnection, DbErr, RuntimeErr};
use tokio::time::timeout;

use super::connections::{Beginning, Beginnings, Connections};
use super::deadlines::TEST;
use super::parameters;
use super::pool::{self, Sizes};
use super::reach::{self, reach};
use super::server::Server;
use super::session::Shared;
use super::setting::{self, Setting, not_read};
use crate::error::{OpenError, failed};
use crate::options::StoreOptions;

const NAME: &str = "MySQL or MariaDB";

/// The parameters that the driver knows: `MySqlConnectOptions::parse_from_url` in sqlx-mysql 0.9.
const PARAMETERS: [&str; 14] = [
    "charset",
    "collation",
    "socket",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "sslca",
    "sslcert",
    "sslkey",
    "sslmode",
    "statement-cache-capacity",
    "time-zone",
    "timezone",
];

/// Settings of connections that write, whatever the server's defaults: each statement sees what is committed, gaps
/// between rows are not locked, waiting for a lock has a limit, and no value is truncated.
const WRITING: &str = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; \
                       SET SESSION innodb_lock_wait_timeout = 10, \
                       sql_mode = CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES')";
/// Settings of connections that read: a unit of work sees one consistent state.
const READING: &str = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET SESSION TRANSACTION READ ONLY";
/// The setting for a server that can be a node of a Galera cluster: a transaction begins, and a single query runs, once
/// this node has applied what others have committed before. Without it, somebody who has signed out on one node is still
/// signed in on another.
const OF_CLUSTER: &str = "; SET SESSION wsrep_sync_wait = 1";

/// Returns `ON` from a node of a Galera cluster, `OFF` from a server that can be one. MySQL has no such table, and no
/// Galera.
const IS_IN_CLUSTER: &str = "SELECT COALESCE(MAX(CAST(global_value AS CHAR)), '') \
                             FROM information_schema.system_variables WHERE variable_name = 'wsrep_on'";

/// Reads the URL.
pub(super) fn parse(url: &str) -> Result<MySqlConnectOptions, OpenError> {
    parameters::check(url, &PARAMETERS)?;
    let server = MySqlConnectOptions::from_str(url).map_err(|_| OpenError::Url)?;
    if server.get_database().is_none_or(str::is_empty) { Err(OpenError::Url) } else { Ok(server) }
}

/// Connects to the server.
pub(super) async fn open(options: &StoreOptions) -> Result<Connections, OpenError> {
    let server = parse(&options.url)?.charset("utf8mb4").disable_statement_logging();
    let wsrep_on = examine(&server).await?;
    let (can_be_node, is_in_cluster) = (!wsrep_on.is_empty(), wsrep_on == "ON");
    let shared = Shared { is_in_cluster, ..Shared::default() };
    let sizes = Sizes::of(options.max_connections);
    let pool = |size, statements: &str| {
        let statements = format!("{statements}{}", if can_be_node { OF_CLUSTER } else { "" });
        let statements = Arc::from(statements.as_str());
        pool::lasting::<MySql>(size, Some(statements), &shared.suspicion).connect_lazy_with(server.clone())
    };
    Ok(Connections {
        writer: pool(sizes.writer, WRITING).into(),
        reader: pool(sizes.reader, READING).into(),
        limits: pool(sizes.limits, WRITING).into(),
        migrator: pool::open_for_once::<MySql>(server.clone()).into(),
        beginnings: Beginnings {
            writing: Beginning::default().within(sizes.writer),
            reading: Beginning::default().within(sizes.reader),
            counting: Beginning::default().within(sizes.limits),
            migrating: Beginning::default(),
        },
        schema: None,
        are_borrowed: false,
        turn: None,
        shared,
    })
}

/// Checks what the store requires of the server, and returns what it answers to [`IS_IN_CLUSTER`].
async fn examine(options: &MySqlConnectOptions) -> Result<String, OpenError> {
    let place = reach::place(options.get_socket(), options.get_host(), options.get_port());
    let mut first = reach(NAME, &place, options).await?;
    setting::check_own::<MySql>(&mut first, &OF_SERVER).await?;
    if MySql::is_read_only(&mut first).await.map_err(not_read)? {
        return Err(OpenError::ReadOnly { server: NAME, place });
    }
    let found = MySql::ask(&mut first, IS_IN_CLUSTER).await;
    // If it fails, the connection is closed too.
    let _ = timeout(TEST, first.close()).await;
    match found {
        Err(error) if is_of_mysql(&error) => Ok(String::new()),
        found => found.map_err(not_read),
    }
}

/// Returns whether the answer to [`IS_IN_CLUSTER`] is that there is no such table (`ER_UNKNOWN_TABLE`). After any other
/// error it is unknown whether the server is a node: it must not be taken for none.
fn is_of_mysql(error: &Error) -> bool {
    error.as_database_error().and_then(DatabaseError::code).is_some_and(|state| state == "42S02")
}

/// The largest packet that the store may have to send is an imported account with its details.
const LEAST_PACKET: u64 = 1024 * 1024;

/// What the store requires of a server that it connects to itself.
const OF_SERVER: [Setting; 3] = [
    Setting {
        name: "version",
        query: "SELECT VERSION()",
        needed: "MariaDB 10.6 or MySQL 8.0.17, or newer",
        suits: is_supported,
    },
    Setting {
        name: "max_allowed_packet",
        query: "SELECT CAST(@@max_allowed_packet AS CHAR)",
        needed: "`1048576` (1 MiB) or more",
        suits: |found| found.parse().is_ok_and(|bytes: u64| bytes >= LEAST_PACKET),
    },
    Setting {
        name: "binlog_format",
        query: "SELECT IF(@@log_bin, CAST(@@binlog_format AS CHAR), 'none')",
        needed: "`ROW` or `MIXED`, because transactions are READ COMMITTED",
        suits: |found| found != "STATEMENT",
    },
];

/// Returns whether the version is one of MariaDB or MySQL that has what the store uses.
fn is_supported(version: &str) -> bool {
    let mut numbers = version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    let mut next = || numbers.next().unwrap_or(0);
    let found = (next(), next(), next());
    if version.contains("MariaDB") { found >= (10, 6, 0) } else { found >= (8, 0, 17) }
}

/// What the store requires of borrowed connections to a node of a Galera cluster.
const NEEDED_IN_CLUSTER: [Setting; 1] = [Setting {
    name: "wsrep_sync_wait",
    query: "SELECT CAST(@@wsrep_sync_wait & 1 AS CHAR)",
    needed: "`1` (or another odd number), so that what was committed on one node is seen on all",
    suits: |found| found == "1",
}];

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
/// cancelled task of the program left behind. So that one is rolled back first, in the same message.
pub(super) async fn borrow(connection: DatabaseConnection) -> Result<Connections, OpenError> {
    setting::check(&connection, &NEEDED).await?;
    let is_in_cluster = match setting::find(&connection, IS_IN_CLUSTER).await {
        Err(DbErr::Query(RuntimeErr::SqlxError(error))) if is_of_mysql(&error) => false,
        found => found.map_err(failed("read the connection's settings")).map_err(OpenError::Database)? == "ON",
    };
    if is_in_cluster {
        setting::check(&connection, &NEEDED_IN_CLUSTER).await?;
    }
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
    let mut connections = Connections::borrowed(connection, beginnings);
    connections.shared.is_in_cluster = is_in_cluster;
    Ok(connections)
}

#[cfg(test)]
mod tests {
    use sea_orm::sqlx::{ConnectOptions as _, MySql};

    use super::{IS_IN_CLUSTER, Server as _, is_of_mysql, is_supported, parse};
    use crate::testing::{Engine, ThrowawayDatabase};

    #[tokio::test]
    async fn a_server_is_no_node_only_if_it_says_that_there_is_no_such_table() {
        let database = ThrowawayDatabase::new(Engine::MariaDb).await;
        let mut server = parse(database.url()).unwrap().connect().await.unwrap();
        assert_eq!(MySql::ask(&mut server, IS_IN_CLUSTER).await.unwrap(), "OFF");
        // Here a table that MariaDB does not have stands for the one that MySQL does not have: both answer 1109, 42S02.
        let unknown = MySql::ask(&mut server, "SELECT 1 FROM information_schema.no_such_variables").await.unwrap_err();
        assert!(is_of_mysql(&unknown), "{unknown}");
        for other in [
            "SELECT",
            "SELECT no_such_column FROM information_schema.system_variables",
            "SELECT 1 FROM no_such_database.no_such_table LIMIT 'x'",
            // The connection ends with it.
            "KILL CONNECTION_ID()",
            IS_IN_CLUSTER,
        ] {
            let error = MySql::ask(&mut server, other).await.unwrap_err();
            assert!(!is_of_mysql(&error), "{other}: {error}");
        }
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        for version in
            ["10.6.0-MariaDB", "10.11.6-MariaDB-0+deb12u1-log", "11.4.2-MariaDB", "8.0.17", "8.4.0", "9.1.0-log"]
        {
            assert!(is_supported(version), "{version}");
        }
        for version in ["10.5.27-MariaDB", "8.0.16", "5.7.44-log", ""] {
            assert!(!is_supported(version), "{version}");
        }
    }
}
