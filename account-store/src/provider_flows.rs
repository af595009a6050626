//! Flows to providers that are under way.

use account_core::one_time_token::TokenDigest;
use account_core::ports::StoreError;
use account_core::ports::store::{ProviderFlows, Update};
use account_core::provider::{ProviderFlow, ProviderName};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::provider_flow::{ActiveModel, Column, Entity, Model};
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

fn to_model(flow: &ProviderFlow) -> Result<Model, StoreError> {
    Ok(Model {
        state: flow.state.as_bytes().to_vec(),
        browser: flow.browser.as_bytes().to_vec(),
        provider: flow.provider.as_str().to_owned(),
        wish: serde_json::to_string(&flow.wish).map_err(StoreError::permanent)?,
        app: flow.app.clone(),
        expires_at: micros(flow.expires_at),
    })
}

fn from_model(model: Model) -> Result<ProviderFlow, StoreError> {
    let row = Row::with_digest("provider_flows", &model.state);
    Ok(ProviderFlow {
        state: row.digest("state", &model.state)?,
        browser: row.digest("browser", &model.browser)?,
        provider: row.read("provider", ProviderName::parse(&model.provider).ok())?,
        wish: row.read("wish", serde_json::from_str(&model.wish).ok())?,
        app: model.app,
        expires_at: Timestamp::from_unix_micros(model.expires_at),
    })
}

#[async_trait]
impl ProviderFlows for DatabaseUnitOfWork {
    async fn insert_flow(&mut self, flow: &ProviderFlow) -> Result<(), StoreError> {
        self.insert::<ActiveModel>(to_model(flow)?, "insert a flow").await
    }

    async fn find_flow(&mut self, state: &TokenDigest) -> Result<Option<ProviderFlow>, StoreError> {
        let found = Entity::find_by_id(state.as_bytes().to_vec()).one(self.reader()?).await;
        found.map_err(self.failed("find a flow"))?.map(from_model).transpose()
    }

    async fn delete_flow(&mut self, state: &TokenDigest) -> Result<Update, StoreError> {
        let deletion = Entity::delete_many().filter(Column::State.eq(state.as_bytes().to_vec()));
        Ok(outcome(self.delete(deletion, "delete a flow").await?))
    }
}
