//! What signing in reads of an account before the password is proven.

use super::Account;
use crate::email_address::EmailKey;
use crate::id::AccountId;
use crate::password::PasswordHash;

/// What is needed to judge a password, and no more: reading a whole account takes longer than finding none, and the time
/// of an answer would tell who has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Whose it is.
    pub account: AccountId,
    /// The key of the account's address.
    pub key: EmailKey,
    /// Whether the address is proven.
    pub is_proven: bool,
    /// The account's [`credential_epoch`](Account::credential_epoch).
    pub epoch: u32,
    /// The password's hash; `None` where only a provider signs in.
    pub password_hash: Option<PasswordHash>,
    /// Whether an administrator disabled the account.
    pub is_disabled: bool,
}

impl Credential {
    /// The account's.
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
}
