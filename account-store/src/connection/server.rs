//! What the store asks of a database server, in its own words.

use std::sync::Arc;

use sea_orm::sqlx::{AssertSqlSafe, Database, Error, Row, raw_sql};

/// The server cannot be written to.
#[derive(Debug, thiserror::Error)]
#[error("the server is read-only")]
pub(crate) struct ReadOnlyServer;

/// A kind of database server.
pub(super) trait Server: Database {
    /// Asks the server whether it is read-only: a standby, or one that another is about to replace. An error if it is a
    /// node that is not part of its cluster. One round trip.
    fn is_read_only(connection: &mut Self::Connection) -> impl Future<Output = Result<bool, Error>> + Send;

    /// Runs the statements, as one message.
    fn run(connection: &mut Self::Connection, sql: Arc<str>) -> impl Future<Output = Result<(), Error>> + Send;

    /// Returns the first column of the first row as text.
    fn ask(
        connection: &mut Self::Connection,
        query: &'static str,
    ) -> impl Future<Output = Result<String, Error>> + Send;
}

#[cfg(feature = "postgres")]
impl Server for sea_orm::sqlx::Postgres {
    async fn is_read_only(connection: &mut Self::Connection) -> Result<bool, Error> {
        // The second is the operator's, for example of all transactions of the database.
        let query = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean";
        raw_sql(query).fetch_one(connection).await?.try_get(0)
    }

    async fn run(connection: &mut Self::Connection, sql: Arc<str>) -> Result<(), Error> {
        raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
    }

    async fn ask(connection: &mut Self::Connection, query: &'static str) -> Result<String, Error> {
        // Answers to unprepared queries are texts, whatever the type of the column.
        raw_sql(query).fetch_one(connection).await?.try_get_unchecked(0)
    }
}

#[cfg(feature = "mysql")]
impl Server for sea_orm::sqlx::MySql {
    async fn is_read_only(connection: &mut Self::Connection) -> Result<bool, Error> {
        // Also for an account that may write all the same: what it writes on a replica is lost. A Galera node that is not
        // part of its cluster answers what concerns no table, but refuses a `DO`.
        let query = "DO 0; SELECT CONCAT(@@global.read_only, ' ', @@global.innodb_read_only)";
        let found = Self::ask(connection, query).await?;
        Ok(!found.split(' ').all(|value| matches!(value, "0" | "OFF")))
    }

    async fn run(connection: &mut Self::Connection, sql: Arc<str>) -> Result<(), Error> {
        raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
    }

    async fn ask(connection: &mut Self::Connection, query: &'static str) -> Result<String, Error> {
        // Answers to unprepared queries are texts, whatever the type of the column.
        raw_sql(query).fetch_one(connection).await?.try_get_unchecked(0)
    }
}
