//! Registrations, as administrators see them.

use super::AdminError;
use crate::authorization::Administrator;
use crate::paging::{Page, PageRequest};
use crate::ports::UnitOfWork;
use crate::registration::{Registration, RegistrationState};
use crate::service::AccountService;

impl AccountService {
    /// Registrations, newest first; where a state is given, only those in it.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Unavailable`].
    pub async fn list_registrations(
        &self,
        _admin: &Administrator,
        state: Option<RegistrationState>,
        page: PageRequest,
    ) -> Result<Page<Registration>, AdminError> {
        let position = |registration: &Registration| registration.id.to_string();
        self.page(("registrations", state), &page, position, async |unit: &mut dyn UnitOfWork, before, limit| {
            unit.list_registrations(state, before, limit).await
        })
        .await
    }
}
