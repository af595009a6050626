//! HTTP over a connection of its own, written and read by hand.

use std::collections::BTreeMap;
use std::net::TcpListener;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer as it came over the wire.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Its status.
    pub status: u16,
    /// Its headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub body: String,
}

impl Reply {
    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// A text of the JSON body, by JSON pointer; empty when there is none.
    #[must_use]
    pub fn text(&self, pointer: &str) -> String {
        self.json().pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// A header's text; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A port that nothing listens on.
#[must_use]
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port()
}

/// Sends a request to a port of this machine, and waits for the whole answer.
///
/// # Errors
/// When nobody is there, or the answer ends too early.
pub async fn exchange(
    port: u16,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<Reply> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    request.extend(headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")));
    request.extend([format!("Content-Length: {}\r\n\r\n", body.len()), body.to_owned()]);
    stream.write_all(request.as_bytes()).await?;
    let mut bytes = Vec::new();
    // A peer that keeps the connection open all the same has said how long its answer is.
    while !is_as_long_as_it_says(&bytes) {
        if stream.read_buf(&mut bytes).await? == 0 {
            break;
        }
    }
    parse(&bytes).ok_or_else(|| std::io::Error::other("no whole answer"))
}

fn is_as_long_as_it_says(bytes: &[u8]) -> bool {
    split(bytes).is_some_and(|(head, body)| length(&head).is_some_and(|length| body.len() >= length))
}

/// Reads an answer; `None` when it is not whole.
pub(crate) fn parse(bytes: &[u8]) -> Option<Reply> {
    let (head, body) = split(bytes)?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let is_whole = length(&head).is_none_or(|length| body.len() >= length);
    is_whole.then(|| Reply { status, headers: headers(&head), body: String::from_utf8_lossy(body).into_owned() })
}

/// Head and body, once the head is whole.
pub(crate) fn split(bytes: &[u8]) -> Option<(String, &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((String::from_utf8_lossy(bytes.get(..end)?).into_owned(), bytes.get(end + 4..)?))
}

/// The headers of a head, names in lower case.
pub(crate) fn headers(head: &str) -> BTreeMap<String, String> {
    let lines = head.split("\r\n").skip(1).filter_map(|line| line.split_once(':'));
    lines.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect()
}

fn length(head: &str) -> Option<usize> {
    headers(head).get("content-length")?.parse().ok()
}
