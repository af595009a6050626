//! Changing the role of an account.

use super::accounts::end_access;
use super::{AdminError, keep_a_super_admin};
use crate::account::{Account, Role};
use crate::audit::AuditEvent;
use crate::authorization::{Administrator, NotPermitted};
use crate::id::AccountId;
use crate::outbox::Notice;
use crate::password::PassedPolicy;
use crate::service::{AccountService, CallContext};

impl AccountService {
    /// Changes the role of the account. Its sessions end, because their lifetime depends on the role that they were
    /// opened with, and its emailed links stop working. Changes nothing if it already has the role.
    ///
    /// # Errors
    /// [`AdminError::NotPermitted`] unless the caller is a super admin with a fresh session and the account's address
    /// is verified; [`AdminError::WeakPassword`] if a higher role is given to an account whose password is not known to
    /// pass the default policy; [`AdminError::NotFound`], [`AdminError::LastSuperAdmin`] or [`AdminError::Failed`].
    pub async fn set_role(
        &self,
        admin: &Administrator,
        id: AccountId,
        role: Role,
        context: &CallContext,
    ) -> Result<Account, AdminError> {
        admin.must_be_super_admin()?;
        admin.must_be_fresh(self.ports.clock.now())?;
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let mut account = change.unit.find_account(id).await?.ok_or(AdminError::NotFound)?;
            if account.role == role {
                return Ok(account);
            }
            // Anyone who verifies the address replaces such an account: the role could go to a stranger.
            if account.verified_at.is_none() && role > Role::User {
                return Err(NotPermitted::EmailUnverified.into());
            }
            let hash = account.password_hash.as_ref();
            if role > account.role && hash.is_some_and(|hash| hash.passed() != Some(PassedPolicy::Default)) {
                return Err(AdminError::WeakPassword);
            }
            keep_a_super_admin(&mut *change.unit, admin, &account).await?;
            let becomes_administrator = account.role == Role::User;
            account.role = role;
            end_access(&mut change, &mut account).await?;
            let account = change.save(account).await?;
            change.record(AuditEvent::RoleChanged, Some(id), Some(role.name().to_owned())).await?;
            if becomes_administrator {
                change.notify(&account, Notice::BecameAdministrator).await?;
            }
            change.commit().await?;
            Ok(account)
        })
        .await
    }
}
