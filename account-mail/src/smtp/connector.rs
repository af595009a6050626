//! Opening connections.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Severity;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::failure::{Failure, Stage, answer, by};
use super::line_stream::LineStream;
use crate::config::{EhloName, SmtpSettings, TlsMode};

/// How long to wait for one of the server's addresses before trying the next one.
const TCP: Duration = Duration::from_secs(4);

/// Why a mailer cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SmtpMailerError {
    /// The certificate file cannot be read.
    #[error("cannot read the certificates in `{}`", path.display())]
    CaFile {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The certificate file contains no certificate, or a damaged one.
    #[error("`{}` contains no valid PEM certificates", path.display())]
    Certificates {
        /// The file.
        path: PathBuf,
    },
    /// TLS cannot be set up.
    #[error("cannot set up TLS")]
    Tls(#[source] lettre::transport::smtp::Error),
}

/// Opens connections. Its `Debug` output shows no credentials.
pub(super) struct Connector {
    host: String,
    port: u16,
    loopback_only: bool,
    security: Security,
    ehlo_name: ClientId,
    credentials: Option<Credentials>,
}

/// [`TlsMode`] with its parameters.
enum Security {
    Plain,
    StartTls(TlsParameters),
    Implicit(TlsParameters),
}

impl Connector {
    pub(super) fn new(server: &SmtpSettings, ehlo_name: &EhloName) -> Result<Self, SmtpMailerError> {
        let parameters = || tls_parameters(&server.host, server.ca_file.as_deref());
        Ok(Self {
            host: server.host.clone(),
            port: server.port,
            loopback_only: server.loopback_only,
            security: match server.tls {
                TlsMode::Plain => Security::Plain,
                TlsMode::StartTls => Security::StartTls(parameters()?),
                TlsMode::Implicit => Security::Implicit(parameters()?),
            },
            ehlo_name: client_id(ehlo_name),
            credentials: server.credentials.clone(),
        })
    }

    /// Opens a connection, protected and authenticated as the settings require, or fails.
    pub(super) async fn connect(&self, deadline: Instant) -> Result<AsyncSmtpConnection, Failure> {
        let failed = |stage| move |error| Failure::of(stage, &error);
        let mut connection = match &self.security {
            Security::Plain => self.open(|stream| Box::new(stream), deadline).await?,
            Security::StartTls(parameters) => {
                let mut connection = self.open(|stream| Box::new(LineStream::new(stream)), deadline).await?;
                let starttls = connection.starttls(parameters.clone(), &self.ehlo_name);
                by(deadline, Stage::StartTls, starttls).await?.map_err(failed(Stage::StartTls))?;
                connection
            }
            Security::Implicit(parameters) => {
                let (server, tls) = ((self.host.as_str(), self.port), Some(parameters.clone()));
                let connect = AsyncSmtpConnection::connect_tokio1(server, Some(TCP), &self.ehlo_name, tls, None);
                by(deadline, Stage::Connect, connect).await?.map_err(failed(Stage::Connect))?
            }
        };
        if let Some(credentials) = &self.credentials {
            let auth = connection.auth(DEFAULT_MECHANISMS, credentials);
            answer(deadline, Stage::Auth, Severity::PositiveCompletion, auth).await?;
        }
        Ok(connection)
    }

    /// TCP, greeting, EHLO: in the clear so far.
    async fn open(
        &self,
        wrap: impl FnOnce(TcpStream) -> Box<dyn AsyncTokioStream>,
        deadline: Instant,
    ) -> Result<AsyncSmtpConnection, Failure> {
        let stream = by(deadline, Stage::Connect, self.tcp()).await?;
        let stream = wrap(stream.map_err(|error| Failure::io(Stage::Connect, &error))?);
        let greet = AsyncSmtpConnection::connect_with_transport(stream, &self.ehlo_name);
        by(deadline, Stage::Connect, greet).await?.map_err(|error| Failure::of(Stage::Connect, &error))
    }

    /// The first of the server's addresses that accepts.
    async fn tcp(&self) -> io::Result<TcpStream> {
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the server's name has no address that may be used");
        for address in tokio::net::lookup_host((self.host.as_str(), self.port)).await? {
            if self.loopback_only && !address.ip().is_loopback() {
                continue;
            }
            match try_address(address).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

async fn try_address(address: SocketAddr) -> io::Result<TcpStream> {
    let connect = timeout(TCP, TcpStream::connect(address)).await;
    let stream = connect.unwrap_or_else(|_| Err(io::Error::new(io::ErrorKind::TimedOut, "connection timed out")))?;
    // An email goes out in two writes; the second shall not wait for the first one's acknowledgement.
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn client_id(name: &EhloName) -> ClientId {
    match name {
        EhloName::Domain(domain) => ClientId::Domain(domain.as_str().to_owned()),
        EhloName::Literal(IpAddr::V4(address)) => ClientId::Ipv4(*address),
        EhloName::Literal(IpAddr::V6(address)) => ClientId::Ipv6(*address),
    }
}

/// Certificates: the system's, and those of the file.
fn tls_parameters(host: &str, ca_file: Option<&Path>) -> Result<TlsParameters, SmtpMailerError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = ca_file {
        let pem = std::fs::read(path).map_err(|source| SmtpMailerError::CaFile { path: path.to_owned(), source })?;
        // Without a certificate in it, the file would pass for one with nothing to add.
        let any = pem.windows(27).any(|bytes| bytes == b"-----BEGIN CERTIFICATE-----");
        match Certificate::from_pem(&pem) {
            Ok(certificate) if any => builder = builder.add_root_certificate(certificate),
            _ => return Err(SmtpMailerError::Certificates { path: path.to_owned() }),
        }
    }
    builder.build().map_err(SmtpMailerError::Tls)
}
