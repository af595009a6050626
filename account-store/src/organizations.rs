//! Organizations.

use account_core::id::OrganizationId;
use account_core::organization::Organization;
use account_core::ports::StoreError;
use account_core::ports::store::{Insert, Organizations, Unique, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
};

use crate::entity::account;
use crate::entity::organization::{ActiveModel, Column, Entity, Model};
use crate::page::Page;
use crate::row::{Row, micros, texts_document};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

fn to_model(organization: &Organization) -> Model {
    Model {
        id: organization.id.as_uuid(),
        code: organization.code.clone(),
        name: organization.name.clone(),
        callback_origins: texts_document(&organization.callback_origins),
        allows_self_named_administrators: organization.allows_self_named_administrators,
        version: organization.version.into(),
        created_at: micros(organization.created_at),
        updated_at: micros(organization.updated_at),
    }
}

fn from_model(model: Model) -> Result<Organization, StoreError> {
    let row = Row::new("organizations", model.id);
    Ok(Organization {
        id: OrganizationId::from_uuid(model.id),
        callback_origins: row.texts("callback_origins", &model.callback_origins)?,
        code: model.code,
        name: model.name,
        allows_self_named_administrators: model.allows_self_named_administrators,
        version: row.count("version", model.version)?,
        created_at: Timestamp::from_unix_micros(model.created_at),
        updated_at: Timestamp::from_unix_micros(model.updated_at),
    })
}

#[async_trait]
impl Organizations for DatabaseUnitOfWork {
    async fn insert_organization(&mut self, organization: &Organization) -> Result<Insert, StoreError> {
        let model = to_model(organization);
        if self.insert_unless_taken::<ActiveModel>(model, "insert an organization").await? {
            return Ok(Insert::Done);
        }
        let taken = self.find_organization(organization.id).await?.map_or(Unique::OrganizationCode, |_| Unique::Id);
        Ok(Insert::Conflict(taken))
    }

    async fn find_organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        let select = self.holding::<Entity>(Condition::all().add(Column::Id.eq(id.as_uuid()))).await?;
        let found = select.one(self.reader()?).await;
        found.map_err(self.failed("find an organization"))?.map(from_model).transpose()
    }

    async fn find_organization_by_code(&mut self, code: &str) -> Result<Option<Organization>, StoreError> {
        let select = self.holding::<Entity>(Condition::all().add(Column::Code.eq(code))).await?;
        let found = select.one(self.reader()?).await;
        found.map_err(self.failed("find an organization by its code"))?.map(from_model).transpose()
    }

    async fn update_organization(&mut self, organization: &Organization) -> Result<Update, StoreError> {
        let mut row = to_model(organization).into_active_model().reset_all();
        row.id = ActiveValue::NotSet;
        row.code = ActiveValue::NotSet;
        let update = Entity::update_many()
            .set(row)
            .filter(Column::Id.eq(organization.id.as_uuid()))
            .filter(Column::Version.eq(i64::from(organization.version) - 1));
        Ok(outcome(self.update(update, "update an organization").await?))
    }

    async fn delete_organization(&mut self, id: OrganizationId) -> Result<Update, StoreError> {
        // Lock it in a separate statement first: this waits for accounts that are joining, and only the next statement
        // sees that they have joined.
        if self.find_organization(id).await?.is_none() {
            return Ok(Update::Missed);
        }
        let member = Query::select()
            .column(account::Column::Id)
            .from(account::Entity)
            .and_where(account::Column::Organization.eq(id.as_uuid()))
            .take();
        let deletion = Entity::delete_many().filter(Column::Id.eq(id.as_uuid())).filter(Expr::exists(member).not());
        Ok(outcome(self.delete(deletion, "delete an organization").await?))
    }

    async fn list_organizations(
        &mut self,
        before: Option<OrganizationId>,
        limit: u32,
    ) -> Result<Vec<Organization>, StoreError> {
        let page = Page::newest_first(Column::Id, before.map(|id| id.as_uuid()), limit);
        self.list_page(Entity::find(), page, from_model, "list organizations").await
    }
}
