//! Tells clients that they cannot be served.

use std::sync::Arc;
use std::time::Duration;

use account_http::refusal::{Refusal, Refusals};
use poem::Response;
use poem::http::header;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long the client's remaining bytes are discarded after an early answer.
pub(super) const LINGER: Duration = Duration::from_secs(1);
/// Maximum number of clients that are told at the same time that there are too many. Others are closed without an
/// answer.
const MAX_TOLD: usize = 64;

/// Tells clients that there is no place for them.
pub(super) struct Refuser {
    answer: Refusals,
    free: Arc<Semaphore>,
}

impl Refuser {
    pub(super) fn new(answer: Refusals) -> Self {
        Self { answer, free: Arc::new(Semaphore::new(MAX_TOLD)) }
    }

    /// Tells a client that there are too many connections, unless too many clients are being told already.
    pub(super) fn refuse(&self, mut stream: TcpStream) {
        let Ok(permit) = Arc::clone(&self.free).try_acquire_owned() else { return };
        let bytes = as_bytes(self.answer.answer(Refusal::TooManyConnections));
        tokio::spawn(async move {
            let tell = async {
                stream.write_all(&bytes).await?;
                stream.shutdown().await?;
                let mut dropped = [0; 1_024];
                while stream.read(&mut dropped).await? > 0 {}
                Ok::<_, std::io::Error>(())
            };
            // A client that does not read gets no answer.
            let _ = timeout(LINGER, tell).await;
            drop(permit);
        });
    }
}

/// Returns an answer as bytes for the wire. The connection is closed after it.
pub(super) fn as_bytes(answer: Response) -> Vec<u8> {
    let (mut parts, body) = answer.into_parts();
    // The body of a refusal is in memory.
    let body = futures_util::FutureExt::now_or_never(body.into_vec()).and_then(Result::ok).unwrap_or_default();
    parts.headers.insert(header::CONNECTION, header::HeaderValue::from_static("close"));
    parts.headers.insert(header::CONTENT_LENGTH, header::HeaderValue::from(body.len()));
    let mut bytes = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
    for (name, value) in &parts.headers {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    bytes
}
