//! The right that an invitation was made by.

use super::Invitation;
use crate::account::{AccountState, Role};
use crate::ports::{StoreError, UnitOfWork};

/// Whether the invitation still has the right behind it that it took. One of an administrator does not outlast its
/// inviter's right: or anyone who lost it could come back by an invitation to an address of their own.
pub(crate) async fn is_vouched_for(unit: &mut dyn UnitOfWork, invitation: &Invitation) -> Result<bool, StoreError> {
    let Some(inviter) = invitation.invited_by.filter(|_| invitation.role > Role::User) else { return Ok(true) };
    let inviter = unit.find_account(inviter).await?;
    Ok(inviter.is_some_and(|inviter| inviter.state() == AccountState::Active && inviter.role == Role::SuperAdmin))
}
