//! Asking for secrets on a terminal, which does not show what is typed.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use crate::error::CommandError;
use crate::output::print_error;
use crate::secret_text::bare;
use crate::signals::Signals;

/// A person at a terminal, who can interrupt from now on: while typing, and during what follows.
///
/// Left alone, a signal would end the process and leave the terminal without echo. Once somebody listens for signals,
/// they end no process by themselves any more, so the listening goes on until the process ends.
pub(crate) struct Person {
    echo: Arc<Mutex<Echo>>,
    /// Whether the command does what it was asked to do. An interrupt may come when that is done.
    is_acting: Arc<AtomicBool>,
}

impl Person {
    /// Returns the person at standard input; `None` if it is no terminal whose echo can be turned off.
    ///
    /// # Errors
    /// If the operating system does not allow listening for signals.
    pub(crate) fn at_terminal() -> Result<Option<Self>, CommandError> {
        if !cfg!(unix) || !stdin().is_terminal() {
            return Ok(None);
        }
        let mut signals = Signals::listen().map_err(CommandError::system("cannot listen for signals"))?;
        let (echo, is_acting) = (Arc::new(Mutex::new(Echo::default())), Arc::new(AtomicBool::new(false)));
        let person = Self { echo: Arc::clone(&echo), is_acting: Arc::clone(&is_acting) };
        tokio::spawn(async move {
            let signal = signals.next().await;
            // Held until the process ends, so that nobody turns the echo off again.
            let mut echo = lock(&echo);
            echo.turn_on();
            // The line that was typed has not ended.
            let _ = writeln!(stderr());
            print_error(&if is_acting.load(Ordering::SeqCst) {
                CommandError::InterruptedWhileActing
            } else {
                CommandError::Interrupted
            });
            std::process::exit(signal.exit_status());
        });
        Ok(Some(person))
    }

    /// Shows the question on standard error and returns the line that is typed, without its end. Empty if the input has
    /// ended. If the person interrupts, the process ends.
    ///
    /// # Errors
    /// If the terminal cannot be read.
    pub(crate) async fn ask(&self, question: &str) -> Result<Zeroizing<String>, CommandError> {
        let failed = CommandError::system("cannot read from the terminal");
        // Before the question: what is typed as soon as that is seen must not be shown.
        lock(&self.echo).turn_off().map_err(&failed)?;
        // If it cannot be shown, the terminal still waits for a line.
        let _ = write!(stderr(), "{question}").and_then(|()| stderr().flush());
        let reading = tokio::task::spawn_blocking(|| {
            let mut line = Zeroizing::new(String::new());
            stdin().read_line(&mut line).map(|_| line)
        });
        let line = reading.await;
        lock(&self.echo).turn_on();
        // The line end was not shown either.
        let _ = writeln!(stderr());
        let line = line.map_err(std::io::Error::other).flatten().map_err(&failed)?;
        Ok(Zeroizing::new(bare(&line).to_owned()))
    }

    /// Says that there are no more questions, and that the command now does what it was asked to do.
    pub(crate) fn let_act(self) {
        self.is_acting.store(true, Ordering::SeqCst);
    }
}

fn lock(echo: &Mutex<Echo>) -> MutexGuard<'_, Echo> {
    echo.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The echo of standard input.
#[cfg(unix)]
#[derive(Default)]
struct Echo {
    /// How the terminal was before the echo was turned off, until it is turned on again.
    before: Option<rustix::termios::Termios>,
}

#[cfg(unix)]
impl Echo {
    fn turn_off(&mut self) -> std::io::Result<()> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        let before = tcgetattr(stdin())?;
        let mut without = before.clone();
        without.local_modes -= LocalModes::ECHO | LocalModes::ECHOE | LocalModes::ECHOK | LocalModes::ECHONL;
        tcsetattr(stdin(), OptionalActions::Now, &without)?;
        self.before = Some(before);
        Ok(())
    }

    fn turn_on(&mut self) {
        if let Some(before) = self.before.take() {
            // If this fails, the terminal is gone.
            let _ = rustix::termios::tcsetattr(stdin(), rustix::termios::OptionalActions::Now, &before);
        }
    }
}

/// Elsewhere nobody is asked.
#[cfg(not(unix))]
#[derive(Default)]
struct Echo;

#[cfg(not(unix))]
impl Echo {
    #[expect(clippy::unnecessary_wraps, reason = "it answers as on Unix")]
    fn turn_off(&mut self) -> std::io::Result<()> {
        Ok(())
    }

    fn turn_on(&mut self) {}
}
