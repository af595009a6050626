//! Connections, and what databases differ in.

mod connections;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod pool;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

pub(crate) use connections::{Connections, Transaction};

use crate::error::OpenError;
use crate::options::StoreOptions;

/// Connects to the database that the URL names.
pub(crate) async fn open(options: &StoreOptions) -> Result<Connections, OpenError> {
    match options.url.split_once(':').map_or("", |(scheme, _)| scheme) {
        #[cfg(feature = "sqlite")]
        "sqlite" => sqlite::open(&options.url).await,
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => postgres::open(options).await,
        #[cfg(feature = "mysql")]
        "mysql" | "mariadb" => mysql::open(options).await,
        _ => Err(OpenError::Url),
    }
}
