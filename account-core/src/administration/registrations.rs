//! Listing registrations.

use super::AdminError;
use crate::authorization::Administrator;
use crate::email_address::{EmailAddress, EmailKey};
use crate::paging::{Page, PageRequest};
use crate::ports::store::RegistrationFilter;
use crate::registration::{Registration, RegistrationState};
use crate::service::AccountService;

impl AccountService {
    /// Returns registrations, newest first; if a state is given, only those in it, and if an address is given, only those
    /// for it. What is no address finds none.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_registrations(
        &self,
        _admin: &Administrator,
        state: Option<RegistrationState>,
        email: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<Registration>, AdminError> {
        let key = match email.map(|email| EmailAddress::parse(email.trim())) {
            None => None,
            Some(Ok(address)) => Some(address.key().clone()),
            Some(Err(_)) => return Ok(Page { items: Vec::new(), next: None }),
        };
        let filter = RegistrationFilter { state, key };
        let list = ("registrations", state, filter.key.as_ref().map(EmailKey::as_str));
        let mut reading = self.begin_page(list, &page).await?;
        let items = reading.unit.list_registrations(&filter, reading.from, reading.limit()).await?;
        Ok(reading.page(items, |registration: &Registration| registration.id.to_string()))
    }
}
