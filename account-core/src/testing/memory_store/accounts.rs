//! Accounts.

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::MemoryUnitOfWork;
use crate::account::{Account, Credential};
use crate::email_address::EmailKey;
use crate::id::AccountId;
use crate::name::UserName;
use crate::ports::StoreError;
use crate::ports::store::{AccountUpdate, Accounts, Insert, Unique, Update};

/// Most accounts of one address that is not proven which are looked at.
const MOST_UNVERIFIED: u32 = 10;

impl MemoryUnitOfWork {
    fn owner_of_address(&self, key: &EmailKey) -> Option<&Account> {
        self.accounts.rows().find(|account| account.verified_at.is_some() && account.address.key() == key)
    }

    fn owner_of_user_name(&self, name: &UserName) -> Option<&Account> {
        self.accounts.rows().find(|account| account.user_name.as_ref() == Some(name))
    }

    /// The value of the account that another one has.
    fn taken_by_another(&self, account: &Account) -> Option<Unique> {
        let is_another = |owner: Option<&Account>| owner.is_some_and(|owner| owner.id != account.id);
        if account.verified_at.is_some() && is_another(self.owner_of_address(account.address.key())) {
            return Some(Unique::EmailKey);
        }
        let name = account.user_name.as_ref()?;
        is_another(self.owner_of_user_name(name)).then_some(Unique::UserName)
    }

    /// Whether the account is there and of that version.
    fn is_of_version(&self, id: AccountId, version: Option<u32>) -> bool {
        self.accounts.get(&id).is_some_and(|stored| Some(stored.version) == version)
    }
}

#[async_trait]
impl Accounts for MemoryUnitOfWork {
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError> {
        self.writable()?;
        if self.accounts.get(&account.id).is_some() {
            return Ok(Insert::Conflict(Unique::Id));
        }
        if let Some(taken) = self.taken_by_another(account) {
            return Ok(Insert::Conflict(taken));
        }
        self.accounts.put(account.id, account.clone());
        Ok(Insert::Done)
    }

    async fn update_account(&mut self, account: &Account) -> Result<AccountUpdate, StoreError> {
        self.writable()?;
        if !self.is_of_version(account.id, account.version.checked_sub(1)) {
            return Ok(AccountUpdate::Missed);
        }
        if let Some(taken) = self.taken_by_another(account) {
            return Ok(AccountUpdate::Conflict(taken));
        }
        self.accounts.put(account.id, account.clone());
        Ok(AccountUpdate::Applied)
    }

    async fn find_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.accounts.get(&id).cloned())
    }

    async fn find_account_by_email(&mut self, key: &EmailKey) -> Result<Option<Account>, StoreError> {
        Ok(self.owner_of_address(key).cloned())
    }

    async fn find_account_by_user_name(&mut self, name: &UserName) -> Result<Option<Account>, StoreError> {
        Ok(self.owner_of_user_name(name).cloned())
    }

    async fn find_account_keys(&mut self, keys: &[EmailKey]) -> Result<BTreeSet<EmailKey>, StoreError> {
        let sought: BTreeSet<&EmailKey> = keys.iter().collect();
        let found = self.accounts.rows().map(|account| account.address.key()).filter(|key| sought.contains(key));
        Ok(found.cloned().collect())
    }

    async fn find_unverified_accounts(&mut self, key: &EmailKey) -> Result<Vec<Account>, StoreError> {
        let is_meant = |account: &Account| account.verified_at.is_none() && account.address.key() == key;
        Ok(self.accounts.page(None, MOST_UNVERIFIED, is_meant))
    }

    async fn find_credential(&mut self, key: &EmailKey) -> Result<Option<Credential>, StoreError> {
        let proven = self.owner_of_address(key).map(Credential::of);
        let youngest = self.find_unverified_accounts(key).await?.into_iter().next();
        Ok(proven.or_else(|| youngest.as_ref().map(Credential::of)))
    }

    async fn find_credential_by_user_name(&mut self, name: &UserName) -> Result<Option<Credential>, StoreError> {
        Ok(self.owner_of_user_name(name).map(Credential::of))
    }

    async fn next_token_generation(&mut self, id: AccountId) -> Result<Option<u32>, StoreError> {
        self.writable()?;
        if self.accounts.get(&id).is_none() {
            return Ok(None);
        }
        let next = self.token_counts.get(&id).map_or(1, |count| count.saturating_add(1));
        self.token_counts.put(id, next);
        Ok(Some(next))
    }

    async fn delete_account(&mut self, id: AccountId, version: u32) -> Result<Update, StoreError> {
        self.writable()?;
        if !self.is_of_version(id, Some(version)) {
            return Ok(Update::Missed);
        }
        self.accounts.remove(id);
        self.token_counts.remove(id);
        self.remove_sessions(|session| session.account == id);
        self.identities.remove_some(u32::MAX, |identity| identity.owner == id);
        self.tokens.remove_some(u32::MAX, |token| token.subject == id.as_uuid());
        Ok(Update::Applied)
    }
}
