//! Watching the audit trail, for a log or an alarm.

use crate::audit::AuditEntry;

/// Is told of every entry of the audit trail once it is committed.
pub trait AuditObserver: Send + Sync {
    /// Takes note. MUST NOT block.
    fn recorded(&self, entry: &AuditEntry);
}
