//! A server for tests: takes what it is sent, and answers what it was told to.

use std::sync::{Arc, Mutex};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

/// A server on this machine. It ends with this.
pub(super) struct Peer {
    pub(super) port: u16,
    /// What it trusts in, where it speaks TLS.
    pub(super) certificate: Option<CertificateDer<'static>>,
    requests: Arc<Mutex<Vec<String>>>,
    _server: JoinSet<()>,
}

/// What it answers.
#[derive(Clone)]
pub(super) enum Script {
    /// That, and the end of the connection.
    Answer(String),
    /// That, and then nothing more, with the connection open.
    AnswerAndHang(String),
}

impl Peer {
    /// A server that answers with that status, and nothing else.
    pub(super) async fn answering(status: u16) -> Self {
        Self::start(Script::Answer(format!("HTTP/1.1 {status} So\r\ncontent-length: 0\r\n\r\n")), None).await
    }

    /// A server without TLS.
    pub(super) async fn following(script: Script) -> Self {
        Self::start(script, None).await
    }

    /// A server with TLS, as `localhost`.
    pub(super) async fn encrypted(script: Script) -> Self {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der()).into();
        let settings = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let settings = settings.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let settings = settings.with_single_cert(vec![cert.der().clone()], key).unwrap();
        Self::start(script, Some((TlsAcceptor::from(Arc::new(settings)), cert.der().clone()))).await
    }

    async fn start(script: Script, tls: Option<(TlsAcceptor, CertificateDer<'static>)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (acceptor, certificate) = tls.unzip();
        let requests = Arc::default();
        let (taken, mut server) = (Arc::clone(&requests), JoinSet::new());
        server.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((connection, _)) = listener.accept().await {
                let (script, taken, acceptor) = (script.clone(), Arc::clone(&taken), acceptor.clone());
                connections.spawn(async move {
                    match acceptor {
                        None => answer(connection, &script, &taken).await,
                        Some(acceptor) => {
                            let Ok(connection) = acceptor.accept(connection).await else { return };
                            answer(connection, &script, &taken).await;
                        }
                    }
                });
            }
        });
        Self { port, certificate, requests, _server: server }
    }

    /// What it was sent so far: each request's head and body.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn answer(mut connection: impl AsyncRead + AsyncWrite + Unpin, script: &Script, taken: &Mutex<Vec<String>>) {
    let mut request = String::new();
    while !is_whole(&request) {
        let mut bytes = [0; 1_024];
        match connection.read(&mut bytes).await {
            Ok(count) if count > 0 => request.push_str(std::str::from_utf8(&bytes[..count]).unwrap()),
            _ => return,
        }
    }
    taken.lock().unwrap().push(request);
    let (Script::Answer(text) | Script::AnswerAndHang(text)) = script;
    let _ = connection.write_all(text.as_bytes()).await;
    let _ = connection.flush().await;
    match script {
        Script::Answer(_) => drop(connection.shutdown().await),
        Script::AnswerAndHang(_) => std::future::pending().await,
    }
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
