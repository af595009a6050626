//! Registered clients.

use std::str::FromStr;

use account_core::id::OrganizationId;
use account_core::organization::{ClientId, RegisteredClient};
use account_core::ports::StoreError;
use account_core::ports::store::{Insert, RegisteredClients, Unique, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::{ActiveModelTrait, ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, SelectExt};

use crate::entity::client::{ActiveModel, Column, Entity, Model};
use crate::page::Page;
use crate::row::{Row, micros, texts_document};
use crate::unit_of_work::{DatabaseUnitOfWork, done_or, outcome};

fn to_model(client: &RegisteredClient) -> Model {
    let networks: Vec<String> = client.networks.iter().map(ToString::to_string).collect();
    Model {
        id: client.id.as_str().to_owned(),
        organization: client.organization.map(|organization| organization.as_uuid()),
        name: client.name.clone(),
        callback_origins: texts_document(&client.callback_origins),
        redirect_uris: texts_document(&client.redirect_uris),
        networks: texts_document(&networks),
        version: client.version.into(),
        created_at: micros(client.created_at),
        updated_at: micros(client.updated_at),
    }
}

fn from_model(model: Model) -> Result<RegisteredClient, StoreError> {
    let row = Row::new("clients", &model.id);
    let networks = row.texts("networks", &model.networks)?;
    Ok(RegisteredClient {
        id: row.read("id", ClientId::parse(&model.id))?,
        organization: model.organization.map(OrganizationId::from_uuid),
        name: model.name,
        callback_origins: row.texts("callback_origins", &model.callback_origins)?,
        redirect_uris: row.texts("redirect_uris", &model.redirect_uris)?,
        networks: row.read("networks", read_all(&networks))?,
        version: row.count("version", model.version)?,
        created_at: Timestamp::from_unix_micros(model.created_at),
        updated_at: Timestamp::from_unix_micros(model.updated_at),
    })
}

/// Parses all texts; `None` if one cannot be parsed.
fn read_all<T: FromStr>(texts: &[String]) -> Option<Vec<T>> {
    texts.iter().map(|text| text.parse().ok()).collect()
}

#[async_trait]
impl RegisteredClients for DatabaseUnitOfWork {
    async fn insert_client(&mut self, client: &RegisteredClient) -> Result<Insert, StoreError> {
        let is_done = self.insert_unless_taken::<ActiveModel>(to_model(client), "insert a client").await?;
        Ok(done_or(is_done, Unique::Id))
    }

    async fn find_client(&mut self, id: &ClientId) -> Result<Option<RegisteredClient>, StoreError> {
        let found = Entity::find_by_id(id.as_str()).one(self.reader()?).await;
        found.map_err(self.failed("find a client"))?.map(from_model).transpose()
    }

    async fn update_client(&mut self, client: &RegisteredClient) -> Result<Update, StoreError> {
        let mut row = to_model(client).into_active_model().reset_all();
        row.id = ActiveValue::NotSet;
        let update = Entity::update_many()
            .set(row)
            .filter(Column::Id.eq(client.id.as_str()))
            .filter(Column::Version.eq(i64::from(client.version) - 1));
        Ok(outcome(self.update(update, "update a client").await?))
    }

    async fn delete_client(&mut self, id: &ClientId) -> Result<Update, StoreError> {
        let deletion = Entity::delete_many().filter(Column::Id.eq(id.as_str()));
        Ok(outcome(self.delete(deletion, "delete a client").await?))
    }

    async fn has_client(&mut self, organization: OrganizationId) -> Result<bool, StoreError> {
        let of_organization = Entity::find().filter(Column::Organization.eq(organization.as_uuid()));
        of_organization.exists(self.reader()?).await.map_err(self.failed("find a client"))
    }

    async fn list_clients(
        &mut self,
        after: Option<&ClientId>,
        limit: u32,
    ) -> Result<Vec<RegisteredClient>, StoreError> {
        let page = Page::lowest_first(Column::Id, after.map(ClientId::as_str), limit);
        self.list_page(Entity::find(), page, from_model, "list clients").await
    }
}
