//! The audit trail, as administrators see it.

use super::AdminError;
use crate::audit::AuditEntry;
use crate::authorization::Administrator;
use crate::paging::{Page, PageRequest};
use crate::ports::UnitOfWork;
use crate::ports::store::AuditFilter;
use crate::service::AccountService;

impl AccountService {
    /// Entries of the audit trail that fit, newest first.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Unavailable`].
    pub async fn list_audit(
        &self,
        _admin: &Administrator,
        filter: AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditEntry>, AdminError> {
        let position = |entry: &AuditEntry| entry.id.to_string();
        self.page(("audit", &filter), &page, position, async |unit: &mut dyn UnitOfWork, before, limit| {
            unit.list_audit_entries(&filter, before, limit).await
        })
        .await
    }
}
