//! PostgreSQL.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

use sea_orm::DbErr;
use tokio::task::block_in_place;
use tokio::time::sleep;

use super::program::{find_program, run, unused_name};
use super::server::{Preparation, Server};

/// The account that the server runs as if the tests run as root, which it refuses.
const ACCOUNT: &str = "postgres";
/// The port, which names the socket. The server listens on no port.
const PORT: u16 = 5432;
/// How long the server may take to accept connections.
const PATIENCE: Duration = Duration::from_secs(30);

/// Debian installs the programs of each version separately, and outside the search path.
fn directories() -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut directories: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    directories.sort();
    directories.reverse();
    directories
}

/// Starts a server that is fast because it loses everything in a crash.
pub(super) fn start() -> io::Result<Server> {
    start_with(&Preparation::new("postgres", ACCOUNT)?, &[], PORT)
}

/// Starts the server with more settings. If a setting is given twice, the last one applies. The port names its socket.
pub(super) fn start_with(preparation: &Preparation, further: &[String], port: u16) -> io::Result<Server> {
    initialize(preparation)?;
    let quick = ["fsync=off", "full_page_writes=off", "max_connections=500", "deadlock_timeout=100ms"];
    let settings: Vec<&str> = quick.into_iter().chain(further.iter().map(String::as_str)).collect();
    run_server(preparation, &settings, port)
}

/// Starts a standby of the server at that port of this machine.
#[cfg(test)]
pub(super) fn start_standby(
    preparation: &Preparation,
    primary: u16,
    further: &[String],
    port: u16,
) -> io::Result<Server> {
    copy_primary(preparation, "127.0.0.1", primary)?;
    let settings: Vec<&str> =
        ["fsync=off", "max_connections=500"].into_iter().chain(further.iter().map(String::as_str)).collect();
    run_server(preparation, &settings, port)
}

/// Creates the files of a standby. The host can be the directory of a socket.
fn copy_primary(preparation: &Preparation, host: &str, port: u16) -> io::Result<()> {
    let data = preparation.directory.join("data").to_string_lossy().into_owned();
    let port = port.to_string();
    let arguments = ["-h", host, "-p", &*port, "-U", "account", "-D", &*data, "-R", "-c", "fast", "--no-sync"];
    preparation.run(&find_program("pg_basebackup", directories()), arguments)
}

/// Creates the files of a server. Its collation is that of a language, to detect missing byte-by-byte comparisons.
fn initialize(preparation: &Preparation) -> io::Result<()> {
    let data = preparation.directory.join("data").to_string_lossy().into_owned();
    let access = ["--username=account", "--auth=trust", "--no-sync", "--no-instructions"];
    let locale = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"];
    let arguments = access.into_iter().chain(locale).chain(["-D", &*data]);
    preparation.run(&find_program("initdb", directories()), arguments)
}

fn run_server(preparation: &Preparation, settings: &[&str], port: u16) -> io::Result<Server> {
    let data = preparation.directory.join("data").to_string_lossy().into_owned();
    let directory = preparation.directory.to_string_lossy().into_owned();
    let settings = ["listen_addresses="].iter().chain(settings).flat_map(|setting| ["-c", setting]);
    let arguments = ["-D", &*data, "-k", &*directory].into_iter().chain(settings);
    let arguments: Vec<String> = arguments.map(str::to_owned).collect();
    preparation.start(&find_program("postgres", directories()), arguments, "QUIT", &format!(".s.PGSQL.{port}"))
}

/// Returns the URL of the database that every server has.
fn database_url(directory: &Path) -> String {
    format!("postgres://account@{}/postgres", directory.to_string_lossy().replace('/', "%2F"))
}

/// Runs the statement, and retries: a server listens a moment before it accepts connections.
pub(super) async fn run_in_the_end(url: &str, statement: &str) -> Result<(), DbErr> {
    let begun = Instant::now();
    loop {
        match run(url, statement).await {
            // Anything else is a statement's own failure.
            Err(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) if begun.elapsed() < PATIENCE => {
                sleep(Duration::from_millis(20)).await;
            }
            outcome => return outcome,
        }
    }
}

/// Creates a schema and returns a URL that selects it. This costs less than a database.
pub(super) async fn make_database(server: &Server) -> Result<String, DbErr> {
    let name = unused_name();
    let url = database_url(&server.directory);
    run_in_the_end(&url, &format!("CREATE SCHEMA {name}")).await?;
    Ok(format!("{url}?options=-c%20search_path%3D{name}"))
}

/// Lets every commit wait until a standby has it, if there is one.
const WAIT_FOR_STANDBY: &str = "ALTER SYSTEM SET synchronous_standby_names = '*'";
const WAIT_FOR_NONE: &str = "ALTER SYSTEM RESET synchronous_standby_names";
const RELOAD: &str = "SELECT pg_reload_conf()";
/// Fails until commits wait for a standby.
const IS_SYNCHRONOUS: &str =
    "DO $$ BEGIN ASSERT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync'); END $$";

