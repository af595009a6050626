//! What signing in reads of an account before the password is verified.

use super::Account;
use crate::email_address::EmailKey;
use crate::id::AccountId;
use crate::password::PasswordHash;

/// The data needed to verify a password, and no more. Reading a whole account takes longer than finding none, so the
/// response time would reveal who has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The account.
    pub account: AccountId,
    /// The key of the account's address.
    pub key: EmailKey,
    /// Whether the address is verified.
    pub is_proven: bool,
    /// The account's [`credential_epoch`](Account::credential_epoch).
    pub epoch: u32,
    /// The password hash; `None` if the account only signs in with a provider.
    pub password_hash: Option<PasswordHash>,
    /// Whether an administrator disabled the account.
    pub is_disabled: bool,
}

impl Credential {
    /// Creates the credential of an account.
    #[must_use]
    pub fn of(account: &Account) -> Self {
        Self {
            account: account.id,
            key: account.address.key().clone(),
            is_proven: account.verified_at.is_some(),
            epoch: account.credential_epoch,
            password_hash: account.password_hash.clone(),
            is_disabled: account.disabled_at.is_some(),
        }
    }

    /// What tries of its password are counted under. A new credential begins a new count.
    pub(crate) fn subject_of_tries(&self) -> String {
        let Self { account, key, epoch, .. } = self;
        let key = key.as_str();
        if self.is_proven {
            format!("{key}#{epoch}")
        } else {
            // Anyone can have an account with an unverified address. Signing in to it must not reset the counter of the
            // account that has verified the address.
            format!("{key}#{epoch}#{account}")
        }
    }
}
