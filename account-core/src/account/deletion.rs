//! Deleting an account, and canceling that.

use super::{Account, Role};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::Fresh;
use crate::one_time_token::Purpose;
use crate::outbox::Notice;
use crate::service::{AccountService, CallContext, Failure, Unavailable};
use crate::session::SignedIn;
use crate::timestamp::Timestamp;

/// Why an account will not be deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeletionError {
    /// Nobody would be left who can change administrators.
    #[error("the account is the last super admin")]
    LastSuperAdmin,
    /// Limited, unavailable, or the session has just ended. Nothing was changed.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(DeletionError: Failed);

impl AccountService {
    /// Schedules the caller's account for deletion and returns when it is due. All its sessions end, and its emailed
    /// links stop working. Until then the owner can sign in, but only to cancel the deletion.
    ///
    /// # Errors
    /// [`DeletionError`]; nothing was changed.
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

    /// Cancels the deletion of the caller's account; changes nothing if none is scheduled. Possible for as long as the
    /// account exists, even after the deletion was due.
    ///
    /// # Errors
    /// [`Unavailable`], also if the session has just ended.
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
