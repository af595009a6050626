//! Asking for a secret on a terminal, which does not show what is typed.

use std::io::{IsTerminal, Write, stderr, stdin};

use zeroize::Zeroizing;

use crate::error::CommandError;
use crate::secret_text::bare;
use crate::signals::Signals;

/// Returns whether a person can be asked: standard input is a terminal whose echo can be turned off.
pub(crate) fn can_ask() -> bool {
    cfg!(unix) && stdin().is_terminal()
}

/// Shows the question on standard error and returns the line that is typed, without its end. Empty if the input has ended.
///
/// # Errors
/// If the terminal cannot be read, or the person interrupts.
pub(crate) async fn ask(question: &str) -> Result<Zeroizing<String>, CommandError> {
    let failed = CommandError::system("cannot read from the terminal");
    // An interrupt would end the process, and leave the terminal without echo.
    let mut signals = Signals::listen().map_err(&failed)?;
    // Before the question: what is typed as soon as that is seen must not be shown.
    let unseen = Unseen::begin().map_err(&failed)?;
    // If it cannot be shown, the terminal still waits for a line.
    let _ = write!(stderr(), "{question}").and_then(|()| stderr().flush());
    let reading = tokio::task::spawn_blocking(|| {
        let mut line = Zeroizing::new(String::new());
        stdin().read_line(&mut line).map(|_| line)
    });
    let line = tokio::select! {
        line = reading => line.map_err(std::io::Error::other).flatten().map_err(&failed),
        () = signals.next() => Err(CommandError::Interrupted),
    };
    drop(unseen);
    // The line end was not shown either.
    let _ = writeln!(stderr());
    line.map(|line| Zeroizing::new(bare(&line).to_owned()))
}

/// Turns the echo of standard input off until it is dropped.
#[cfg(unix)]
struct Unseen(rustix::termios::Termios);

#[cfg(unix)]
impl Unseen {
    fn begin() -> std::io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        let shown = tcgetattr(stdin())?;
        let mut unseen = shown.clone();
        unseen.local_modes -= LocalModes::ECHO | LocalModes::ECHOE | LocalModes::ECHOK | LocalModes::ECHONL;
        tcsetattr(stdin(), OptionalActions::Now, &unseen)?;
        Ok(Self(shown))
    }
}

#[cfg(unix)]
impl Drop for Unseen {
    fn drop(&mut self) {
        // If this fails, the terminal is gone.
        let _ = rustix::termios::tcsetattr(stdin(), rustix::termios::OptionalActions::Now, &self.0);
    }
}

/// Elsewhere nobody is asked.
#[cfg(not(unix))]
struct Unseen;

#[cfg(not(unix))]
impl Unseen {
    #[expect(clippy::unnecessary_wraps, reason = "it answers as on Unix")]
    fn begin() -> std::io::Result<Self> {
        Ok(Self)
    }
}
