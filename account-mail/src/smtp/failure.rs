//! Failures: what went wrong at which stage, and whether trying again can help.

use std::fmt;
use std::future::Future;

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

    /// Returns whether the server would refuse this email again.
    pub(super) fn is_permanent(&self) -> bool {
        match &self.cause {
            Cause::NoSmtpUtf8 => true,
            Cause::Unexpected(_) | Cause::TimedOut | Cause::Broken(_) => false,
            Cause::Refused { code, text } => match self.stage {
                // This affects every email until the server or the settings are fixed.
                Stage::Queue | Stage::Connect | Stage::StartTls | Stage::Auth => false,
                // So do missing or insufficient credentials (RFC 4954, section 6),
                _ if matches!(code, 530 | 534 | 535 | 538) => false,
                // and a sender address that the server does not accept (RFC 3463, section 3.2).
                Stage::Mail if text.starts_with("5.1.7") || text.starts_with("5.1.8") => false,
                Stage::Mail | Stage::Recipient | Stage::Data | Stage::Content => *code >= 500,
            },
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
    let numbers: Vec<_> = word.split('.').collect();
    let number = |text: &&str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if numbers.len() == 3 && numbers.iter().all(number) { word } else { "" }
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
    fn only_what_is_wrong_with_the_mail_is_permanent() {
        for (stage, code, text, permanent) in [
            (Stage::Connect, 554, "no service here", false),
            (Stage::Connect, 521, "no mail here", false),
            (Stage::StartTls, 502, "", false),
            (Stage::Auth, 535, "5.7.8 bad credentials", false),
            (Stage::Mail, 530, "5.7.0 authenticate first", false),
            (Stage::Mail, 553, "5.1.8 sender unknown", false),
            (Stage::Mail, 550, "no", true),
            (Stage::Recipient, 450, "", false),
            (Stage::Recipient, 452, "", false),
            (Stage::Recipient, 550, "5.1.1 no such user", true),
            (Stage::Data, 554, "", true),
            (Stage::Content, 421, "", false),
            (Stage::Content, 451, "", false),
            (Stage::Content, 552, "", true),
        ] {
            assert_eq!(refused(stage, code, text).is_permanent(), permanent, "{stage} {code} {text}");
        }
        assert!(Failure::no_smtp_utf8().is_permanent());
        assert!(!Failure::closed(Stage::Content).is_permanent());
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
