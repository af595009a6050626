//! The service under test: a process of its own, on a fresh database in a temporary folder.

use std::{
    env, fs, io,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{error::Error, process};

use super::connection::Connection;

/// How long the service may take to start, to write one more email, and to stop.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// A service in a folder of its own, running once it was started. Dropping it kills it; [`Service::stop`] is the polite
/// way.
pub(super) struct Service {
    process: Option<Child>,
    address: SocketAddr,
    folder: TempDir,
    /// Settings beside those that all have.
    further: Vec<(&'static str, &'static str)>,
}

impl Service {
    /// Starts the service with SQLite, emails as files and no limits.
    ///
    /// # Errors
    /// When the folder cannot be made or the program not be started.
    pub(super) fn start(binary: &Path) -> Result<Self, Error> {
        let mut service = Self::prepare()?;
        service.serve(binary)?;
        Ok(service)
    }

    /// Makes the folder of a service that is started later.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(super) fn prepare() -> Result<Self, Error> {
        let folder = TempDir::new().map_err(Error::write(env::temp_dir()))?;
        let address = free_address().map_err(Error::Load)?;
        Ok(Self { process: None, address, folder, further: Vec::new() })
    }

    /// Changes settings, before the start.
    pub(super) fn set(&mut self, settings: impl IntoIterator<Item = (&'static str, &'static str)>) {
        self.further.extend(settings);
    }

    /// A command of the program on the service's database; without further arguments it serves.
    pub(super) fn command(&self, binary: &Path) -> Command {
        let mut command = Command::new(binary);
        // Settings of the person who measures must not reach the service: neither the environment's nor a file's.
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("ACCOUNT_") {
                command.env_remove(&name);
            }
        }
        let folder = self.folder.path();
        command.current_dir(folder).envs(settings(folder, self.address)).envs(self.further.iter().copied());
        command.stdin(Stdio::null());
        command
    }

    /// Starts serving.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub(super) fn serve(&mut self, binary: &Path) -> Result<(), Error> {
        let log_path = self.folder.path().join("service.log");
        let log = fs::File::create(&log_path).map_err(Error::write(&log_path))?;
        let log_again = log.try_clone().map_err(Error::write(&log_path))?;
        let mut command = self.command(binary);
        command.arg("serve").stdout(log).stderr(log_again);
        let process = command.spawn().map_err(|source| Error::Start { command: process::line(&command), source })?;
        self.process = Some(process);
        Ok(())
    }

    /// The file of its database.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.path().join("account.db")
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the service says that it is ready.
    ///
    /// # Errors
    /// When it ends before or takes too long; its log is in the error.
    pub(super) async fn wait_until_ready(&mut self) -> Result<(), Error> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(Ok(Some(status))) = self.process.as_mut().map(Child::try_wait) {
                return Err(self.failed(&format!("ended while starting ({status})")));
            }
            if self.is_ready().await.unwrap_or(false) {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(self.failed("did not get ready"))
    }

    async fn is_ready(&self) -> io::Result<bool> {
        let mut connection = Connection::open(self.address).await?;
        Ok(connection.get("/health/readiness").await?.status == 204)
    }

    /// Waits until at least `expected` emails are written, or none has come for a while; returns how long it took.
    ///
    /// # Errors
    /// When the emails cannot be counted.
    pub(super) fn wait_for_mails(&self, expected: usize) -> Result<Duration, Error> {
        let start = Instant::now();
        let mut last = (self.mails()?, start);
        while last.0 < expected && last.1.elapsed() < PATIENCE {
            thread::sleep(PAUSE);
            let mails = self.mails()?;
            if mails > last.0 {
                last = (mails, Instant::now());
            }
        }
        Ok(start.elapsed())
    }

    /// How many emails are written.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub(super) fn mails(&self) -> Result<usize, Error> {
        let folder = mail_folder(self.folder.path());
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(Error::read(folder)(error)),
        };
        let is_mail = |entry: &io::Result<fs::DirEntry>| {
            let Ok(entry) = entry else { return false };
            entry.path().extension().is_some_and(|extension| extension == "eml")
        };
        Ok(entries.filter(is_mail).count())
    }

    /// The most memory that the process ever held, where the system tells.
    pub(super) fn peak_memory_kib(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.as_ref()?.id())).ok()?;
        peak_memory_kib(&status)
    }

    /// Asks the service to stop, as an operator would, and waits until it has.
    ///
    /// # Errors
    /// When it does not stop in time, or ends with a failure.
    pub(super) fn stop(mut self) -> Result<(), Error> {
        if let Some(process) = &self.process {
            process::run(Command::new("kill").args(["-TERM", &process.id().to_string()]))?;
        }
        match self.wait_for_end() {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(self.failed(&format!("ended with a failure ({status})"))),
            None => Err(self.failed("did not stop")),
        }
    }

    fn wait_for_end(&mut self) -> Option<ExitStatus> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Ok(Some(status)) = self.process.as_mut()?.try_wait() {
                return Some(status);
            }
            thread::sleep(PAUSE);
        }
        None
    }

    /// An error that ends with the last lines of the service's log.
    fn failed(&self, what: &str) -> Error {
        let log = fs::read_to_string(self.folder.path().join("service.log")).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        let last = lines.get(lines.len().saturating_sub(20)..).unwrap_or_default();
        Error::Service(format!("{what}; its log ends:\n{}", last.join("\n")))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to do.
        if let Some(process) = &mut self.process {
            let _ended = process.kill().and_then(|()| process.wait());
        }
    }
}

