//! The real binary, as an operator runs it, with emails written as files.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Output, Stdio};
use std::time::Duration;

use account_store::testing::{Engine, ThrowawayDatabase};
use account_store::{DatabaseStore, StoreOptions};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

use crate::patience::PATIENCE;
use crate::wire::{self, Reply};

/// A running service in a folder of its own.
pub struct Service {
    folder: TempDir,
    settings: BTreeMap<String, String>,
    /// Kept for as long as the service: dropping it removes it.
    _database: Option<ThrowawayDatabase>,
    port: u16,
    process: Option<Child>,
    starts: u32,
    open_files: Option<u32>,
}

/// The binary that `cargo xtask test` has built, or the one beside the test binary.
fn binary() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "where the binary is, is told by the person who runs the tests")]
    let named = std::env::var_os("SERVICE_BINARY").map(PathBuf::from);
    let path = named.unwrap_or_else(|| {
        let this = std::env::current_exe().expect("a path of the test binary");
        this.ancestors().nth(2).expect("a target folder").join("account-http")
    });
    assert!(path.is_file(), "{} is not there: run the tests by `cargo xtask test`", path.display());
    path
}

/// The master key's file where the service does not make one.
const MASTER_KEY_FILE: &str = "account-data/master.key";

/// A database on a server, if the person who runs the tests has chosen one: `TEST_DATABASE` is `postgres` or `mariadb`.
fn database() -> Option<ThrowawayDatabase> {
    #[expect(clippy::disallowed_methods, reason = "which database it is, is told by the person who runs the tests")]
    let named = std::env::var("TEST_DATABASE").unwrap_or_else(|_| "sqlite".to_owned());
    let engine = Engine::by_name(&named).expect("TEST_DATABASE is sqlite, postgres or mariadb");
    if engine == Engine::Sqlite {
        return None;
    }
    // On a thread of its own: a test may wait for this in the middle of its own runtime.
    let make = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(ThrowawayDatabase::new(engine))
    };
    Some(std::thread::spawn(make).join().expect("a database"))
}

impl Service {
    /// A service that is ready for requests, with cheap hashes and no limits.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same with further settings, as environment variables without their prefix.
    pub async fn start_with(settings: &[(&str, &str)]) -> Self {
        let mut service = Self::prepare(settings);
        service.launch().await;
        service
    }

