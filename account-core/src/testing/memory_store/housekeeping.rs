//! Removing what is of no use any more.

use async_trait::async_trait;

use super::MemoryUnitOfWork;
use super::outbox::claimable_at;
use super::outbox_lists::end;
use crate::outbox::{OutboxEntry, OutboxState};
use crate::ports::StoreError;
use crate::ports::store::{Housekeeping, Purge};
use crate::profile::Choices;
use crate::registration::Registration;
use crate::timestamp::Timestamp;

/// Whether the registration has expired and still holds what its registrant chose.
fn holds_secrets(registration: &Registration, before: Timestamp) -> bool {
    let is_wiped = registration.password_hash.is_none() && registration.choices == Choices::default();
    registration.expires_at < before && !is_wiped
}

/// Whether it is an event that nobody has come for since.
fn is_unclaimed(entry: &OutboxEntry, before: Timestamp) -> bool {
    entry.state == OutboxState::Queued && entry.intent.queue().endpoint().is_some() && claimable_at(entry) < before
}

/// Whether a clock was fast when it was written, so that it would wait too long.
fn is_future(entry: &OutboxEntry, now: Timestamp, created_after: Timestamp, latest: Timestamp) -> bool {
    let claimable_at = claimable_at(entry);
    let was_made_later = entry.attempts == 0 && entry.created_at > created_after && claimable_at > now;
    entry.state == OutboxState::Queued && (claimable_at > latest || was_made_later)
}

impl MemoryUnitOfWork {
    /// Removes or wipes up to `limit` rows.
    fn purge_some(&mut self, what: Purge, limit: u32) -> u64 {
        match what {
            Purge::ExpiredRegistrationSecrets(before) => self.registrations.update_some(
                limit,
                |stored| holds_secrets(stored, before),
                |stored| {
                    stored.password_hash = None;
                    stored.choices = Choices::default();
                },
            ),
            Purge::Registrations(before) => self.registrations.remove_some(limit, |stored| stored.expires_at < before),
            Purge::OneTimeTokens(before) => self.tokens.remove_some(limit, |token| token.expires_at < before),
            Purge::Sessions(now) => self.sessions.remove_some(limit, |session| !session.is_live(now)),
            Purge::IdempotencyRecords(before) => {
                self.idempotency_records.remove_some(limit, |record| record.expires_at < before)
            }
            Purge::ProviderFlows(before) => self.provider_flows.remove_some(limit, |flow| flow.expires_at < before),
            Purge::Invitations(before) => self.invitations.remove_some(limit, |stored| stored.expires_at < before),
            Purge::OutboxEntries(before) => {
                self.outbox.remove_some(limit, |entry| entry.settled_at.is_some_and(|at| at < before))
            }
            Purge::UnclaimedEvents { before, now, note } => self.outbox.update_some(
                limit,
                |entry| is_unclaimed(entry, before),
                |entry| end(entry, OutboxState::Dead, now, note),
            ),
            Purge::FutureOutboxEntries { now, created_after, latest } => self.outbox.update_some(
                limit,
                |entry| is_future(entry, now, created_after, latest),
                |entry| (entry.due_at, entry.leased_until) = (now, None),
            ),
            Purge::AuditEntries(before) => self.audit.remove_some(limit, |entry| entry.at < before),
            Purge::RegistrationClientAddresses(before) => self.registrations.update_some(
                limit,
                |stored| stored.origin.client_address.is_some() && stored.created_at < before,
                |stored| stored.origin.client_address = None,
            ),
            Purge::AuditClientAddresses(before) => self.audit.update_some(
                limit,
                |entry| entry.client_address.is_some() && entry.at < before,
                |entry| entry.client_address = None,
            ),
            Purge::SessionClientAddresses(before) => self.sessions.update_some(
                limit,
                |session| session.client_address.is_some() && session.created_at < before,
                |session| session.client_address = None,
            ),
        }
    }

    fn count_purgeable_rows(&self, what: Purge) -> u64 {
        match what {
            Purge::ExpiredRegistrationSecrets(before) => {
                self.registrations.count_where(|stored| holds_secrets(stored, before))
            }
            Purge::Registrations(before) => self.registrations.count_where(|stored| stored.expires_at < before),
            Purge::OneTimeTokens(before) => self.tokens.count_where(|token| token.expires_at < before),
            Purge::Sessions(now) => self.sessions.count_where(|session| !session.is_live(now)),
            Purge::IdempotencyRecords(before) => {
                self.idempotency_records.count_where(|record| record.expires_at < before)
            }
            Purge::ProviderFlows(before) => self.provider_flows.count_where(|flow| flow.expires_at < before),
            Purge::Invitations(before) => self.invitations.count_where(|stored| stored.expires_at < before),
            Purge::OutboxEntries(before) => {
                self.outbox.count_where(|entry| entry.settled_at.is_some_and(|at| at < before))
            }
            Purge::UnclaimedEvents { before, .. } => self.outbox.count_where(|entry| is_unclaimed(entry, before)),
            Purge::FutureOutboxEntries { now, created_after, latest } => {
                self.outbox.count_where(|entry| is_future(entry, now, created_after, latest))
            }
            Purge::AuditEntries(before) => self.audit.count_where(|entry| entry.at < before),
            Purge::RegistrationClientAddresses(before) => self
                .registrations
                .count_where(|stored| stored.origin.client_address.is_some() && stored.created_at < before),
            Purge::AuditClientAddresses(before) => {
                self.audit.count_where(|entry| entry.client_address.is_some() && entry.at < before)
            }
            Purge::SessionClientAddresses(before) => {
                self.sessions.count_where(|session| session.client_address.is_some() && session.created_at < before)
            }
        }
    }
}

#[async_trait]
impl Housekeeping for MemoryUnitOfWork {
    async fn purge(&mut self, what: Purge, limit: u32) -> Result<u64, StoreError> {
        self.writable()?;
        Ok(self.purge_some(what, limit))
    }

    async fn count_purgeable(&mut self, what: Purge) -> Result<u64, StoreError> {
        Ok(self.count_purgeable_rows(what))
    }
}
