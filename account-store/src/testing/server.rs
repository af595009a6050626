//! A server process, and the process that watches it.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_mins(2);

/// The watching process waits for the end of its input, which ends with the process that started it. Then it stops the
/// server and removes its directory. A line of input is a signal to stop the server with, and keeps the directory.
/// Arguments: the directory, the signal, the server's command line.
const WATCH: &str = r#"
directory=$1; signal=$2; shift 2
"$@" >>"$directory/log" 2>&1 </dev/null &
server=$!
if read -r told; then
    kill -s "$told" "$server"
    wait "$server"
    exit
fi
kill -s "$signal" "$server"
wait "$server"
rm -rf "$directory"
"#;

/// A running server.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) directory: PathBuf,
    /// Closing this input stops the server.
    watch: Mutex<Child>,
}

impl Server {
    /// Stops the server with that signal, and returns when it has ended. Its directory stays.
    pub(super) fn stop(self, signal: &str) -> io::Result<()> {
        let mut watch = self.watch.into_inner().unwrap_or_else(PoisonError::into_inner);
        let told = watch.stdin.take().map_or(Ok(()), |mut input| writeln!(input, "{signal}"));
        watch.wait().and(told)
    }
}

/// A server that is not running yet: a temporary directory, and the account to run it as.
#[derive(Debug)]
pub(super) struct Preparation {
    pub(super) directory: PathBuf,
    account: Option<&'static str>,
}

impl Preparation {
    /// Creates the directory. Servers refuse to run as root, so they run as the account that their package created.
    pub(super) fn new(name: &str, account: &'static str) -> io::Result<Self> {
        Self::within(&base(), name, account)
    }

    /// Creates the directory within another one.
    pub(super) fn within(base: &Path, name: &str, account: &'static str) -> io::Result<Self> {
        let directory = tempfile::Builder::new().prefix(&format!("account-{name}-")).tempdir_in(base)?.keep();
        let is_root = Command::new("id").arg("-u").output()?.stdout.trim_ascii() == b"0";
        let account = is_root.then_some(account);
        if let Some(account) = account {
            succeed(Command::new("chown").arg(account).arg(&directory))?;
        }
        Ok(Self { directory, account })
    }

    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = match self.account {
            None => Command::new(program),
            Some(account) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", account, "--regid", account, "--clear-groups", "--"]).arg(program);
                command
            }
        };
        command.current_dir(&self.directory);
        command
    }

    /// Writes a file that only the server's account can read.
    #[cfg(test)]
    pub(super) fn write(&self, name: &str, contents: &str) -> io::Result<PathBuf> {
        use std::os::unix::fs::PermissionsExt;

        let path = self.directory.join(name);
        fs::write(&path, contents)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        if let Some(account) = self.account {
            succeed(Command::new("chown").arg(account).arg(&path))?;
        }
        Ok(path)
    }

    /// Runs a program, and waits until it ends.
    pub(super) fn run<A: AsRef<OsStr>>(
        &self,
        program: &Path,
        arguments: impl IntoIterator<Item = A>,
    ) -> io::Result<()> {
        succeed(self.command(program).args(arguments))
    }

    /// Starts the server, and waits until it listens on the socket.
    pub(super) fn start<A: AsRef<OsStr>>(
        &self,
        program: &Path,
        arguments: impl IntoIterator<Item = A>,
        signal: &str,
        socket: &str,
    ) -> io::Result<Server> {
        let mut watch = self.command("sh");
        watch.args(["-c", WATCH, "sh"]).arg(&self.directory).arg(signal).arg(program).args(arguments);
        let watch = watch.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let server = Server { directory: self.directory.clone(), watch: Mutex::new(watch) };
        let begun = Instant::now();
        while UnixStream::connect(server.directory.join(socket)).is_err() {
            if begun.elapsed() > PATIENCE {
                let log = fs::read_to_string(server.directory.join("log")).unwrap_or_default();
                return Err(io::Error::other(format!("it does not listen; its log: {log}")));
            }
            sleep(Duration::from_millis(20));
        }
        Ok(server)
    }
}

/// In memory if the system offers that: each test creates a schema, which takes a hundred times as long on a disk.
fn base() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

fn succeed(command: &mut Command) -> io::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| io::Error::new(error.kind(), format!("{name}: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(io::Error::other(format!("{name} failed: {text}")))
}
