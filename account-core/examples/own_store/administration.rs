//! Features, the audit trail, housekeeping.

use std::collections::BTreeMap;
use std::time::Duration;

use account_core::audit::{Actor, AuditEntry, AuditEvent};
use account_core::feature::{FeatureName, StoredFeature};
use account_core::id::{AccountId, AuditId};
use account_core::outbox::{Intent, OutboxEntry, OutboxState, Queue};
use account_core::ports::StoreError;
use account_core::ports::store::{AuditFilter, AuditTrail, Features, Housekeeping, Measure, Purge, Update, Wait};
use account_core::profile::Choices;
use account_core::registration::Registration;
use account_core::timestamp::Timestamp;
use async_trait::async_trait;

use super::list::keyed;
use super::outbox::{claimable_at, end};
use super::{Draft, Lists};

keyed! {
    StoredFeature: name as FeatureName,
    AuditEntry: id as AuditId,
}

#[async_trait]
impl Features for Draft {
    async fn find_features(&mut self) -> Result<Vec<StoredFeature>, StoreError> {
        Ok(self.lists.features.scan(None, u32::MAX))
    }

    async fn put_feature(&mut self, feature: &StoredFeature) -> Result<Update, StoreError> {
        let features = &mut self.change()?.features;
        if feature.version == 1 && !features.has(|row| row.name == feature.name) {
            return features.add(feature).map(|()| Update::Applied);
        }
        let follows = |row: &StoredFeature| row.version.checked_add(1) == Some(feature.version);
        Ok(features.replace(feature, |row| row.name == feature.name && follows(row)))
    }
}

/// The day of a moment, counted from 1970-01-01.
const fn day(moment: Timestamp) -> i64 {
    moment.unix_micros().div_euclid(24 * 60 * 60 * 1_000_000)
}

#[async_trait]
impl AuditTrail for Draft {
    async fn insert_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.change()?.audit.add(entry)
    }

    async fn list_audit_entries(
        &mut self,
        filter: &AuditFilter,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let fits = |row: &AuditEntry| {
            let concerns = |account| row.account == Some(account) || row.actor == Actor::Account(account);
            filter.account.is_none_or(concerns) && filter.event.is_none_or(|event| row.event == event)
        };
        Ok(self.lists.audit.page(before.as_ref(), limit, fits))
    }

    async fn count_by_day(
        &mut self,
        measure: Measure,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(i64, u64)>, StoreError> {
        let moments: Vec<Timestamp> = match measure {
            Measure::RegistrationsStarted => self.lists.registrations.rows().map(|row| row.created_at).collect(),
            Measure::MailsHandedOver => {
                let mails = self.lists.outbox.rows().filter(|row| row.intent.queue() == Queue::Mail);
                let handed_over = mails.filter(|row| row.state == OutboxState::HandedOver);
                handed_over.filter_map(|row| row.settled_at).collect()
            }
            Measure::Event(event) => {
                self.lists.audit.rows().filter(|row| row.event == event).map(|row| row.at).collect()
            }
        };
        let mut counts = BTreeMap::new();
        for moment in moments.into_iter().filter(|moment| day(from) <= day(*moment) && *moment < until) {
            *counts.entry(day(moment)).or_default() += 1;
        }
        Ok(counts.into_iter().collect())
    }

    async fn find_waits(
        &mut self,
        wait: Wait,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Duration>, StoreError> {
        let mut spans: Vec<(Timestamp, Timestamp)> = match wait {
            Wait::UntilMailed => {
                let first = |row: &&OutboxEntry| matches!(row.intent, Intent::Registration { .. });
                let sent = self.lists.outbox.rows().filter(first).filter(|row| row.state == OutboxState::HandedOver);
                sent.filter_map(|row| Some((row.settled_at?, row.created_at))).collect()
            }
            Wait::UntilConfirmed => {
                let completed = self.lists.audit.rows().filter(|row| row.event == AuditEvent::RegistrationCompleted);
                let registration =
                    |id: AccountId| self.lists.registrations.find(|row| row.id.as_uuid() == id.as_uuid());
                completed.filter_map(|row| Some((row.at, registration(row.account?)?.created_at))).collect()
            }
        };
        spans.retain(|(end, _)| (from..until).contains(end));
        spans.sort_unstable_by(|one, other| other.cmp(one));
        Ok(spans.into_iter().take(limit as usize).map(|(end, began)| end.since(began)).collect())
    }
}

/// Removes or wipes up to `limit` rows.
fn purge(lists: &mut Lists, what: Purge, limit: u32) -> u64 {
    match what {
        Purge::ExpiredRegistrationSecrets(before) => {
            let is_wiped = |row: &Registration| row.password_hash.is_none() && row.choices == Choices::default();
            lists.registrations.change(
                limit,
                |row| row.expires_at < before && !is_wiped(row),
                |row| (row.password_hash, row.choices) = (None, Choices::default()),
            )
        }
        Purge::Registrations(before) => lists.registrations.remove(limit, |row| row.expires_at < before),
        Purge::OneTimeTokens(before) => lists.tokens.remove(limit, |row| row.expires_at < before),
        Purge::Sessions(now) => lists.sessions.remove(limit, |row| !row.is_live(now)),
        Purge::IdempotencyRecords(before) => lists.records.remove(limit, |row| row.expires_at < before),
        Purge::ProviderFlows(before) => lists.flows.remove(limit, |row| row.expires_at < before),
        Purge::Invitations(before) => lists.invitations.remove(limit, |row| row.expires_at < before),
        Purge::OutboxEntries(before) => lists.outbox.remove(limit, |row| row.settled_at.is_some_and(|at| at < before)),
        Purge::UnclaimedEvents { before, now, note } => lists.outbox.change(
            limit,
            |row| row.intent.queue().endpoint().is_some() && claimable_at(row).is_some_and(|at| at < before),
            |row| end(row, OutboxState::Dead, now, note),
        ),
        Purge::FutureOutboxEntries { now, created_after, latest } => lists.outbox.change(
            limit,
            |row| {
                let is_new = row.attempts == 0 && row.created_at > created_after;
                claimable_at(row).is_some_and(|at| at > latest || (is_new && at > now))
            },
            |row| (row.due_at, row.leased_until) = (now, None),
        ),
        Purge::AuditEntries(before) => lists.audit.remove(limit, |row| row.at < before),
        Purge::RegistrationClientAddresses(before) => lists.registrations.change(
            limit,
            |row| row.origin.client_address.is_some() && row.created_at < before,
            |row| row.origin.client_address = None,
        ),
        Purge::AuditClientAddresses(before) => lists.audit.change(
            limit,
            |row| row.client_address.is_some() && row.at < before,
            |row| row.client_address = None,
        ),
        Purge::SessionClientAddresses(before) => lists.sessions.change(
            limit,
            |row| row.client_address.is_some() && row.created_at < before,
            |row| row.client_address = None,
        ),
    }
}

#[async_trait]
impl Housekeeping for Draft {
    async fn purge(&mut self, what: Purge, limit: u32) -> Result<u64, StoreError> {
        Ok(purge(self.change()?, what, limit))
    }

    async fn count_purgeable(&mut self, what: Purge) -> Result<u64, StoreError> {
        // As many as a copy would lose.
        Ok(purge(&mut Lists::clone(&self.lists), what, u32::MAX))
    }
}
