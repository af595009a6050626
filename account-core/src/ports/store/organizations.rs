//! Organizations, registered clients, invitations.

use async_trait::async_trait;

use super::outcome::{Insert, StoreError, Update};
use crate::email_address::EmailKey;
use crate::id::{InvitationId, OrganizationId};
use crate::invitation::{Invitation, InvitationState};
use crate::organization::{ClientId, Organization, RegisteredClient};

/// Organizations.
#[async_trait]
pub trait Organizations {
    /// Inserts an organization, unless its id or its code is taken.
    async fn insert_organization(&mut self, organization: &Organization) -> Result<Insert, StoreError>;

    /// Returns the organization with this id.
    async fn find_organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError>;

    /// Returns the organization with exactly this code.
    async fn find_organization_by_code(&mut self, code: &str) -> Result<Option<Organization>, StoreError>;

    /// Replaces the organization except for its code, if the stored version is the one just before.
    async fn update_organization(&mut self, organization: &Organization) -> Result<Update, StoreError>;

    /// Deletes the organization, if it has no members.
    async fn delete_organization(&mut self, id: OrganizationId) -> Result<Update, StoreError>;

    /// Returns organizations with ids below `before`, newest id first, at most `limit`.
    async fn list_organizations(
        &mut self,
        before: Option<OrganizationId>,
        limit: u32,
    ) -> Result<Vec<Organization>, StoreError>;
}

/// Registered clients.
#[async_trait]
pub trait RegisteredClients {
    /// Inserts a client, unless its id is taken.
    async fn insert_client(&mut self, client: &RegisteredClient) -> Result<Insert, StoreError>;

    /// Returns the client with this id.
    async fn find_client(&mut self, id: &ClientId) -> Result<Option<RegisteredClient>, StoreError>;

    /// Replaces the client, if the stored version is the one just before.
    async fn update_client(&mut self, client: &RegisteredClient) -> Result<Update, StoreError>;

    /// Deletes the client.
    async fn delete_client(&mut self, id: &ClientId) -> Result<Update, StoreError>;

    /// Returns whether any client belongs to the organization.
    async fn has_client(&mut self, organization: OrganizationId) -> Result<bool, StoreError>;

    /// Returns clients with ids above `after`, in byte order of their ids, at most `limit`.
    async fn list_clients(&mut self, after: Option<&ClientId>, limit: u32)
    -> Result<Vec<RegisteredClient>, StoreError>;
}

/// Invitations.
#[async_trait]
pub trait Invitations {
    /// Inserts an invitation.
    async fn insert_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError>;

    /// Returns the invitation with this id.
    async fn find_invitation(&mut self, id: InvitationId) -> Result<Option<Invitation>, StoreError>;

    /// Returns the pending invitations for the address key, expired or not, newest id first.
    async fn find_pending_invitations(&mut self, key: &EmailKey) -> Result<Vec<Invitation>, StoreError>;

    /// Sets `generation`, `key_id` and `expires_at`, if the stored invitation is pending and has the generation just
    /// before.
    async fn renew_invitation(&mut self, renewed: &Invitation) -> Result<Update, StoreError>;

    /// Changes a pending invitation to `state`.
    async fn end_invitation(&mut self, id: InvitationId, state: InvitationState) -> Result<Update, StoreError>;

    /// Changes every pending invitation for the address key to [`InvitationState::Void`], and returns how many.
    async fn void_invitations(&mut self, key: &EmailKey) -> Result<u64, StoreError>;

    /// Returns invitations with ids below `before`, newest id first, at most `limit`; if a state is given, only those
    /// in it.
    async fn list_invitations(
        &mut self,
        state: Option<InvitationState>,
        before: Option<InvitationId>,
        limit: u32,
    ) -> Result<Vec<Invitation>, StoreError>;
}
