//! Organizations.

use account_core::account::Organization;
use account_core::id::OrganizationId;
use account_core::ports::StoreError;
use account_core::ports::store::{Insert, Organizations, Unique};
use async_trait::async_trait;
use sea_orm::EntityTrait;

use crate::entity::organization::{ActiveModel, Entity, Model};
use crate::unit_of_work::DatabaseUnitOfWork;

#[async_trait]
impl Organizations for DatabaseUnitOfWork {
    async fn insert_organization(&mut self, organization: &Organization) -> Result<Insert, StoreError> {
        let Organization { id, code, name } = organization.clone();
        let model = Model { id: id.as_uuid(), code, name };
        if self.insert_unless_taken::<ActiveModel>(model, "insert an organization").await? {
            return Ok(Insert::Done);
        }
        let taken = self.find_organization(id).await?.map_or(Unique::OrganizationCode, |_| Unique::Id);
        Ok(Insert::Conflict(taken))
    }

    async fn find_organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        let found = Entity::find_by_id(id.as_uuid()).one(self.reader()?).await;
        let found = found.map_err(self.failed("find an organization"))?;
        Ok(found.map(|Model { code, name, .. }| Organization { id, code, name }))
    }
}
