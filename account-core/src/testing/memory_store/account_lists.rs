//! Many accounts at a time.

use async_trait::async_trait;

use super::MemoryUnitOfWork;
use crate::account::{Account, AccountState, Role};
use crate::id::AccountId;
use crate::ports::StoreError;
use crate::ports::store::{AccountFilter, AccountLists};
use crate::timestamp::Timestamp;

fn fits(filter: &AccountFilter, account: &Account) -> bool {
    filter.text.as_ref().is_none_or(|text| account.search_text().contains(text))
        && filter.role.is_none_or(|role| account.role == role)
        && filter.state.is_none_or(|state| account.state() == state)
        && filter.organization.is_none_or(|organization| account.organization == Some(organization))
}

#[async_trait]
impl AccountLists for MemoryUnitOfWork {
    async fn list_accounts(
        &mut self,
        filter: &AccountFilter,
        before: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        Ok(self.accounts.page(before.as_ref(), limit, |account| fits(filter, account)))
    }

    async fn scan_accounts(&mut self, after: Option<AccountId>, limit: u32) -> Result<Vec<Account>, StoreError> {
        Ok(self.accounts.scan(after.as_ref(), limit))
    }

    async fn count_other_super_admins(&mut self, except: AccountId) -> Result<u64, StoreError> {
        // One unit of work writes at a time: nobody else takes a role away meanwhile.
        let is_meant = |account: &Account| {
            account.id != except && account.role == Role::SuperAdmin && account.state() == AccountState::Active
        };
        Ok(self.accounts.count_where(is_meant))
    }

    async fn find_accounts_to_delete(
        &mut self,
        now: Timestamp,
        unverified_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        let is_over = |account: &Account| {
            (account.disabled_at.is_none() && account.deletion_due_at.is_some_and(|due| due <= now))
                || (account.verified_at.is_none() && account.created_at < unverified_before)
        };
        Ok(self.accounts.page(None, limit, is_over))
    }
}
