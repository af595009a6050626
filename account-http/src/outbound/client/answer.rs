//! What a server answered.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::header::HeaderMap;
use hyper::{Response, StatusCode};
use tokio::time::{Instant, timeout_at};

/// Most bytes of a body that are read.
pub const MAX_ANSWER: usize = 4 * 1024;

/// The time that reading a body leaves to the exchange.
const RESERVE: Duration = Duration::from_millis(500);

/// An answer: its head, and the beginning of its body.
#[derive(Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// At most [`MAX_ANSWER`] bytes of the body.
    pub body: Vec<u8>,
    /// Whether that is all of it.
    pub is_whole: bool,
}

impl Answer {
    /// Reads what comes of the body until the deadline. The head alone is an answer: a body that never ends, or breaks
    /// off, makes it no other.
    pub(super) async fn read(response: Response<Incoming>, deadline: Instant) -> Self {
        let (head, mut incoming) = response.into_parts();
        let mut body = Vec::new();
        let reading = timeout_at(deadline - RESERVE, read(&mut incoming, &mut body));
        let is_whole = reading.await.unwrap_or(false);
        Self { status: head.status, headers: head.headers, body, is_whole }
    }
}

/// Reads until there is enough; returns whether that was the end.
async fn read(incoming: &mut Incoming, body: &mut Vec<u8>) -> bool {
    loop {
        match poll_fn(|context| Pin::new(&mut *incoming).poll_frame(context)).await {
            None => return true,
            Some(Err(_)) => return false,
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else { continue };
                let room = MAX_ANSWER.saturating_sub(body.len());
                body.extend(data.iter().take(room));
                if data.len() > room {
                    return false;
                }
            }
        }
    }
}

/// Prints the status alone: what a stranger's server says belongs in no log.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).finish_non_exhaustive()
    }
}
