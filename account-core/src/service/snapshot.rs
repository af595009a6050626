//! The feature flags, as use cases read them.

use std::sync::Arc;

use super::feature_cache::{Closed, Snapshot, Way};
use super::{AccountService, Unavailable};
use crate::client::{Client, Networks};
use crate::ports::StoreError;

/// Registration is closed to everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationNotice {
    /// The reason that the operator gave, if any.
    pub reason: Option<String>,
}

impl AccountService {
    /// Returns the flags: at most half a second old, or five seconds while the store cannot be read.
    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>, StoreError> {
        self.feature_cache.snapshot(&*self.ports.store, &*self.ports.clock).await
    }

    /// Returns the notice to show while nobody may register with a password; `None` while registration is open to
    /// anyone at all. It may be as old as the cached flags: registering checks again.
    ///
    /// # Errors
    /// [`Unavailable`] if the flags cannot be read.
    pub async fn registration_notice(&self) -> Result<Option<RegistrationNotice>, Unavailable> {
        let closed = self.snapshot().await?.flags.closed_to_all(Way::Password).err();
        Ok(closed.map(|Closed { reason }| RegistrationNotice { reason }))
    }

    /// Returns whether the client is a back end that registers for many people, also while the registered clients cannot
    /// be read.
    pub(crate) async fn may_be_back_end(&self, client: &Client) -> bool {
        client.is_exempt || self.snapshot().await.map_or(true, |snapshot| snapshot.has_client_at(client))
    }

    /// The networks that the client's requests are counted under; `None` where no limit by network applies: for exempt
    /// clients, and for those that call from a registered client's network. Everything that counts by network asks here.
    pub(crate) async fn networks_of(&self, client: &Client) -> Option<Networks> {
        let networks = client.networks()?;
        // While the exemptions cannot be read, nobody is exempt.
        let is_exempt = self.snapshot().await.is_ok_and(|snapshot| snapshot.has_client_at(client));
        (!is_exempt).then_some(networks)
    }
}
