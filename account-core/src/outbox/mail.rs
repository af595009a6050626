//! Mails, before they are rendered.

use url::Url;
use zeroize::Zeroizing;

use crate::email_address::EmailAddress;
use crate::id::OutboxId;
use crate::one_time_token::{SecretToken, VerificationCode};
use crate::outbox::Notice;
use crate::timestamp::Timestamp;

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
/// Nothing in it is text that a registrant wrote: anyone who registers a stranger's address must not be able to have us
/// mail words of theirs to the stranger.
#[derive(Debug, Clone)]
pub enum MailContent {
    /// Prove the mailbox.
    VerifyAddress {
        /// The link with the token.
        link: Link,
        /// The code that can be typed instead. It counts only together with the registration's continuation: there is
        /// none in a mail to somebody whose client was not handed that.
        code: Option<VerificationCode>,
        /// When link and code end.
        expires_at: Timestamp,
        /// Whether the account is there already: it was made at once, and is removed unless its mailbox is proven.
        /// Otherwise there will be none without that.
        account_exists: bool,
        /// The subject, where the operator has another one for the channel that the person registered by.
        subject: Option<String>,
    },
    /// An administrator made an account of the address, and chose its password: prove the mailbox.
    AccountMade {
        /// The link with the token.
        link: Link,
        /// When it ends.
        expires_at: Timestamp,
    },
    /// Somebody registered with an address that has an account.
    AlreadyRegistered {
        /// Where to sign in.
        sign_in: Link,
        /// Where to ask for a new password.
        forgot: Link,
        /// When the account will be deleted, if its owner asked for that: signing in takes it back.
        deletion_due_at: Option<Timestamp>,
    },
    /// Set a new password.
    ResetPassword {
        /// The link with the token.
        link: Link,
        /// When it ends.
        expires_at: Timestamp,
    },
    /// Prove the mailbox that an account's address is to be changed to.
    ConfirmNewAddress {
        /// The link with the token.
        link: Link,
        /// When it ends.
        expires_at: Timestamp,
    },
    /// Somebody wanted to change the address of another account to one that has an account.
    AddressInUse {
        /// Where to sign in.
        sign_in: Link,
        /// Where to ask for a new password.
        forgot: Link,
    },
    /// Prove the mailbox of a secondary address.
    ConfirmSecondaryAddress {
        /// The link with the token.
        link: Link,
        /// When it ends.
        expires_at: Timestamp,
    },
    /// Somebody was invited to have an account.
    Invitation {
        /// The link with the token.
        link: Link,
        /// When it ends.
        expires_at: Timestamp,
    },
    /// Something happened to the account.
    Notice {
        /// What.
        notice: Notice,
        /// When.
        at: Timestamp,
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
            Self::AccountMade { .. } => "account-made",
            Self::AlreadyRegistered { .. } => "already-registered",
            Self::ResetPassword { .. } => "reset-password",
            Self::ConfirmNewAddress { .. } => "confirm-new-address",
            Self::AddressInUse { .. } => "address-in-use",
            Self::ConfirmSecondaryAddress { .. } => "confirm-secondary-address",
            Self::Invitation { .. } => "invitation",
            Self::Notice { .. } => "notice",
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

    /// A callback URL with the token appended as `code`; `None` when it is no URL.
    pub(crate) fn with_token(callback: &str, token: &SecretToken) -> Option<Self> {
        let mut url = Url::parse(callback).ok()?;
        url.query_pairs_mut().append_pair("code", &token.expose());
        Some(Self::new(url.into()))
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
