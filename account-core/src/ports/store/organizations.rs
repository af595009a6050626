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
    /// Writes a new organization, unless its id or its code is taken.
    async fn insert_organization(&mut self, organization: &Organization) -> Result<Insert, StoreError>;

    /// The organization with that id.
    async fn find_organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError>;

    /// The organization with that code, compared exactly.
    async fn find_organization_by_code(&mut self, code: &str) -> Result<Option<Organization>, StoreError>;

    /// Replaces the organization, but for its code, if the stored one is of the version just before.
    async fn update_organization(&mut self, organization: &Organization) -> Result<Update, StoreError>;

    /// Removes the organization, if no account belongs to it.
    async fn delete_organization(&mut self, id: OrganizationId) -> Result<Update, StoreError>;

    /// Organizations, youngest id first, at most `limit`, and only those with ids below `before`.
    async fn list_organizations(
        &mut self,
        before: Option<OrganizationId>,
        limit: u32,
    ) -> Result<Vec<Organization>, StoreError>;
}

/// Registered clients.
#[async_trait]
pub trait RegisteredClients {
    /// Writes a new client, unless its id is taken.
    async fn insert_client(&mut self, client: &RegisteredClient) -> Result<Insert, StoreError>;

    /// The client with that id.
    async fn find_client(&mut self, id: &ClientId) -> Result<Option<RegisteredClient>, StoreError>;

    /// Replaces the client, if the stored one is of the version just before.
    async fn update_client(&mut self, client: &RegisteredClient) -> Result<Update, StoreError>;

    /// Removes the client.
    async fn delete_client(&mut self, id: &ClientId) -> Result<Update, StoreError>;

    /// Whether a client works for the organization.
    async fn has_client(&mut self, organization: OrganizationId) -> Result<bool, StoreError>;

    /// Clients by id (byte by byte), at most `limit`, and only those with ids above `after`.
    async fn list_clients(&mut self, after: Option<&ClientId>, limit: u32)
    -> Result<Vec<RegisteredClient>, StoreError>;
}

/// Invitations.
#[async_trait]
pub trait Invitations {
    /// Writes a new invitation.
    async fn insert_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError>;

    /// The invitation with that id.
    async fn find_invitation(&mut self, id: InvitationId) -> Result<Option<Invitation>, StoreError>;

    /// The pending invitations of the key, expired or not, youngest id first.
    async fn find_pending_invitations(&mut self, key: &EmailKey) -> Result<Vec<Invitation>, StoreError>;

    /// Sets `generation`, `key_id` and `expires_at`, if the stored invitation is pending and of the generation just
    /// before.
    async fn renew_invitation(&mut self, renewed: &Invitation) -> Result<Update, StoreError>;

    /// Moves a pending invitation to `state`.
    async fn end_invitation(&mut self, id: InvitationId, state: InvitationState) -> Result<Update, StoreError>;

    /// Moves every pending invitation of the key to [`InvitationState::Void`]; returns how many.
    async fn void_invitations(&mut self, key: &EmailKey) -> Result<u64, StoreError>;

    /// Invitations, youngest id first, at most `limit`, only those with ids below `before`, and, where a state is
    /// given, in that state.
    async fn list_invitations(
        &mut self,
        state: Option<InvitationState>,
        before: Option<InvitationId>,
        limit: u32,
    ) -> Result<Vec<Invitation>, StoreError>;
}
