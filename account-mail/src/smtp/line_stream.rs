//! Keeping unencrypted answers apart from those under TLS.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// First byte of a TLS handshake record. No SMTP command begins with it.
const HANDSHAKE: u8 = 0x16;

/// A connection that is read line by line until TLS starts.
///
/// Someone on the network path could append lines to the server's answer to STARTTLS. A client that has them in its
/// buffer would take them for answers under TLS, and could count a refused email as accepted (CVE-2011-0411, in the
/// client's direction). When reading line by line, they stay in the socket, where they break the handshake.
#[derive(Debug)]
pub(super) struct LineStream {
    stream: TcpStream,
    encrypted: bool,
}

impl LineStream {
    pub(super) const fn new(stream: TcpStream) -> Self {
        Self { stream, encrypted: false }
    }
}

impl AsyncTokioStream for LineStream {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncRead for LineStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.encrypted {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let mut seen = [0; 512];
        let mut seen = ReadBuf::new(&mut seen);
        let count = ready!(self.stream.poll_peek(cx, &mut seen))?;
        let line = seen.filled().iter().position(|byte| *byte == b'\n').map_or(count, |at| at + 1);
        let mut part = ReadBuf::new(buf.initialize_unfilled_to(line.min(buf.remaining())));
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut part))?;
        let read = part.filled().len();
        buf.advance(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for LineStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.encrypted |= bytes.first() == Some(&HANDSHAKE);
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
