//! MariaDB.

use std::io;
use std::path::PathBuf;

use sea_orm::DbErr;

use super::program::{find_program, run, unused_name};
use super::server::{Preparation, Server};

fn directories() -> [PathBuf; 3] {
    ["/usr/sbin", "/usr/bin", "/usr/libexec"].map(PathBuf::from)
}

/// Starts a server with the unsuitable defaults of old installations: no Unicode, and texts compared without case.
pub(super) fn start() -> io::Result<Server> {
    start_with(&Preparation::new("mariadb", "mysql")?, &[])
}

/// Starts the server with more options. If an option is given twice, the last one applies.
pub(super) fn start_with(preparation: &Preparation, options: &[String]) -> io::Result<Server> {
    install(preparation)?;
    preparation.start(&program(), arguments(preparation, options), "KILL", "socket")
}

/// Returns the server's program.
pub(super) fn program() -> PathBuf {
    find_program("mariadbd", directories())
}

/// Creates the files of a server.
pub(super) fn install(preparation: &Preparation) -> io::Result<()> {
    let directory = preparation.directory.to_string_lossy().into_owned();
    let (data, temporary) = (format!("--datadir={directory}/data"), format!("--tmpdir={directory}"));
    let install = find_program("mariadb-install-db", directories());
    let root = "--auth-root-authentication-method=normal";
    preparation.run(&install, ["--no-defaults", &*data, &*temporary, root, "--skip-test-db", "--skip-name-resolve"])
}

/// Returns the server's arguments, with these options last.
pub(super) fn arguments(preparation: &Preparation, options: &[String]) -> Vec<String> {
    let directory = preparation.directory.to_string_lossy().into_owned();
    let data = format!("--datadir={directory}/data");
    // Servers that share a folder for temporary files take each other's if their process ids are the same.
    let temporary = format!("--tmpdir={directory}");
    let arguments = [
        "--no-defaults",
        &*data,
        &*temporary,
        &*format!("--socket={directory}/socket"),
        &*format!("--pid-file={directory}/pid"),
        "--skip-networking",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=OFF",
        "--innodb-flush-method=nosync",
        "--innodb-stats-persistent=OFF",
        "--sync-frm=OFF",
        "--innodb-buffer-pool-size=128M",
        "--max-connections=500",
        "--character-set-server=latin1",
        "--collation-server=latin1_swedish_ci",
    ];
    arguments.into_iter().chain(options.iter().map(String::as_str)).map(str::to_owned).collect()
}

/// Creates a database.
pub(super) async fn make_database(server: &Server) -> Result<String, DbErr> {
    let name = unused_name();
    let socket = format!("{}/socket", server.directory.display()).replace('/', "%2F");
    run(&format!("mysql://root@localhost/mysql?socket={socket}"), &format!("CREATE DATABASE {name}")).await?;
    Ok(format!("mysql://root@localhost/{name}?socket={socket}"))
}
