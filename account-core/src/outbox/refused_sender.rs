//! Noticing that mail servers refuse whatever this service sends: a relay that no longer knows it, a block list, a wrong
//! password.
//!
//! One server that refuses us may have its reasons. If the recipients are of several domains, it is us, and every email
//! is concerned. Nothing is remembered for this but what the outbox says of each refused entry, so all instances see the
//! same.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Fault, OutboxEntry, OutboxState};
use crate::ports::{StoreError, UnitOfWork};
use crate::service::AccountService;
use crate::timestamp::Timestamp;

/// How long a refusal counts.
pub const COUNTED: Duration = Duration::from_mins(10);
/// The number of recipient domains from which on it is us.
pub const MANY_DOMAINS: usize = 3;
/// Maximum number of refusals that are looked at, the newest ones.
const LOOKED_AT: u32 = 200;

/// The refusals of the last minutes that were the sender's fault.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RefusedSender {
    /// The domains of the recipients.
    pub domains: BTreeSet<String>,
    /// When the newest one was.
    pub last_at: Option<Timestamp>,
    /// What was said then. Contains no personal data and no secrets.
    pub last_note: Option<String>,
}

impl RefusedSender {
    /// Reads what the outbox says.
    ///
    /// # Errors
    /// [`StoreError`] if the store failed.
    pub async fn read(unit: &mut dyn UnitOfWork, now: Timestamp) -> Result<Self, StoreError> {
        // Not those that were delivered since, or that nobody wants any more.
        let states = [OutboxState::Queued, OutboxState::Dead, OutboxState::Bounced];
        let found = find_counted(unit, now, &states, LOOKED_AT).await?;
        let newest = found.first();
        Ok(Self {
            last_at: newest.and_then(|entry| entry.refusal).map(|refusal| refusal.at),
            last_note: newest.and_then(|entry| entry.note.clone()),
            domains: found
                .iter()
                .filter_map(|entry| entry.intent.address())
                .map(|address| address.ascii_domain().to_owned())
                .collect(),
        })
    }

    /// Returns whether every email is concerned.
    #[must_use]
    pub fn is_alarming(&self) -> bool {
        self.domains.len() >= MANY_DOMAINS
    }
}

/// Returns the newest refusals that count now: those of the last minutes by the sender's fault, in one of these states.
/// Those from the future do not.
pub(crate) async fn find_counted(
    unit: &mut dyn UnitOfWork,
    now: Timestamp,
    states: &[OutboxState],
    limit: u32,
) -> Result<Vec<OutboxEntry>, StoreError> {
    unit.find_refused(Fault::Sender, now - COUNTED, now.latest_credible(), states, limit).await
}

impl AccountService {
    /// Returns whether mail servers refuse what this service sends, for operators.
    ///
    /// # Errors
    /// [`StoreError`] if the store failed.
    pub async fn refused_sender(&self) -> Result<RefusedSender, StoreError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        RefusedSender::read(&mut *unit, self.ports.clock.now()).await
    }
}
