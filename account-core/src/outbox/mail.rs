//! Mails, before they are rendered.

use zeroize::Zeroizing;

use crate::email_address::EmailAddress;
use crate::id::OutboxId;
use crate::timestamp::Timestamp;
use crate::verification_token::VerificationCode;

/// A mail that is due: what it says, to whom. No sender, no wording: those are the mailer's.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The outbox entry that it fulfils. The Message-ID is made from it, so that a duplicate after a crash can be
    /// told by it.
    pub id: OutboxId,
    /// The one recipient.
    pub to: EmailAddress,
    /// The person's language, BCP 47.
    pub language: Option<String>,
    /// When the intent was written: the mail's date.
    pub date: Timestamp,
    /// What it says.
    pub content: MailContent,
}

/// What a mail says.
///
/// Nothing in it is text that a registrant wrote: whoever registers a stranger's address must not be able to have us
/// mail words of theirs to the stranger.
#[derive(Debug, Clone)]
pub enum MailContent {
    /// Prove the mailbox.
    VerifyAddress {
        /// The link with the token.
        link: Link,
        /// The code that can be typed instead.
        code: VerificationCode,
        /// When link and code end.
        expires_at: Timestamp,
    },
    /// Somebody registered with an address that has an account.
    AlreadyRegistered {
        /// Where to sign in.
        sign_in: Link,
        /// Where to ask for a new password.
        forgot: Link,
    },
}

impl MailContent {
    /// Name of the mail: of its template, and for logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::VerifyAddress { .. } => "verify-address",
            Self::AlreadyRegistered { .. } => "already-registered",
        }
    }
}

/// An absolute URL for a mail. It may carry a secret: it prints as `Link(..)`.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(Zeroizing<String>);

impl Link {
    /// Wraps a URL.
    #[must_use]
    pub fn new(url: String) -> Self {
        Self(Zeroizing::new(url))
    }

    /// The URL, for the mail.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link(..)")
    }
}
