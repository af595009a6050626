//! Feature flags.

use account_core::feature::{FeatureName, StoredFeature};
use account_core::id::AccountId;
use account_core::ports::StoreError;
use account_core::ports::store::{Features, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::{ActiveModelTrait, ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::feature::{ActiveModel, Column, Entity, Model};
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

fn to_model(feature: &StoredFeature) -> Model {
    Model {
        name: feature.name.name().to_owned(),
        value: feature.value.clone(),
        version: feature.version.into(),
        updated_at: micros(feature.updated_at),
        updated_by: feature.updated_by.map(|account| account.as_uuid()),
    }
}

fn from_model(model: Model) -> Result<StoredFeature, StoreError> {
    let row = Row::new("features", &model.name);
    Ok(StoredFeature {
        name: row.read("name", FeatureName::by_name(&model.name))?,
        value: model.value,
        version: row.count("version", model.version)?,
        updated_at: Timestamp::from_unix_micros(model.updated_at),
        updated_by: model.updated_by.map(AccountId::from_uuid),
    })
}

#[async_trait]
impl Features for DatabaseUnitOfWork {
    async fn find_features(&mut self) -> Result<Vec<StoredFeature>, StoreError> {
        let found = Entity::find().all(self.reader()?).await;
        let found = found.map_err(self.failed("find features"))?.into_iter().map(from_model);
        let mut features = found.collect::<Result<Vec<_>, _>>()?;
        features.sort_by_key(|feature| feature.name);
        Ok(features)
    }

    async fn put_feature(&mut self, feature: &StoredFeature) -> Result<Update, StoreError> {
        let model = to_model(feature);
        if feature.version == 1 {
            let is_done = self.insert_unless_taken::<ActiveModel>(model, "insert a feature").await?;
            return Ok(outcome(is_done.into()));
        }
        let (name, before) = (model.name.clone(), model.version - 1);
        let mut row = model.into_active_model().reset_all();
        row.name = ActiveValue::NotSet;
        let update = Entity::update_many().set(row).filter(Column::Name.eq(name)).filter(Column::Version.eq(before));
        Ok(outcome(self.update(update, "update a feature").await?))
    }
}
