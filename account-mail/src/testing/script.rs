//! How the mail server behaves.

/// How the sink speaks TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SinkTls {
    /// Not.
    #[default]
    None,
    /// It offers STARTTLS.
    StartTls,
    /// From the first byte.
    Implicit,
}

/// A point of the dialogue at which something can be made to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Instead of the greeting.
    Greeting,
    /// At EHLO.
    Ehlo,
    /// At STARTTLS.
    StartTls,
    /// At AUTH.
    Auth,
    /// At MAIL.
    Mail,
    /// At RCPT.
    Recipient,
    /// At DATA.
    Data,
    /// After the final dot.
    Content,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The given answer (one line or several, each without its end), once the point is reached.
    Answer(Point, String),
    /// The connection ends there, without an answer.
    Close(Point),
    /// No answer there, for ever.
    Silence(Point),
    /// The given text is appended to the answer to STARTTLS, in the clear.
    InjectAfterStartTls(String),
    /// Every answer comes a byte a second.
    Slow,
}

/// How a sink behaves. The default is a server that does everything right, without TLS, and knows SMTPUTF8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// What goes wrong, if anything.
    pub fault: Option<Fault>,
    /// Whether SMTPUTF8 is offered.
    pub smtp_utf8: bool,
    /// Whether STARTTLS is offered by a sink that has it. `false` is what somebody in between does.
    pub offers_starttls: bool,
    /// Whether AUTH PLAIN is offered. Every password is right.
    pub offers_auth: bool,
}

impl Default for Script {
    fn default() -> Self {
        Self { fault: None, smtp_utf8: true, offers_starttls: true, offers_auth: true }
    }
}

impl Script {
    /// A server that is right but for this.
    #[must_use]
    pub fn with_fault(fault: Fault) -> Self {
        Self { fault: Some(fault), ..Self::default() }
    }

    /// A server that gives this answer at this point.
    #[must_use]
    pub fn answering(point: Point, answer: &str) -> Self {
        Self::with_fault(Fault::Answer(point, answer.to_owned()))
    }
}
