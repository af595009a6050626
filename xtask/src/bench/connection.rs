//! Just enough HTTP/1.1 for the load generator: it shares the machine with what it measures and must cost next to
//! nothing.

use std::{
    io::{self, ErrorKind},
    net::{Ipv4Addr, SocketAddr},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

/// A kept-alive connection with one request at a time.
pub(super) struct Connection<S = TcpStream> {
    stream: BufReader<S>,
    host: String,
}

/// What the service answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Seconds to wait, where the answer says so.
    pub(super) retry_after: Option<u64>,
    pub(super) body: String,
}

impl Connection {
    pub(super) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self::over(stream, address.to_string()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    fn over(stream: S, host: String) -> Self {
        let stream = BufReader::new(stream);
        Self { stream, host }
    }

    pub(super) async fn get(&mut self, path: &str) -> io::Result<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.exchange(&request).await
    }

    /// The same as somebody who is signed in.
    pub(super) async fn get_as(&mut self, path: &str, token: &str) -> io::Result<Answer> {
        let host = &self.host;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n");
        self.exchange(&request).await
    }

    pub(super) async fn post_json(&mut self, path: &str, body: &str) -> io::Result<Answer> {
        self.post(path, body, "").await
    }

    /// The same as a proxy that tells whom the request is from.
    pub(super) async fn post_json_from(&mut self, path: &str, body: &str, client: Ipv4Addr) -> io::Result<Answer> {
        self.post(path, body, &format!("X-Forwarded-For: {client}\r\n")).await
    }

    async fn post(&mut self, path: &str, body: &str, further: &str) -> io::Result<Answer> {
        let (host, length) = (&self.host, body.len());
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{further}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.exchange(&request).await
    }

    async fn exchange(&mut self, request: &str) -> io::Result<Answer> {
        self.stream.write_all(request.as_bytes()).await?;
        self.stream.flush().await?;
        let status = status(&self.line().await?)?;
        let (mut length, mut retry_after) = (0, None);
        loop {
            let header = self.line().await?;
            let Some((name, value)) = header.split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(|_| broken("a content length that is no number"))?;
            } else if name.eq_ignore_ascii_case("retry-after") {
                retry_after = value.trim().parse().ok();
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                return Err(broken("a body without a length"));
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Answer { status, retry_after, body })
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(line),
        }
    }
}

fn status(line: &str) -> io::Result<u16> {
    let code = line.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    code.and_then(|code| code.parse().ok()).ok_or_else(|| broken("no HTTP/1.1 status line"))
}

fn broken(what: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::{Answer, Connection};

    async fn answers(wire: &str, requests: usize) -> Vec<std::io::Result<Answer>> {
        let (near, mut far) = duplex(4_096);
        far.write_all(wire.as_bytes()).await.unwrap();
        let mut connection = Connection::over(near, "localhost".to_owned());
        let mut answers = Vec::new();
        for _ in 0..requests {
            answers.push(connection.get("/").await);
        }
        answers
    }

    #[tokio::test]
    async fn answers_on_one_connection_are_told_apart() {
        let wire = "HTTP/1.1 503 Busy\r\nRetry-After: 2\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}";
        let answers: Vec<_> = answers(wire, 2).await.into_iter().map(Result::unwrap).collect();
        let answer = |status, retry_after, body: &str| Answer { status, retry_after, body: body.to_owned() };
        assert_eq!(answers, [answer(503, Some(2), ""), answer(202, None, "{}")]);
    }

    #[tokio::test]
    async fn an_invalid_answer_is_an_error() {
        for wire in ["SSH-2.0\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"] {
            assert!(answers(wire, 1).await.iter().all(Result::is_err), "{wire}");
        }
    }

    #[tokio::test]
    async fn a_posted_body_has_its_length() {
        let (near, mut far) = duplex(4_096);
        far.write_all(b"HTTP/1.1 202 Accepted\r\n\r\n").await.unwrap();
        let mut connection = Connection::over(near, "localhost".to_owned());
        connection.post_json("/path", "{\"a\":1}").await.unwrap();
        drop(connection);
        let mut request = String::new();
        far.read_to_string(&mut request).await.unwrap();
        assert!(request.starts_with("POST /path HTTP/1.1\r\nHost: localhost\r\n"), "{request}");
        assert!(request.ends_with("Content-Length: 7\r\n\r\n{\"a\":1}"), "{request}");
    }
}
