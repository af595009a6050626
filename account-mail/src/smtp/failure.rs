//! Failures: what went wrong at which stage, and whether trying again can help.

use std::fmt;
use std::future::Future;

use account_core::outbox::{Answered, EnhancedCode, Reply};
use account_core::ports::DeliveryError;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::{Instant, timeout_at};

use super::redaction::Redaction;

/// A stage of the dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Waiting for one of the connections.
    Queue,
    /// Name resolution, TCP, TLS if implicit, greeting and EHLO.
    Connect,
    /// STARTTLS, the handshake, and EHLO again.
    StartTls,
    /// AUTH.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The email and the answer to its final dot.
    Content,
}

/// Why an email was not sent.
#[derive(Debug, thiserror::Error)]
#[error("{stage}: {cause}")]
pub(super) struct Failure {
    stage: Stage,
    cause: Cause,
}

#[derive(Debug, thiserror::Error)]
enum Cause {
    #[error("the server answered {code}{}{text}", if text.is_empty() { "" } else { " " })]
    Refused { code: u16, text: String },
    #[error("the server gave an unexpected answer: {0}")]
    Unexpected(u16),
    #[error("no answer in time")]
    TimedOut,
    #[error("{0}")]
    Broken(String),
    #[error("the server does not offer SMTPUTF8, which the recipient's address needs")]
    NoSmtpUtf8,
}

impl Failure {
    /// An error of lettre's: a negative answer, or a connection that failed.
    pub(super) fn of(stage: Stage, error: &Error) -> Self {
        let source = || std::error::Error::source(error).map(ToString::to_string);
        let cause = match error.status() {
            Some(code) => Cause::Refused { code: code.into(), text: source().unwrap_or_default() },
            None => Cause::Broken(error.to_string()),
        };
        Self { stage, cause }
    }

    /// A connection that could not be made.
    pub(super) fn io(stage: Stage, error: &std::io::Error) -> Self {
        Self { stage, cause: Cause::Broken(error.to_string()) }
    }

    /// The mailer is shutting down.
    pub(super) fn closed(stage: Stage) -> Self {
        Self { stage, cause: Cause::Broken("the mailer is closed".to_owned()) }
    }

    /// An answer that is positive and yet not the one that belongs here.
    pub(super) fn unexpected(stage: Stage, response: &Response) -> Self {
        Self { stage, cause: Cause::Unexpected(response.code().into()) }
    }

    /// The server cannot take this recipient.
    pub(super) const fn no_smtp_utf8() -> Self {
        Self { stage: Stage::Mail, cause: Cause::NoSmtpUtf8 }
    }

    pub(super) const fn stage(&self) -> Stage {
        self.stage
    }

    /// Returns whether another connection may help: the server did not refuse the email, or only for now.
    pub(super) fn may_be_the_connections(&self) -> bool {
        match &self.cause {
            Cause::NoSmtpUtf8 => false,
            Cause::Unexpected(_) | Cause::TimedOut | Cause::Broken(_) => true,
            Cause::Refused { code, .. } => *code < 500 || matches!(code, 530 | 534 | 535 | 538),
        }
    }

    /// Turns it into what the core judges, without secrets and personal data.
    pub(super) fn into_error(self, redaction: &Redaction) -> DeliveryError {
        let reply = match &self.cause {
            Cause::Refused { code, text } => {
                Some(Reply { to: self.stage.answered(), code: *code, enhanced: EnhancedCode::find(*code, text) })
            }
            Cause::Unexpected(_) | Cause::TimedOut | Cause::Broken(_) | Cause::NoSmtpUtf8 => None,
        };
        let is_impossible = matches!(self.cause, Cause::NoSmtpUtf8);
        let failure = Box::new(self.redacted(redaction));
        match reply {
            Some(reply) => DeliveryError::of_reply(reply, failure),
            None if is_impossible => DeliveryError::Permanent(failure),
            None => DeliveryError::Transient(failure),
        }
    }

    /// Returns whether the server refused and waits for the next command. With 421 it closes the connection.
    pub(super) fn leaves_connection_usable(&self) -> bool {
        match self.cause {
            Cause::Refused { code, .. } => code != 421,
            Cause::NoSmtpUtf8 => true,
            Cause::Unexpected(_) | Cause::TimedOut | Cause::Broken(_) => false,
        }
    }

