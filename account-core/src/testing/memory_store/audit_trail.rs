//! The audit trail, and figures by day.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::audit::{Actor, AuditEntry, AuditEvent};
use crate::id::{AccountId, AuditId, RegistrationId};
use crate::outbox::{Intent, OutboxEntry, OutboxState, Queue};
use crate::ports::StoreError;
use crate::ports::store::{AuditFilter, AuditTrail, Measure, Wait};
use crate::timestamp::Timestamp;

const MICROSECONDS_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// The moment's day, counted from 1970-01-01 in UTC.
const fn day(moment: Timestamp) -> i64 {
    moment.unix_micros().div_euclid(MICROSECONDS_A_DAY)
}

fn fits(filter: &AuditFilter, entry: &AuditEntry) -> bool {
    let concerns = |account| entry.account == Some(account) || entry.actor == Actor::Account(account);
    filter.account.is_none_or(concerns) && filter.event.is_none_or(|event| entry.event == event)
}

#[async_trait]
impl AuditTrail for MemoryUnitOfWork {
    async fn insert_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.writable()?;
        if self.audit.get(&entry.id).is_some() {
            return Err(duplicate("audit"));
        }
        self.audit.put(entry.id, entry.clone());
        Ok(())
    }

    async fn list_audit_entries(
        &mut self,
        filter: &AuditFilter,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        Ok(self.audit.page(before.as_ref(), limit, |entry| fits(filter, entry)))
    }

    async fn count_by_day(
        &mut self,
        measure: Measure,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(i64, u64)>, StoreError> {
        let moments: Vec<Timestamp> = match measure {
            Measure::RegistrationsStarted => self.registrations.rows().map(|stored| stored.created_at).collect(),
            Measure::MailsHandedOver => {
                let is_mail = |entry: &&OutboxEntry| entry.intent.queue() == Queue::Mail;
                let mails = self.outbox.rows().filter(is_mail);
                let handed_over = mails.filter(|entry| entry.state == OutboxState::HandedOver);
                handed_over.filter_map(|entry| entry.settled_at).collect()
            }
            Measure::Event(event) => {
                self.audit.rows().filter(|entry| entry.event == event).map(|entry| entry.at).collect()
            }
        };
        let mut counts = BTreeMap::new();
        for moment in moments.into_iter().filter(|moment| day(*moment) >= day(from) && *moment < until) {
            *counts.entry(day(moment)).or_insert(0) += 1;
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
                let first = |entry: &&OutboxEntry| matches!(entry.intent, Intent::Registration { .. });
                let sent = self.outbox.rows().filter(first).filter(|entry| entry.state == OutboxState::HandedOver);
                sent.filter_map(|entry| Some((entry.settled_at?, entry.created_at))).collect()
            }
            Wait::UntilConfirmed => {
                let completed = self.audit.rows().filter(|entry| entry.event == AuditEvent::RegistrationCompleted);
                let began = |account: AccountId| self.registrations.get(&RegistrationId::from_uuid(account.as_uuid()));
                completed.filter_map(|entry| Some((entry.at, began(entry.account?)?.created_at))).collect()
            }
        };
        spans.retain(|(end, _)| (from..until).contains(end));
        spans.sort_unstable_by_key(|(end, _)| std::cmp::Reverse(*end));
        spans.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(spans.into_iter().map(|(end, began)| end.since(began)).collect())
    }
}
