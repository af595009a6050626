//! A mail server in the same process.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use super::conversation::Conversation;
use super::record::{ReceivedMail, Record, Shared};
use super::script::{Script, SinkTls};
use super::tls::ServerTls;

/// A mail server on a port of the loopback address. It stops when dropped.
pub struct SmtpSink {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: Option<JoinHandle<()>>,
}

impl SmtpSink {
    /// Starts a sink without TLS.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(script: Script) -> io::Result<Self> {
        Self::start_with_tls(SinkTls::None, &["127.0.0.1", "localhost"], script).await
    }

    /// Starts a sink whose certificate is for these names, by an authority of its own ([`Self::ca_pem`]).
    ///
    /// # Errors
    /// When no port can be had or no certificate be made.
    pub async fn start_with_tls(tls: SinkTls, names: &[&str], script: Script) -> io::Result<Self> {
        let server_tls = ServerTls::for_names(names)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { tls, server_tls, script: Mutex::new(script), records: Mutex::new(Vec::new()) });
        let task = Some(tokio::spawn(accept(listener, Arc::clone(&shared))));
        Ok(Self { address, shared, task })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL to give to [`crate::config::SmtpSettings::parse`].
    #[must_use]
    pub fn url(&self) -> String {
        match self.shared.tls {
            SinkTls::None => format!("smtp://{}", self.address),
            SinkTls::StartTls => format!("smtp://{}?tls=starttls", self.address),
            SinkTls::Implicit => format!("smtps://{}", self.address),
        }
    }

    /// The certificate of the authority that signed the sink's, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.shared.server_tls.ca_pem
    }

    /// Behaves differently from the next command on, kept connections included.
    pub fn set_script(&self, script: Script) {
        *self.shared.script.lock().unwrap_or_else(PoisonError::into_inner) = script;
    }

    /// What was said on each connection so far, in the order of their coming.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        self.shared.records.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All emails that were received to their final dot, accepted or not.
    #[must_use]
    pub fn mails(&self) -> Vec<ReceivedMail> {
        self.records().into_iter().flat_map(|record| record.mails).collect()
    }

    /// Ends every connection and refuses new ones.
    pub async fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            // An aborted task is what was asked for.
            let _ = task.await;
        }
    }

    /// Listens again at the same address.
    ///
    /// # Errors
    /// When the port has been taken meanwhile.
    pub async fn resume(&mut self) -> io::Result<()> {
        if self.task.is_none() {
            let listener = TcpListener::bind(self.address).await?;
            self.task = Some(tokio::spawn(accept(listener, Arc::clone(&self.shared))));
        }
        Ok(())
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Dropped with this task, and the connections with it.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let index = {
            let mut records = shared.records.lock().unwrap_or_else(PoisonError::into_inner);
            records.push(Record::default());
            records.len() - 1
        };
        let conversation = Conversation::new(Arc::clone(&shared), index);
        connections.spawn(async move {
            // The client's going away is the usual end of a conversation.
            let _ = conversation.hold(stream).await;
        });
    }
}
