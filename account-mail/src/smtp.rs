//! Sending emails by SMTP (RFC 5321), over reused connections.
//!
//! The protocol is lettre's, but the pool is not. lettre's own transport does not say which command a server refused,
//! and whether a failure is permanent depends on that. Its pool also takes back a connection from a `send` that was
//! dropped half-way: the answer still to come would be read as that of the next email.

mod connector;
mod dialogue;
mod failure;
mod line_stream;
mod pool;
mod redaction;

use account_core::outbox::mail::Mail;
use account_core::ports::{DeliveryError, Mailer};
use async_trait::async_trait;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::config::{EhloName, MailDomain, MailSettings, SmtpSettings};
use crate::message::{Composed, Composer, Head};
use crate::template::Rendered;
use connector::Connector;
pub use connector::SmtpMailerError;
pub(crate) use dialogue::ServerFacts;
use dialogue::Session;
use failure::{Failure, Stage, by};
use pool::Pool;
use redaction::Redaction;

/// Sends emails through a mail server.
///
/// | what happens | verdict |
/// |---|---|
/// | no connection, TLS or certificate refused, STARTTLS missing, a deadline, an answer that is none | transient |
/// | the connection ends after the final dot: the server may have the email; the Message-ID identifies a repeat | transient |
/// | a local part beyond ASCII and a server without SMTPUTF8 (RFC 6531) | permanent |
/// | a negative answer | what the core makes of its codes: [`Reply::verdict`](account_core::outbox::Reply::verdict) |
///
/// Errors contain the server's code and text. Addresses, links and codes in them are masked; after AUTH, only the code
/// is included.
#[derive(Debug)]
pub struct SmtpMailer {
    composer: Composer,
    connector: Connector,
    pool: Pool,
    slots: Semaphore,
    deadline: std::time::Duration,
}

impl SmtpMailer {
    /// Creates a mailer for this server. Reads certificates, but does not connect yet.
    ///
    /// # Errors
    /// [`SmtpMailerError`] if the certificates cannot be read.
    pub fn new(server: &SmtpSettings, settings: &MailSettings) -> Result<Self, SmtpMailerError> {
        let ehlo_name = server.ehlo_name.clone().unwrap_or_else(|| default_ehlo_name(settings.from.address().domain()));
        Ok(Self {
            composer: Composer::new(settings),
            connector: Connector::new(server, &ehlo_name)?,
            pool: Pool::new(server.connections),
            slots: Semaphore::new(server.connections),
            deadline: server.deadline,
        })
    }

    /// Opens and closes a connection without sending an email, to test name, TLS, certificate and password.
    ///
    /// # Errors
    /// In words, without the password.
    pub(crate) async fn probe(&self) -> Result<ServerFacts, String> {
        let deadline = Instant::now() + self.deadline;
        let told = |failure: Failure| failure.redacted(&Redaction::of_nothing()).to_string();
        let session = Session::new(self.connector.connect(deadline).await.map_err(told)?);
        let facts = session.facts();
        session.quit(deadline).await;
        Ok(facts)
    }

    /// Sends an email with this text, and returns its Message-ID.
    ///
    /// # Errors
    /// In words, without the recipient.
    pub(crate) async fn send_words(&self, head: &Head<'_>, words: Rendered) -> Result<String, String> {
        let composed = self.composer.compose_words(head, words).map_err(|error| error.to_string())?;
        let sent = self.hand_over(&composed).await;
        sent.map_err(|failure| failure.redacted(&Redaction::of_address(head.to)).to_string())?;
        Ok(self.composer.message_id(head.id))
    }

    /// Sends an email on a kept connection if there is one, otherwise on a new one.
    async fn hand_over(&self, mail: &Composed) -> Result<(), Failure> {
        let deadline = Instant::now() + self.deadline;
        let slot = by(deadline, Stage::Queue, self.slots.acquire()).await?;
        let _slot = slot.map_err(|_| Failure::closed(Stage::Queue))?;
        if let Some(mut session) = self.pool.take() {
            match session.send(mail, deadline).await {
                // The server closed the connection before accepting anything: try a new one.
                Err(failure) if failure.stage() == Stage::Mail && failure.may_be_the_connections() => {}
                result => return self.done(session, result, deadline).await,
            }
        }
        let mut session = Session::new(self.connector.connect(deadline).await?);
        let result = session.send(mail, deadline).await;
        self.done(session, result, deadline).await
    }

    /// Keeps the connection if it can be reused.
    async fn done(&self, mut session: Session, result: Result<(), Failure>, deadline: Instant) -> Result<(), Failure> {
        let in_order = match &result {
            Ok(()) => true,
            Err(failure) => failure.leaves_connection_usable() && session.reset(deadline).await,
        };
        if in_order {
            self.pool.put(session);
        }
        result
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let composed = self.composer.compose(mail)?;
        self.hand_over(&composed).await.map_err(|failure| failure.into_error(&Redaction::of(mail)))
    }
}

/// Use the sender's domain; many servers would refuse `localhost`.
fn default_ehlo_name(domain: &MailDomain) -> EhloName {
    if domain.as_str().contains('.') {
        EhloName::Domain(domain.clone())
    } else {
        EhloName::Literal(std::net::Ipv4Addr::LOCALHOST.into())
    }
}
