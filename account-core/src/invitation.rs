//! Invitations: an administrator invites an address, and the person accepts by choosing a password.

pub mod redeem;
pub(crate) mod right;
#[cfg(test)]
mod tests;

use crate::account::{OrganizationRole, Role};
use crate::email_address::EmailAddress;
use crate::id::{AccountId, InvitationId, OrganizationId};
use crate::named_enum;
use crate::timestamp::Timestamp;

/// An invitation. Its id becomes the account's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Who is invited.
    pub address: EmailAddress,
    /// The role that the account will have.
    pub role: Role,
    /// The organization that it will belong to.
    pub organization: Option<OrganizationId>,
    /// The role in that organization; `None` if and only if there is no organization.
    pub organization_role: Option<OrganizationRole>,
    /// The administrator who invited; `None` if the operator did.
    pub invited_by: Option<AccountId>,
    /// Its state.
    pub state: InvitationState,
    /// Number of its newest token, starting at 1.
    pub generation: u32,
    /// Id of the master key that the newest token was derived from.
    pub key_id: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it and its newest token expire.
    pub expires_at: Timestamp,
}

named_enum! {
    /// The state of an invitation.
    pub enum InvitationState {
        /// Waits for the person until it expires.
        Pending = "pending",
        /// Became an account.
        Accepted = "accepted",
        /// It was revoked.
        Revoked = "revoked",
        /// The address got an account in another way.
        Void = "void",
    }
}
