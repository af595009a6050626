//! The permission behind an invitation.

use super::Invitation;
use crate::account::{AccountState, Role};
use crate::ports::{StoreError, UnitOfWork};

/// Returns whether the inviter may still make this invitation. An invitation for an administrator does not outlast its
/// inviter's permission: otherwise someone who lost it could return with an invitation to another address of theirs.
pub(crate) async fn is_vouched_for(unit: &mut dyn UnitOfWork, invitation: &Invitation) -> Result<bool, StoreError> {
    let Some(inviter) = invitation.invited_by.filter(|_| invitation.role > Role::User) else { return Ok(true) };
    let inviter = unit.find_account(inviter).await?;
    Ok(inviter.is_some_and(|inviter| inviter.state() == AccountState::Active && inviter.role == Role::SuperAdmin))
}
