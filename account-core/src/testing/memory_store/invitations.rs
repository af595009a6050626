//! Invitations.

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::email_address::EmailKey;
use crate::id::InvitationId;
use crate::invitation::{Invitation, InvitationState};
use crate::ports::StoreError;
use crate::ports::store::{Invitations, Update};

fn is_pending(invitation: &Invitation) -> bool {
    invitation.state == InvitationState::Pending
}

#[async_trait]
impl Invitations for MemoryUnitOfWork {
    async fn insert_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        self.writable()?;
        if self.invitations.get(&invitation.id).is_some() {
            return Err(duplicate("invitations"));
        }
        self.invitations.put(invitation.id, invitation.clone());
        Ok(())
    }

    async fn find_invitation(&mut self, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        Ok(self.invitations.get(&id).cloned())
    }

    async fn find_pending_invitations(&mut self, key: &EmailKey) -> Result<Vec<Invitation>, StoreError> {
        Ok(self.invitations.page(None, u32::MAX, |stored| is_pending(stored) && stored.address.key() == key))
    }

    async fn renew_invitation(&mut self, renewed: &Invitation) -> Result<Update, StoreError> {
        self.writable()?;
        let before = renewed.generation.checked_sub(1);
        let is_renewable = |stored: &&Invitation| is_pending(stored) && Some(stored.generation) == before;
        let stored = self.invitations.get(&renewed.id).filter(is_renewable);
        let Some(mut stored) = stored.cloned() else { return Ok(Update::Missed) };
        stored.generation = renewed.generation;
        stored.key_id.clone_from(&renewed.key_id);
        stored.expires_at = renewed.expires_at;
        self.invitations.put(stored.id, stored);
        Ok(Update::Applied)
    }

    async fn end_invitation(&mut self, id: InvitationId, state: InvitationState) -> Result<Update, StoreError> {
        self.writable()?;
        let stored = self.invitations.get(&id).filter(|stored| is_pending(stored));
        let Some(stored) = stored.cloned() else { return Ok(Update::Missed) };
        self.invitations.put(id, Invitation { state, ..stored });
        Ok(Update::Applied)
    }

    async fn void_invitations(&mut self, key: &EmailKey) -> Result<u64, StoreError> {
        self.writable()?;
        Ok(self.invitations.update_where(
            |stored| is_pending(stored) && stored.address.key() == key,
            |stored| stored.state = InvitationState::Void,
        ))
    }

    async fn list_invitations(
        &mut self,
        state: Option<InvitationState>,
        before: Option<InvitationId>,
        limit: u32,
    ) -> Result<Vec<Invitation>, StoreError> {
        Ok(self.invitations.page(before.as_ref(), limit, |stored| state.is_none_or(|state| stored.state == state)))
    }
}
