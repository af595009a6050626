//! Registrations: attempts to sign up, and their use cases.

pub mod activation;
pub(crate) mod allowed_callback;
pub mod callback;
pub mod disposable_domains;
pub mod draft;
pub mod guard;
pub mod register;
pub mod resend;
pub mod status;
#[cfg(test)]
mod tests;
pub mod verify;

use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::named_enum;
use crate::one_time_token::master_key::MasterKey;
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest};
use crate::password::PasswordHash;
use crate::profile::{Choices, RegistrationOrigin};
use crate::timestamp::Timestamp;

/// Most tries of the verification code of one registration.
pub const MAX_CODE_TRIES: u32 = 5;

/// One attempt to sign up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Its id, which becomes the account's.
    pub id: RegistrationId,
    /// The address to prove.
    pub address: EmailAddress,
    /// The credential chosen; wiped when the registration has become an account, or has expired. One that ended
    /// otherwise keeps it until then: its holder's password is told right from wrong as before.
    pub password_hash: Option<PasswordHash>,
    /// Everything else that the registrant chose; wiped when the registration has ended.
    pub choices: Choices,
    /// Where it came from.
    pub origin: RegistrationOrigin,
    /// Digest of the secret that the registering client holds.
    pub continuation: TokenDigest,
    /// How far it has come.
    pub state: RegistrationState,
    /// Number of the newest token mailed for it, from 1.
    pub generation: u32,
    /// Digest of the newest code mailed for it.
    pub code: TokenDigest,
    /// Id of the master key that the newest token and code were derived under.
    pub key_id: String,
    /// Wrong codes entered so far.
    pub code_tries: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it, its newest token and its code stop being of use.
    pub expires_at: Timestamp,
}

named_enum! {
    /// How far a registration has come, as stored.
    pub enum RegistrationState {
        /// Waits for its mailbox to be proven.
        Pending = "pending",
        /// Became an account as it was registered.
        Completed = "completed",
        /// Its mailbox's owner took the address with a new password; nothing else of the attempt was used.
        Taken = "taken",
        /// Another registration of the same address became the account.
        Void = "void",
    }
}

impl Registration {
    /// Whether it can still be completed.
    #[must_use]
    pub fn is_pending(&self, now: Timestamp) -> bool {
        self.state == RegistrationState::Pending && now < self.expires_at
    }

    /// Whether its holder is told that it is pending: also when its address was taken another way.
    #[must_use]
    pub fn reads_as_pending(&self, now: Timestamp) -> bool {
        self.state != RegistrationState::Completed && now < self.expires_at
    }
}

/// The stored half of the token of a generation, and the digest of the code that goes with it.
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
