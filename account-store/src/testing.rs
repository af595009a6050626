//! Throwaway database servers for tests, each with separate databases.
//!
//! A server starts in a temporary directory when the first test of a process needs it, listens only on a socket there,
//! and stops when the process ends, however it ends. A server of the system is left alone.

#![expect(clippy::missing_panics_doc, clippy::panic, reason = "for tests: to panic is how they report")]

#[cfg(test)]
pub(crate) mod at_port;
mod galera;
mod mariadb;
#[cfg(test)]
pub(crate) mod pgbouncer;
mod postgres;
mod program;
mod server;
mod tcp_switch;

use std::path::Path;
use std::sync::OnceLock;

use account_core::named_enum;
use tempfile::TempDir;

pub use galera::GaleraCluster;
pub use postgres::{PostgresServer, Stop};
use server::Server;
pub use tcp_switch::{Target, TcpSwitch};

named_enum! {
    /// The kinds of databases.
    pub enum Engine {
        /// A file.
        Sqlite = "sqlite",
        /// PostgreSQL.
        Postgres = "postgres",
        /// MariaDB.
        MariaDb = "mariadb",
    }
}

/// An empty database.
#[derive(Debug)]
pub struct ThrowawayDatabase {
    url: String,
    directory: Option<TempDir>,
}

impl ThrowawayDatabase {
    /// Creates a database, after starting the server if no test of this process has. Panics if that fails.
    pub async fn new(engine: Engine) -> Self {
        let outcome = match engine {
            Engine::Sqlite => return Self::file(),
            Engine::Postgres => postgres::make_database(running(engine)).await,
            Engine::MariaDb => mariadb::make_database(running(engine)).await,
        };
        match outcome {
            Ok(url) => Self { url, directory: None },
            Err(error) => panic!("no database in {}: {error}", engine.name()),
        }
    }

    fn file() -> Self {
        let directory = TempDir::new().unwrap_or_else(|error| panic!("no temporary directory: {error}"));
        let url = format!("sqlite://{}", directory.path().join("account.db").display());
        Self { url, directory: Some(directory) }
    }

    /// Returns its URL, for `StoreOptions`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the directory of a database that is a file.
    #[must_use]
    pub fn directory(&self) -> Option<&Path> {
        self.directory.as_ref().map(TempDir::path)
    }
}

/// Returns the server of this process.
fn running(engine: Engine) -> &'static Server {
    static POSTGRES: OnceLock<Server> = OnceLock::new();
    static MARIADB: OnceLock<Server> = OnceLock::new();
    let (server, start): (_, fn() -> std::io::Result<Server>) = match engine {
        Engine::MariaDb => (&MARIADB, mariadb::start),
        _ => (&POSTGRES, postgres::start),
    };
    server.get_or_init(|| start().unwrap_or_else(|error| panic!("{} does not start: {error}", engine.name())))
}