/// An address of this machine alone, with a port that is free right now.
pub(super) fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr()
}

fn mail_folder(folder: &Path) -> PathBuf {
    folder.join("mail")
}

fn settings(folder: &Path, address: SocketAddr) -> Vec<(&'static str, String)> {
    let off = || "off".to_owned();
    vec![
        ("ACCOUNT_HTTP__BIND", address.to_string()),
        ("ACCOUNT_HTTP__PUBLIC_URL", format!("http://{address}")),
        ("ACCOUNT_STORE__URL", format!("sqlite://{}", folder.join("account.db").display())),
        ("ACCOUNT_MAIL__DIRECTORY", mail_folder(folder).display().to_string()),
        ("ACCOUNT_REGISTRATION__CHALLENGE", off()),
        ("ACCOUNT_LIMITS__REGISTRATIONS", off()),
        ("ACCOUNT_LIMITS__MAIL_REQUESTS", off()),
        ("ACCOUNT_LIMITS__MAILS", off()),
        ("ACCOUNT_LIMITS__MAILS_PER_MAILBOX", off()),
        ("ACCOUNT_LIMITS__VERIFICATIONS", off()),
        ("ACCOUNT_LIMITS__RESEND", off()),
        ("ACCOUNT_LIMITS__SIGN_INS", off()),
        ("ACCOUNT_LIMITS__SIGN_IN_FAILURES", off()),
        ("ACCOUNT_LIMITS__SIGN_INS_PER_ACCOUNT", off()),
    ]
}

fn peak_memory_kib(status: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    value.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Service, peak_memory_kib};

    #[test]
    fn peak_memory_is_read_from_the_status() {
        assert_eq!(peak_memory_kib("Name:\tx\nVmHWM:\t   91234 kB\nVmRSS:\t 1 kB\n"), Some(91_234));
        assert_eq!(peak_memory_kib("Name:\tx\n"), None);
    }

    #[tokio::test]
    async fn a_service_that_ends_at_once_is_an_error() {
        let mut service = Service::start(Path::new("/bin/echo")).unwrap();
        let error = service.wait_until_ready().await.unwrap_err().to_string();
        assert!(error.contains("ended while starting"), "{error}");
        assert!(error.ends_with("serve"), "the log is part of the error: {error}");
    }

    #[test]
    fn only_finished_mails_are_counted() {
        let service = Service::start(Path::new("/bin/true")).unwrap();
        assert_eq!(service.mails().unwrap(), 0);
        let folder = super::mail_folder(service.folder.path());
        std::fs::create_dir(&folder).unwrap();
        for name in ["a.eml", "b.eml", "c.part"] {
            std::fs::write(folder.join(name), "").unwrap();
        }
        assert_eq!(service.mails().unwrap(), 2);
    }
}
