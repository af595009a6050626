//! Housekeeping: deletes expired data in small batches.

#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use crate::account::{Account, Role};
use crate::audit::{Actor, AuditEvent};
use crate::outbox::delivery::LONGEST_WAIT;
use crate::outbox::event::EVENT_USEFUL;
use crate::ports::StoreError;
use crate::ports::store::{Purge, Update};
use crate::service::{AccountService, CallContext, Retention};
use crate::timestamp::{CLOCK_DIFFERENCE, Timestamp};

/// How many rows to delete per unit of work.
const BATCH: u32 = 500;
/// Maximum number of batches per kind in one run. The next run continues.
const MAX_BATCHES: u32 = 20;
/// The note on events that no process has claimed.
const UNCLAIMED: &str = "no process sent it in time";
/// How long an event waits for a process to claim it. Longer than it is useful, so that an event whose endpoint is
/// configured is given up by its own queue, with the reason.
const UNCLAIMED_AFTER: Duration = Duration::from_secs(2 * EVENT_USEFUL.as_secs());

/// Deletes expired data. Made by [`AccountService::housekeeping`]. Run it every few minutes, on one instance or on all.
#[derive(Clone)]
pub struct Housekeeping {
    service: AccountService,
    batch: u32,
    max_batches: u32,
}

/// What one run deleted or wiped, or would have: a count per kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tidied {
    /// The name of each kind of rows, and its count.
    pub counts: Vec<(&'static str, u64)>,
    /// Whether there is more to delete than one run does. The next run continues.
    pub has_more: bool,
}

impl Tidied {
    /// Returns the number of rows of this kind.
    #[must_use]
    pub fn count(&self, kind: &str) -> u64 {
        self.counts.iter().find(|(name, _)| *name == kind).map_or(0, |(_, count)| *count)
    }

    /// Returns the number of rows of all kinds.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }
}

impl fmt::Display for Tidied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, count) in self.counts.iter().filter(|(_, count)| *count > 0) {
            write!(f, "{separator}{name}: {count}")?;
            separator = ", ";
        }
        if separator.is_empty() { f.write_str("nothing") } else { Ok(()) }
    }
}

impl AccountService {
    /// Returns the housekeeping of this service.
    #[must_use]
    pub fn housekeeping(&self) -> Housekeeping {
        Housekeeping { service: self.clone(), batch: BATCH, max_batches: MAX_BATCHES }
    }
}

impl Housekeeping {
    /// Deletes expired data, a few hundred rows per unit of work, so that nobody waits long for it.
    ///
    /// # Errors
    /// [`StoreError`]. What was deleted before stays deleted, and the next run continues.
    pub async fn tidy(&self) -> Result<Tidied, StoreError> {
        let now = self.service.ports.clock.now();
        let mut tidied = Tidied::default();
        // A failure must not keep other data from being deleted: report it at the end.
        let mut outcome = self.in_batches("accounts", &mut tidied, || self.delete_accounts(now)).await;
        for (name, what) in kinds(now, &self.service.settings.retention) {
            let purge = || self.service.retried(|| self.purge(what));
            outcome = outcome.and(self.in_batches(name, &mut tidied, purge).await);
        }
        outcome.and(self.in_batches("counters", &mut tidied, || self.purge_counters(now)).await)?;
        Ok(tidied)
    }

    /// Deletes data of one kind in batches. Each returns how much it deleted and whether there may be more.
    async fn in_batches<F: Future<Output = Result<(u64, bool), StoreError>>>(
        &self,
        name: &'static str,
        tidied: &mut Tidied,
        remove: impl Fn() -> F,
    ) -> Result<(), StoreError> {
        let mut count = 0;
        for batch in 1..=self.max_batches {
            let (removed, may_have_more) = remove().await?;
            count += removed;
            if !may_have_more {
                break;
            }
            tidied.has_more |= batch == self.max_batches;
        }
        tidied.counts.push((name, count));
        Ok(())
    }

    async fn purge(&self, what: Purge) -> Result<(u64, bool), StoreError> {
        let mut unit = self.service.ports.store.begin().await?;
        let purged = unit.purge(what, self.batch).await?;
        unit.commit().await?;
        Ok((purged, purged >= u64::from(self.batch)))
    }

    async fn purge_counters(&self, now: Timestamp) -> Result<(u64, bool), StoreError> {
        let purged = self.service.ports.rate_limiter.purge(now, self.batch).await?;
        Ok((purged, purged >= u64::from(self.batch)))
    }

