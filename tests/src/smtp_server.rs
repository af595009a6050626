//! A mail server of another make (aiosmtpd), as a process of its own that misbehaves on demand.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::patience::PATIENCE;
use crate::python::python;

/// A running mail server. It ends with the process that started it, however that ends.
pub struct SmtpServer {
    folder: TempDir,
    port: u16,
    process: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What the server does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// Nobody listens at its port.
    Refused,
    /// It says nothing at all.
    Silent,
    /// It gives that answer.
    Answers {
        /// The code.
        code: u16,
        /// When.
        at: Point,
    },
    /// It gives that answer, with a text.
    Says {
        /// The code.
        code: u16,
        /// The text, which may begin with an enhanced code.
        text: &'static str,
        /// When.
        at: Point,
    },
    /// It answers 451 to recipients that begin so, as one that does not know them yet.
    Greylists(&'static str),
    /// It takes each email, and cuts the connection instead of saying so.
    DropAfterDot,
    /// It offers no STARTTLS.
    NoStartTls,
    /// It shows a certificate that nobody trusts.
    WrongCertificate,
    /// It offers no SMTPUTF8.
    NoSmtpUtf8,
    /// It says one byte a second.
    Slow,
}

/// A point of the dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// As a greeting.
    Greeting,
    /// To MAIL.
    Mail,
    /// To RCPT.
    Recipient,
    /// To the final dot.
    FinalDot,
}

/// An email that the server has, in full.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ArrivedMail {
    /// Its Message-ID, in angle brackets.
    pub message_id: String,
    /// Whom the envelope says it is from.
    pub from: String,
    /// Whom the envelope says it is for.
    pub to: Vec<String>,
    /// When the final dot came, in seconds since 1970.
    pub arrived: f64,
    /// Bytes.
    pub size: u64,
    /// What the final dot was answered by; 0 when the connection was cut instead.
    pub answer: u16,
}

/// An answer that the server was told to give.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Refusal {
    /// The recipient, if it was known by then.
    pub to: String,
    /// The code.
    pub answer: u16,
}

impl SmtpServer {
    /// Starts one without TLS, at a free port of this machine.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts one that offers STARTTLS, to be connected to as `localhost`.
    #[must_use]
    pub fn start_with_tls() -> Self {
        Self::start_with(&["tls"])
    }

    fn start_with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("smtp/server.py");
        let log = File::create(folder.path().join("log.txt")).expect("a file for the server's log");
        let mut process = Command::new(python("MAIL_SERVER", "mail-server"))
            .arg(script)
            .arg(folder.path())
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the mail server starts");
        let orders = process.stdin.take().expect("a pipe");
        let answers = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut server = Self { folder, port: 0, process, orders, answers };
        let port = server.answer().get("port").and_then(Value::as_u64).and_then(|port| port.try_into().ok());
        server.port = port.expect("a port");
        server
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The settings of a service whose emails go there.
    #[must_use]
    pub fn settings(&self) -> Vec<(String, String)> {
        let mut settings = vec![
            ("MAIL__TRANSPORT".to_owned(), "smtp".to_owned()),
            ("MAIL__SMTP__URL".to_owned(), format!("smtp://127.0.0.1:{}", self.port)),
        ];
        let authority = self.folder.path().join("ca.pem");
        if authority.is_file() {
            let url = format!("smtp://localhost:{}?tls=starttls", self.port);
            settings.push(("MAIL__SMTP__URL".to_owned(), url));
            settings.push(("MAIL__SMTP__CA_FILE".to_owned(), authority.display().to_string()));
        }
        settings
    }

    /// Does that wrong from now on; [`Fault::None`] is the cure. When this returns, it holds.
    pub fn misbehave(&mut self, fault: Fault) {
        writeln!(self.orders, "{}", order(fault)).expect("the mail server reads");
        self.answer();
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer of the mail server");
        serde_json::from_str(&line).unwrap_or_else(|_| {
            let log = std::fs::read_to_string(self.folder.path().join("log.txt")).unwrap_or_default();
            panic!("the mail server said {line:?}; its log: {log}")
        })
    }

    /// The emails that it has, in the order in which they came.
    #[must_use]
    pub fn mails(&self) -> Vec<ArrivedMail> {
        self.lines("mails.jsonl")
    }

    /// The answers that it was told to give, and gave.
    #[must_use]
    pub fn refusals(&self) -> Vec<Refusal> {
        self.lines("refusals.jsonl")
    }

    /// How many emails it has.
    #[must_use]
    pub fn count(&self) -> usize {
        let text = std::fs::read(self.folder.path().join("mails.jsonl")).unwrap_or_default();
        text.split(|byte| *byte == b'\n').count().saturating_sub(1)
    }

    /// How many bytes it has written down about emails: they grow with each, and cost nothing to look at.
    #[must_use]
    pub fn noted_bytes(&self) -> u64 {
        std::fs::metadata(self.folder.path().join("mails.jsonl")).map_or(0, |file| file.len())
    }

    /// Waits until it has that many mails.
    pub async fn wait_for_mails(&self, count: usize) -> Vec<ArrivedMail> {
        for _ in 0..PATIENCE.as_millis() / 20 {
            if self.count() >= count {
                return self.mails();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("only {} of {count} mails came", self.count());
    }

    /// Ends it. What it has been told stays readable until then only.
    pub fn stop(mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }

    /// A line still being written is not whole: it is there the next time.
    fn lines<T: DeserializeOwned>(&self, name: &str) -> Vec<T> {
        let text = std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        let whole = text.rfind('\n').map_or("", |end| text.get(..end).unwrap_or_default());
        whole.lines().map(|line| serde_json::from_str(line).expect("a line of the mail server")).collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn order(fault: Fault) -> Value {
    let name = match fault {
        Fault::None => "none",
        Fault::Refused => "refused",
        Fault::Silent => "silent",
        Fault::DropAfterDot => "drop-after-dot",
        Fault::NoStartTls => "no-starttls",
        Fault::WrongCertificate => "wrong-certificate",
        Fault::NoSmtpUtf8 => "no-smtputf8",
        Fault::Slow => "slow",
        Fault::Greylists(only) => return json!({"fault": "answers", "code": 451, "at": "rcpt", "only": only}),
        Fault::Answers { code, at } => return json!({"fault": "answers", "code": code, "at": place(at)}),
        Fault::Says { code, text, at } => {
            return json!({"fault": "answers", "code": code, "text": text, "at": place(at)});
        }
    };
    json!({"fault": name})
}

const fn place(point: Point) -> &'static str {
    match point {
        Point::Greeting => "greeting",
        Point::Mail => "mail",
        Point::Recipient => "rcpt",
        Point::FinalDot => "data",
    }
}
