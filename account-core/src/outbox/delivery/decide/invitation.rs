//! Invitation mails.

use super::{Decision, Delivery, Due};
use crate::id::InvitationId;
use crate::invitation::InvitationState;
use crate::one_time_token::Purpose;
use crate::outbox::OutboxEntry;
use crate::outbox::mail::{Mail, MailContent};
use crate::ports::{StoreError, UnitOfWork};

impl Delivery {
    /// Decides on the link with this generation of the invitation, if no newer one has replaced it.
    pub(super) async fn invitation_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        invitation: InvitationId,
        generation: u32,
    ) -> Result<Decision, StoreError> {
        let Some(found) = unit.find_invitation(invitation).await? else {
            return Ok(Decision::Drop("the invitation no longer exists"));
        };
        if found.state != InvitationState::Pending {
            return Ok(Decision::Drop("the invitation has ended"));
        }
        if found.generation != generation {
            return Ok(Decision::Drop("a newer email replaced it"));
        }
        let expires_at = found.expires_at;
        if self.clock.now() >= expires_at {
            return Ok(Decision::GiveUp("its token has expired"));
        }
        let Some(key) = self.master_keys.find(&found.key_id) else {
            return Ok(Decision::GiveUp("the master key of its token is no longer configured"));
        };
        let purpose = Purpose::Invitation;
        let secret = key.token(purpose, found.id.as_uuid(), generation, &found.address);
        let mail = Mail {
            id: entry.id,
            to: found.address,
            language: None,
            date: entry.created_at,
            content: MailContent::Invitation { link: self.links.token(purpose, &secret), expires_at },
        };
        Ok(Decision::Send { what: Due::Mail(Box::new(mail)), useful_until: expires_at })
    }
}
