//! Linked identities, and flows to providers.

use account_core::id::{AccountId, IdentityId};
use account_core::one_time_token::TokenDigest;
use account_core::ports::StoreError;
use account_core::ports::store::{Identities, Insert, ProviderFlows, Unique, Update};
use account_core::provider::{Identity, IdentityKey, ProviderFlow};
use async_trait::async_trait;

use super::Draft;
use super::list::keyed;

keyed! {
    Identity: id as IdentityId,
    ProviderFlow: state as TokenDigest,
}

#[async_trait]
impl Identities for Draft {
    async fn insert_identity(&mut self, identity: &Identity) -> Result<Insert, StoreError> {
        let identities = &mut self.change()?.identities;
        if identities.has(|row| row.key == identity.key) {
            return Ok(Insert::Conflict(Unique::Identity));
        }
        identities.add(identity).map(|()| Insert::Done)
    }

    async fn find_identity(&mut self, key: &IdentityKey) -> Result<Option<Identity>, StoreError> {
        Ok(self.lists.identities.find(|row| row.key == *key))
    }

    async fn find_identities_of_account(&mut self, account: AccountId) -> Result<Vec<Identity>, StoreError> {
        let mut found: Vec<_> = self.lists.identities.rows().filter(|row| row.owner == account).cloned().collect();
        found.sort_by_key(|row| (row.linked_at, row.id));
        Ok(found)
    }

    async fn update_identity(&mut self, used: &Identity) -> Result<Update, StoreError> {
        let is_meant = |row: &Identity| row.id == used.id && row.owner == used.owner;
        Ok(self.change()?.identities.change_one(is_meant, |row| {
            row.account.clone_from(&used.account);
            row.last_used_at = used.last_used_at;
        }))
    }

    async fn delete_identity(&mut self, owner: AccountId, id: IdentityId) -> Result<Update, StoreError> {
        Ok(self.change()?.identities.remove_one(|row| row.id == id && row.owner == owner))
    }
}

#[async_trait]
impl ProviderFlows for Draft {
    async fn insert_flow(&mut self, flow: &ProviderFlow) -> Result<(), StoreError> {
        self.change()?.flows.add(flow)
    }

    async fn find_flow(&mut self, state: &TokenDigest) -> Result<Option<ProviderFlow>, StoreError> {
        Ok(self.lists.flows.find(|row| row.state == *state))
    }

    async fn delete_flow(&mut self, state: &TokenDigest) -> Result<Update, StoreError> {
        Ok(self.change()?.flows.remove_one(|row| row.state == *state))
    }
}
