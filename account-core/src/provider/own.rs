//! The identities of a signed-in person.

use super::Identity;
use crate::authorization::{Fresh, Verified};
use crate::id::IdentityId;
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
        let _ = caller;
        todo!()
    }

    /// Unlinks an identity from the caller's account. All other sessions end; this one gets new tokens.
    ///
    /// # Errors
    /// [`UnlinkError`]; nothing was changed.
    pub async fn unlink_identity(
        &self,
        caller: &Fresh,
        id: IdentityId,
        context: &CallContext,
    ) -> Result<OpenedSession, UnlinkError> {
        let _ = (caller, id, context);
        todo!()
    }
}
