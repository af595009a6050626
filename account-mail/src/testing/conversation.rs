//! The sink's side of one connection.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use super::record::{ReceivedMail, Shared};
use super::script::{Fault, Point, SinkTls};

/// Something to talk over.
trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}

/// How a command was answered.
enum Next {
    Go,
    Close,
}

pub(super) struct Conversation {
    shared: Arc<Shared>,
    index: usize,
    encrypted: bool,
    buffer: Vec<u8>,
    from: Option<String>,
    recipients: Vec<String>,
}

impl Conversation {
    pub(super) const fn new(shared: Arc<Shared>, index: usize) -> Self {
        Self { shared, index, encrypted: false, buffer: Vec::new(), from: None, recipients: Vec::new() }
    }

    /// Talks until one side has enough.
    pub(super) async fn hold(mut self, stream: TcpStream) -> io::Result<()> {
        let mut stream: Box<dyn Duplex> = if self.shared.tls == SinkTls::Implicit {
            self.encrypted = true;
            Box::new(self.shared.server_tls.acceptor.accept(stream).await?)
        } else {
            Box::new(stream)
        };
        if let Next::Close = self.answer(&mut stream, Point::Greeting, "220 sink.test ESMTP").await? {
            return Ok(());
        }
        while let Some(line) = self.until(&mut stream, b"\r\n").await? {
            let line = String::from_utf8_lossy(&line).into_owned();
            self.shared.update(self.index, |record| record.commands.push(line.clone()));
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            if verb == "STARTTLS" {
                let Some(encrypted) = self.start_tls(stream).await? else { return Ok(()) };
                stream = encrypted;
            } else if let Next::Close = self.command(&mut stream, &verb, line).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn command(&mut self, stream: &mut Box<dyn Duplex>, verb: &str, line: String) -> io::Result<Next> {
        match verb {
            "EHLO" => {
                let offers = self.offers();
                self.answer(stream, Point::Ehlo, &offers).await
            }
            "AUTH" => self.answer(stream, Point::Auth, "235 2.7.0 welcome").await,
            "MAIL" => {
                self.from = Some(line);
                self.recipients.clear();
                self.answer(stream, Point::Mail, "250 2.1.0 ok").await
            }
            "RCPT" => {
                self.recipients.push(line);
                self.answer(stream, Point::Recipient, "250 2.1.5 ok").await
            }
            "DATA" => self.data(stream).await,
            "RSET" | "NOOP" => self.write(stream, "250 2.0.0 ok").await,
            "QUIT" => self.write(stream, "221 2.0.0 bye").await.map(|_| Next::Close),
            _ => self.write(stream, "500 5.5.1 what?").await,
        }
    }

    /// The answer to EHLO.
    fn offers(&self) -> String {
        let script = self.shared.script();
        let mut lines = vec!["sink.test", "PIPELINING", "8BITMIME"];
        if script.smtp_utf8 {
            lines.push("SMTPUTF8");
        }
        if script.offers_auth {
            lines.push("AUTH PLAIN");
        }
        if self.shared.tls == SinkTls::StartTls && script.offers_starttls && !self.encrypted {
            lines.push("STARTTLS");
        }
        let last = lines.pop().unwrap_or_default();
        format!("250-{}\r\n250 {last}", lines.join("\r\n250-"))
    }

    async fn start_tls(&mut self, mut stream: Box<dyn Duplex>) -> io::Result<Option<Box<dyn Duplex>>> {
        let mut answer = "220 2.0.0 go ahead".to_owned();
        if let Some(Fault::InjectAfterStartTls(text)) = self.shared.script().fault {
            answer = format!("{answer}\r\n{text}");
        }
        if let Next::Close = self.answer(&mut stream, Point::StartTls, &answer).await? {
            return Ok(None);
        }
        let stream = self.shared.server_tls.acceptor.accept(stream).await?;
        self.encrypted = true;
        Ok(Some(Box::new(stream)))
    }

    async fn data(&mut self, stream: &mut Box<dyn Duplex>) -> io::Result<Next> {
        if let Some(Fault::Answer(Point::Data, _) | Fault::Close(Point::Data) | Fault::Silence(Point::Data)) =
            self.shared.script().fault
        {
            return self.answer(stream, Point::Data, "").await;
        }
        self.write(stream, "354 go on").await?;
        // The end is CRLF, dot, CRLF and nothing like it; an empty email has no CRLF of its own before the dot.
        self.buffer.splice(0..0, *b"\r\n");
        let Some(mut stuffed) = self.until(stream, b"\r\n.\r\n").await? else { return Ok(Next::Close) };
        stuffed.drain(..2);
        stuffed.extend(b"\r\n");
        let accepted = !matches!(
            self.shared.script().fault,
            Some(Fault::Answer(Point::Content, _) | Fault::Close(Point::Content) | Fault::Silence(Point::Content))
        );
        let mail = ReceivedMail {
            from: self.from.take().unwrap_or_default(),
            recipients: std::mem::take(&mut self.recipients),
            content: unstuffed(&stuffed),
            stuffed,
            accepted,
        };
        self.shared.update(self.index, |record| record.mails.push(mail));
        self.answer(stream, Point::Content, "250 2.0.0 taken").await
    }

    /// The usual answer, unless the script has another one for this point.
    async fn answer(&self, stream: &mut Box<dyn Duplex>, point: Point, usual: &str) -> io::Result<Next> {
        match self.shared.script().fault {
            Some(Fault::Answer(at, text)) if at == point => self.write(stream, &text).await,
            Some(Fault::Close(at)) if at == point => Ok(Next::Close),
            Some(Fault::Silence(at)) if at == point => std::future::pending().await,
            _ => self.write(stream, usual).await,
        }
    }

    async fn write(&self, stream: &mut Box<dyn Duplex>, text: &str) -> io::Result<Next> {
        let text = format!("{text}\r\n");
        if self.shared.script().fault == Some(Fault::Slow) {
            for byte in text.bytes() {
                stream.write_all(&[byte]).await?;
                stream.flush().await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        } else {
            stream.write_all(text.as_bytes()).await?;
            stream.flush().await?;
        }
        Ok(Next::Go)
    }

    /// What comes before this mark. `None` when the client goes away first.
    async fn until(&mut self, stream: &mut Box<dyn Duplex>, mark: &[u8]) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(at) = self.buffer.windows(mark.len()).position(|bytes| bytes == mark) {
                let rest = self.buffer.split_off(at + mark.len());
                let mut found = std::mem::replace(&mut self.buffer, rest);
                found.truncate(at);
                return Ok(Some(found));
            }
            let known = self.buffer.len();
            if stream.read_buf(&mut self.buffer).await? == 0 {
                return Ok(None);
            }
            let new = self.buffer.get(known..).unwrap_or_default();
            self.shared.update(self.index, |record| {
                record.bytes.extend(new);
                if !self.encrypted {
                    record.clear.extend(new);
                }
            });
        }
    }
}

/// Takes the doubled dots back.
fn unstuffed(stuffed: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(stuffed.len());
    for line in stuffed.split_inclusive(|byte| *byte == b'\n') {
        content.extend(line.strip_prefix(b".").unwrap_or(line));
    }
    content
}
