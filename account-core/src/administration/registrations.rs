//! Listing registrations.

use super::AdminError;
use crate::authorization::Administrator;
use crate::paging::{Page, PageRequest};
use crate::registration::{Registration, RegistrationState};
use crate::service::AccountService;

impl AccountService {
    /// Returns registrations, newest first; if a state is given, only those in it.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_registrations(
        &self,
        _admin: &Administrator,
        state: Option<RegistrationState>,
        page: PageRequest,
    ) -> Result<Page<Registration>, AdminError> {
        let mut reading = self.begin_page(("registrations", state), &page).await?;
        let items = reading.unit.list_registrations(state, reading.from, reading.limit()).await?;
        Ok(reading.page(items, |registration: &Registration| registration.id.to_string()))
    }
}
