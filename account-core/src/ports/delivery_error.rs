//! Why an outbox entry was not delivered.

use crate::outbox::{Fault, Reply, Verdict};

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why an email or an event was not delivered. The source is stored as the note of the outbox entry, so it MUST NOT
/// contain personal data or secrets.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// Trying again later may help: no connection, a deadline passed, or the receiver asked to wait.
    #[error("the delivery failed for now")]
    Transient(#[source] Source),
    /// The receiver refuses this service, whatever it sends, until somebody puts that right: a wrong password, for
    /// example. Tried again as after a transient failure.
    #[error("the receiver refuses this service")]
    ShutOut(#[source] Source),
    /// Trying again cannot help: it was refused, or can never be sent.
    #[error("the delivery was refused permanently")]
    Permanent(#[source] Source),
    /// The recipient does not exist or takes no email: trying again cannot help.
    #[error("the recipient was refused permanently")]
    Recipient(#[source] Source),
    /// Who sends was refused. If that is so for several domains, it is so for every email, and will be put right: then it
    /// is tried again. Otherwise it is given up after a few attempts.
    #[error("the sender was refused")]
    Sender(#[source] Source),
}

impl DeliveryError {
    /// Returns the error for a mail server's reply.
    #[must_use]
    pub fn of_reply(reply: Reply, source: Source) -> Self {
        match reply.verdict() {
            Verdict::TryAgain => Self::Transient(source),
            Verdict::ShutOut => Self::ShutOut(source),
            Verdict::Refused(Fault::Recipient) => Self::Recipient(source),
            Verdict::Refused(Fault::Message) => Self::Permanent(source),
            Verdict::Refused(Fault::Sender) => Self::Sender(source),
        }
    }

    /// Returns whose fault it is; `None` if it ends by itself.
    #[must_use]
    pub const fn fault(&self) -> Option<Fault> {
        match self {
            Self::Transient(_) => None,
            Self::Permanent(_) => Some(Fault::Message),
            Self::Recipient(_) => Some(Fault::Recipient),
            Self::ShutOut(_) | Self::Sender(_) => Some(Fault::Sender),
        }
    }
}
