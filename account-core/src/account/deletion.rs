//! Deleting one's account, and taking that back.

use super::{Account, Role};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::Fresh;
use crate::one_time_token::Purpose;
use crate::outbox::Notice;
use crate::service::{AccountService, CallContext, Failure, Unavailable};
use crate::session::SignedIn;
use crate::timestamp::Timestamp;

/// Why an account is not going to be deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeletionError {
    /// Nobody would be left who administers administrators.
    #[error("the account is the last super admin")]
    LastSuperAdmin,
    /// Limited or unavailable, or the session has just ended; nothing was changed.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for DeletionError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl AccountService {
    /// Has the caller's account deleted when the days of grace are over; returns when that is. All its sessions end,
    /// and every link that was mailed for it. Until then its owner can sign in, and do nothing but take it back.
    ///
    /// # Errors
    /// [`DeletionError`]; in each case nothing was changed.
    pub async fn request_deletion(&self, caller: &Fresh, context: &CallContext) -> Result<Timestamp, DeletionError> {
        let id = caller.account().id;
        self.count_change(id).await?;
        self.retried(|| self.have_deleted(caller, context)).await
    }

    async fn have_deleted(&self, caller: &Fresh, context: &CallContext) -> Result<Timestamp, DeletionError> {
        let id = caller.account().id;
        let mut change = self.change(context, Actor::Account(id)).await?;
        let account = change.unchanged_account_of(caller.verified().signed_in()).await?;
        if account.role == Role::SuperAdmin && change.unit.count_other_super_admins(id).await? == 0 {
            return Err(DeletionError::LastSuperAdmin);
        }
        let due_at = change.now + self.settings.deletion_grace;
        let credential_epoch = account.credential_epoch + 1;
        let account = change.save_own(Account { deletion_due_at: Some(due_at), credential_epoch, ..account }).await?;
        change.unit.delete_sessions_of_account(id, None).await?;
        let links = [Purpose::PasswordReset, Purpose::AddressChange, Purpose::SecondaryAddress];
        change.void_links(id, &links).await?;
        change.notify(&account, Notice::DeletionRequested).await?;
        change.record(AuditEvent::DeletionRequested, Some(id), None).await?;
        change.commit().await?;
        Ok(due_at)
    }

    /// Takes the deletion of the caller's account back; changes nothing where none is due. That works for as long as
    /// the account is there, also in the moments between the end of grace and the deletion.
    ///
    /// # Errors
    /// [`Unavailable`], also when the session has just ended.
    pub async fn cancel_deletion(&self, caller: &SignedIn, context: &CallContext) -> Result<Account, Unavailable> {
        self.retried(|| self.keep_account(caller, context)).await
    }

    async fn keep_account(&self, caller: &SignedIn, context: &CallContext) -> Result<Account, Unavailable> {
        let id = caller.account.id;
        let mut change = self.change(context, Actor::Account(id)).await?;
        let account = change.account_of(&caller.session).await?;
        if account.deletion_due_at.is_none() {
            return Ok(account);
        }
        let account = change.save_own(Account { deletion_due_at: None, ..account }).await?;
        change.notify(&account, Notice::DeletionCancelled).await?;
        change.record(AuditEvent::DeletionCancelled, Some(id), None).await?;
        change.commit().await?;
        Ok(account)
    }
}
