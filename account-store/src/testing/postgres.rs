//! PostgreSQL.

use std::path::PathBuf;
use std::time::Duration;
use std::{fs, io};

use sea_orm::DbErr;
use tokio::time::sleep;

use super::server::{Preparation, Server};
use super::{find_program, run, unused_name};

/// What the socket is called after, where nobody listens at a port.
const PORT: u16 = 5432;

/// Debian keeps the programs of each version apart, and none of them where programs are looked for.
fn directories() -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut directories: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    directories.sort();
    directories.reverse();
    directories
}

/// Starts a server. Its collation is one of a language, so that what has to be compared octet by octet shows.
pub(super) fn start() -> io::Result<Server> {
    start_with(Preparation::new("postgres", "postgres")?, &[], PORT)
}

/// Starts the server with further settings, of which the last of a name holds. The port names its socket.
pub(super) fn start_with(preparation: Preparation, further: &[String], port: u16) -> io::Result<Server> {
    let data = preparation.directory.join("data").to_string_lossy().into_owned();
    let directory = preparation.directory.to_string_lossy().into_owned();
    let access = ["--username=account", "--auth=trust", "--no-sync", "--no-instructions"];
    let locale = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"];
    let arguments = access.into_iter().chain(locale).chain(["-D", &*data]);
    preparation.run(&find_program("initdb", directories()), arguments)?;
    let settings =
        ["listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=500", "deadlock_timeout=100ms"];
    let settings = settings.into_iter().chain(further.iter().map(String::as_str));
    let settings = settings.flat_map(|setting| ["-c", setting]);
    let arguments = ["-D", &*data, "-k", &*directory].into_iter().chain(settings);
    let arguments: Vec<String> = arguments.map(str::to_owned).collect();
    preparation.start(&find_program("postgres", directories()), arguments, "QUIT", &format!(".s.PGSQL.{port}"))
}

/// Makes a schema that its URL leads to, which costs less than a database.
pub(super) async fn make_database(server: &Server) -> Result<String, DbErr> {
    let name = unused_name();
    let host = server.directory.to_string_lossy().replace('/', "%2F");
    let url = format!("postgres://account@{host}/postgres");
    let create = format!("CREATE SCHEMA {name}");
    let mut outcome = run(&url, &create).await;
    // It listens a moment before it lets anybody in.
    for _ in 0..100 {
        if outcome.is_ok() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
        outcome = run(&url, &create).await;
    }
    outcome.map(|()| format!("{url}?options=-c%20search_path%3D{name}"))
}
