//! Emails, before they are rendered.

use url::Url;
use zeroize::Zeroizing;

use crate::email_address::EmailAddress;
use crate::id::OutboxId;
use crate::one_time_token::{SecretToken, VerificationCode};
use crate::outbox::Notice;
use crate::timestamp::Timestamp;

/// An email to send: its recipient and content. The mailer adds sender and wording.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The outbox entry. The Message-ID is made from it, so that a duplicate after a crash can be recognized.
    pub id: OutboxId,
    /// The only recipient.
    pub to: EmailAddress,
    /// The person's language, BCP 47.
    pub language: Option<String>,
    /// When the intent was stored: the date of the email.
    pub date: Timestamp,
    /// Its content.
    pub content: MailContent,
}

/// The content of an email.
///
/// It contains no text that the registrant wrote. Otherwise anyone could register a stranger's address to make the
/// service email their words to the stranger.
#[derive(Debug, Clone)]
pub enum MailContent {
    /// Verify the address of a registration.
    VerifyAddress {
        /// The link with the token.
        link: Link,
        /// The code that can be typed instead. It is only accepted with the registration's continuation, so emails to
        /// people whose client got none contain no code.
        code: Option<VerificationCode>,
        /// When link and code expire.
        expires_at: Timestamp,
        /// Whether the account already exists: it was created immediately, and is deleted unless its address is
        /// verified. Otherwise it is only created once the address is verified.
        account_exists: bool,
        /// The subject, if the operator configured one for the channel of the registration.
        subject: Option<String>,
    },
    /// An administrator created an account with the address and chose its password: verify the address.
    AccountMade {
        /// The link with the token.
        link: Link,
        /// When the link expires.
        expires_at: Timestamp,
    },
    /// The address of a registration already has an account.
    AlreadyRegistered {
        /// Where to sign in.
        sign_in: Link,
        /// Where to request a password reset.
        forgot: Link,
        /// When the account will be deleted, if its owner requested that. The owner can sign in to cancel it.
        deletion_due_at: Option<Timestamp>,
    },
    /// A person came from a provider that names this address, which already has an account: sign in, then link it.
    ProviderLinkOffer {
        /// The account at the provider.
        identity: NamedIdentity,
        /// Where to sign in.
        sign_in: Link,
        /// Where to request a password reset.
        forgot: Link,
        /// When the account will be deleted, if its owner requested that. The owner can sign in to cancel it.
        deletion_due_at: Option<Timestamp>,
    },
    /// Reset the password.
    ResetPassword {
        /// The link with the token.
        link: Link,
        /// When the link expires.
        expires_at: Timestamp,
    },
    /// Verify the new address of an account.
    ConfirmNewAddress {
        /// The link with the token.
        link: Link,
        /// When the link expires.
        expires_at: Timestamp,
    },
    /// Someone tried to change the address of another account to this one, which already has an account.
    AddressInUse {
        /// Where to sign in.
        sign_in: Link,
        /// Where to request a password reset.
        forgot: Link,
    },
    /// Verify a secondary address.
    ConfirmSecondaryAddress {
        /// The link with the token.
        link: Link,
        /// When the link expires.
        expires_at: Timestamp,
    },
    /// An invitation to create an account.
    Invitation {
        /// The link with the token.
        link: Link,
        /// When the link expires.
        expires_at: Timestamp,
    },
    /// Something happened to the account.
    Notice {
        /// What happened.
        notice: Notice,
        /// The account at a provider, if the notice is about one.
        identity: Option<NamedIdentity>,
        /// When it happened.
        at: Timestamp,
        /// When the account will be deleted, if its owner requested that.
        deletion_due_at: Option<Timestamp>,
        /// Where to sign in.
        sign_in: Link,
        /// Where to request a password reset.
        forgot: Link,
    },
}

impl MailContent {
    /// Returns the name of the email, for its template and for logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::VerifyAddress { .. } => "verify-address",
            Self::AccountMade { .. } => "account-made",
            Self::AlreadyRegistered { .. } => "already-registered",
            Self::ProviderLinkOffer { .. } => "provider-link-offer",
            Self::ResetPassword { .. } => "reset-password",
            Self::ConfirmNewAddress { .. } => "confirm-new-address",
            Self::AddressInUse { .. } => "address-in-use",
            Self::ConfirmSecondaryAddress { .. } => "confirm-secondary-address",
            Self::Invitation { .. } => "invitation",
            Self::Notice { .. } => "notice",
        }
    }
}

/// An account at a provider, as emails name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedIdentity {
    /// What people call the provider: the operator's word.
    pub provider: String,
    /// What the owner of the account there knows it by: an address or a login name, never free text.
    pub account: Option<String>,
}

/// An absolute URL in an email. It may contain a secret, so it prints as `Link(..)`.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(Zeroizing<String>);

impl Link {
    /// Wraps a URL.
    #[must_use]
    pub fn new(url: String) -> Self {
        Self(Zeroizing::new(url))
    }

    /// Appends the token to a callback URL as `code`; `None` if it is not a URL.
    pub(crate) fn with_token(callback: &str, token: &SecretToken) -> Option<Self> {
        let mut url = Url::parse(callback).ok()?;
        url.query_pairs_mut().append_pair("code", &token.expose());
        Some(Self::new(url.into()))
    }

    /// Returns the URL, for the email.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

opaque_debug!(Link);
