//! Accounts and sessions.

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::outcome::{Insert, StoreError, Unique, Update};
use crate::account::{Account, AccountState, Credential, Role};
use crate::email_address::EmailKey;
use crate::id::{AccountId, OrganizationId, SessionId};
use crate::name::UserName;
use crate::one_time_token::TokenDigest;
use crate::session::Session;
use crate::timestamp::Timestamp;

/// Accounts.
#[async_trait]
pub trait Accounts {
    /// Inserts an account, unless its id or username is taken, or its address is verified and another account has
    /// verified an address with the same key.
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError>;

    /// Replaces the account if the stored version is the one just before `account.version`, and no other account has
    /// its username or has verified an address with the same key. Losing a race for one of these two values may also be
    /// reported as a transient error: trying again then finds the value taken.
    async fn update_account(&mut self, account: &Account) -> Result<AccountUpdate, StoreError>;

    /// Returns the account with this id.
    async fn find_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// Returns the account that has verified an address with this key.
    async fn find_account_by_email(&mut self, key: &EmailKey) -> Result<Option<Account>, StoreError>;

    /// Returns the account with this username.
    async fn find_account_by_user_name(&mut self, name: &UserName) -> Result<Option<Account>, StoreError>;

    /// Returns the accounts with an unverified address with this key, newest first, at most ten.
    async fn find_unverified_accounts(&mut self, key: &EmailKey) -> Result<Vec<Account>, StoreError>;

    /// Returns those of the keys that some account's address has, verified or not. Locks nothing.
    async fn find_account_keys(&mut self, keys: &[EmailKey]) -> Result<BTreeSet<EmailKey>, StoreError>;

    /// Returns the credential of the account that has verified an address with this key, or else of the newest account
    /// that has not. To hide by its timing whether there is one, the implementation MUST read no more than the
    /// credential.
    async fn find_credential(&mut self, key: &EmailKey) -> Result<Option<Credential>, StoreError>;

    /// Returns the credential of the account with this username, read in the same way.
    async fn find_credential_by_user_name(&mut self, name: &UserName) -> Result<Option<Credential>, StoreError>;

    /// Increments the account's counter of emailed tokens and returns it: the generation of its next token, whatever
    /// its purpose, starting at 1. `None` if there is no such account. Changes nothing else, not even the version.
    async fn next_token_generation(&mut self, id: AccountId) -> Result<Option<u32>, StoreError>;

    /// Deletes the account with its sessions, their renewal tokens, its tokens of every purpose and its identities, if
    /// the stored version is `version`.
    async fn delete_account(&mut self, id: AccountId, version: u32) -> Result<Update, StoreError>;
}

/// The outcome of updating an account.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountUpdate {
    /// The account was replaced.
    Applied,
    /// The account does not exist, or has another version. Nothing was changed.
    Missed,
    /// Another account has this value. Nothing was changed.
    Conflict(Unique),
}

/// Lists of accounts.
#[async_trait]
pub trait AccountLists {
    /// Returns matching accounts with ids below `before`, newest id first, at most `limit`.
    async fn list_accounts(
        &mut self,
        filter: &AccountFilter,
        before: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError>;

    /// Returns accounts with ids above `after`, oldest id first, at most `limit`; for an export.
    async fn scan_accounts(&mut self, after: Option<AccountId>, limit: u32) -> Result<Vec<Account>, StoreError>;

    /// Counts the super admins other than `except` whose account is [`crate::account::AccountState::Active`]. In a
    /// store that allows several writers, no other unit of work may take the role from any of them, or disable or
    /// delete their account, until this one ends (MUST).
    async fn count_other_super_admins(&mut self, except: AccountId) -> Result<u64, StoreError>;

    /// Returns accounts to delete now, at most `limit`: those that are not disabled and whose deletion grace period
    /// ended by `now`, and those that were created before `unverified_before` and have no verified address.
    async fn find_accounts_to_delete(
        &mut self,
        now: Timestamp,
        unverified_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError>;
}

/// Selects accounts. All conditions must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Only accounts whose [`Account::search_text`] contains this lower-case text. `%` and `_` have no special meaning.
    pub text: Option<String>,
    /// Only accounts with this role.
    pub role: Option<Role>,
    /// Only accounts in this state.
    pub state: Option<AccountState>,
    /// Only accounts in this organization.
    pub organization: Option<OrganizationId>,
}

/// Sessions.
#[async_trait]
pub trait Sessions {
    /// Inserts a session.
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Returns the session with this token, expired or not.
    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError>;

    /// Returns the session with this id, expired or not.
    async fn find_session_by_id(&mut self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// Returns the sessions of the account, expired or not, newest id first, at most 1,000.
    async fn find_sessions_of_account(&mut self, account: AccountId) -> Result<Vec<Session>, StoreError>;

    /// Sets the session's `last_used_at`, if the session exists and the new time is later, or earlier by more than
    /// [`CLOCK_DIFFERENCE`](crate::timestamp::CLOCK_DIFFERENCE).
    async fn touch_session(&mut self, token: &TokenDigest, last_used_at: Timestamp) -> Result<Update, StoreError>;

    /// Replaces the session with this token, if it exists, by `session`.
    async fn replace_session(&mut self, token: &TokenDigest, session: &Session) -> Result<Update, StoreError>;

    /// Deletes the session, if it belongs to the account, and its renewal tokens: those of purpose
    /// [`SessionRenewal`](crate::one_time_token::Purpose::SessionRenewal) whose subject it is.
    async fn delete_session(&mut self, account: AccountId, id: SessionId) -> Result<Update, StoreError>;

    /// Deletes the account's sessions other than the one with the token `except`, and their renewal tokens; returns how
    /// many sessions were deleted.
    async fn delete_sessions_of_account(
        &mut self,
        account: AccountId,
        except: Option<&TokenDigest>,
    ) -> Result<u64, StoreError>;
}
