//! Registrations: attempts to sign up, and their use cases.

pub mod activation;
pub(crate) mod allowed_callback;
pub mod callback;
pub mod disposable_domains;
pub mod draft;
pub mod guard;
mod inference;
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

/// One attempt to sign up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Its id, which becomes the account's.
    pub id: RegistrationId,
    /// The address to verify.
    pub address: EmailAddress,
    /// The chosen credential. Wiped when the registration has become an account or has expired. A registration that
    /// ended in another way keeps it until it expires, so that its holder's password is still told right from wrong.
    pub password_hash: Option<PasswordHash>,
    /// Everything else that the person chose; wiped when the registration has ended.
    pub choices: Choices,
    /// Where it came from.
    pub origin: RegistrationOrigin,
    /// Digest of the continuation, the secret of the client that registered.
    pub continuation: TokenDigest,
    /// Its state.
    pub state: RegistrationState,
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
        /// Another registration of the same address became the account.
        Void = "void",
    }
}

impl Registration {
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
