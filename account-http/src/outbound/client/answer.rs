//! The answer of a server.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::header::HeaderMap;
use hyper::{Response, StatusCode};
use tokio::time::timeout_at;

use super::allowance::Allowance;

/// How much time before the deadline reading a body stops.
const RESERVE: Duration = Duration::from_millis(500);

/// An answer: its head and the beginning of its body.
#[derive(Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The first bytes of the body, at most as many as were allowed.
    pub body: Vec<u8>,
    /// Whether this is the whole body.
    pub is_whole: bool,
}

impl Answer {
    /// Reads the body until the deadline. A body that never ends, or breaks off, does not turn the answer into an
    /// error.
    pub(super) async fn read(response: Response<Incoming>, allowance: Allowance) -> Self {
        let (head, mut incoming) = response.into_parts();
        let mut body = Vec::new();
        let reading = timeout_at(allowance.deadline - RESERVE, read(&mut incoming, &mut body, allowance.max_answer));
        let is_whole = reading.await.unwrap_or(false);
        Self { status: head.status, headers: head.headers, body, is_whole }
    }
}

/// Reads until there is enough; returns whether that was the end.
async fn read(incoming: &mut Incoming, body: &mut Vec<u8>, max: usize) -> bool {
    loop {
        match poll_fn(|context| Pin::new(&mut *incoming).poll_frame(context)).await {
            None => return true,
            Some(Err(_)) => return false,
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else { continue };
                let room = max.saturating_sub(body.len());
                body.extend(data.iter().take(room));
                if data.len() > room {
                    return false;
                }
            }
        }
    }
}

/// Shows only the status: text from an untrusted server must not get into logs.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).finish_non_exhaustive()
    }
}
