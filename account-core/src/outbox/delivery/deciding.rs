//! Deciding whether a mail is due for a request, and to whom.
//!
//! Anyone can make many of these requests, for any address. So those for addresses that nobody has are removed many at a
//! time, and leave nothing. Each of the others is decided by itself, because that writes: it moves on to the queue of
//! mails, with its token. No mail waits for a request that is not decided.

mod request;

use std::collections::BTreeMap;

use super::{Delivery, LEASE};
use crate::email_address::{EmailAddress, EmailKey};
use crate::outbox::{OutboxEntry, Queue};
use crate::ports::StoreError;
use request::Verdict;

/// How many requests are decided together: enough that thousands are no work, and few enough that nobody who writes
/// waits long.
pub const DECIDED_TOGETHER: u32 = 500;
/// How many of them are decided by themselves at most: all within the lease.
const CLAIMED_TOGETHER: usize = 50;

/// What became of requests that were decided together.
#[derive(Debug, Default)]
pub struct DecidedEntries {
    /// How many were looked at.
    examined: usize,
    limit: u32,
    /// How many were removed together, because nobody has their address, by the name of their intent.
    pub removed: BTreeMap<&'static str, u64>,
    /// The others.
    pub entries: Vec<DecidedEntry>,
}

/// A request that was decided by itself.
#[derive(Debug)]
pub struct DecidedEntry {
    /// The request, as it was claimed.
    pub entry: OutboxEntry,
    /// Whether a mail is due now. When the store failed, it is decided again when the lease of its claim ends.
    pub is_mail_due: Result<bool, StoreError>,
}

impl DecidedEntries {
    /// Whether there may be more to decide at once.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.limit > 0 && self.examined >= self.limit as usize || self.entries.len() >= CLAIMED_TOGETHER
    }

    /// Whether a mail became due.
    #[must_use]
    pub fn has_mails(&self) -> bool {
        self.entries.iter().any(|decided| matches!(decided.is_mail_due, Ok(true)))
    }
}

impl Delivery {
    /// Decides up to `limit` requests that are due, longest due first. Several processes may do so at a time.
    ///
    /// # Errors
    /// [`StoreError`], when nothing was decided.
    pub async fn decide(&self, limit: u32) -> Result<DecidedEntries, StoreError> {
        let (mut decided, claimed) = self.retried(|| self.sort_out(limit)).await?;
        for entry in claimed {
            let verdict = self.retried(|| self.decide_request(&entry)).await;
            let is_mail_due = verdict.map(|verdict| matches!(verdict, Verdict::MailIsDue));
            decided.entries.push(DecidedEntry { entry, is_mail_due });
        }
        Ok(decided)
    }

    /// Removes the requests for addresses that nobody has and claims others, in one unit of work.
    async fn sort_out(&self, limit: u32) -> Result<(DecidedEntries, Vec<OutboxEntry>), StoreError> {
        let mut unit = self.store.begin().await?;
        let now = self.clock.now();
        let due = unit.lock_due(&Queue::Deciding, now, limit).await?;
        let mut decided = DecidedEntries { examined: due.len(), limit, ..DecidedEntries::default() };
        if due.is_empty() {
            return Ok((decided, Vec::new()));
        }
        let mut keys: Vec<EmailKey> = due.iter().filter_map(by_address).cloned().collect();
        keys.sort_unstable();
        keys.dedup();
        let mut known = unit.find_account_keys(&keys).await?;
        known.extend(unit.find_uncompleted_keys(&keys).await?);
        let leads_to_nothing = |entry: &&OutboxEntry| by_address(entry).is_some_and(|key| !known.contains(key));
        let nothing_due: Vec<&OutboxEntry> = due.iter().filter(leads_to_nothing).collect();
        let removed: Vec<_> = nothing_due.iter().map(|entry| (entry.id, entry.fence)).collect();
        if unit.remove_entries(&removed).await? != removed.len() as u64 {
            return Err(StoreError::aborted("another worker claimed some of the requests"));
        }
        for entry in &nothing_due {
            *decided.removed.entry(entry.intent.name()).or_default() += 1;
        }
        let others = (due.len() - removed.len()).min(CLAIMED_TOGETHER);
        let claimed = match u32::try_from(others) {
            Ok(others) if others > 0 => unit.claim(&Queue::Deciding, now, now + LEASE, others).await?,
            _ => Vec::new(),
        };
        unit.commit().await?;
        Ok((decided, claimed))
    }
}

/// The key of the address that a request is about; `None` when it is about a registration, whose holder sees what became
/// of it.
fn by_address(entry: &OutboxEntry) -> Option<&EmailKey> {
    match entry.intent.registration() {
        Some(_) => None,
        None => entry.intent.address().map(EmailAddress::key),
    }
}
