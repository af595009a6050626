//! HTTP connections: accepts them, closes slow ones, finishes accepted requests.
//!
//! Uses hyper directly. poem's own server sets no timer, so hyper's deadline for request heads has no effect; its idle
//! time-out still waits for the rest of a head that has started; and when the process has no more file descriptors, it
//! retries without a pause.

#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use account_http::refusal::{Refusal, Refusals, has_valid_host};
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};
use hyper::body::{Bytes, Incoming};
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

use super::admission::{Admissions, Limit, Place};
use super::client_stream::ClientStream;
use super::refused::Refuser;
use super::watched_body::{Answering, WatchedBody};
use crate::error::CommandError;

/// Maximum size of a request's head in bytes, and the size of a connection's buffer.
const MAX_HEAD: usize = 16 * 1024;
/// The pause after a connection could not be accepted, most often because no file descriptor is left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Listens on `http.bind` or `metrics.bind`.
///
/// # Errors
/// If the address is in use, or does not belong to this machine.
pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address).await.map_err(|source| CommandError::Bind { address, source })
}

/// How long clients may take. A connection that takes longer is closed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For a request's head, counted from the end of the previous answer. So it also limits how long a connection may
    /// be idle.
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

/// The rules for connections to a listener.
#[derive(Clone)]
pub(super) struct Rules {
    pub(super) patience: Patience,
    pub(super) admissions: Arc<Admissions>,
    pub(super) refusals: Refusals,
}

/// Serves an endpoint over connections.
pub(super) struct Connections<E> {
    endpoint: Arc<E>,
    rules: Rules,
}

impl<E: Endpoint + 'static> Connections<E> {
    pub(super) fn new(endpoint: E, rules: Rules) -> Self {
        Self { endpoint: Arc::new(endpoint), rules }
    }

    /// Accepts connections until told to stop. Then closes idle connections, and finishes the requests in progress
    /// until the deadline.
    pub(super) async fn serve(self, listener: TcpListener, stop: CancellationToken, deadline: Duration) {
        let mut connections = JoinSet::new();
        let refuser = Refuser::new(self.rules.refusals.clone());
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
                    let Some(place) = self.rules.admissions.admit(remote.ip()).await else {
                        refuser.refuse(stream);
                        continue;
                    };
                    let (endpoint, rules) = (Arc::clone(&self.endpoint), self.rules.clone());
                    let connection = Connection { endpoint, rules, local: local.unwrap_or(remote), remote, place };
                    connections.spawn(connection.drive(stream, stop.clone()));
                }
                Err(error) if is_of_client(&error) => {}
                Err(error) => {
                    tracing::debug!(event = "accept_failed", %error);
                    self.rules.admissions.make_room();
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

/// Returns whether the client gave the connection up before it was accepted.
fn is_of_client(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset)
}

struct Connection<E> {
    endpoint: Arc<E>,
    rules: Rules,
    local: SocketAddr,
    remote: SocketAddr,
    place: Arc<Place>,
}

impl<E: Endpoint + 'static> Connection<E> {
    async fn drive(self, stream: TcpStream, stop: CancellationToken) {
        // Answers are written whole, so waiting for more data would only delay them.
        let _ = stream.set_nodelay(true);
        let (patience, place) = (self.rules.patience, Arc::clone(&self.place));
        let stream = ClientStream::new(stream, patience.write, Arc::clone(&place), self.rules.refusals.clone());
        let connection = Arc::new(self);
        // Boxed, so that an idle connection does not take the memory of a busy one.
        let service = service_fn(move |request| Arc::clone(&connection).answer(request).boxed());
        let mut connection = std::pin::pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(patience.head)
                .max_buf_size(MAX_HEAD)
                .serve_connection(TokioIo::new(stream), service)
        );
        let ended = tokio::select! {
            biased;
            () = place.until_cut() => return,
            ended = connection.as_mut() => ended,
            () = stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                tokio::select! {
                    biased;
                    () = place.until_cut() => return,
                    ended = connection => ended,
                }
            }
        };
        // Other errors of the connection are the client's.
        if ended.is_err_and(|error| error.is_timeout()) {
            place.exceeded(Limit::HeadTime);
        }
    }

    async fn answer(
        self: Arc<Self>,
        request: hyper::Request<Incoming>,
    ) -> Result<hyper::Response<WatchedBody<impl hyper::body::Body<Data = Bytes, Error = io::Error>>>, Infallible> {
        if !self.place.begin() {
            // The connection has just been chosen to be closed, and this request has not started.
            return std::future::pending().await;
        }
        let answering = Answering::new(Arc::clone(&self.place));
        let request = self.request(request);
        let response = if has_valid_host(&request) {
            self.endpoint.get_response(request).await
        } else {
            self.place.refused(Refusal::InvalidHost);
            self.rules.refusals.answer(Refusal::InvalidHost)
        };
        Ok(hyper::Response::from(response).map(|body| WatchedBody::new(body, answering)))
    }

    fn request(&self, request: hyper::Request<Incoming>) -> Request {
        let (local, remote) = (LocalAddr(self.local.into()), RemoteAddr(self.remote.into()));
        let mut request = Request::from((request, local, remote, Scheme::HTTP));
        let body = request.take_body();
        if body.is_empty() {
            return request;
        }
        let body = ArrivingBody {
            stream: body.into_bytes_stream().boxed(),
            deadline: Instant::now() + self.rules.patience.body,
            place: Arc::clone(&self.place),
            is_read: false,
        };
        request.set_body(Body::from_bytes_stream(stream::unfold(body, |mut body| async move {
            body.next().await.map(|item| (item, body))
        })));
        request
    }
}

/// A body that is read until its deadline. Then reading fails, and the connection is closed.
struct ArrivingBody {
    stream: BoxStream<'static, io::Result<Bytes>>,
    deadline: Instant,
    place: Arc<Place>,
    /// Whether it was read to its end.
    is_read: bool,
}

impl ArrivingBody {
    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        let item = if let Some(item) = self.stream.next().now_or_never() {
            item
        } else {
            self.place.wait_for_client();
            let arrived = timeout_at(self.deadline, self.stream.next()).await;
            self.place.go_on();
            let Ok(item) = arrived else { return Some(self.give_up()) };
            item
        };
        self.is_read |= item.is_none();
        item
    }

    fn give_up(&self) -> io::Result<Bytes> {
        self.place.cut(Limit::BodyTime);
        Err(io::ErrorKind::TimedOut.into())
    }
}

impl Drop for ArrivingBody {
    fn drop(&mut self) {
        if !self.is_read {
            self.place.leave_unread();
        }
    }
}
