//! Feature flags, the audit trail, housekeeping.

use std::time::Duration;

use async_trait::async_trait;

use super::outcome::{StoreError, Update};
use crate::audit::{AuditEntry, AuditEvent};
use crate::feature::StoredFeature;
use crate::id::{AccountId, AuditId};
use crate::timestamp::Timestamp;

/// Feature flags.
#[async_trait]
pub trait Features {
    /// Returns every feature that was ever changed.
    async fn find_features(&mut self) -> Result<Vec<StoredFeature>, StoreError>;

    /// Stores the feature. Inserts it if its `version` is 1 and there is none yet; otherwise replaces it if the stored
    /// version is the one just before.
    async fn put_feature(&mut self, feature: &StoredFeature) -> Result<Update, StoreError>;
}

/// The audit trail, and daily figures.
#[async_trait]
pub trait AuditTrail {
    /// Inserts an entry.
    async fn insert_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Returns matching entries with ids below `before`, newest id first, at most `limit`.
    async fn list_audit_entries(
        &mut self,
        filter: &AuditFilter,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError>;

    /// Counts by day (UTC), from the day of `from` until before `until`. Returns the day, as the number of days since
    /// 1970-01-01, and its count. Days with a count of 0 are left out.
    async fn count_by_day(
        &mut self,
        measure: Measure,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(i64, u64)>, StoreError>;

    /// Returns how long people waited, each time such a wait ended from `from` until before `until`; those that ended
    /// last first, at most `limit`. Waits whose end lies before their beginning, because a clock was set back, lasted no
    /// time.
    async fn find_waits(
        &mut self,
        wait: Wait,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Duration>, StoreError>;
}

/// Selects entries. All conditions must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only entries about this account or caused by it.
    pub account: Option<AccountId>,
    /// Only entries with this event.
    pub event: Option<AuditEvent>,
}

/// What to count by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Registrations, by `created_at`.
    RegistrationsStarted,
    /// Emails that were sent, by `settled_at`, without events.
    MailsHandedOver,
    /// Entries of the audit trail with this event.
    Event(AuditEvent),
}

/// A wait of people who register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wait {
    /// From registering, which writes an outbox entry of [`Intent::Registration`](crate::outbox::Intent), until that is
    /// sent: from its `created_at` to its `settled_at`, if it is [`HandedOver`](crate::outbox::OutboxState).
    UntilMailed,
    /// From the `created_at` of a registration that is still stored until the audit entry of
    /// [`AuditEvent::RegistrationCompleted`] about the account with its id.
    UntilConfirmed,
}

/// Deleting expired data, in batches.
#[async_trait]
pub trait Housekeeping {
    /// Deletes or wipes up to `limit` rows, and returns how many.
    async fn purge(&mut self, what: Purge, limit: u32) -> Result<u64, StoreError>;

    /// Counts the rows that [`purge`](Self::purge) would change.
    async fn count_purgeable(&mut self, what: Purge) -> Result<u64, StoreError>;
}

/// What to delete or wipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purge {
    /// Wipes the password hash and details of registrations, in any state, that expired before. The rest is kept, so
    /// that an old link is answered with "expired".
    ExpiredRegistrationSecrets(Timestamp),
    /// Deletes registrations, in any state, that expired before.
    Registrations(Timestamp),
    /// Deletes tokens, in any state, that expired before.
    OneTimeTokens(Timestamp),
    /// Deletes sessions that are not live at this time.
    Sessions(Timestamp),
    /// Deletes idempotency records that expired before.
    IdempotencyRecords(Timestamp),
    /// Deletes flows to providers that expired before.
    ProviderFlows(Timestamp),
    /// Deletes invitations, in any state, that expired before.
    Invitations(Timestamp),
    /// Deletes outbox entries that were settled before.
    OutboxEntries(Timestamp),
    /// Gives up queued events whose claim ended, or that could have been claimed, before `before`: no worker is
    /// delivering them. They become dead, are settled at `now` with this note, and their fence is incremented.
    UnclaimedEvents {
        /// Only events that have waited since before this time.
        before: Timestamp,
        /// The time of settlement.
        now: Timestamp,
        /// The note that says why.
        note: &'static str,
    },
    /// Makes queued entries due at `now`, without a lease, that would wait too long because a clock was fast when they
    /// were written: those that are due, or whose claim ends, after `latest`; and those that were never claimed, are due
    /// after `now`, and were created after `created_after`. Their attempts and fence are kept.
    FutureOutboxEntries {
        /// When they become due.
        now: Timestamp,
        /// Later than any entry can have been created.
        created_after: Timestamp,
        /// The latest time until which an entry may wait.
        latest: Timestamp,
    },
    /// Deletes entries of the audit trail from before.
    AuditEntries(Timestamp),
    /// Wipes client addresses of registrations created before.
    RegistrationClientAddresses(Timestamp),
    /// Wipes client addresses of audit entries from before.
    AuditClientAddresses(Timestamp),
    /// Wipes client addresses of sessions opened before.
    SessionClientAddresses(Timestamp),
}
