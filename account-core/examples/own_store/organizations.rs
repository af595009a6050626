//! Organizations, registered clients, invitations.

use account_core::email_address::EmailKey;
use account_core::id::{InvitationId, OrganizationId};
use account_core::invitation::{Invitation, InvitationState};
use account_core::organization::{ClientId, Organization, RegisteredClient};
use account_core::ports::StoreError;
use account_core::ports::store::{Insert, Invitations, Organizations, RegisteredClients, Unique, Update};
use async_trait::async_trait;

use super::Draft;
use super::list::keyed;

keyed! {
    Organization: id as OrganizationId,
    RegisteredClient: id as ClientId,
    Invitation: id as InvitationId,
}

fn is_pending(invitation: &Invitation) -> bool {
    invitation.state == InvitationState::Pending
}

#[async_trait]
impl Organizations for Draft {
    async fn insert_organization(&mut self, organization: &Organization) -> Result<Insert, StoreError> {
        let organizations = &mut self.change()?.organizations;
        if organizations.has(|row| row.id == organization.id) {
            return Ok(Insert::Conflict(Unique::Id));
        }
        if organizations.has(|row| row.code == organization.code) {
            return Ok(Insert::Conflict(Unique::OrganizationCode));
        }
        organizations.add(organization).map(|()| Insert::Done)
    }

    async fn find_organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        Ok(self.lists.organizations.find(|row| row.id == id))
    }

    async fn find_organization_by_code(&mut self, code: &str) -> Result<Option<Organization>, StoreError> {
        Ok(self.lists.organizations.find(|row| row.code == code))
    }

    async fn update_organization(&mut self, organization: &Organization) -> Result<Update, StoreError> {
        let version = organization.version;
        Ok(self.change()?.organizations.change_one(
            |row| row.id == organization.id && row.version.checked_add(1) == Some(version),
            |row| *row = Organization { code: row.code.clone(), ..organization.clone() },
        ))
    }

    async fn delete_organization(&mut self, id: OrganizationId) -> Result<Update, StoreError> {
        let lists = self.change()?;
        if lists.accounts.has(|row| row.organization == Some(id)) {
            return Ok(Update::Missed);
        }
        Ok(lists.organizations.remove_one(|row| row.id == id))
    }

    async fn list_organizations(
        &mut self,
        before: Option<OrganizationId>,
        limit: u32,
    ) -> Result<Vec<Organization>, StoreError> {
        Ok(self.lists.organizations.page(before.as_ref(), limit, |_| true))
    }
}

#[async_trait]
impl RegisteredClients for Draft {
    async fn insert_client(&mut self, client: &RegisteredClient) -> Result<Insert, StoreError> {
        let clients = &mut self.change()?.clients;
        if clients.has(|row| row.id == client.id) {
            return Ok(Insert::Conflict(Unique::Id));
        }
        clients.add(client).map(|()| Insert::Done)
    }

    async fn find_client(&mut self, id: &ClientId) -> Result<Option<RegisteredClient>, StoreError> {
        Ok(self.lists.clients.find(|row| row.id == *id))
    }

    async fn update_client(&mut self, client: &RegisteredClient) -> Result<Update, StoreError> {
        let follows = |row: &RegisteredClient| row.version.checked_add(1) == Some(client.version);
        Ok(self.change()?.clients.replace(client, |row| row.id == client.id && follows(row)))
    }

    async fn delete_client(&mut self, id: &ClientId) -> Result<Update, StoreError> {
        Ok(self.change()?.clients.remove_one(|row| row.id == *id))
    }

    async fn has_client(&mut self, organization: OrganizationId) -> Result<bool, StoreError> {
        Ok(self.lists.clients.has(|row| row.organization == Some(organization)))
    }

    async fn list_clients(
        &mut self,
        after: Option<&ClientId>,
        limit: u32,
    ) -> Result<Vec<RegisteredClient>, StoreError> {
        Ok(self.lists.clients.scan(after, limit))
    }
}

#[async_trait]
impl Invitations for Draft {
    async fn insert_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        self.change()?.invitations.add(invitation)
    }

    async fn find_invitation(&mut self, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        Ok(self.lists.invitations.find(|row| row.id == id))
    }

    async fn find_pending_invitations(&mut self, key: &EmailKey) -> Result<Vec<Invitation>, StoreError> {
        let is_meant = |row: &Invitation| is_pending(row) && row.address.key() == key;
        Ok(self.lists.invitations.page(None, u32::MAX, is_meant))
    }

    async fn renew_invitation(&mut self, renewed: &Invitation) -> Result<Update, StoreError> {
        let follows = |row: &Invitation| row.generation.checked_add(1) == Some(renewed.generation);
        Ok(self.change()?.invitations.change_one(
            |row| row.id == renewed.id && is_pending(row) && follows(row),
            |row| {
                row.generation = renewed.generation;
                row.key_id.clone_from(&renewed.key_id);
                row.expires_at = renewed.expires_at;
            },
        ))
    }

    async fn end_invitation(&mut self, id: InvitationId, state: InvitationState) -> Result<Update, StoreError> {
        let is_meant = |row: &Invitation| row.id == id && is_pending(row);
        Ok(self.change()?.invitations.change_one(is_meant, |row| row.state = state))
    }

    async fn void_invitations(&mut self, key: &EmailKey) -> Result<u64, StoreError> {
        let is_meant = |row: &Invitation| is_pending(row) && row.address.key() == key;
        Ok(self.change()?.invitations.change(u32::MAX, is_meant, |row| row.state = InvitationState::Void))
    }

    async fn list_invitations(
        &mut self,
        state: Option<InvitationState>,
        before: Option<InvitationId>,
        limit: u32,
    ) -> Result<Vec<Invitation>, StoreError> {
        Ok(self.lists.invitations.page(before.as_ref(), limit, |row| state.is_none_or(|state| row.state == state)))
    }
}