    /// Removes secrets and personal data from the text.
    pub(super) fn redacted(self, redaction: &Redaction) -> Self {
        let cause = match self.cause {
            // A server may repeat what it refused, and here that is the password.
            Cause::Refused { code, text } if self.stage == Stage::Auth => {
                Cause::Refused { code, text: status_code(&text).to_owned() }
            }
            Cause::Refused { code, text } => Cause::Refused { code, text: redaction.apply(&text) },
            Cause::Broken(text) => Cause::Broken(redaction.apply(&text)),
            other => other,
        };
        Self { cause, ..self }
    }
}

/// The enhanced status code (RFC 3463) that a text begins with, such as `5.7.8`.
fn status_code(text: &str) -> &str {
    let word = text.split_whitespace().next().unwrap_or_default();
    if word.parse::<EnhancedCode>().is_ok() { word } else { "" }
}

impl Stage {
    const fn answered(self) -> Answered {
        match self {
            Self::Queue | Self::Connect | Self::StartTls | Self::Auth => Answered::Connection,
            Self::Mail => Answered::Sender,
            Self::Recipient => Answered::Recipient,
            Self::Data | Self::Content => Answered::Message,
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Queue => "waiting for a connection",
            Self::Connect => "connecting",
            Self::StartTls => "STARTTLS",
            Self::Auth => "AUTH",
            Self::Mail => "MAIL",
            Self::Recipient => "RCPT",
            Self::Data => "DATA",
            Self::Content => "the email itself",
        })
    }
}

/// Runs a step until the deadline.
pub(super) async fn by<T>(deadline: Instant, stage: Stage, step: impl Future<Output = T>) -> Result<T, Failure> {
    timeout_at(deadline, step).await.map_err(|_| Failure { stage, cause: Cause::TimedOut })
}

/// Waits for an answer of the expected kind.
pub(super) async fn answer(
    deadline: Instant,
    stage: Stage,
    expected: Severity,
    step: impl Future<Output = Result<Response, Error>>,
) -> Result<(), Failure> {
    let response = by(deadline, stage, step).await?.map_err(|error| Failure::of(stage, &error))?;
    if response.code().severity == expected { Ok(()) } else { Err(Failure::unexpected(stage, &response)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(stage: Stage, code: u16, text: &str) -> Failure {
        Failure { stage, cause: Cause::Refused { code, text: text.to_owned() } }
    }

    #[test]
    fn a_failure_is_judged_by_what_was_answered() {
        let verdict = |failure: Failure| match failure.into_error(&Redaction::of_nothing()) {
            DeliveryError::Transient(_) => "transient",
            DeliveryError::ShutOut(_) => "shut out",
            DeliveryError::Permanent(_) => "permanent",
            DeliveryError::Recipient(_) => "recipient",
            DeliveryError::Sender(_) => "sender",
        };
        for (stage, code, text, expected) in [
            (Stage::Connect, 554, "no service here", "shut out"),
            (Stage::StartTls, 454, "no TLS now", "transient"),
            (Stage::Auth, 535, "5.7.8 bad credentials", "shut out"),
            (Stage::Mail, 550, "no", "sender"),
            (Stage::Recipient, 450, "", "transient"),
            (Stage::Recipient, 550, "no", "recipient"),
            (Stage::Recipient, 550, "see https://x.org/5.7.1 for 5.7.1", "sender"),
            (Stage::Recipient, 554, "no", "sender"),
            (Stage::Data, 554, "no", "permanent"),
            (Stage::Content, 554, "no", "permanent"),
            (Stage::Content, 421, "", "transient"),
        ] {
            assert_eq!(verdict(refused(stage, code, text)), expected, "{stage} {code} {text}");
        }
        assert_eq!(verdict(Failure::no_smtp_utf8()), "permanent");
        assert_eq!(verdict(Failure::closed(Stage::Content)), "transient");
    }

    #[test]
    fn after_auth_only_the_status_code_is_reported() {
        for (text, code) in [
            ("5.7.8 AUTH PLAIN AHVzZXIAcGFzcw==", "5.7.8"),
            ("AHVzZXIAcGFzcw== refused", ""),
            ("user.and.pass", ""),
            ("1.2.3.4 no", ""),
            ("", ""),
        ] {
            assert_eq!(status_code(text), code, "{text}");
        }
    }

    #[test]
    fn a_failure_has_its_place_and_reason() {
        let text = refused(Stage::Recipient, 550, "5.1.1 no such user").to_string();
        assert_eq!(text, "RCPT: the server answered 550 5.1.1 no such user");
    }
}