    /// Counts what an unlimited run would delete, without deleting anything. Rate limit counters are left out: whether
    /// one is empty is only found out by deleting it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn preview(&self) -> Result<Tidied, StoreError> {
        let now = self.service.ports.clock.now();
        let mut unit = self.service.ports.store.begin_read_only().await?;
        let limit = self.batch * self.max_batches;
        let accounts = unit.find_accounts_to_delete(now, self.unverified_before(now), limit).await?;
        let mut tidied = Tidied { has_more: accounts.len() >= limit as usize, ..Tidied::default() };
        tidied.counts.push(("accounts", accounts.len() as u64));
        for (name, what) in kinds(now, &self.service.settings.retention) {
            let count = unit.count_purgeable(what).await?;
            tidied.has_more |= count > u64::from(limit);
            tidied.counts.push((name, count));
        }
        Ok(tidied)
    }

    fn unverified_before(&self, now: Timestamp) -> Timestamp {
        now - self.service.settings.retention.unverified_accounts
    }

    /// Deletes a batch of accounts that are due, each in its own change.
    async fn delete_accounts(&self, now: Timestamp) -> Result<(u64, bool), StoreError> {
        let mut unit = self.service.ports.store.begin_read_only().await?;
        let due = unit.find_accounts_to_delete(now, self.unverified_before(now), self.batch).await?;
        drop(unit);
        let mut deleted = 0;
        for account in &due {
            deleted += u64::from(self.service.retried(|| self.delete_account(account, now)).await?);
        }
        // Accounts that were skipped would only be found again.
        Ok((deleted, due.len() >= self.batch as usize && deleted > 0))
    }

    /// Deletes one account, if it is still due and does not belong to the last super admin.
    async fn delete_account(&self, found: &Account, now: Timestamp) -> Result<bool, StoreError> {
        let context = CallContext::by("service");
        let mut change = self.service.change(&context, Actor::Service).await?;
        let Some(account) = change.unit.find_account(found.id).await? else { return Ok(false) };
        if !self.is_due(&account, now) {
            return Ok(false);
        }
        if account.role == Role::SuperAdmin && change.unit.count_other_super_admins(account.id).await? == 0 {
            return Ok(false);
        }
        if change.unit.delete_account(account.id, account.version).await? == Update::Missed {
            return Ok(false);
        }
        change.record(AuditEvent::AccountDeleted, Some(account.id), None).await?;
        change.commit().await?;
        Ok(true)
    }

    /// Returns whether the account is due. An account with a verified address is only deleted if its owner requested
    /// it.
    fn is_due(&self, account: &Account, now: Timestamp) -> bool {
        // The owner of a disabled account cannot cancel the deletion, so it waits until the account is enabled.
        let is_over = account.disabled_at.is_none() && account.deletion_due_at.is_some_and(|due| due <= now);
        let is_forgotten = account.verified_at.is_none() && account.created_at < self.unverified_before(now);
        is_over || is_forgotten
    }
}

/// Returns what to purge, with its name and from what time on.
fn kinds(now: Timestamp, retention: &Retention) -> [(&'static str, Purge); 14] {
    let outcomes = now - retention.outcomes;
    let unclaimed = Purge::UnclaimedEvents { before: now - UNCLAIMED_AFTER, now, note: UNCLAIMED };
    let addresses = now - retention.client_addresses;
    let created_after = now + CLOCK_DIFFERENCE;
    let future = Purge::FutureOutboxEntries { now, created_after, latest: created_after + LONGEST_WAIT };
    [
        ("future_outbox_entries", future),
        ("registration_secrets", Purge::ExpiredRegistrationSecrets(now)),
        ("registrations", Purge::Registrations(outcomes)),
        ("one_time_tokens", Purge::OneTimeTokens(outcomes)),
        ("sessions", Purge::Sessions(now)),
        ("idempotency_records", Purge::IdempotencyRecords(now)),
        ("provider_flows", Purge::ProviderFlows(now)),
        ("invitations", Purge::Invitations(outcomes)),
        ("unclaimed_events", unclaimed),
        ("outbox_entries", Purge::OutboxEntries(now - retention.delivery_logs)),
        ("audit_entries", Purge::AuditEntries(now - retention.audit)),
        ("registration_client_addresses", Purge::RegistrationClientAddresses(addresses)),
        ("audit_client_addresses", Purge::AuditClientAddresses(addresses)),
        ("session_client_addresses", Purge::SessionClientAddresses(addresses)),
    ]
}
