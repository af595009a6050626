//! `PgBouncer`, with the settings that Debian ships and one more: how it pools.

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;

use super::program::find_program;
use super::server::{Preparation, Server};
use super::{Engine, running};

/// A `PgBouncer` in front of the PostgreSQL server of this process.
pub(crate) struct PgBouncer {
    port: u16,
    _server: Server,
}

impl PgBouncer {
    /// Starts it, with this `pool_mode`.
    pub(crate) fn start(mode: &str) -> io::Result<Self> {
        let server = running(Engine::Postgres);
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let preparation = Preparation::new("pgbouncer", "postgres")?;
        let users = preparation.write("userlist.txt", "\"account\" \"geheim\"\n")?;
        let (directory, socket) = (preparation.directory.display(), server.directory.display());
        let users = users.display();
        let settings = format!(
            "[databases]\n* = host={socket}\n[pgbouncer]\npool_mode = {mode}\nlisten_addr = localhost\n\
             listen_port = {port}\nunix_socket_dir = {directory}\nauth_type = md5\nauth_file = {users}\n"
        );
        let settings = preparation.write("pgbouncer.ini", &settings)?.display().to_string();
        let program = find_program("pgbouncer", ["/usr/sbin"].map(PathBuf::from));
        let server = preparation.start(&program, [settings], "TERM", &format!(".s.PGSQL.{port}"))?;
        Ok(Self { port, _server: server })
    }

    /// Returns the URL of the server's database through it.
    pub(crate) fn url(&self) -> String {
        format!("postgres://account:geheim@127.0.0.1:{}/postgres", self.port)
    }
}
