//! The feature flags, as use cases read them.

use std::sync::Arc;

use super::feature_cache::{Closed, Snapshot};
use super::{AccountService, Unavailable};
use crate::client::{Client, unwrap_mapped};
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
        let closed = self.snapshot().await?.flags.closed_to_all().err();
        Ok(closed.map(|Closed { reason }| RegistrationNotice { reason }))
    }

    /// Returns the network that the client's requests are counted under; `None` if limits per client do not apply: for
    /// exempt networks, and for those of registered clients. All limits per network use this.
    pub(crate) async fn network_of(&self, client: &Client) -> Option<String> {
        let network = client.network()?;
        let address = unwrap_mapped(client.address?);
        // While the exemptions cannot be read, nobody is exempt.
        let snapshot = self.snapshot().await.ok();
        let is_exempt = snapshot.is_some_and(|snapshot| snapshot.exempt.iter().any(|exempt| exempt.contains(&address)));
        (!is_exempt).then_some(network)
    }
}
