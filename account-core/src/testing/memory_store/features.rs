//! Features that were switched.

use async_trait::async_trait;

use super::MemoryUnitOfWork;
use crate::feature::StoredFeature;
use crate::ports::StoreError;
use crate::ports::store::{Features, Update};

#[async_trait]
impl Features for MemoryUnitOfWork {
    async fn find_features(&mut self) -> Result<Vec<StoredFeature>, StoreError> {
        Ok(self.features.scan(None, u32::MAX))
    }

    async fn put_feature(&mut self, feature: &StoredFeature) -> Result<Update, StoreError> {
        self.writable()?;
        let stored = self.features.get(&feature.name).map_or(0, |stored| stored.version);
        if feature.version.checked_sub(1) != Some(stored) {
            return Ok(Update::Missed);
        }
        self.features.put(feature.name, feature.clone());
        Ok(Update::Applied)
    }
}
