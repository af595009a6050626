//! One request to one server, with everything that a stranger's server can do bounded.
//!
//! hyper's connection by itself, and not a client that does more: the connection goes to the addresses that were
//! judged and no others, there is no redirect to follow, no proxy that the environment names, and nothing is kept. A
//! name that leads elsewhere a moment later leads nobody anywhere.

mod answer;
mod distrust;
#[cfg(test)]
mod tests;

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

pub use answer::{Answer, MAX_ANSWER};
pub use distrust::Distrust;

/// Longest time for one exchange, from the question for the name to the end of the answer. Below
/// [`account_core::outbox::delivery::SEND_DEADLINE`].
pub const EXCHANGE_DEADLINE: Duration = Duration::from_secs(10);
/// Longest time for one address; less where there are many.
const CONNECT_DEADLINE: Duration = Duration::from_secs(3);
/// Most bytes of an answer's head; hyper allows no less.
const MAX_HEAD: usize = 8 * 1024;

/// Names product and version.
const PRODUCT: &str = concat!("account-http/", env!("CARGO_PKG_VERSION"));

/// Sends requests to other servers. Trusts what the system trusts.
#[derive(Clone)]
pub struct OutboundClient {
    tls: TlsConnector,
}

/// TLS cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("cannot set up TLS")]
pub struct OutboundClientError(#[source] tokio_rustls::rustls::Error);

/// Why there is no answer. Repeats nothing of the URL and nothing that a server said.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The request must not go there.
    #[error("the target is not allowed")]
    Refused(#[from] TargetError),
    /// The name leads nowhere, now.
    #[error("cannot resolve the name")]
    Unresolved(#[source] io::Error),
    /// Nobody listens there, or the way there is blocked.
    #[error("cannot connect")]
    Unreachable(#[source] io::Error),
    /// The server is not the one it should be, or speaks no TLS.
    #[error("TLS failed")]
    Untrusted(#[source] Distrust),
    /// Everything together took too long.
    #[error("no response within {} s", EXCHANGE_DEADLINE.as_secs())]
    Overdue,
    /// The connection ended early, or what came is no HTTP.
    #[error("invalid response")]
    Broken(#[source] hyper::Error),
    /// The request cannot be written down.
    #[error("cannot create the request")]
    Unspeakable(#[source] hyper::http::Error),
}

impl OutboundClient {
    /// A client that trusts what the system trusts. Without certificates there it trusts nobody.
    ///
    /// # Errors
    /// [`OutboundClientError`].
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

    /// A client that trusts these certificates, and no others.
    ///
    /// # Errors
    /// [`OutboundClientError`].
    pub fn trusting(certificates: Vec<CertificateDer<'static>>) -> Result<Self, OutboundClientError> {
        let mut roots = RootCertStore::empty();
        // Of what a system trusts, some are older than what can be read.
        roots.add_parsable_certificates(certificates);
        let settings = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let settings = settings.with_safe_default_protocol_versions().map_err(OutboundClientError)?;
        let settings = settings.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(settings)) })
    }

    /// Posts a body, and reads the beginning of the answer. Redirects are answers like any other.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub async fn post(&self, target: &Target, headers: HeaderMap, body: String) -> Result<Answer, ExchangeError> {
        let deadline = Instant::now() + EXCHANGE_DEADLINE;
        let request = request(target, headers, body)?;
        let answered = timeout_at(deadline, self.exchange(target, request, deadline)).await;
        answered.unwrap_or(Err(ExchangeError::Overdue))
    }

    async fn exchange(
        &self,
        target: &Target,
        request: Request<String>,
        deadline: Instant,
    ) -> Result<Answer, ExchangeError> {
        let connection = connect(target, deadline).await?;
        if !target.is_https() {
            return speak(connection, request, deadline).await;
        }
        let name = server_name(target).ok_or(ExchangeError::Untrusted(Distrust::WrongName))?;
        let encrypted = self.tls.connect(name, connection).await;
        speak(encrypted.map_err(|error| ExchangeError::Untrusted(Distrust::of(&error)))?, request, deadline).await
    }
}

/// Connects to one of the target's addresses, after all of them were judged.
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

/// The addresses by turns of either family, the first one's first: where the way of a family is blocked, not all of
/// that family are waited for (RFC 8305, section 4).
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

/// How long an address is waited for, of that many that are left.
fn patience(deadline: Instant, left: usize) -> Duration {
    let share = deadline.saturating_duration_since(Instant::now()) / u32::try_from(left.max(1)).unwrap_or(u32::MAX);
    share.min(CONNECT_DEADLINE)
}

/// Whom the certificate has to name; `None` where none can.
fn server_name(target: &Target) -> Option<ServerName<'static>> {
    match target.literal() {
        Some(address) => Some(ServerName::from(address)),
        None => ServerName::try_from(target.url().host_str()?.to_owned()).ok(),
    }
}

fn request(target: &Target, headers: HeaderMap, body: String) -> Result<Request<String>, ExchangeError> {
    let url = target.url();
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let path: Uri = path.parse().map_err(|error| ExchangeError::Unspeakable(hyper::http::Error::from(error)))?;
    let host = url.port().map_or_else(
        || url.host_str().unwrap_or_default().to_owned(),
        |port| format!("{}:{port}", url.host_str().unwrap_or_default()),
    );
    let mut request =
        Request::builder().method(Method::POST).uri(path).body(body).map_err(ExchangeError::Unspeakable)?;
    let host = HeaderValue::from_str(&host).map_err(|error| ExchangeError::Unspeakable(error.into()))?;
    *request.headers_mut() = headers;
    request.headers_mut().insert(HOST, host);
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(PRODUCT));
    Ok(request)
}

/// Sends the request on that connection, which ends with the answer.
async fn speak<C>(connection: C, request: Request<String>, deadline: Instant) -> Result<Answer, ExchangeError>
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
    Ok(Answer::read(response, deadline).await)
}
