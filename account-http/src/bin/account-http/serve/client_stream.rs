//! The stream to a client. It gives up when the client does not read what is sent, reports when an answer is sent, adds a
//! body to hyper's own answers, and lets clients read an answer that came before they had sent everything.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use account_http::refusal::{Refusal, Refusals};
use poem::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::admission::{Limit, Place};
use super::refused::{LINGER, as_bytes};

/// Number of bytes that are read and discarded at a time after an early answer.
const DISCARDED: usize = 1_024;

/// The stream to a client, for hyper.
pub(super) struct ClientStream<S> {
    stream: S,
    patience: Duration,
    place: Arc<Place>,
    refusals: Refusals,
    /// Runs while a write is pending.
    deadline: Option<Pin<Box<Sleep>>>,
    /// Sent instead of hyper's own answer.
    instead: Option<Instead>,
    /// Runs while the client's remaining bytes are discarded.
    lingering: Option<Pin<Box<Sleep>>>,
}

/// An answer that replaces hyper's.
struct Instead {
    bytes: Vec<u8>,
    written: usize,
}

impl<S> ClientStream<S> {
    pub(super) const fn new(stream: S, patience: Duration, place: Arc<Place>, refusals: Refusals) -> Self {
        Self { stream, patience, place, refusals, deadline: None, instead: None, lingering: None }
    }

    /// Passes an outcome on, but limits how long it can be pending.
    fn limit<T>(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.deadline = None;
            return outcome;
        }
        let patience = self.patience;
        if self.deadline.is_none() {
            self.place.wait_for_client();
        }
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(deadline.as_mut().poll(context));
        self.place.exceeded(Limit::AnswerTime);
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    /// Chooses what to send instead of what hyper writes. While no request is handled, hyper writes only its own
    /// answers, without a body, and closes the connection after them.
    fn replace(&mut self, written: &[u8]) -> bool {
        if self.instead.is_some() {
            return true;
        }
        if self.place.is_busy() {
            return false;
        }
        let Some(refusal) = refusal_of(written) else { return false };
        self.place.refused(refusal);
        let bytes = as_bytes(self.refusals.answer(refusal));
        self.instead = Some(Instead { bytes, written: 0 });
        true
    }
}

/// Returns the refusal that hyper's own answer stands for.
fn refusal_of(answer: &[u8]) -> Option<Refusal> {
    let status = answer.strip_prefix(b"HTTP/1.")?.get(2..5)?;
    match StatusCode::from_bytes(status).ok()? {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE | StatusCode::URI_TOO_LONG => Some(Refusal::HeadTooLarge),
        status => status.is_client_error().then_some(Refusal::MalformedHead),
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> ClientStream<S> {
    /// Sends the answer that replaces hyper's. Returns the length that hyper considers sent.
    fn poll_instead(&mut self, context: &mut Context<'_>, length: usize) -> Poll<io::Result<usize>> {
        while let Some(instead) = &mut self.instead
            && let Some(rest) = instead.bytes.get(instead.written..).filter(|rest| !rest.is_empty())
        {
            let outcome = Pin::new(&mut self.stream).poll_write(context, rest);
            let written = ready!(self.limit(context, outcome))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            if let Some(instead) = &mut self.instead {
                instead.written += written;
            }
        }
        Poll::Ready(Ok(length))
    }

    /// Discards for a moment what the client still sends. Closing with unread bytes would reset the connection, and the
    /// client might lose an answer that it has not read.
    fn poll_linger(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.instead.is_none() && !self.place.has_unread() {
            return Poll::Ready(());
        }
        let lingering = self.lingering.get_or_insert_with(|| Box::pin(sleep(LINGER)));
        loop {
            if lingering.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            let mut bytes = [0; DISCARDED];
            let mut buffer = ReadBuf::new(&mut bytes);
            let read = ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer));
            if read.is_err() || buffer.filled().is_empty() {
                return Poll::Ready(());
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for ClientStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for ClientStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.replace(bytes) {
            return self.poll_instead(context, bytes.len());
        }
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.limit(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.replace(pieces.first().map_or(&[], |piece| &**piece)) {
            return self.poll_instead(context, pieces.iter().map(|piece| piece.len()).sum());
        }
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.limit(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(context);
        let outcome = self.limit(context, outcome);
        if matches!(outcome, Poll::Ready(Ok(()))) {
            self.place.flushed();
        }
        outcome
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_shutdown(context);
        ready!(self.limit(context, outcome))?;
        self.poll_linger(context).map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_refusals_of_hyper_are_replaced() {
        for (answer, refusal) in [
            (&b"HTTP/1.1 431 Request Header Fields Too Large\r\n"[..], Some(Refusal::HeadTooLarge)),
            (b"HTTP/1.1 414 URI Too Long\r\n", Some(Refusal::HeadTooLarge)),
            (b"HTTP/1.0 400 Bad Request\r\n", Some(Refusal::MalformedHead)),
            (b"HTTP/1.1 100 Continue\r\n", None),
            (b"HTTP/1.1 200 OK\r\n", None),
            (b"", None),
        ] {
            assert_eq!(refusal_of(answer), refusal);
        }
    }
}
