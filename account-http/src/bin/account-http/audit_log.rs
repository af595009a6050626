//! Logs the audit trail: one line per entry, after it is committed.

use account_core::audit::{Actor, AuditEntry, AuditEvent};
use account_core::ports::AuditObserver;

/// Logs every entry of the audit trail.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AuditLog;

impl AuditObserver for AuditLog {
    fn recorded(&self, entry: &AuditEntry) {
        let (actor, actor_account) = match entry.actor {
            Actor::Account(account) => ("account", Some(account)),
            Actor::Operator => ("operator", None),
            Actor::Service => ("service", None),
        };
        // An import can create a hundred thousand of them. Its own output has the count, and the trail has the entries.
        if entry.event == AuditEvent::AccountCreated && entry.detail.as_deref() == Some("import") {
            return;
        }
        // Reasons are what one person says of another: only the trail has them.
        let is_reason = matches!(entry.event, AuditEvent::AccountDisabled | AuditEvent::AccountEnabled);
        tracing::info!(
            event = entry.event.name(),
            audit_id = %entry.id,
            actor,
            actor_account = actor_account.map(tracing::field::display),
            account = entry.account.map(tracing::field::display),
            client = entry.client_address.map(tracing::field::display),
            request_id = entry.request_id,
            detail = entry.detail.as_deref().filter(|_| !is_reason),
            "audit"
        );
    }
}
