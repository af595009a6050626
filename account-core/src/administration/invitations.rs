//! Creating, listing and revoking invitations.

use super::fields::id as parse_id;
use super::{AdminError, note_unknown};
use crate::account::{OrganizationRole, Role};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::Administrator;
use crate::email_address::EmailAddress;
use crate::id::{InvitationId, OrganizationId};
use crate::input::{Input, Reader};
use crate::invitation::right::is_vouched_for;
use crate::invitation::{Invitation, InvitationState};
use crate::one_time_token::{Purpose, TokenState};
use crate::outbox::Intent;
use crate::paging::{Page, PageRequest};
use crate::ports::StoreError;
use crate::ports::store::Update;
use crate::service::{AccountService, CallContext, Change, FeatureFlags, Issue};
use crate::violation::{Field, Rule, Violations};

/// A new invitation, as received.
#[derive(Debug, Clone, Default)]
pub struct InvitationDraft {
    /// The address.
    pub email: Input,
    /// Name of the role that the account will have; `user` if absent.
    pub role: Input,
    /// Id of the organization that it will belong to.
    pub organization: Input,
    /// Name of its role there; `member` if absent.
    pub organization_role: Input,
    /// What the caller could not make sense of.
    pub misread: Violations,
}

/// A parsed invitation.
pub(crate) struct Invited {
    pub(crate) address: EmailAddress,
    pub(crate) role: Role,
    pub(crate) organization: Option<OrganizationId>,
    pub(crate) organization_role: Option<OrganizationRole>,
}

impl InvitationDraft {
    /// Returns what could be parsed, if the address could be, and all violations.
    fn read(self) -> (Option<Invited>, Violations) {
        let mut reader = Reader::from(self.misread);
        let address = reader.address(Field::Email, self.email);
        let role = reader.text(Field::Role, self.role, |text| Role::by_name(text).ok_or(Rule::Unknown));
        let names_organization = !matches!(self.organization, Input::Absent);
        let organization: Option<OrganizationId> = reader.text(Field::Organization, self.organization, parse_id);
        let organization_role = reader.text(Field::OrganizationRole, self.organization_role, |text| {
            OrganizationRole::by_name(text).ok_or(Rule::Unknown)
        });
        if organization_role.is_some() && !names_organization {
            reader.violations.push(Field::Organization, Rule::Required);
        }
        let invited = address.map(|address| Invited {
            address,
            role: role.unwrap_or(Role::User),
            organization,
            organization_role: organization.map(|_| organization_role.unwrap_or(OrganizationRole::Member)),
        });
        (invited, reader.violations)
    }
}

impl AccountService {
    /// Invites a person: emails a link with which they choose a password. To invite an administrator, the caller must
    /// be a super admin with a fresh session.
    ///
    /// # Errors
    /// [`AdminError::Invalid`], [`AdminError::NotPermitted`], [`AdminError::AlreadyRegistered`],
    /// [`AdminError::AlreadyInvited`], [`AdminError::RegistrationClosed`] or [`AdminError::Failed`].
    pub async fn invite(
        &self,
        admin: &Administrator,
        draft: InvitationDraft,
        context: &CallContext,
    ) -> Result<Invitation, AdminError> {
        self.retried(|| async {
            let (invited, mut violations) = draft.clone().read();
            if let Some(invited) = &invited {
                self.may_invite(admin, invited.role, invited.organization_role)?;
            }
            let mut change = match &invited {
                Some(invited) => self.administer_address(admin, invited.address.key(), context).await?,
                None => self.administer(admin, context).await?,
            };
            FeatureFlags::of(&mut *change.unit).await?.refuses_invitations()?;
            let named = invited.as_ref().and_then(|invited| invited.organization);
            note_unknown(&mut *change.unit, named, &mut violations).await?;
            let invited = violations.into_value(invited)?;
            if change.unit.find_account_by_email(invited.address.key()).await?.is_some() {
                return Err(AdminError::AlreadyRegistered);
            }
            let pending = change.unit.find_pending_invitations(invited.address.key()).await?;
            if pending.iter().any(|earlier| change.now < earlier.expires_at) {
                return Err(AdminError::AlreadyInvited);
            }
            let invitation = self.write_invitation(&mut change, invited).await?;
            change.commit().await?;
            Ok(invitation)
        })
        .await
    }

    /// Stores an invitation with its token and its email.
    pub(crate) async fn write_invitation(
        &self,
        change: &mut Change<'_>,
        invited: Invited,
    ) -> Result<Invitation, StoreError> {
        let Invited { address, role, organization, organization_role } = invited;
        let invitation = Invitation {
            id: InvitationId::generate(&*self.ports.clock, &*self.ports.entropy),
            address,
            role,
            organization,
            organization_role,
            invited_by: match change.actor {
                Actor::Account(id) => Some(id),
                Actor::Operator | Actor::Service => None,
            },
            state: InvitationState::Pending,
            generation: 1,
            key_id: self.settings.master_keys.current.id().to_owned(),
            created_at: change.now,
            expires_at: change.now + self.settings.invitation_ttl,
        };
        change.unit.insert_invitation(&invitation).await?;
        mail_link(change, &invitation).await?;
        let detail = format!("{} {}", invitation.id, role.name());
        change.record(AuditEvent::InvitationCreated, None, Some(detail)).await?;
        Ok(invitation)
    }

