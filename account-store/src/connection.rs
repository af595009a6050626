//! Connections, and the differences between databases.

mod connections;
mod deadlines;
#[cfg(feature = "mysql")]
mod mysql;
mod parameters;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod pool;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod reach;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod server;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod session;
mod setting;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod suspicion;
mod whole;

pub(crate) use connections::{Connections, Transaction};
#[cfg(test)]
pub(crate) use deadlines::{Deadlines, PATIENCE};
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use server::ReadOnlyServer;
pub(crate) use whole::WholeTransaction;

use sea_orm::{DatabaseConnection, DatabaseConnectionType};

use crate::error::OpenError;
use crate::options::{SchemaName, StoreOptions};

/// Checks the URL without connecting.
pub(crate) fn check(options: &StoreOptions) -> Result<(), OpenError> {
    match options.url.split_once(':').map_or("", |(scheme, _)| scheme) {
        #[cfg(feature = "sqlite")]
        "sqlite" => sqlite::parse(&options.url).map(drop),
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => postgres::parse(&options.url).map(drop),
        #[cfg(feature = "mysql")]
        "mysql" | "mariadb" => mysql::parse(&options.url).map(drop),
        _ => Err(OpenError::Url),
    }
}

/// Connects to the database in the URL.
pub(crate) async fn open(options: &StoreOptions) -> Result<Connections, OpenError> {
    match options.url.split_once(':').map_or("", |(scheme, _)| scheme) {
        #[cfg(feature = "sqlite")]
        "sqlite" if options.schema.is_none() => sqlite::open(&options.url).await,
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => postgres::open(options).await,
        #[cfg(feature = "mysql")]
        "mysql" | "mariadb" if options.schema.is_none() => mysql::open(options).await,
        "sqlite" | "mysql" | "mariadb" if options.schema.is_some() => Err(OpenError::NoSchemas),
        _ => Err(OpenError::Url),
    }
}

/// Uses connections that the program has opened, if their settings meet the store's needs.
pub(crate) async fn borrow(
    connection: DatabaseConnection,
    schema: Option<SchemaName>,
) -> Result<Connections, OpenError> {
    match &connection.inner {
        #[cfg(feature = "postgres")]
        DatabaseConnectionType::SqlxPostgresPoolConnection(_) => postgres::borrow(connection, schema).await,
        #[cfg(feature = "sqlite")]
        DatabaseConnectionType::SqlxSqlitePoolConnection(_) if schema.is_none() => sqlite::borrow(connection).await,
        #[cfg(feature = "mysql")]
        DatabaseConnectionType::SqlxMySqlPoolConnection(_) if schema.is_none() => mysql::borrow(connection).await,
        DatabaseConnectionType::Disconnected => Err(OpenError::Connection),
        _ if schema.is_some() => Err(OpenError::NoSchemas),
        _ => Err(OpenError::Connection),
    }
}
