//! Listing the audit trail.

use super::AdminError;
use crate::audit::AuditEntry;
use crate::authorization::Administrator;
use crate::paging::{Page, PageRequest};
use crate::ports::store::AuditFilter;
use crate::service::AccountService;

impl AccountService {
    /// Returns matching entries of the audit trail, newest first.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_audit(
        &self,
        _admin: &Administrator,
        filter: AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditEntry>, AdminError> {
        let mut reading = self.begin_page(("audit", &filter), &page).await?;
        let items = reading.unit.list_audit_entries(&filter, reading.from, reading.limit()).await?;
        Ok(reading.page(items, |entry: &AuditEntry| entry.id.to_string()))
    }
}