    /// Returns invitations, newest first; if a state is given, only those in it.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_invitations(
        &self,
        _admin: &Administrator,
        state: Option<InvitationState>,
        page: PageRequest,
    ) -> Result<Page<Invitation>, AdminError> {
        let mut reading = self.begin_page(("invitations", state), &page).await?;
        let items = reading.unit.list_invitations(state, reading.from, reading.limit()).await?;
        Ok(reading.page(items, |invitation: &Invitation| invitation.id.to_string()))
    }

    /// Returns the invitation with this id.
    ///
    /// # Errors
    /// [`AdminError::NotFound`] or [`AdminError::Failed`].
    pub async fn read_invitation(&self, _admin: &Administrator, id: InvitationId) -> Result<Invitation, AdminError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        unit.find_invitation(id).await?.ok_or(AdminError::NotFound)
    }

    /// Emails an invitation again, with a new link that replaces earlier ones. Its time to expiry starts over.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::InvitationEnded`], [`AdminError::AlreadyRegistered`],
    /// [`AdminError::AlreadyInvited`] when another invitation of the address waits, [`AdminError::NotPermitted`],
    /// [`AdminError::RegistrationClosed`] or [`AdminError::Failed`].
    pub async fn resend_invitation(
        &self,
        admin: &Administrator,
        id: InvitationId,
        context: &CallContext,
    ) -> Result<Invitation, AdminError> {
        let invited = self.read_invitation(admin, id).await?.address;
        self.retried(|| async {
            let mut change = self.administer_address(admin, invited.key(), context).await?;
            let found = change.unit.find_invitation(id).await?.ok_or(AdminError::NotFound)?;
            // Resending needs the same permission as inviting.
            self.may_invite(admin, found.role, found.organization_role)?;
            // The new link would not work if the one who invited may no longer do so.
            if found.state != InvitationState::Pending || !is_vouched_for(&mut *change.unit, &found).await? {
                return Err(AdminError::InvitationEnded);
            }
            FeatureFlags::of(&mut *change.unit).await?.refuses_invitations()?;
            let key = found.address.key();
            if change.unit.find_account_by_email(key).await?.is_some() {
                return Err(AdminError::AlreadyRegistered);
            }
            let others = change.unit.find_pending_invitations(key).await?;
            if others.iter().any(|other| other.id != id && change.now < other.expires_at) {
                return Err(AdminError::AlreadyInvited);
            }
            let renewed = Invitation {
                generation: found.generation + 1,
                key_id: self.settings.master_keys.current.id().to_owned(),
                expires_at: change.now + self.settings.invitation_ttl,
                ..found
            };
            if change.unit.renew_invitation(&renewed).await? == Update::Missed {
                return Err(StoreError::aborted("the invitation has just ended or was just renewed").into());
            }
            change.unit.end_tokens_of_subject(Purpose::Invitation, id.as_uuid(), TokenState::Superseded).await?;
            mail_link(&mut change, &renewed).await?;
            change.record(AuditEvent::InvitationResent, None, Some(id.to_string())).await?;
            change.commit().await?;
            Ok(renewed)
        })
        .await
    }

    /// Revokes an invitation. Its links stop working.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::InvitationEnded`], [`AdminError::NotPermitted`] or
    /// [`AdminError::Failed`].
    pub async fn revoke_invitation(
        &self,
        admin: &Administrator,
        id: InvitationId,
        context: &CallContext,
    ) -> Result<(), AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let found = change.unit.find_invitation(id).await?.ok_or(AdminError::NotFound)?;
            admin.may_administer(found.role)?;
            if !revoke(&mut change, id).await? {
                return Err(AdminError::InvitationEnded);
            }
            Ok(change.commit().await?)
        })
        .await
    }

    fn may_invite(
        &self,
        admin: &Administrator,
        role: Role,
        organization_role: Option<OrganizationRole>,
    ) -> Result<(), AdminError> {
        if role > Role::User {
            admin.must_be_super_admin()?;
        }
        if role > Role::User || organization_role == Some(OrganizationRole::Administrator) {
            admin.must_be_fresh(self.ports.clock.now())?;
        }
        Ok(())
    }
}

/// Revokes a pending invitation; returns `false` if it is not pending.
pub(crate) async fn revoke(change: &mut Change<'_>, id: InvitationId) -> Result<bool, StoreError> {
    if change.unit.end_invitation(id, InvitationState::Revoked).await? == Update::Missed {
        return Ok(false);
    }
    change.unit.end_tokens_of_subject(Purpose::Invitation, id.as_uuid(), TokenState::Void).await?;
    change.record(AuditEvent::InvitationRevoked, None, Some(id.to_string())).await?;
    Ok(true)
}

async fn mail_link(change: &mut Change<'_>, invitation: &Invitation) -> Result<(), StoreError> {
    let Invitation { id, address, generation, expires_at, .. } = invitation;
    change
        .issue(Issue {
            purpose: Purpose::Invitation,
            subject: id.as_uuid(),
            generation: *generation,
            address,
            epoch: None,
            session: None,
            expires_at: *expires_at,
        })
        .await?;
    let intent = Intent::Invitation { invitation: *id, address: address.clone(), generation: *generation };
    change.enqueue(intent).await
}
