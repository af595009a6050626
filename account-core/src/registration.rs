//! Registrations: attempts to sign up, and their use cases.

pub mod activation;
pub(crate) mod allowed_callback;
pub mod callback;
pub mod continue_session;
pub mod correct;
pub mod disposable_domains;
pub mod draft;
pub mod guard;
pub(crate) mod inference;
pub mod offer;
pub mod register;
pub mod resend;
pub mod status;
#[cfg(test)]
pub(crate) mod tests;
pub mod verify;

use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::named_enum;
use crate::one_time_token::master_key::MasterKey;
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest};
use crate::password::PasswordHash;
use crate::profile::{Choices, RegistrationOrigin};
use crate::timestamp::Timestamp;

/// Maximum number of code tries per registration.
pub const MAX_CODE_TRIES: u32 = 5;

/// Maximum number of times that the address of a registration can be corrected.
pub const MAX_CORRECTIONS: u32 = 5;

/// The number of corrections of a registration whose address cannot be corrected and never was.
pub const NOT_CORRECTABLE: u32 = MAX_CORRECTIONS + 1;

/// One attempt to sign up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Its id, which becomes the account's.
    pub id: RegistrationId,
    /// The address to verify.
    pub address: EmailAddress,
    /// The chosen credential. Wiped when the registration has become an account or has expired, or when an administrator
    /// ended it. A registration that ended in another way keeps it until it expires, so that its holder's password is
    /// still told right from wrong.
    pub password_hash: Option<PasswordHash>,
    /// Everything else that the person chose. Wiped when the registration has become an account or has expired, or when an
    /// administrator ended it. One that ended in another way keeps it until it expires, so that its holder can still
    /// correct the address.
    pub choices: Choices,
    /// Where it came from.
    pub origin: RegistrationOrigin,
    /// Digest of the continuation, the secret of the client that registered.
    pub continuation: TokenDigest,
    /// Its state.
    pub state: RegistrationState,
    /// What completed it; `None` if it is not completed, or was before this was stored.
    pub completed_by: Option<CompletedBy>,
    /// How often its address was corrected, or [`NOT_CORRECTABLE`].
    pub corrections: u32,
    /// Number of its newest token, starting at 1.
    pub generation: u32,
    /// Digest of its newest code.
    pub code: TokenDigest,
    /// Id of the master key that the newest token and code were derived from.
    pub key_id: String,
    /// Wrong codes entered so far.
    pub code_tries: u32,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it, its newest token and its code expire.
    pub expires_at: Timestamp,
    /// When it expires for the client that registered. Earlier than `expires_at` if another mail was requested by address
    /// alone, as anyone can: the client must not learn that somebody did, or that this registration is the newest.
    pub shown_until: Timestamp,
}

named_enum! {
    /// The stored state of a registration.
    pub enum RegistrationState {
        /// Waits for its address to be verified.
        Pending = "pending",
        /// Became an account as registered.
        Completed = "completed",
        /// The owner of the mailbox took the address with a new password; nothing else of the attempt was used.
        Taken = "taken",
        /// Another registration of the same address became the account, or an administrator ended it.
        Void = "void",
    }
}

named_enum! {
    /// What completed a registration, besides what was emailed.
    pub enum CompletedBy {
        /// The continuation, with the link: the client that registered, or its browser.
        Continuation = "continuation",
        /// The continuation, with the code.
        Code = "code",
        /// The password.
        Password = "password",
        /// The identity, with which the person signed in at the provider again; or the provider's word for the address,
        /// if the operator trusts it.
        Provider = "provider",
        /// Nothing: the operator chose for the channel that the link alone is enough.
        Nothing = "nothing",
    }
}

/// How a registration ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It becomes an account as registered.
    Completed(CompletedBy),
    /// The owner of the mailbox takes the address with a new password.
    Taken,
    /// Another registration of the address becomes the account.
    Void,
    /// An administrator ends it at this time, unless it is completed. Its holder sees it as expired, and cannot correct its
    /// address.
    Revoked(Timestamp),
}

impl Ending {
    /// Returns the state in which it leaves the registration.
    #[must_use]
    pub const fn state(self) -> RegistrationState {
        match self {
            Self::Completed(_) => RegistrationState::Completed,
            Self::Taken => RegistrationState::Taken,
            Self::Void | Self::Revoked(_) => RegistrationState::Void,
        }
    }

    /// Returns what completed the registration, if that is how it ends.
    #[must_use]
    pub const fn completed_by(self) -> Option<CompletedBy> {
        match self {
            Self::Completed(by) => Some(by),
            Self::Taken | Self::Void | Self::Revoked(_) => None,
        }
    }
}

impl Registration {
    /// Returns whether its holder sees it as completed. The holder of one that the emailed link alone completed need not
    /// be the owner of the mailbox, and sees it as pending.
    #[must_use]
    pub fn reads_as_completed(&self) -> bool {
        self.state == RegistrationState::Completed && self.completed_by != Some(CompletedBy::Nothing)
    }

    /// Returns whether its address was corrected. Then the account with its id, if there is one, may be somebody else's:
    /// that of the former address's owner, who took the attempt.
    #[must_use]
    pub const fn was_corrected(&self) -> bool {
        self.corrections > 0 && self.corrections <= MAX_CORRECTIONS
    }

    /// Returns whether it still has what its account is signed in to with: a password, or an identity.
    #[must_use]
    pub const fn has_credential(&self) -> bool {
        self.password_hash.is_some() || self.choices.identity.is_some()
    }

    /// Returns how often its address can still be corrected.
    #[must_use]
    pub const fn corrections_left(&self) -> u32 {
        MAX_CORRECTIONS.saturating_sub(self.corrections)
    }

    /// Returns whether it can still be completed.
    #[must_use]
    pub fn is_pending(&self, now: Timestamp) -> bool {
        self.state == RegistrationState::Pending && now < self.expires_at
    }

    /// Returns whether its holder sees it as pending. This includes registrations whose address was taken in another
    /// way.
    #[must_use]
    pub fn reads_as_pending(&self, now: Timestamp) -> bool {
        self.state != RegistrationState::Completed && now < self.shown_until
    }
}

/// Returns the stored part of the token with this generation, and the digest of its code.
pub(crate) fn derive_token(
    key: &MasterKey,
    registration: RegistrationId,
    generation: u32,
    address: &EmailAddress,
    expires_at: Timestamp,
) -> (OneTimeToken, TokenDigest) {
    let (purpose, subject) = (Purpose::EmailVerification, registration.as_uuid());
    let token = key.stored_token(purpose, subject, generation, address, expires_at);
    (token, key.code_digest(subject, &key.code(purpose, subject, generation, address)))
}
