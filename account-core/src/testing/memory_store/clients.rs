//! Registered clients.

use async_trait::async_trait;

use super::MemoryUnitOfWork;
use crate::id::OrganizationId;
use crate::organization::{ClientId, RegisteredClient};
use crate::ports::StoreError;
use crate::ports::store::{Insert, RegisteredClients, Unique, Update};

#[async_trait]
impl RegisteredClients for MemoryUnitOfWork {
    async fn insert_client(&mut self, client: &RegisteredClient) -> Result<Insert, StoreError> {
        self.writable()?;
        if self.clients.get(&client.id).is_some() {
            return Ok(Insert::Conflict(Unique::Id));
        }
        self.clients.put(client.id.clone(), client.clone());
        Ok(Insert::Done)
    }

    async fn find_client(&mut self, id: &ClientId) -> Result<Option<RegisteredClient>, StoreError> {
        Ok(self.clients.get(id).cloned())
    }

    async fn update_client(&mut self, client: &RegisteredClient) -> Result<Update, StoreError> {
        self.writable()?;
        let before = client.version.checked_sub(1);
        if self.clients.get(&client.id).is_none_or(|stored| Some(stored.version) != before) {
            return Ok(Update::Missed);
        }
        self.clients.put(client.id.clone(), client.clone());
        Ok(Update::Applied)
    }

    async fn delete_client(&mut self, id: &ClientId) -> Result<Update, StoreError> {
        self.writable()?;
        if self.clients.get(id).is_none() {
            return Ok(Update::Missed);
        }
        self.clients.remove(id.clone());
        Ok(Update::Applied)
    }

    async fn has_client(&mut self, organization: OrganizationId) -> Result<bool, StoreError> {
        Ok(self.clients.rows().any(|client| client.organization == Some(organization)))
    }

    async fn list_clients(
        &mut self,
        after: Option<&ClientId>,
        limit: u32,
    ) -> Result<Vec<RegisteredClient>, StoreError> {
        Ok(self.clients.scan(after, limit))
    }
}
