//! Rarely used choices: one document in one column, which is empty in most rows.

use account_core::account::OrganizationRole;
use account_core::ports::StoreError;
use account_core::profile::Choices;
use account_core::provider::NewIdentity;
use serde::{Deserialize, Serialize};

use crate::row::Row;

/// Name of the column.
const COLUMN: &str = "extra_choices";

/// The choices without their own column.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ExtraChoices {
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_address: Option<String>,
    link_to_callback: bool,
    /// The identity of a registration by a provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<NewIdentity>,
}

impl ExtraChoices {
    pub(super) fn of(choices: &Choices) -> Self {
        Self {
            organization_role: choices.organization_role.map(|role| role.name().to_owned()),
            alternate_address: choices.alternate_address.as_ref().map(|address| address.as_str().to_owned()),
            notification_address: choices.notification_address.as_ref().map(|address| address.as_str().to_owned()),
            link_to_callback: choices.link_to_callback,
            identity: choices.identity.clone(),
        }
    }

    /// Returns the stored form; `None` if nothing was chosen.
    pub(super) fn document(&self) -> Result<Option<String>, StoreError> {
        if *self == Self::default() {
            return Ok(None);
        }
        serde_json::to_string(self).map(Some).map_err(StoreError::permanent)
    }

    pub(super) fn read(row: &Row, document: Option<&str>) -> Result<Self, StoreError> {
        match document {
            None => Ok(Self::default()),
            Some(document) => row.read(COLUMN, serde_json::from_str(document).ok()),
        }
    }

    /// Adds these to the choices.
    pub(super) fn complete(self, row: &Row, choices: Choices) -> Result<Choices, StoreError> {
        let address = |spelling: Option<String>| spelling.map(|text| row.other_address(COLUMN, &text)).transpose();
        let role = |name: String| row.read(COLUMN, OrganizationRole::by_name(&name));
        Ok(Choices {
            organization_role: self.organization_role.map(role).transpose()?,
            alternate_address: address(self.alternate_address)?,
            notification_address: address(self.notification_address)?,
            link_to_callback: self.link_to_callback,
            identity: self.identity,
            ..choices
        })
    }
}
