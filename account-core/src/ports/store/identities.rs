//! Linked identities, and flows to providers that are under way.

use async_trait::async_trait;

use super::outcome::{Insert, StoreError, Update};
use crate::id::{AccountId, IdentityId};
use crate::one_time_token::TokenDigest;
use crate::provider::{Identity, IdentityKey, ProviderFlow};

/// Identities that are linked to accounts.
#[async_trait]
pub trait Identities {
    /// Inserts an identity, unless one with its key is linked to any account.
    async fn insert_identity(&mut self, identity: &Identity) -> Result<Insert, StoreError>;

    /// Returns the identity with this key. Keys are compared byte by byte.
    async fn find_identity(&mut self, key: &IdentityKey) -> Result<Option<Identity>, StoreError>;

    /// Returns the identities of the account, by `linked_at`, then id.
    async fn find_identities_of_account(&mut self, account: AccountId) -> Result<Vec<Identity>, StoreError>;

    /// Sets `account` and `last_used_at` of the identity with the id and owner of `used` to those of `used`.
    async fn update_identity(&mut self, used: &Identity) -> Result<Update, StoreError>;

    /// Deletes the identity, if it belongs to the account.
    async fn delete_identity(&mut self, owner: AccountId, id: IdentityId) -> Result<Update, StoreError>;
}

/// Flows to providers that are under way.
#[async_trait]
pub trait ProviderFlows {
    /// Inserts a flow. A duplicate state cannot happen by chance and is an error.
    async fn insert_flow(&mut self, flow: &ProviderFlow) -> Result<(), StoreError>;

    /// Returns the flow with this state, expired or not.
    async fn find_flow(&mut self, state: &TokenDigest) -> Result<Option<ProviderFlow>, StoreError>;

    /// Deletes the flow: of parallel attempts, one is applied.
    async fn delete_flow(&mut self, state: &TokenDigest) -> Result<Update, StoreError>;
}
