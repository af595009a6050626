//! Accounts and sessions.

use std::collections::BTreeSet;

use account_core::account::{Account, AccountState, Credential, Role};
use account_core::email_address::EmailKey;
use account_core::id::{AccountId, SessionId};
use account_core::name::UserName;
use account_core::one_time_token::{Purpose, TokenDigest};
use account_core::ports::StoreError;
use account_core::ports::store::{
    AccountFilter, AccountLists, AccountUpdate, Accounts, Insert, Sessions, Unique, Update,
};
use account_core::session::Session;
use account_core::timestamp::Timestamp;
use async_trait::async_trait;

use super::list::{List, keyed};
use super::{Draft, Lists};

keyed! {
    Account: id as AccountId,
    Session: id as SessionId,
}

/// Whether the account holds that address: an address that nobody has proven is held by nobody.
fn holds(account: &Account, key: &EmailKey) -> bool {
    account.verified_at.is_some() && account.address.key() == key
}

/// The value of the account that another one has.
fn taken(accounts: &List<Account>, account: &Account) -> Option<Unique> {
    let by_another = |matches: &dyn Fn(&Account) -> bool| accounts.has(|row| row.id != account.id && matches(row));
    if account.verified_at.is_some() && by_another(&|row| holds(row, account.address.key())) {
        Some(Unique::EmailKey)
    } else if account.user_name.is_some() && by_another(&|row| row.user_name == account.user_name) {
        Some(Unique::UserName)
    } else {
        None
    }
}

#[async_trait]
impl Accounts for Draft {
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError> {
        let accounts = &mut self.change()?.accounts;
        let is_there = accounts.has(|row| row.id == account.id).then_some(Unique::Id);
        match is_there.or_else(|| taken(accounts, account)) {
            Some(unique) => Ok(Insert::Conflict(unique)),
            None => accounts.add(account).map(|()| Insert::Done),
        }
    }

    async fn update_account(&mut self, account: &Account) -> Result<AccountUpdate, StoreError> {
        let accounts = &mut self.change()?.accounts;
        let is_before = |row: &Account| row.id == account.id && row.version.checked_add(1) == Some(account.version);
        if !accounts.has(is_before) {
            return Ok(AccountUpdate::Missed);
        }
        if let Some(unique) = taken(accounts, account) {
            return Ok(AccountUpdate::Conflict(unique));
        }
        Ok(match accounts.replace(account, is_before) {
            Update::Applied => AccountUpdate::Applied,
            Update::Missed => AccountUpdate::Missed,
        })
    }

    async fn find_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.lists.accounts.find(|row| row.id == id))
    }

    async fn find_account_by_email(&mut self, key: &EmailKey) -> Result<Option<Account>, StoreError> {
        Ok(self.lists.accounts.find(|row| holds(row, key)))
    }

    async fn find_account_by_user_name(&mut self, name: &UserName) -> Result<Option<Account>, StoreError> {
        Ok(self.lists.accounts.find(|row| row.user_name.as_ref() == Some(name)))
    }

    async fn find_unverified_accounts(&mut self, key: &EmailKey) -> Result<Vec<Account>, StoreError> {
        let is_meant = |row: &Account| row.verified_at.is_none() && row.address.key() == key;
        Ok(self.lists.accounts.page(None, 10, is_meant))
    }

    async fn find_account_keys(&mut self, keys: &[EmailKey]) -> Result<BTreeSet<EmailKey>, StoreError> {
        let found = self.lists.accounts.rows().map(|row| row.address.key()).filter(|key| keys.contains(key));
        Ok(found.cloned().collect())
    }

    async fn find_credential(&mut self, key: &EmailKey) -> Result<Option<Credential>, StoreError> {
        let proven = self.find_account_by_email(key).await?;
        let account = match proven {
            None => self.find_unverified_accounts(key).await?.into_iter().next(),
            proven => proven,
        };
        Ok(account.as_ref().map(Credential::of))
    }

    async fn find_credential_by_user_name(&mut self, name: &UserName) -> Result<Option<Credential>, StoreError> {
        Ok(self.find_account_by_user_name(name).await?.as_ref().map(Credential::of))
    }

    async fn next_token_generation(&mut self, id: AccountId) -> Result<Option<u32>, StoreError> {
        let lists = self.change()?;
        if !lists.accounts.has(|row| row.id == id) {
            return Ok(None);
        }
        let mailed = lists.mailed.entry(id).or_default();
        *mailed += 1;
        Ok(Some(*mailed))
    }

    async fn delete_account(&mut self, id: AccountId, version: u32) -> Result<Update, StoreError> {
        let lists = self.change()?;
        let outcome = lists.accounts.remove_one(|row| row.id == id && row.version == version);
        if outcome == Update::Applied {
            lists.mailed.remove(&id);
            end_sessions(lists, |row| row.account == id);
            lists.tokens.remove(u32::MAX, |row| row.subject == id.as_uuid());
            lists.identities.remove(u32::MAX, |row| row.owner == id);
        }
        Ok(outcome)
    }
}

