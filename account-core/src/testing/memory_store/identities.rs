//! Linked identities, and flows to providers.

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::id::{AccountId, IdentityId};
use crate::one_time_token::TokenDigest;
use crate::ports::StoreError;
use crate::ports::store::{Identities, Insert, ProviderFlows, Unique, Update};
use crate::provider::{Identity, IdentityKey, ProviderFlow};

#[async_trait]
impl Identities for MemoryUnitOfWork {
    async fn insert_identity(&mut self, identity: &Identity) -> Result<Insert, StoreError> {
        self.writable()?;
        let digest = identity.key.digest();
        if self.identities.get(&digest).is_some() {
            return Ok(Insert::Conflict(Unique::Identity));
        }
        self.identities.put(digest, identity.clone());
        Ok(Insert::Done)
    }

    async fn find_identity(&mut self, key: &IdentityKey) -> Result<Option<Identity>, StoreError> {
        Ok(self.identities.get(&key.digest()).cloned())
    }

    async fn find_identities_of_account(&mut self, account: AccountId) -> Result<Vec<Identity>, StoreError> {
        let mut found: Vec<_> = self.identities.rows().filter(|stored| stored.owner == account).cloned().collect();
        found.sort_by_key(|identity| (identity.linked_at, identity.id));
        Ok(found)
    }

    async fn update_identity(&mut self, used: &Identity) -> Result<Update, StoreError> {
        self.writable()?;
        let changed = self.identities.update_where(
            |stored| stored.id == used.id && stored.owner == used.owner,
            |stored| {
                stored.account = used.account.clone();
                stored.last_used_at = used.last_used_at;
            },
        );
        Ok(if changed == 0 { Update::Missed } else { Update::Applied })
    }

    async fn delete_identity(&mut self, owner: AccountId, id: IdentityId) -> Result<Update, StoreError> {
        self.writable()?;
        let deleted = self.identities.remove_some(1, |stored| stored.id == id && stored.owner == owner);
        Ok(if deleted == 0 { Update::Missed } else { Update::Applied })
    }
}

#[async_trait]
impl ProviderFlows for MemoryUnitOfWork {
    async fn insert_flow(&mut self, flow: &ProviderFlow) -> Result<(), StoreError> {
        self.writable()?;
        if self.provider_flows.get(&flow.state).is_some() {
            return Err(duplicate("provider_flows"));
        }
        self.provider_flows.put(flow.state, flow.clone());
        Ok(())
    }

    async fn find_flow(&mut self, state: &TokenDigest) -> Result<Option<ProviderFlow>, StoreError> {
        Ok(self.provider_flows.get(state).cloned())
    }

    async fn delete_flow(&mut self, state: &TokenDigest) -> Result<Update, StoreError> {
        self.writable()?;
        let deleted = self.provider_flows.remove_some(1, |stored| stored.state == *state);
        Ok(if deleted == 0 { Update::Missed } else { Update::Applied })
    }
}
