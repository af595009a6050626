//! What administrators have switched, as use cases ask for it.

use std::sync::Arc;

use super::feature_cache::{Closed, Snapshot};
use super::{AccountService, Unavailable};
use crate::client::{Client, unwrap_mapped};
use crate::ports::StoreError;

/// Registration is closed to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationNotice {
    /// The operator's words, if there are any.
    pub reason: Option<String>,
}

impl AccountService {
    /// What is switched on now, at most half a second old; at most five seconds, while the store cannot be read.
    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>, StoreError> {
        self.feature_cache.snapshot(&*self.ports.store, &*self.ports.clock).await
    }

    /// What people are told who would register with a password, when nobody may; `None` while registration is open to
    /// anybody at all. As old as the flags may be: what registers is asked again.
    ///
    /// # Errors
    /// [`Unavailable`] when the flags cannot be read.
    pub async fn registration_notice(&self) -> Result<Option<RegistrationNotice>, Unavailable> {
        let closed = self.snapshot().await?.flags.closed_to_all().err();
        Ok(closed.map(|Closed { reason }| RegistrationNotice { reason }))
    }

    /// The network that the client's requests are counted under; `None` where no per-client limit applies: for exempt
    /// clients, and for those that call from a registered client's network. Anyone who counts by network asks here.
    pub(crate) async fn network_of(&self, client: &Client) -> Option<String> {
        let network = client.network()?;
        let address = unwrap_mapped(client.address?);
        // While it is not known who is exempt, nobody is.
        let snapshot = self.snapshot().await.ok();
        let is_exempt = snapshot.is_some_and(|snapshot| snapshot.exempt.iter().any(|exempt| exempt.contains(&address)));
        (!is_exempt).then_some(network)
    }
}
