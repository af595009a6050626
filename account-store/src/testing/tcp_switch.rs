//! A switch between a client and its server: a network that fails, or a name that moves to another server.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// Passes connections to a port of this machine on to a server, until told otherwise. Everything on it is closed when
/// it is dropped.
#[derive(Debug)]
pub struct TcpSwitch {
    address: SocketAddr,
    rules: watch::Sender<Rules>,
    /// The connections that are open.
    open: Arc<Mutex<JoinSet<()>>>,
    accepting: AbortHandle,
}

/// Where a server listens.
#[derive(Debug, Clone)]
pub enum Target {
    /// At a port.
    Port(SocketAddr),
    /// At a socket.
    Socket(PathBuf),
}

impl From<SocketAddr> for Target {
    fn from(address: SocketAddr) -> Self {
        Self::Port(address)
    }
}

impl From<PathBuf> for Target {
    fn from(path: PathBuf) -> Self {
        Self::Socket(path)
    }
}

#[derive(Debug, Clone)]
struct Rules {
    target: Target,
    swallows: bool,
}

impl TcpSwitch {
    /// Starts to listen, and passes on to the target.
    ///
    /// # Errors
    /// If there is no free port.
    pub async fn to(target: impl Into<Target>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (rules, seen) = watch::channel(Rules { target: target.into(), swallows: false });
        let open = Arc::new(Mutex::new(JoinSet::new()));
        let connections = Arc::clone(&open);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let passing = pass(client, seen.clone());
                connections.lock().unwrap_or_else(PoisonError::into_inner).spawn(passing);
            }
        });
        Ok(Self { address, rules, open, accepting: accepting.abort_handle() })
    }

    /// Returns the port that it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// Loses everything that arrives from now on, without telling anybody: on open connections and new ones.
    pub fn swallow(&self) {
        self.rules.send_modify(|rules| rules.swallows = true);
    }

    /// Passes new connections on again. What was lost on older ones stays lost, so they are closed.
    pub fn pass(&self) {
        self.rules.send_modify(|rules| rules.swallows = false);
        self.cut();
    }

    /// Passes new connections on to another server. Open ones stay with theirs.
    pub fn move_to(&self, target: impl Into<Target>) {
        let target = target.into();
        self.rules.send_modify(|rules| rules.target = target);
    }

    /// Closes all open connections.
    pub fn cut(&self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
    }
}

impl Drop for TcpSwitch {
    fn drop(&mut self) {
        self.accepting.abort();
        self.cut();
    }
}

async fn pass(client: TcpStream, rules: watch::Receiver<Rules>) {
    let Rules { target, swallows } = rules.borrow().clone();
    if swallows {
        // Open, and silent.
        std::future::pending::<()>().await;
    }
    match target {
        Target::Port(address) => {
            if let Ok(server) = TcpStream::connect(address).await {
                join(client, server, rules).await;
            }
        }
        Target::Socket(path) => {
            if let Ok(server) = UnixStream::connect(path).await {
                join(client, server, rules).await;
            }
        }
    }
}

async fn join(client: TcpStream, server: impl AsyncRead + AsyncWrite, rules: watch::Receiver<Rules>) {
    let ((from_client, to_client), (from_server, to_server)) = (split(client), split(server));
    // The end of one direction ends the connection.
    tokio::select! {
        () = copy(from_client, to_server, rules.clone()) => {}
        () = copy(from_server, to_client, rules) => {}
    }
}

async fn copy(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, rules: watch::Receiver<Rules>) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await.unwrap_or(0);
        if rules.borrow().swallows {
            // The end of the connection is lost too.
            std::future::pending::<()>().await;
        }
        if read == 0 || to.write_all(buffer.get(..read).unwrap_or_default()).await.is_err() {
            return;
        }
    }
}
