//! Accounts, organizations, sessions.

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::account::{Account, Organization};
use crate::email_address::EmailKey;
use crate::id::{AccountId, OrganizationId};
use crate::name::UserName;
use crate::ports::StoreError;
use crate::ports::store::{Accounts, Insert, Organizations, Sessions, Unique};
use crate::session::Session;
use crate::verification_token::TokenDigest;

impl MemoryUnitOfWork {
    fn owner_of_address(&self, key: &EmailKey) -> Option<&Account> {
        self.accounts.rows().find(|account| account.verified_at.is_some() && account.address.key() == key)
    }

    fn owner_of_user_name(&self, name: &UserName) -> Option<&Account> {
        self.accounts.rows().find(|account| account.user_name.as_ref() == Some(name))
    }
}

#[async_trait]
impl Accounts for MemoryUnitOfWork {
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError> {
        self.writable()?;
        if self.accounts.get(&account.id).is_some() {
            return Ok(Insert::Conflict(Unique::Id));
        }
        if account.verified_at.is_some() && self.owner_of_address(account.address.key()).is_some() {
            return Ok(Insert::Conflict(Unique::EmailKey));
        }
        if account.user_name.as_ref().is_some_and(|name| self.owner_of_user_name(name).is_some()) {
            return Ok(Insert::Conflict(Unique::UserName));
        }
        self.accounts.put(account.id, account.clone());
        Ok(Insert::Done)
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
}

#[async_trait]
impl Organizations for MemoryUnitOfWork {
    async fn insert_organization(&mut self, organization: &Organization) -> Result<Insert, StoreError> {
        self.writable()?;
        if self.organizations.get(&organization.id).is_some() {
            return Ok(Insert::Conflict(Unique::Id));
        }
        if self.organizations.rows().any(|stored| stored.code == organization.code) {
            return Ok(Insert::Conflict(Unique::OrganizationCode));
        }
        self.organizations.put(organization.id, organization.clone());
        Ok(Insert::Done)
    }

    async fn find_organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        Ok(self.organizations.get(&id).cloned())
    }
}

#[async_trait]
impl Sessions for MemoryUnitOfWork {
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.writable()?;
        if self.sessions.get(&session.token).is_some() {
            return Err(duplicate("sessions"));
        }
        if self.accounts.get(&session.account).is_none() {
            return Err(StoreError::permanent("a session needs an account"));
        }
        self.sessions.put(session.token, session.clone());
        Ok(())
    }

    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        Ok(self.sessions.get(token).cloned())
    }
}