    /// A service that is not started yet.
    #[must_use]
    pub fn prepare(settings: &[(&str, &str)]) -> Self {
        let mut all = BTreeMap::from([
            ("HASHING__MEMORY_KIB".to_owned(), "64".to_owned()),
            ("HASHING__ITERATIONS".to_owned(), "1".to_owned()),
            ("HASHING__QUEUE".to_owned(), "1000".to_owned()),
            ("REGISTRATION__CHALLENGE".to_owned(), "off".to_owned()),
        ]);
        for limit in [
            "REGISTRATIONS",
            "VERIFICATIONS",
            "RESEND",
            "MAIL_REQUESTS",
            "MAILS",
            "MAILS_PER_MAILBOX",
            "SIGN_INS",
            "SIGN_IN_FAILURES",
            "SIGN_INS_PER_ACCOUNT",
            "RESETS",
            "RESETS_PER_DAY",
        ] {
            all.insert(format!("LIMITS__{limit}"), "off".to_owned());
        }
        let database = database();
        if let Some(database) = &database {
            all.insert("STORE__URL".to_owned(), database.url().to_owned());
        }
        all.extend(settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        Self::with(all, database)
    }

    /// A service that is not started yet, as it comes: with limits, and hashes that cost what they should. Its database
    /// is the embedded one, unless `STORE__URL` is among the settings: several services on one database have the same
    /// master key.
    #[must_use]
    pub fn prepare_as_shipped(settings: &[(&str, &str)]) -> Self {
        let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Self::with(settings.collect(), None)
    }

    fn with(mut settings: BTreeMap<String, String>, database: Option<ThrowawayDatabase>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        if settings.get("STORE__URL").is_some_and(|url| !url.starts_with("sqlite:")) {
            settings.entry("STORE__MASTER_KEY_FILE".to_owned()).or_insert_with(|| MASTER_KEY_FILE.to_owned());
            let path = folder.path().join(MASTER_KEY_FILE);
            std::fs::create_dir_all(folder.path().join("account-data")).expect("a folder");
            std::fs::write(path, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n").expect("a file for the master key");
        }
        let mut service =
            Self { folder, settings, _database: database, port: 0, process: None, starts: 0, open_files: None };
        service.take_port();
        service
    }

    /// Chooses a port that is free now. One that was chosen long before the start may be taken by then.
    pub fn take_port(&mut self) {
        self.port = wire::free_port();
        self.settings.insert("HTTP__BIND".to_owned(), format!("127.0.0.1:{}", self.port));
    }

    /// Lets the process have only so many open files.
    #[must_use]
    pub fn with_open_files(mut self, files: u32) -> Self {
        self.open_files = Some(files);
        self
    }

    /// A command of the binary in the service's folder, with its settings.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match self.open_files {
            Some(files) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", &format!("ulimit -n {files} && exec \"$0\" \"$@\"")]).arg(binary());
                shell
            }
            None => Command::new(binary()),
        };
        command.args(arguments).current_dir(self.folder.path()).kill_on_drop(true).stdin(Stdio::null());
        for (key, value) in &self.settings {
            command.env(format!("ACCOUNT_{key}"), value);
        }
        command
    }

    /// Runs a command of the binary to its end.
    pub async fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().await.expect("the binary runs")
    }

    /// Runs a command of the binary to its end, with that on its standard input.
    pub async fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("the binary starts");
        let mut stdin = process.stdin.take().expect("a pipe");
        // One that ends without reading says why in what is answered here.
        let written = stdin.write_all(input.as_bytes()).await;
        assert!(written.map_or_else(|error| error.kind() == ErrorKind::BrokenPipe, |()| true), "it reads or ends");
        drop(stdin);
        process.wait_with_output().await.expect("the binary runs")
    }

    /// Makes accounts of those records, as an operator imports them.
    pub async fn import(&self, records: &[Value]) {
        let path = self.path("records.jsonl");
        let lines: Vec<_> = records.iter().map(Value::to_string).collect();
        std::fs::write(&path, lines.join("\n")).expect("a file");
        let output = self.run(&["import", "--restart", "records.jsonl"]).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Its database. What is written to it meanwhile, the service sees.
    pub async fn open_store(&self) -> DatabaseStore {
        let own = || format!("sqlite://{}", self.path("account-data/account.db").display());
        let url = self.settings.get("STORE__URL").cloned().unwrap_or_else(own);
        DatabaseStore::connect(&StoreOptions::new(url)).await.expect("the database")
    }

    /// Starts the process and waits until it is ready.
    pub async fn launch(&mut self) {
        self.launch_process();
        self.wait_until_ready().await;
    }

    /// Starts the process. What it prints and logs is kept in files.
    pub fn launch_process(&mut self) {
        self.launch_process_with(&[]);
    }

    /// The same with further arguments of `serve`.
    pub fn launch_process_with(&mut self, arguments: &[&str]) {
        self.starts += 1;
        let file = |name: &str| {
            std::fs::File::create(self.path(&format!("{name}-{}.txt", self.starts))).expect("a file for output")
        };
        let mut command = self.command(&["serve"]);
        command.args(arguments);
        command.stdout(file("stdout")).stderr(file("stderr"));
        self.process = Some(command.spawn().expect("the binary starts"));
    }

    /// Waits until the service says that it is ready.
    pub async fn wait_until_ready(&mut self) {
        for _ in 0..PATIENCE.as_millis() / 10 {
            if let Ok(reply) = self.try_request("GET", "/health/readiness", &[], "").await
                && reply.status == 204
            {
                return;
            }
            if let Some(status) = self.process.as_mut().and_then(|process| process.try_wait().ok().flatten()) {
                panic!("the service ended with {status}: {}", self.output());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the service does not become ready: {}", self.output());
    }

    /// Ends the process without warning (SIGKILL).
    pub async fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().await.expect("the process is killed");
        }
    }

    /// Asks the process to stop (SIGTERM) and waits until it has.
    pub async fn stop(&mut self) -> ExitStatus {
        self.signal("TERM").await;
        self.stop_status().await
    }

    /// Waits until the process has stopped by itself.
    pub async fn stop_status(&mut self) -> ExitStatus {
        let mut process = self.process.take().expect("a running process");
        tokio::time::timeout(PATIENCE, process.wait()).await.expect("it stops in time").expect("it can be waited for")
    }

    /// Sends a signal to the process.
    pub async fn signal(&self, name: &str) {
        let id = self.process.as_ref().and_then(Child::id).expect("a running process");
        let status = Command::new("kill").args([format!("-{name}"), id.to_string()]).status().await;
        assert!(status.expect("kill runs").success());
    }

    /// The memory of the running process that is resident now, in KiB.
    #[must_use]
    pub fn resident_kib(&self) -> u64 {
        let id = self.process.as_ref().and_then(Child::id).expect("a running process");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("a running process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("the resident memory");
        line.trim().trim_end_matches("kB").trim().parse().expect("a number")
    }

    /// A path in the service's folder.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Everything that it printed and logged so far, over all starts.
    #[must_use]
    pub fn output(&self) -> String {
        let files = (1..=self.starts).flat_map(|start| [format!("stdout-{start}.txt"), format!("stderr-{start}.txt")]);
        files.map(|name| std::fs::read_to_string(self.path(&name)).unwrap_or_default()).collect()
    }

    /// Sends a request on a connection of its own.
    ///
    /// # Errors
    /// When the service is away, or goes away before it has answered.
    pub async fn try_request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Reply> {
        wire::exchange(self.port, method, path, headers, body).await
    }

    /// Sends a request; the service must answer.
    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        self.try_request(method, path, headers, body).await.expect("an answer")
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &str) -> Reply {
        self.request("POST", path, &[("Content-Type", "application/json")], body).await
    }

    /// Registers an address with the standard password.
    pub async fn register(&self, email: &str) -> Reply {
        let body = serde_json::json!({"email": email, "password": "velvet lantern gravel orchid"});
        self.post("/account/v1/registrations", &body.to_string()).await
    }

    /// The emails written so far, by file name.
    #[must_use]
    pub fn mails(&self) -> BTreeMap<String, String> {
        let entries = std::fs::read_dir(self.path("account-data/mail"));
        entries
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let is_mail = path.extension().is_some_and(|extension| extension == "eml");
                is_mail.then(|| Some((path.file_name()?.to_str()?.to_owned(), std::fs::read_to_string(&path).ok()?)))?
            })
            .collect()
    }

    /// Waits until that many emails are written.
    pub async fn wait_for_mails(&self, count: usize) -> Vec<String> {
        for _ in 0..PATIENCE.as_millis() / 20 {
            let mails = self.mails();
            if mails.len() >= count {
                return mails.into_values().collect();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("only {} of {count} mails were written: {}", self.mails().len(), self.output());
    }

    /// Waits until an email to that address is written.
    pub async fn wait_for_mail_to(&self, address: &str) -> String {
        for _ in 0..PATIENCE.as_millis() / 20 {
            let is_to = |mail: &String| mail_header(mail, "To").as_deref() == Some(address);
            if let Some(mail) = self.mails().into_values().find(is_to) {
                return mail;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("no mail to {address} was written: {}", self.output());
    }
}

/// The token of the link in an email, which may come with its headers.
#[must_use]
pub fn token_of(mail: &str) -> Option<String> {
    // A signature in Base64 can have a "/l/" too, but no colon.
    let links = mail.split([' ', '\r', '\n', '"', '>']).filter(|word| word.contains("://"));
    links.filter_map(|link| link.split_once("/l/")).find_map(|(_, token)| token.get(..43)).map(str::to_owned)
}

/// The code in an email, as a person reads it.
#[must_use]
pub fn code_of(mail: &str) -> Option<String> {
    let (_, rest) = mail.split_once("enter this code where you registered:")?;
    rest.split_whitespace().next().map(str::to_owned)
}

/// A header of an email, unfolded.
#[must_use]
pub fn mail_header(mail: &str, name: &str) -> Option<String> {
    let head = mail.split("\r\n\r\n").next()?.replace("\r\n ", " ");
    let prefix = format!("{name}: ");
    head.lines().find_map(|line| line.strip_prefix(&prefix).map(str::to_owned))
}

/// Every byte of every file in a folder, for a search.
#[must_use]
pub fn bytes_below(folder: &Path, extension_not: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_file() && path.extension().is_none_or(|extension| extension != extension_not) {
            bytes.extend(std::fs::read(path).unwrap_or_default());
        }
    }
    bytes
}
