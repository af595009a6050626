//! Exporting all data about a person, for that person.

use super::Account;
use crate::audit::{Actor, AuditEntry, AuditEvent};
use crate::authorization::Fresh;
use crate::ports::StoreError;
use crate::ports::store::AuditFilter;
use crate::provider::Identity;
use crate::service::{AccountService, CallContext, Failure};
use crate::session::{Session, live_sessions};

/// Maximum number of audit entries in an export: the newest.
pub const MAX_EXPORTED_EVENTS: u32 = 1_000;

/// All data about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalData {
    /// The account.
    pub account: Account,
    /// The identities that are linked to it, the first linked first.
    pub identities: Vec<Identity>,
    /// Its live sessions, newest first.
    pub sessions: Vec<Session>,
    /// Audit entries about it and by it, newest first, at most [`MAX_EXPORTED_EVENTS`]. If somebody else caused an
    /// entry, their address and request id are omitted. The reason that an administrator gave is about the person, and
    /// included.
    pub events: Vec<AuditEntry>,
}

impl AccountService {
    /// Returns all data about the caller. The export is recorded in the audit trail first.
    ///
    /// # Errors
    /// [`Failure`] if the service cannot read or record it.
    pub async fn export_data(&self, caller: &Fresh, context: &CallContext) -> Result<PersonalData, Failure> {
        let id = caller.account().id;
        self.count_change(id).await?;
        self.retried(|| async {
            let mut change = self.change(context, Actor::Account(id)).await?;
            change.unchanged_account_of(caller.verified().signed_in()).await?;
            change.record(AuditEvent::DataExported, Some(id), None).await?;
            change.commit().await
        })
        .await?;

        let mut unit = self.ports.store.begin_read_only().await?;
        let account =
            unit.find_account(id).await?.ok_or_else(|| StoreError::transient("the account was just deleted"))?;
        let identities = unit.find_identities_of_account(id).await?;
        let sessions = live_sessions(&mut *unit, id, self.ports.clock.now()).await?;
        let about = AuditFilter { account: Some(id), event: None };
        let events = unit.list_audit_entries(&about, None, MAX_EXPORTED_EVENTS).await?;
        let events = events.into_iter().map(|entry| without_others(entry, Actor::Account(id))).collect();
        Ok(PersonalData { account, identities, sessions, events })
    }
}

/// Removes data about other people from an entry: an administrator's address is not data of this person.
fn without_others(entry: AuditEntry, own: Actor) -> AuditEntry {
    if entry.actor == own { entry } else { AuditEntry { client_address: None, request_id: None, ..entry } }
}
