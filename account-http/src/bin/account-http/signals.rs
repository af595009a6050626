//! Stop signals.

use std::io;

use tokio_util::sync::CancellationToken;

/// Returns a token that is canceled when the process gets SIGTERM or SIGINT. A second signal ends the process at once,
/// for people who do not want to wait.
///
/// # Errors
/// If the operating system does not allow listening for signals.
pub(crate) fn stop_token() -> io::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let mut signals = Signals::listen()?;
    let token = stop.clone();
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!(event = "stopping", "stopping: accepted requests are finished first");
        token.cancel();
        signals.next().await;
        tracing::warn!(event = "stopped_at_once", "stopping immediately");
        std::process::exit(1);
    });
    Ok(stop)
}

/// A signal that stops a process.
#[derive(Debug, Clone, Copy)]
pub(crate) enum StopSignal {
    /// SIGINT, as of Ctrl-C.
    Interrupt,
    /// SIGTERM.
    #[cfg(unix)]
    Terminate,
}

impl StopSignal {
    /// Returns what a process exits with that it ends, as shells report it: 128 and the number of the signal.
    pub(crate) const fn exit_status(self) -> i32 {
        match self {
            Self::Interrupt => 130,
            #[cfg(unix)]
            Self::Terminate => 143,
        }
    }
}

/// The signals that stop a process. Once somebody listens, they do not end it by themselves.
#[cfg(unix)]
pub(crate) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Starts listening.
    ///
    /// # Errors
    /// If the operating system does not allow it.
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) -> StopSignal {
        tokio::select! {
            _ = self.terminate.recv() => StopSignal::Terminate,
            _ = self.interrupt.recv() => StopSignal::Interrupt,
        }
    }
}

#[cfg(not(unix))]
pub(crate) struct Signals;

#[cfg(not(unix))]
impl Signals {
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    pub(crate) async fn next(&mut self) -> StopSignal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        StopSignal::Interrupt
    }
}
