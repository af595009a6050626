//! The identities of a signed-in person.

use super::Identity;
use crate::audit::{Actor, AuditEvent};
use crate::authorization::{Fresh, Verified};
use crate::id::IdentityId;
use crate::outbox::Notice;
use crate::ports::store::Update;
use crate::service::{AccountService, CallContext, Failure, Unavailable};
use crate::session::OpenedSession;

/// Why an identity was not unlinked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum UnlinkError {
    /// The account has no such identity.
    #[error("the account has no such identity")]
    Unknown,
    /// It is the last way to sign in to the account: set a password or link another identity first.
    #[error("it is the last way to sign in")]
    LastWay,
    /// Limited, unavailable, or the session has just ended.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(UnlinkError: Failed);

impl AccountService {
    /// Returns the identities that are linked to the caller's account, the first linked first.
    ///
    /// # Errors
    /// [`Unavailable`] if the store failed.
    pub async fn own_identities(&self, caller: &Verified) -> Result<Vec<Identity>, Unavailable> {
        let mut unit = self.ports.store.begin_read_only().await?;
        Ok(unit.find_identities_of_account(caller.account().id).await?)
    }

    /// Unlinks an identity from the caller's account. All other sessions end; this one gets new tokens. The owner gets a
    /// notice by email.
    ///
    /// # Errors
    /// [`UnlinkError`]; nothing was changed.
    pub async fn unlink_identity(
        &self,
        caller: &Fresh,
        id: IdentityId,
        context: &CallContext,
    ) -> Result<OpenedSession, UnlinkError> {
        self.count_change(caller.account().id).await?;
        self.retried(|| self.try_to_unlink(caller, id, context)).await
    }

    async fn try_to_unlink(
        &self,
        caller: &Fresh,
        id: IdentityId,
        context: &CallContext,
    ) -> Result<OpenedSession, UnlinkError> {
        let signed_in = caller.verified().signed_in();
        let mut change = self.change(context, Actor::Account(signed_in.account.id)).await?;
        // Locks the account: of two requests that leave nothing together, the second finds the last way.
        let account = change.unchanged_account_of(signed_in).await?;
        let identities = change.unit.find_identities_of_account(account.id).await?;
        let unlinked = identities.iter().find(|identity| identity.id == id).ok_or(UnlinkError::Unknown)?;
        // An identity of a provider that is no longer offered is no way in.
        let mut others = identities.iter().filter(|identity| identity.id != id);
        if account.password_hash.is_none() && !others.any(|other| self.find_provider(&other.key.provider).is_some()) {
            return Err(UnlinkError::LastWay);
        }
        if change.unit.delete_identity(account.id, id).await? == Update::Missed {
            return Err(UnlinkError::Unknown);
        }
        let (notice, event) = (Notice::IdentityUnlinked, AuditEvent::IdentityUnlinked);
        let session = change.change_ways_in(account, &signed_in.session, unlinked, (notice, event)).await?;
        change.commit().await?;
        Ok(session)
    }
}
