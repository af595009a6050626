//! Servers that listen on a port of this machine, with or without TLS.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use super::postgres::run_in_the_end;
use super::server::{Preparation, Server};
use super::{Engine, mariadb, postgres};

/// A server that listens on a port.
pub(crate) struct ServerAtPort {
    engine: Engine,
    port: u16,
    _server: Server,
}

/// A certificate for the name `localhost`, its key, and the authority that signed it, as PEM.
pub(crate) struct Certificate {
    chain: String,
    key: String,
    pub(crate) authority: String,
}

impl Certificate {
    /// Creates a certificate with a new authority.
    pub(crate) fn make() -> Result<Self, rcgen::Error> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let certificate = CertificateParams::new(vec!["localhost".to_owned()])?.signed_by(&key, &authority)?;
        Ok(Self { chain: certificate.pem(), key: key.serialize_pem(), authority: authority.pem() })
    }
}

impl ServerAtPort {
    /// Starts a server, which offers TLS if it has a certificate.
    pub(crate) fn start(engine: Engine, certificate: Option<&Certificate>) -> io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = match engine {
            Engine::MariaDb => start_mariadb(certificate, port)?,
            _ => start_postgres(certificate, port)?,
        };
        Ok(Self { engine, port, _server: server })
    }

    /// Starts a PostgreSQL that is a standby of this one.
    pub(crate) fn start_standby(&self) -> io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let preparation = Preparation::new("postgres", "postgres")?;
        let settings = ["listen_addresses=127.0.0.1".to_owned(), format!("port={port}")];
        let server = postgres::start_standby(&preparation, self.port, &settings, port)?;
        Ok(Self { engine: Engine::Postgres, port, _server: server })
    }

    /// Returns where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Runs the statement as the server's administrator, once the server accepts connections.
    pub(crate) async fn run(&self, statement: &str) -> Result<(), sea_orm::DbErr> {
        run_in_the_end(&self.url("localhost", ""), statement).await
    }

    /// Creates an account and an empty database of its own, with the names `someone` and `account`. Unlike the
    /// administrator, it cannot write to a server that is read-only.
    pub(crate) async fn make_database(&self) -> Result<(), sea_orm::DbErr> {
        let statements: &[&str] = match self.engine {
            Engine::MariaDb => &[
                "CREATE DATABASE account",
                "CREATE USER someone@'%' IDENTIFIED BY 'geheim'",
                "GRANT ALL ON account.* TO someone@'%'",
            ],
            _ => &["CREATE ROLE someone LOGIN PASSWORD 'geheim'", "CREATE DATABASE account OWNER someone"],
        };
        for statement in statements {
            self.run(statement).await?;
        }
        Ok(())
    }

    /// Returns the URL of that database, at this port of this machine.
    pub(crate) fn database_url(&self, port: u16) -> String {
        let scheme = if self.engine == Engine::MariaDb { "mysql" } else { "postgres" };
        format!("{scheme}://someone:geheim@127.0.0.1:{port}/account")
    }

    /// Returns the URL of an existing database, with that host name of this machine and those parameters.
    pub(crate) fn url(&self, host: &str, parameters: &str) -> String {
        let port = self.port;
        match self.engine {
            Engine::MariaDb => format!("mysql://root@{host}:{port}/mysql?{parameters}"),
            _ => format!("postgres://account@{host}:{port}/postgres?{parameters}"),
        }
    }
}

fn start_postgres(certificate: Option<&Certificate>, port: u16) -> io::Result<Server> {
    let preparation = Preparation::new("postgres", "postgres")?;
    let mut settings = vec!["listen_addresses=127.0.0.1".to_owned(), format!("port={port}")];
    if let Some(certificate) = certificate {
        let chain = preparation.write("server.pem", &certificate.chain)?;
        let key = preparation.write("server.key", &certificate.key)?;
        settings.push("ssl=on".to_owned());
        settings.push(format!("ssl_cert_file={}", chain.display()));
        settings.push(format!("ssl_key_file={}", key.display()));
    }
    postgres::start_with(&preparation, &settings, port)
}

fn start_mariadb(certificate: Option<&Certificate>, port: u16) -> io::Result<Server> {
    let preparation = Preparation::new("mariadb", "mysql")?;
    let mut options =
        vec!["--skip-networking=OFF".to_owned(), "--bind-address=127.0.0.1".to_owned(), format!("--port={port}")];
    if let Some(certificate) = certificate {
        options.push(format!("--ssl-cert={}", preparation.write("server.pem", &certificate.chain)?.display()));
        options.push(format!("--ssl-key={}", preparation.write("server.key", &certificate.key)?.display()));
    }
    mariadb::start_with(&preparation, &options)
}
