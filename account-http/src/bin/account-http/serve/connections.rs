//! HTTP connections: accepting them, closing slow ones, finishing accepted requests.
//!
//! They are driven by hyper directly. poem's own server sets no timer, so that hyper's deadline for request heads has
//! no effect; its idle time-out still waits for the rest of a head that was begun; and when the process has no more
//! file descriptors it asks for the next connection without a pause.

#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::http::uri::Scheme;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Body, Endpoint, Request};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use super::patient_stream::PatientStream;
use crate::error::CommandError;

/// Most bytes of a request's head, which is as much as a body may have.
const MAX_HEAD: usize = 64 * 1024;
/// Wait when no connection can be accepted, most often because no file descriptor is left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Listens at `http.bind`, or `metrics.bind`.
///
/// # Errors
/// When the address is taken, or not this machine's.
pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address).await.map_err(|source| CommandError::Bind { address, source })
}

/// How long clients may take. A connection that takes longer is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For a request's head, counted from the end of the answer before: so this is also how long a kept connection
    /// may be idle.
    pub(super) head: Duration,
    /// For the body.
    pub(super) body: Duration,
    /// For each piece of the answer.
    pub(super) write: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let time = Duration::from_secs(30);
        Self { head: time, body: time, write: time }
    }
}

/// Serves an endpoint to connections.
pub(super) struct Connections<E> {
    endpoint: Arc<E>,
    patience: Patience,
}

impl<E: Endpoint + 'static> Connections<E> {
    pub(super) fn new(endpoint: E, patience: Patience) -> Self {
        Self { endpoint: Arc::new(endpoint), patience }
    }

    /// Accepts connections until told to stop. Then requests that were begun are finished, for as long as the deadline
    /// lets them, and idle connections closed.
    pub(super) async fn serve(self, listener: TcpListener, stop: CancellationToken, deadline: Duration) {
        let mut connections = JoinSet::new();
        let local = listener.local_addr().ok();
        loop {
            let accepted = tokio::select! {
                biased;
                () = stop.cancelled() => break,
                _ = connections.join_next(), if !connections.is_empty() => continue,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, remote)) => {
                    let connection = Connection {
                        endpoint: Arc::clone(&self.endpoint),
                        patience: self.patience,
                        local: local.unwrap_or(remote),
                        remote,
                        cut: CancellationToken::new(),
                    };
                    connections.spawn(connection.drive(stream, stop.clone()));
                }
                Err(error) => {
                    tracing::warn!(event = "accept_failed", %error);
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
        drop(listener);
        let all_done = async { while connections.join_next().await.is_some() {} };
        if timeout(deadline, all_done).await.is_err() {
            tracing::warn!(event = "requests_abandoned", connections = connections.len());
            connections.shutdown().await;
        }
    }
}

struct Connection<E> {
    endpoint: Arc<E>,
    patience: Patience,
    local: SocketAddr,
    remote: SocketAddr,
    /// Cancelled when the client takes too long over a body.
    cut: CancellationToken,
}

impl<E: Endpoint + 'static> Connection<E> {
    async fn drive(self, stream: TcpStream, stop: CancellationToken) {
        // Answers are written whole: waiting for more of them would only make them late.
        let _ = stream.set_nodelay(true);
        let stream = PatientStream::new(stream, self.patience.write);
        let (patience, cut) = (self.patience, self.cut.clone());
        let service = service_fn(move |request| {
            let request = self.request(request);
            let endpoint = Arc::clone(&self.endpoint);
            async move { Ok::<hyper::Response<_>, Infallible>(endpoint.get_response(request).await.into()) }
        });
        let mut connection = std::pin::pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(patience.head)
                .max_buf_size(MAX_HEAD)
                .serve_connection(TokioIo::new(stream), service)
        );
        tokio::select! {
            biased;
            () = cut.cancelled() => {}
            // What a client does to its connection is no error of ours.
            _ = connection.as_mut() => {}
            () = stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                tokio::select! {
                    biased;
                    () = cut.cancelled() => {}
                    _ = connection => {}
                }
            }
        }
    }

    fn request(&self, request: hyper::Request<hyper::body::Incoming>) -> Request {
        let (local, remote) = (LocalAddr(self.local.into()), RemoteAddr(self.remote.into()));
        let mut request = Request::from((request, local, remote, Scheme::HTTP));
        let body = request.take_body();
        if body.is_empty() {
            return request;
        }
        let deadline = Instant::now() + self.patience.body;
        request.set_body(Body::from_bytes_stream(until(deadline, body.into_bytes_stream(), self.cut.clone())));
        request
    }
}

/// The stream up to the deadline; then an error, and the connection is cut.
fn until<T: 'static>(
    deadline: Instant,
    stream: impl Stream<Item = io::Result<T>> + Send + 'static,
    cut: CancellationToken,
) -> impl Stream<Item = io::Result<T>> + Send + 'static {
    stream::unfold((Box::pin(stream), cut), move |(mut stream, cut)| async move {
        if let Ok(item) = timeout_at(deadline, stream.next()).await {
            return item.map(|item| (item, (stream, cut)));
        }
        cut.cancel();
        Some((Err(io::ErrorKind::TimedOut.into()), (stream, cut)))
    })
}
