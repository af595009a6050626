//! Organizations.

use async_trait::async_trait;

use super::MemoryUnitOfWork;
use crate::id::OrganizationId;
use crate::organization::Organization;
use crate::ports::StoreError;
use crate::ports::store::{Insert, Organizations, Unique, Update};

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

    async fn find_organization_by_code(&mut self, code: &str) -> Result<Option<Organization>, StoreError> {
        Ok(self.organizations.rows().find(|stored| stored.code == code).cloned())
    }

    async fn update_organization(&mut self, organization: &Organization) -> Result<Update, StoreError> {
        self.writable()?;
        let before = organization.version.checked_sub(1);
        let stored = self.organizations.get(&organization.id).filter(|stored| Some(stored.version) == before);
        let Some(code) = stored.map(|stored| stored.code.clone()) else { return Ok(Update::Missed) };
        self.organizations.put(organization.id, Organization { code, ..organization.clone() });
        Ok(Update::Applied)
    }

    async fn delete_organization(&mut self, id: OrganizationId) -> Result<Update, StoreError> {
        self.writable()?;
        let has_members = self.accounts.rows().any(|account| account.organization == Some(id));
        if has_members || self.organizations.get(&id).is_none() {
            return Ok(Update::Missed);
        }
        self.organizations.remove(id);
        Ok(Update::Applied)
    }

    async fn list_organizations(
        &mut self,
        before: Option<OrganizationId>,
        limit: u32,
    ) -> Result<Vec<Organization>, StoreError> {
        Ok(self.organizations.page(before.as_ref(), limit, |_| true))
    }
}
