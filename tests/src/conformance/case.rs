//! What a data file says.

/// A data file: settings of one service, and cases that run on it one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFile {
    /// Settings as the configuration file spells them, and their values.
    pub settings: Vec<(String, String)>,
    /// Files in the service's folder, by name, and the line in each.
    pub files: Vec<(String, String)>,
    /// The dialects that it needs beside its folder's.
    pub needs: Vec<String>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// Something that a client does, and what comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What is true when the case passes.
    pub title: String,
    /// Where it is from: `seed 000`, `known` or `ours`.
    pub sources: Vec<String>,
    /// What is done, in order.
    pub steps: Vec<Step>,
}

/// One step of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The line that it begins at.
    pub line: usize,
    /// What is done.
    pub action: Action,
}

/// What is done in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A request over the wire.
    Request {
        /// The request as it stands there.
        request: Request,
        /// How often it is sent.
        effort: Effort,
        /// The answer.
        expected: Answer,
    },
    /// A documented command line, run by a shell.
    Curl {
        /// The command as it is documented.
        command: String,
        /// The answer.
        expected: Answer,
    },
    /// The next email to an address arrives.
    Mail {
        /// The address.
        to: String,
        /// What is expected of it.
        expected: Vec<MailLine>,
    },
    /// No further email to an address arrives.
    NoMail {
        /// The address.
        to: String,
    },
    /// The owner of a mailbox follows the link of the next email with the password of the registration.
    Verify {
        /// The address.
        email: String,
        /// The password.
        password: String,
    },
    /// Somebody signs in by the native API; the session's token is `{{session}}` from then on.
    SignIn {
        /// The address.
        email: String,
        /// The password.
        password: String,
    },
    /// What administrators see.
    Store(Vec<StoreLine>),
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
}

/// How often a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// So many times, each with the expected answer.
    Times(u32),
    /// Until the answer is the expected one: for switches that take effect a moment later.
    UntilAnswered,
}

/// An expected answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers that have to be there. Others may be, too.
    pub headers: Vec<(String, String)>,
    /// The body, with placeholders.
    pub body: String,
    /// Whether white space between the tokens of the expected JSON counts.
    pub counts_white_space: bool,
}

/// Something expected of an email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailLine {
    /// A header has this text.
    Header(String, String),
    /// Its first link is this.
    Link(String),
    /// Its bytes contain this.
    Contains(String),
    /// Its bytes do not contain this.
    Lacks(String),
}

/// Something that administrators see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreLine {
    /// The account of an address has these members at least.
    Account(String, serde_json::Value),
    /// The youngest registration of an address has these members at least.
    Registration(String, serde_json::Value),
    /// The address has no account.
    NoAccount(String),
    /// The address has no registration.
    NoRegistration(String),
}
