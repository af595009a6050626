//! Accounts and sessions.

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
    /// Writes a new account, unless its id is taken, or its user name is, or its address is proven and another
    /// account has proven an address of that key.
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError>;

    /// Replaces the account, if the stored one is of the version just before `account.version`, and no other account
    /// has its user name or has proven an address of its key. Losing a race for these two values may also be a
    /// transient error: trying again then finds the value taken.
    async fn update_account(&mut self, account: &Account) -> Result<AccountUpdate, StoreError>;

    /// The account with that id.
    async fn find_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account that has proven an address of that key.
    async fn find_account_by_email(&mut self, key: &EmailKey) -> Result<Option<Account>, StoreError>;

    /// The account with that user name.
    async fn find_account_by_user_name(&mut self, name: &UserName) -> Result<Option<Account>, StoreError>;

    /// The accounts with an address of that key that is not proven, youngest first, at most ten.
    async fn find_unverified_accounts(&mut self, key: &EmailKey) -> Result<Vec<Account>, StoreError>;

    /// The credential of the account that has proven an address of that key, else of the youngest that has not. It is
    /// read as fast as it is found that there is none: the implementation MUST read no more than is in it.
    async fn find_credential(&mut self, key: &EmailKey) -> Result<Option<Credential>, StoreError>;

    /// The credential of the account with that user name, read likewise.
    async fn find_credential_by_user_name(&mut self, name: &UserName) -> Result<Option<Credential>, StoreError>;

    /// Raises the account's count of mailed tokens and returns it: the generation of its next token, whatever its
    /// purpose, from 1. `None` when there is no such account. Changes nothing else, and not the version.
    async fn next_token_generation(&mut self, id: AccountId) -> Result<Option<u32>, StoreError>;

    /// Removes the account, with its sessions, the tokens that renew those, and its tokens of every purpose, if it is
    /// of that version.
    async fn delete_account(&mut self, id: AccountId, version: u32) -> Result<Update, StoreError>;
}

/// What became of the update of an account.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountUpdate {
    /// It was replaced.
    Applied,
    /// It is not there, or was changed meanwhile. Nothing was changed.
    Missed,
    /// Another account has the value. Nothing was changed.
    Conflict(Unique),
}

/// Many accounts at a time.
#[async_trait]
pub trait AccountLists {
    /// Accounts that fit, youngest id first, at most `limit`, and only those with ids below `before`.
    async fn list_accounts(
        &mut self,
        filter: &AccountFilter,
        before: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError>;

    /// Every account, oldest id first, at most `limit`, and only those with ids above `after`: for an export.
    async fn scan_accounts(&mut self, after: Option<AccountId>, limit: u32) -> Result<Vec<Account>, StoreError>;

    /// How many super admins there are whose account is [`crate::account::AccountState::Active`], not counting that
    /// one. Where several units of work write at a time, it MUST keep others from taking the role away, or the account
    /// out of use, of any of them until this unit ends.
    async fn count_other_super_admins(&mut self, except: AccountId) -> Result<u64, StoreError>;

    /// Accounts to be deleted now, at most `limit`: their time of grace ended by `now` and they are not disabled, or
    /// their address was not proven and they were made before `unverified_before`.
    async fn find_accounts_to_delete(
        &mut self,
        now: Timestamp,
        unverified_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError>;
}

/// Which accounts; all conditions hold together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Only those whose [`Account::search_text`] contains this, which is lower-cased; `%` and `_` mean themselves.
    pub text: Option<String>,
    /// Only those with that role.
    pub role: Option<Role>,
    /// Only those in that state.
    pub state: Option<AccountState>,
    /// Only those of that organization.
    pub organization: Option<OrganizationId>,
}

/// Sessions.
#[async_trait]
pub trait Sessions {
    /// Writes a session.
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// The session with that token, expired or not.
    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError>;

    /// The session with that id, expired or not.
    async fn find_session_by_id(&mut self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// The sessions of the account, expired or not, youngest id first, at most 1,000.
    async fn find_sessions_of_account(&mut self, account: AccountId) -> Result<Vec<Session>, StoreError>;

    /// Sets the session's `last_used_at`, if it is there and was last used before.
    async fn touch_session(&mut self, token: &TokenDigest, last_used_at: Timestamp) -> Result<Update, StoreError>;

    /// Puts `session` in the place of the one with that token, if it is there.
    async fn replace_session(&mut self, token: &TokenDigest, session: &Session) -> Result<Update, StoreError>;

    /// Removes the session, if it is the account's, and the tokens that renew it: those of the purpose
    /// [`SessionRenewal`](crate::one_time_token::Purpose::SessionRenewal) whose subject it is.
    async fn delete_session(&mut self, account: AccountId, id: SessionId) -> Result<Update, StoreError>;

    /// Removes the account's sessions, but for the one with the token `except`, and the tokens that renew them; returns
    /// how many sessions.
    async fn delete_sessions_of_account(
        &mut self,
        account: AccountId,
        except: Option<&TokenDigest>,
    ) -> Result<u64, StoreError>;
}
