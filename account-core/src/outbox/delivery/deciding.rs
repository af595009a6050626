//! Decides whether an email is due for a request, and to whom.
//!
//! Anyone can make many of these requests, for any address. So requests for addresses that nobody has are deleted in
//! bulk, and nothing of them is kept. Each of the others is decided separately, because deciding writes: it moves the
//! request to the queue of emails, with its token. No email waits for an undecided request.

mod request;

use std::collections::BTreeMap;

use super::{Delivery, LEASE};
use crate::email_address::{EmailAddress, EmailKey};
use crate::outbox::{OutboxEntry, Queue};
use crate::ports::StoreError;
use request::Verdict;

/// Maximum number of requests that are decided separately, so that all are decided before their lease ends.
const CLAIMED_TOGETHER: usize = 50;

/// The outcome for requests that were examined together.
#[derive(Debug, Default)]
pub struct DecidedEntries {
    /// The number of examined requests.
    examined: usize,
    limit: u32,
    /// The number of requests that were deleted because nobody has their address, by the name of their intent.
    pub removed: BTreeMap<&'static str, u64>,
    /// The others.
    pub entries: Vec<DecidedEntry>,
}

/// A request that was decided separately.
#[derive(Debug)]
pub struct DecidedEntry {
    /// The claimed request.
    pub entry: OutboxEntry,
    /// Whether an email is due. If the store failed, the request is decided again when its lease ends.
    pub is_mail_due: Result<bool, StoreError>,
}

impl DecidedEntries {
    /// Returns whether there may be more requests to decide immediately.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.limit > 0 && self.examined >= self.limit as usize || self.entries.len() >= CLAIMED_TOGETHER
    }

    /// Returns whether an email is due now.
    #[must_use]
    pub fn has_mails(&self) -> bool {
        self.entries.iter().any(|decided| matches!(decided.is_mail_due, Ok(true)))
    }
}

impl Delivery {
    /// Decides up to `limit` due requests, those due longest first. Several processes may do this at the same time.
    ///
    /// # Errors
    /// [`StoreError`] if nothing was decided.
    pub async fn decide(&self, limit: u32) -> Result<DecidedEntries, StoreError> {
        let (mut decided, claimed) = self.retried(|| self.sort_out(limit)).await?;
        for entry in claimed {
            let verdict = self.retried(|| self.decide_request(&entry)).await;
            let is_mail_due = verdict.map(|verdict| matches!(verdict, Verdict::MailIsDue));
            decided.entries.push(DecidedEntry { entry, is_mail_due });
        }
        Ok(decided)
    }

    /// Deletes the requests for addresses that nobody has, and claims others, in one unit of work.
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

/// Returns the key of the request's address; `None` if it names a registration, because its holder can see the state of
/// its newest email.
fn by_address(entry: &OutboxEntry) -> Option<&EmailKey> {
    match entry.intent.registration() {
        Some(_) => None,
        None => entry.intent.address().map(EmailAddress::key),
    }
}
