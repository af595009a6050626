//! A receiver of webhooks: what another system is, as far as this service sees it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::patience::PATIENCE;
use crate::wire;

/// A message as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookMessage {
    /// Its headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Its body, to the byte.
    pub body: String,
}

impl WebhookMessage {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.headers.get("webhook-id").map_or("", String::as_str)
    }

    /// A part of the body, by JSON pointer; null when there is none.
    #[must_use]
    pub fn part(&self, pointer: &str) -> Value {
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        body.pointer(pointer).cloned().unwrap_or_default()
    }
}

/// A receiver on this machine. It ends with this.
pub struct WebhookReceiver {
    port: u16,
    status: Arc<AtomicU16>,
    messages: Arc<Mutex<Vec<WebhookMessage>>>,
    _server: JoinSet<()>,
}

impl WebhookReceiver {
    /// A receiver that answers with that status, and never when it is 0.
    pub async fn answering(status: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (status, messages) = (Arc::new(AtomicU16::new(status)), Arc::default());
        let (answer, taken, mut server) = (Arc::clone(&status), Arc::clone(&messages), JoinSet::new());
        server.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((connection, _)) = listener.accept().await {
                let (answer, taken) = (Arc::clone(&answer), Arc::clone(&taken));
                connections.spawn(async move { receive(connection, &answer, &taken).await });
            }
        });
        Self { port, status, messages, _server: server }
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The URL of it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// Answers with another status from now on.
    pub fn answer(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// What came so far, in the order in which it came.
    #[must_use]
    pub fn messages(&self) -> Vec<WebhookMessage> {
        self.messages.lock().map(|messages| messages.clone()).unwrap_or_default()
    }

    /// Waits until that many messages have come.
    pub async fn wait_for(&self, count: usize) -> Vec<WebhookMessage> {
        for _ in 0..PATIENCE.as_millis() / 20 {
            let messages = self.messages();
            if messages.len() >= count {
                return messages;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("only {} of {count} messages have come", self.messages().len());
    }
}

async fn receive(mut connection: TcpStream, status: &AtomicU16, taken: &Mutex<Vec<WebhookMessage>>) {
    let mut bytes = Vec::new();
    let message = loop {
        if let Some(message) = message_of(&bytes) {
            break message;
        }
        match connection.read_buf(&mut bytes).await {
            Ok(count) if count > 0 => {}
            _ => return,
        }
    };
    if let Ok(mut taken) = taken.lock() {
        taken.push(message);
    }
    let status = status.load(Ordering::SeqCst);
    if status == 0 {
        std::future::pending::<()>().await;
    }
    let answer = format!("HTTP/1.1 {status} So\r\nContent-Length: 6\r\nConnection: close\r\n\r\nthanks");
    let _ = connection.write_all(answer.as_bytes()).await;
    let _ = connection.shutdown().await;
}

/// The message, once all of it is there.
fn message_of(bytes: &[u8]) -> Option<WebhookMessage> {
    let (head, body) = wire::split(bytes)?;
    let headers = wire::headers(&head);
    let length: usize = headers.get("content-length")?.parse().ok()?;
    // To the byte, because it is signed.
    let body = String::from_utf8(body.to_vec()).ok()?;
    (body.len() == length).then_some(WebhookMessage { headers, body })
}