/// How to stop a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Disconnect clients, and write everything to disk.
    Fast,
    /// Immediately, as in a crash: the next start recovers.
    Immediate,
}

/// A separate PostgreSQL that can be stopped and started: on disk, with the default durability, on a socket in its
/// directory. It is stopped and deleted when the process that started it ends, however it ends, unless it is already
/// stopped.
#[derive(Debug)]
pub struct PostgresServer {
    preparation: Preparation,
    running: Option<Server>,
}

impl PostgresServer {
    /// Starts a server with an empty database. Panics if that fails.
    pub async fn start() -> Self {
        let preparation = Preparation::within(&std::env::temp_dir(), "postgres", ACCOUNT)
            .unwrap_or_else(|error| panic!("no directory for PostgreSQL: {error}"));
        initialize(&preparation).unwrap_or_else(|error| panic!("no PostgreSQL: {error}"));
        let mut server = Self { preparation, running: None };
        server.start_again().await;
        server
    }

    /// Returns the URL of its database, for `StoreOptions`.
    #[must_use]
    pub fn url(&self) -> String {
        database_url(&self.preparation.directory)
    }

    /// Returns its socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.preparation.directory.join(format!(".s.PGSQL.{PORT}"))
    }

    /// Stops it, and returns when it has ended. Does nothing if it is already stopped. Panics if that fails.
    pub fn stop(&mut self, how: Stop) {
        let signal = match how {
            Stop::Fast => "INT",
            Stop::Immediate => "QUIT",
        };
        if let Some(server) = self.running.take() {
            server.stop(signal).unwrap_or_else(|error| panic!("PostgreSQL does not stop: {error}"));
        }
    }

    /// Starts a standby, and returns when all commits here wait for it. Panics if that fails.
    pub async fn start_synchronous_standby(&self) -> Self {
        let mut standby = block_in_place(|| self.copy()).unwrap_or_else(|error| panic!("no standby: {error}"));
        standby.start_again().await;
        for statement in [WAIT_FOR_STANDBY, RELOAD] {
            self.run(statement).await;
        }
        let begun = Instant::now();
        while let Err(error) = run(&self.url(), IS_SYNCHRONOUS).await {
            assert!(begun.elapsed() < PATIENCE, "commits do not wait for the standby: {error}");
            sleep(Duration::from_millis(20)).await;
        }
        standby
    }

    fn copy(&self) -> io::Result<Self> {
        let preparation = Preparation::within(&std::env::temp_dir(), "postgres", ACCOUNT)?;
        copy_primary(&preparation, &self.preparation.directory.to_string_lossy(), PORT)?;
        Ok(Self { preparation, running: None })
    }

    /// Makes a standby a primary that waits for no other standby, and returns when it takes writes. Panics if that fails.
    pub async fn promote(&self) {
        // It has the settings of its former primary.
        for statement in [WAIT_FOR_NONE, RELOAD, "SELECT pg_promote()"] {
            self.run(statement).await;
        }
    }

    async fn run(&self, statement: &str) {
        let outcome = run_in_the_end(&self.url(), statement).await;
        outcome.unwrap_or_else(|error| panic!("PostgreSQL fails at {statement}: {error}"));
    }

    /// Starts it, and returns when it answers. Panics if that fails or it is running.
    pub async fn start_again(&mut self) {
        assert!(self.running.is_none(), "it is running");
        let server = run_server(&self.preparation, &["max_connections=200"], PORT);
        self.running = Some(server.unwrap_or_else(|error| panic!("PostgreSQL does not start: {error}")));
        let answered = run_in_the_end(&self.url(), "SELECT 1").await;
        answered.unwrap_or_else(|error| panic!("PostgreSQL does not answer: {error}"));
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        self.stop(Stop::Immediate);
        drop(fs::remove_dir_all(&self.preparation.directory));
    }
}

#[cfg(test)]
mod tests {
    use super::{PostgresServer, Stop, run};

    #[tokio::test]
    async fn committed_data_survives_every_way_of_stopping() {
        let mut server = PostgresServer::start().await;
        run(&server.url(), "CREATE TABLE kept (number int)").await.unwrap();
        for how in [Stop::Fast, Stop::Immediate] {
            server.stop(how);
            assert!(run(&server.url(), "SELECT 1").await.is_err(), "{how:?}: it is away");
            server.start_again().await;
            run(&server.url(), "INSERT INTO kept VALUES (1)").await.unwrap();
        }
        let directory = server.preparation.directory.clone();
        drop(server);
        assert!(!directory.exists(), "nothing is left behind");
    }
}
