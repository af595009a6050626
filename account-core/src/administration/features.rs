//! Listing and changing feature flags.

use super::{AdminError, must_be_of_version};
use crate::audit::AuditEvent;
use crate::authorization::Administrator;
use crate::feature::{FeatureName, FeatureValue, RegistrationMode, StoredFeature};
use crate::id::AccountId;
use crate::ports::store::Update;
use crate::ports::{StoreError, UnitOfWork};
use crate::service::{AccountService, CallContext};
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violation, Violations};

/// A feature, for administrators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureView {
    /// The feature.
    pub name: FeatureName,
    /// Its value, as JSON.
    pub value: String,
    /// Counts changes; 0 if it was never changed.
    pub version: u32,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// The administrator who changed it.
    pub updated_by: Option<AccountId>,
}

impl FeatureView {
    fn of(name: FeatureName, stored: Option<StoredFeature>) -> Self {
        if let Some(StoredFeature { value, version, updated_at, updated_by, .. }) = stored {
            Self { name, value, version, updated_at: Some(updated_at), updated_by }
        } else {
            let value = name.default_value().to_json();
            Self { name, value, version: 0, updated_at: None, updated_by: None }
        }
    }
}

impl AccountService {
    /// Returns every feature.
    ///
    /// # Errors
    /// [`AdminError::Failed`].
    pub async fn features(&self, _admin: &Administrator) -> Result<Vec<FeatureView>, AdminError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let stored = unit.find_features().await?;
        let of = |name| FeatureView::of(name, stored.iter().find(|feature| feature.name == name).cloned());
        Ok(FeatureName::ALL.into_iter().map(of).collect())
    }

    /// Sets the feature to a value in JSON. Takes effect immediately in this process, and within half a second in all
    /// others. A registration stored after the commit obeys it in any case.
    ///
    /// # Errors
    /// [`AdminError::Invalid`], [`AdminError::VersionMismatch`], [`AdminError::NotPermitted`] or
    /// [`AdminError::Failed`].
    pub async fn set_feature(
        &self,
        admin: &Administrator,
        name: FeatureName,
        value: &str,
        if_version: Option<u32>,
        context: &CallContext,
    ) -> Result<FeatureView, AdminError> {
        let invalid = |rule| AdminError::Invalid(Violation::new(Field::FeatureValue, rule).into());
        let value = name.parse_value(value).map_err(invalid)?;
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            must_know_organizations(&mut *change.unit, &value).await?;
            let stored = change.unit.find_features().await?.into_iter().find(|feature| feature.name == name);
            let version = stored.map_or(0, |feature| feature.version);
            must_be_of_version(if_version, version)?;
            let feature = StoredFeature {
                name,
                value: value.to_json(),
                version: version + 1,
                updated_at: change.now,
                updated_by: Some(admin.id()),
            };
            if change.unit.put_feature(&feature).await? == Update::Missed {
                return Err(StoreError::aborted("the feature was changed in the meantime").into());
            }
            change.record(AuditEvent::FeatureChanged, None, Some(summary(name, &value))).await?;
            let committed = change.commit().await;
            // Also if the commit failed: it may have succeeded all the same.
            self.feature_cache.forget();
            committed?;
            Ok(FeatureView::of(name, Some(feature)))
        })
        .await
    }
}

async fn must_know_organizations(unit: &mut dyn UnitOfWork, value: &FeatureValue) -> Result<(), AdminError> {
    let FeatureValue::Registration(feature) = value else { return Ok(()) };
    for organization in &feature.organizations {
        if unit.find_organization(*organization).await?.is_none() {
            return Err(Violations::from(Violation::new(Field::FeatureValue, Rule::Unknown)).into());
        }
    }
    Ok(())
}

/// Returns the change in words, for the audit trail.
fn summary(name: FeatureName, value: &FeatureValue) -> String {
    let to = match value {
        FeatureValue::Registration(feature) => match feature.mode {
            RegistrationMode::Open => "open",
            RegistrationMode::Restricted => "restricted",
            RegistrationMode::InvitationOnly => "invitation_only",
            RegistrationMode::Closed => "closed",
        },
        FeatureValue::Flag(flag) if flag.enabled => "on",
        FeatureValue::Flag(_) => "off",
    };
    format!("{} {to}", name.name())
}
