//! Checking whether a chosen callback URL may still be used.

use super::callback::CallbackOrigins;
use crate::organization::ClientId;
use crate::ports::{StoreError, UnitOfWork};
use crate::profile::Choices;

/// Returns whether the chosen callback URL may still be used: between a registration and its completion, lists of
/// origins can change, and a client or organization can be deleted.
pub(crate) async fn is_still_allowed(
    unit: &mut dyn UnitOfWork,
    origins: &CallbackOrigins,
    choices: &Choices,
) -> Result<bool, StoreError> {
    let Some(url) = choices.callback_url.as_deref() else { return Ok(false) };
    if origins.check(url).is_ok() {
        return Ok(true);
    }
    if let Some(organization) = choices.organization
        && let Some(found) = unit.find_organization(organization).await?
        && found.callback_origins().check(url).is_ok()
    {
        return Ok(true);
    }
    if let Some(client) = choices.profile.claimed_origin.client.as_deref().and_then(ClientId::parse)
        && let Some(found) = unit.find_client(&client).await?
    {
        return Ok(found.callback_origins().check(url).is_ok());
    }
    Ok(false)
}