#[async_trait]
impl AccountLists for Draft {
    async fn list_accounts(
        &mut self,
        filter: &AccountFilter,
        before: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        let fits = |row: &Account| {
            filter.text.as_ref().is_none_or(|text| row.search_text().contains(text))
                && filter.role.is_none_or(|role| row.role == role)
                && filter.state.is_none_or(|state| row.state() == state)
                && (filter.organization.is_none() || row.organization == filter.organization)
        };
        Ok(self.lists.accounts.page(before.as_ref(), limit, fits))
    }

    async fn scan_accounts(&mut self, after: Option<AccountId>, limit: u32) -> Result<Vec<Account>, StoreError> {
        Ok(self.lists.accounts.scan(after.as_ref(), limit))
    }

    async fn count_other_super_admins(&mut self, except: AccountId) -> Result<u64, StoreError> {
        // Anyone who holds the pen is the only one who writes: nobody else takes a role away meanwhile.
        let is_in_use = |row: &Account| row.role == Role::SuperAdmin && row.state() == AccountState::Active;
        let others = self.lists.accounts.rows().filter(|row| row.id != except && is_in_use(row));
        Ok(others.fold(0, |count, _| count + 1))
    }

    async fn find_accounts_to_delete(
        &mut self,
        now: Timestamp,
        unverified_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        let was_left = |row: &Account| row.verified_at.is_none() && row.created_at < unverified_before;
        let is_due = |row: &Account| row.disabled_at.is_none() && row.deletion_due_at.is_some_and(|due| due <= now);
        let is_over = |row: &Account| is_due(row) || was_left(row);
        Ok(self.lists.accounts.page(None, limit, is_over))
    }
}

#[async_trait]
impl Sessions for Draft {
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.change()?.sessions.add(session)
    }

    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        Ok(self.lists.sessions.find(|row| row.token == *token))
    }

    async fn find_session_by_id(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        Ok(self.lists.sessions.find(|row| row.id == id))
    }

    async fn find_sessions_of_account(&mut self, account: AccountId) -> Result<Vec<Session>, StoreError> {
        Ok(self.lists.sessions.page(None, 1_000, |row| row.account == account))
    }

    async fn touch_session(&mut self, token: &TokenDigest, last_used_at: Timestamp) -> Result<Update, StoreError> {
        let is_older = |row: &Session| {
            let (stored, new) = (row.last_used_at, last_used_at);
            row.token == *token && (stored < new || stored.is_from_the_future(new))
        };
        Ok(self.change()?.sessions.change_one(is_older, |row| row.last_used_at = last_used_at))
    }

    async fn replace_session(&mut self, token: &TokenDigest, session: &Session) -> Result<Update, StoreError> {
        Ok(self.change()?.sessions.replace(session, |row| row.token == *token))
    }

    async fn delete_session(&mut self, account: AccountId, id: SessionId) -> Result<Update, StoreError> {
        let ended = end_sessions(self.change()?, |row| row.account == account && row.id == id);
        Ok(if ended == 0 { Update::Missed } else { Update::Applied })
    }

    async fn delete_sessions_of_account(
        &mut self,
        account: AccountId,
        except: Option<&TokenDigest>,
    ) -> Result<u64, StoreError> {
        let goes = |row: &Session| row.account == account && Some(&row.token) != except;
        Ok(end_sessions(self.change()?, goes))
    }
}

/// Removes those sessions and the tokens that renew them; returns how many sessions.
fn end_sessions(lists: &mut Lists, goes: impl Fn(&Session) -> bool) -> u64 {
    let ended: Vec<_> = lists.sessions.rows().filter(|row| goes(row)).map(|row| row.id.as_uuid()).collect();
    lists.tokens.remove(u32::MAX, |row| row.purpose == Purpose::SessionRenewal && ended.contains(&row.subject));
    lists.sessions.remove(u32::MAX, goes)
}
