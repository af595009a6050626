//! One connection, and the dialogue that sends an email.

use std::time::Duration;

use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Severity;
use tokio::time::Instant;

use super::failure::{Failure, Stage, answer, by};
use crate::message::Composed;

/// How long to wait for the first answer on a kept connection: if a firewall has forgotten it, there is never one.
const FIRST_ANSWER: Duration = Duration::from_secs(3);

/// How long to wait for the answer to RSET or QUIT before closing the connection.
const RESET: Duration = Duration::from_secs(1);

/// What a server offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ServerFacts {
    /// Whether it takes addresses beyond ASCII (RFC 6531).
    pub(crate) smtp_utf8: bool,
}

/// A connection that is ready for `MAIL`.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
    /// Emails that it was used for.
    mails: u32,
}

impl Session {
    pub(super) const fn new(connection: AsyncSmtpConnection) -> Self {
        Self { connection, mails: 0 }
    }

    /// Emails that it was used for.
    pub(super) const fn mails(&self) -> u32 {
        self.mails
    }

    /// One MAIL, one RCPT, one DATA.
    ///
    /// After an error the state of the connection is unknown, unless [`Failure::leaves_connection_usable`] and a
    /// [`Session::reset`] say otherwise.
    pub(super) async fn send(&mut self, mail: &Composed, deadline: Instant) -> Result<(), Failure> {
        let first = if self.mails == 0 { deadline } else { deadline.min(Instant::now() + FIRST_ANSWER) };
        self.mails += 1;
        let parameters = self.parameters(mail)?;
        let Composed { from, to, bytes } = mail;
        let connection = &mut self.connection;
        let done = Severity::PositiveCompletion;
        answer(first, Stage::Mail, done, connection.command(Mail::new(from.clone(), parameters))).await?;
        answer(deadline, Stage::Recipient, done, connection.command(Rcpt::new(to.clone(), Vec::new()))).await?;
        answer(deadline, Stage::Data, Severity::PositiveIntermediate, connection.command(Data)).await?;
        // lettre ends the email with CRLF, dot, CRLF: the first of them is the email's own last line end.
        let content = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
        answer(deadline, Stage::Content, done, connection.message(content)).await
    }

    /// What the server says of itself.
    pub(super) fn facts(&self) -> ServerFacts {
        ServerFacts { smtp_utf8: self.connection.server_info().supports_feature(Extension::SmtpUtfEight) }
    }

    /// Sends QUIT. The answer does not matter.
    pub(super) async fn quit(mut self, deadline: Instant) {
        let deadline = deadline.min(Instant::now() + RESET);
        let _ = by(deadline, Stage::Queue, self.connection.quit()).await;
    }

    /// What has to be said of an email that is not ASCII: ours are, but for the header `To` of such a recipient.
    fn parameters(&self, mail: &Composed) -> Result<Vec<MailParameter>, Failure> {
        let mut parameters = Vec::new();
        let server = self.connection.server_info();
        let recipient: &str = mail.to.as_ref();
        if !recipient.is_ascii() {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                return Err(Failure::no_smtp_utf8());
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !mail.bytes.is_ascii() && server.supports_feature(Extension::EightBitMime) {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(parameters)
    }

    /// Sends RSET after a refused email. Returns `false` if the connection cannot be reused.
    pub(super) async fn reset(&mut self, deadline: Instant) -> bool {
        let deadline = deadline.min(Instant::now() + RESET);
        answer(deadline, Stage::Queue, Severity::PositiveCompletion, self.connection.command(Rset)).await.is_ok()
    }
}
