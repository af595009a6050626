//! Features, the audit trail, housekeeping.

use async_trait::async_trait;

use super::outcome::{StoreError, Update};
use crate::audit::{AuditEntry, AuditEvent};
use crate::feature::StoredFeature;
use crate::id::{AccountId, AuditId};
use crate::timestamp::Timestamp;

/// Features that were switched.
#[async_trait]
pub trait Features {
    /// Every feature that was ever switched.
    async fn find_features(&mut self) -> Result<Vec<StoredFeature>, StoreError>;

    /// Writes the feature: as a new one, if `version` is 1 and there is none, or in the place of the version just
    /// before.
    async fn put_feature(&mut self, feature: &StoredFeature) -> Result<Update, StoreError>;
}

/// The audit trail, and figures by day.
#[async_trait]
pub trait AuditTrail {
    /// Writes an entry.
    async fn insert_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Entries that fit, youngest id first, at most `limit`, and only those with ids below `before`.
    async fn list_audit_entries(
        &mut self,
        filter: &AuditFilter,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError>;

    /// How often something happened on each day (UTC) from the one of `from` until before `until`: the day's number
    /// since 1970-01-01, and the count. Days without are left out.
    async fn count_by_day(
        &mut self,
        measure: Measure,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(i64, u64)>, StoreError>;
}

/// Which entries; all conditions hold together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only those about that account, or by it.
    pub account: Option<AccountId>,
    /// Only that event.
    pub event: Option<AuditEvent>,
}

/// What is counted by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Registrations, by `created_at`.
    RegistrationsStarted,
    /// Mails of the outbox that were handed over, by `settled_at`; events are left out.
    MailsHandedOver,
    /// Entries of the audit trail of that event.
    Event(AuditEvent),
}

/// Removing what is of no use any more, in batches.
#[async_trait]
pub trait Housekeeping {
    /// Removes, or wipes, up to `limit` rows; returns how many.
    async fn purge(&mut self, what: Purge, limit: u32) -> Result<u64, StoreError>;

    /// How many rows there are to be purged.
    async fn count_purgeable(&mut self, what: Purge) -> Result<u64, StoreError>;
}

/// What is to be purged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purge {
    /// Wipes password hash and choices of registrations in whatever state that expired before; the rest stays, so that
    /// an old link says that it has expired.
    ExpiredRegistrationSecrets(Timestamp),
    /// Registrations in whatever state that expired before.
    Registrations(Timestamp),
    /// Tokens in whatever state that expired before.
    OneTimeTokens(Timestamp),
    /// Sessions that are not live at that moment.
    Sessions(Timestamp),
    /// Idempotency records that expired before.
    IdempotencyRecords(Timestamp),
    /// Invitations in whatever state that expired before.
    Invitations(Timestamp),
    /// Entries of the outbox that were settled before.
    OutboxEntries(Timestamp),
    /// Gives up events that are queued, whose claim ended or that could have been claimed before: nobody comes for them.
    /// They are dead, settled at `now`, with that note, and their fence goes up by one.
    UnclaimedEvents {
        /// Before when.
        before: Timestamp,
        /// When they are given up.
        now: Timestamp,
        /// Why.
        note: &'static str,
    },
    /// Entries of the audit trail from before.
    AuditEntries(Timestamp),
    /// Wipes client addresses of registrations made before.
    RegistrationClientAddresses(Timestamp),
    /// Wipes client addresses of entries of the audit trail from before.
    AuditClientAddresses(Timestamp),
    /// Wipes client addresses of sessions opened before.
    SessionClientAddresses(Timestamp),
}
