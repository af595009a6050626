//! Listing the outbox, putting entries back, and dropping them.

use super::AdminError;
use crate::audit::AuditEvent;
use crate::authorization::Administrator;
use crate::id::OutboxId;
use crate::outbox::{OutboxEntry, OutboxState};
use crate::paging::{Page, PageRequest};
use crate::ports::store::Update;
use crate::service::{AccountService, CallContext, Change};

impl AccountService {
    /// Returns outbox entries, newest first; if a state is given, only those in it.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_outbox(
        &self,
        _admin: &Administrator,
        state: Option<OutboxState>,
        page: PageRequest,
    ) -> Result<Page<OutboxEntry>, AdminError> {
        let mut reading = self.begin_page(("outbox", state), &page).await?;
        let items = reading.unit.list_entries(state, reading.from, reading.limit()).await?;
        Ok(reading.page(items, |entry: &OutboxEntry| entry.id.to_string()))
    }

    /// Returns the entry with this id.
    ///
    /// # Errors
    /// [`AdminError::NotFound`] or [`AdminError::Failed`].
    pub async fn read_outbox_entry(&self, _admin: &Administrator, id: OutboxId) -> Result<OutboxEntry, AdminError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        unit.find_entry(id).await?.ok_or(AdminError::NotFound)
    }

    /// Puts a dead entry back, due immediately. Which email to send is decided again: an expired link is not emailed.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::NotRedrivable`] unless it is dead, [`AdminError::NotPermitted`] or
    /// [`AdminError::Failed`].
    pub async fn redrive(
        &self,
        admin: &Administrator,
        id: OutboxId,
        context: &CallContext,
    ) -> Result<OutboxEntry, AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let update = change.unit.redrive_entry(id, change.now).await?;
            let entry = changed_entry(&mut change, id, update).await?;
            change.record(AuditEvent::OutboxRedriven, entry.intent.account(), Some(id.to_string())).await?;
            change.commit().await?;
            self.bell.ring();
            Ok(entry)
        })
        .await
    }

    /// Drops an entry that is dead, or waiting and not being delivered.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::NotRedrivable`] if it is settled or being delivered,
    /// [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn drop_entry(
        &self,
        admin: &Administrator,
        id: OutboxId,
        context: &CallContext,
    ) -> Result<OutboxEntry, AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let update = change.unit.drop_entry(id, change.now, "dropped by an administrator").await?;
            let entry = changed_entry(&mut change, id, update).await?;
            change.record(AuditEvent::OutboxDropped, entry.intent.account(), Some(id.to_string())).await?;
            change.commit().await?;
            Ok(entry)
        })
        .await
    }
}

async fn changed_entry(change: &mut Change<'_>, id: OutboxId, update: Update) -> Result<OutboxEntry, AdminError> {
    let entry = change.unit.find_entry(id).await?.ok_or(AdminError::NotFound)?;
    if update == Update::Applied { Ok(entry) } else { Err(AdminError::NotRedrivable) }
}
