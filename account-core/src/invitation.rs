//! Invitations: an administrator has an account made for an address, and the person sets the password.

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
    /// What it will be there; `None` exactly where there is no organization.
    pub organization_role: Option<OrganizationRole>,
    /// The administrator who invited; `None` where it was the operator.
    pub invited_by: Option<AccountId>,
    /// What has become of it.
    pub state: InvitationState,
    /// Number of the newest token mailed for it, from 1.
    pub generation: u32,
    /// Id of the master key that the newest token was derived under.
    pub key_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it and its newest token stop being of use.
    pub expires_at: Timestamp,
}

named_enum! {
    /// What has become of an invitation.
    pub enum InvitationState {
        /// Waits for the person, until it expires.
        Pending = "pending",
        /// Became an account.
        Accepted = "accepted",
        /// Taken back.
        Revoked = "revoked",
        /// The address became an account by another way.
        Void = "void",
    }
}
