//! A client for one request to one server, with limits on everything that an untrusted server can do.
//!
//! It uses hyper's bare connection rather than a full client: it connects only to the addresses that were checked,
//! follows no redirects, ignores proxies in the environment, and keeps no connections. Changing the DNS answer after
//! the check (DNS rebinding) has no effect.

mod allowance;
mod answer;
mod distrust;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderMap, HeaderValue, USER_AGENT};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{Target, TargetError};

pub use allowance::{Allowance, EXCHANGE_DEADLINE, MAX_ANSWER};
pub use answer::Answer;
pub use distrust::Distrust;

/// Maximum time to connect to one address; less if there are many.
const CONNECT_DEADLINE: Duration = Duration::from_secs(3);
/// Maximum size of an answer's head in bytes; the smallest that hyper allows.
const MAX_HEAD: usize = 8 * 1024;

/// Product name and version.
const PRODUCT: &str = concat!("account-http/", env!("CARGO_PKG_VERSION"));

/// Sends requests to other servers.
#[derive(Clone)]
pub struct OutboundClient {
    tls: TlsConnector,
}

impl fmt::Debug for OutboundClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OutboundClient")
    }
}

/// TLS cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("cannot set up TLS")]
pub struct OutboundClientError(#[source] tokio_rustls::rustls::Error);

/// Why there is no answer. Contains nothing of the URL or of the server's answer.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The request must not go there.
    #[error("the target is not allowed")]
    Refused(#[from] TargetError),
    /// The name cannot be resolved.
    #[error("cannot resolve the name")]
    Unresolved(#[source] io::Error),
    /// No connection could be made.
    #[error("cannot connect")]
    Unreachable(#[source] io::Error),
    /// The server's identity could not be verified, or it does not support TLS.
    #[error("TLS failed")]
    Untrusted(#[source] Distrust),
    /// The exchange took too long.
    #[error("no response within {} s", EXCHANGE_DEADLINE.as_secs())]
    Overdue,
    /// The connection ended early, or the answer is not HTTP.
    #[error("invalid response")]
    Broken(#[source] hyper::Error),
    /// The request cannot be built.
    #[error("cannot create the request")]
    Unspeakable(#[source] hyper::http::Error),
}

impl OutboundClient {
    /// Creates a client that trusts the system's certificates. If there are none, every https connection fails.
    ///
    /// # Errors
    /// [`OutboundClientError`] if TLS cannot be set up.
    pub fn new() -> Result<Self, OutboundClientError> {
        let found = rustls_native_certs::load_native_certs();
        if found.certs.is_empty() {
            tracing::warn!(
                event = "no_certificates",
                "this machine has no trusted certificates: https connections will fail"
            );
        }
        Self::trusting(found.certs)
    }

    /// Creates a client that trusts only these certificates.
    ///
    /// # Errors
    /// [`OutboundClientError`] if TLS cannot be set up.
    pub fn trusting(certificates: Vec<CertificateDer<'static>>) -> Result<Self, OutboundClientError> {
        let mut roots = RootCertStore::empty();
        // Some certificates of a system may be too old to parse.
        roots.add_parsable_certificates(certificates);
        let settings = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let settings = settings.with_safe_default_protocol_versions().map_err(OutboundClientError)?;
        let settings = settings.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(settings)) })
    }

    /// Posts a body, and reads the beginning of the answer. Redirects are returned like any other answer.
    ///
    /// # Errors
    /// [`ExchangeError`] if there is no answer.
    pub async fn post(&self, target: &Target, headers: HeaderMap, body: String) -> Result<Answer, ExchangeError> {
        self.post_within(target, headers, body, Allowance::default()).await
    }

    /// Posts a body, and reads as much of the answer as is allowed. Redirects are returned like any other answer.
    ///
    /// # Errors
    /// [`ExchangeError`] if there is no answer.
    pub async fn post_within(
        &self,
        target: &Target,
        headers: HeaderMap,
        body: String,
        allowance: Allowance,
    ) -> Result<Answer, ExchangeError> {
        self.send(target, request(Method::POST, target, headers, body)?, allowance).await
    }

    /// Gets a document, and reads as much of it as is allowed. Redirects are returned like any other answer.
    ///
    /// # Errors
    /// [`ExchangeError`] if there is no answer.
    pub async fn get(
        &self,
        target: &Target,
        headers: HeaderMap,
        allowance: Allowance,
    ) -> Result<Answer, ExchangeError> {
        self.send(target, request(Method::GET, target, headers, String::new())?, allowance).await
    }

    async fn send(
        &self,
        target: &Target,
        request: Request<String>,
        allowance: Allowance,
    ) -> Result<Answer, ExchangeError> {
        let answered = timeout_at(allowance.deadline, self.exchange(target, request, allowance)).await;
        answered.unwrap_or(Err(ExchangeError::Overdue))
    }

    async fn exchange(
        &self,
        target: &Target,
        request: Request<String>,
        allowance: Allowance,
    ) -> Result<Answer, ExchangeError> {
        let connection = connect(target, allowance.deadline).await?;
        if !target.is_https() {
            return speak(connection, request, allowance).await;
        }
        let name = server_name(target).ok_or(ExchangeError::Untrusted(Distrust::WrongName))?;
        let encrypted = self.tls.connect(name, connection).await;
        speak(encrypted.map_err(|error| ExchangeError::Untrusted(Distrust::of(&error)))?, request, allowance).await
    }
}

/// Connects to one of the target's addresses, after all of them were checked.
async fn connect(target: &Target, deadline: Instant) -> Result<TcpStream, ExchangeError> {
    let port = target.url().port_or_known_default().unwrap_or_default();
    let addresses: Vec<SocketAddr> = match (target.literal(), target.url().host_str()) {
        (Some(address), _) => vec![SocketAddr::new(address, port)],
        (None, Some(name)) => lookup_host((name, port)).await.map_err(ExchangeError::Unresolved)?.collect(),
        (None, None) => Vec::new(),
    };
    target.judge_all(&addresses)?;
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    let count = addresses.len();
    for (address, left) in interleaved(addresses).into_iter().zip((1..=count).rev()) {
        match timeout(patience(deadline, left), TcpStream::connect(address)).await {
            Ok(Ok(connection)) => return Ok(connection),
            Ok(Err(error)) => last = error,
            Err(_) => last = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(ExchangeError::Unreachable(last))
}

/// Returns the addresses alternating between IPv4 and IPv6, so that a blocked family does not delay everything (RFC
/// 8305, section 4).
fn interleaved(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let begins_with_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) =
        addresses.into_iter().partition(|address| address.is_ipv6() == begins_with_v6);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let turns = std::iter::from_fn(|| match (first.next(), second.next()) {
        (None, None) => None,
        (one, other) => Some(one.into_iter().chain(other)),
    });
    turns.flatten().collect()
}

/// Returns how long to wait for an address if this many are left.
fn patience(deadline: Instant, left: usize) -> Duration {
    let share = deadline.saturating_duration_since(Instant::now()) / u32::try_from(left.max(1)).unwrap_or(u32::MAX);
    share.min(CONNECT_DEADLINE)
}

/// Returns the name that the certificate must have; `None` if there can be none.
fn server_name(target: &Target) -> Option<ServerName<'static>> {
    match target.literal() {
        Some(address) => Some(ServerName::from(address)),
        None => ServerName::try_from(target.url().host_str()?.to_owned()).ok(),
    }
}

fn request(
    method: Method,
    target: &Target,
    headers: HeaderMap,
    body: String,
) -> Result<Request<String>, ExchangeError> {
    let url = target.url();
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let path: Uri = path.parse().map_err(|error| ExchangeError::Unspeakable(hyper::http::Error::from(error)))?;
    let host = url.port().map_or_else(
        || url.host_str().unwrap_or_default().to_owned(),
        |port| format!("{}:{port}", url.host_str().unwrap_or_default()),
    );
    let mut request = Request::builder().method(method).uri(path).body(body).map_err(ExchangeError::Unspeakable)?;
    let host = HeaderValue::from_str(&host).map_err(|error| ExchangeError::Unspeakable(error.into()))?;
    *request.headers_mut() = headers;
    request.headers_mut().insert(HOST, host);
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(PRODUCT));
    Ok(request)
}

/// Sends the request on this connection, which is closed after the answer.
async fn speak<C>(connection: C, request: Request<String>, allowance: Allowance) -> Result<Answer, ExchangeError>
where
    C: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let connection = TokioIo::new(connection);
    let handshake = http1::Builder::new().max_buf_size(MAX_HEAD).handshake(connection).await;
    let (mut sender, driver) = handshake.map_err(ExchangeError::Broken)?;
    // Ends when this function does, however it does.
    let mut drivers = JoinSet::new();
    drivers.spawn(driver);
    let response = sender.send_request(request).await.map_err(ExchangeError::Broken)?;
    Ok(Answer::read(response, allowance).await)
}
