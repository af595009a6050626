//! Observing the audit trail, for example for a log or alerts.

use crate::audit::AuditEntry;

/// Gets every entry of the audit trail after it is committed.
pub trait AuditObserver: Send + Sync {
    /// Called once per entry. MUST NOT block.
    fn recorded(&self, entry: &AuditEntry);
}
