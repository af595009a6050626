//! `/account/v1/admin/invitations`.

use account_core::AccountService;
use account_core::account::Role;
use account_core::administration::invitations::InvitationDraft;
use account_core::authorization::Administrator;
use account_core::invitation::{Invitation, InvitationState};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::answer::{Created, Done, Found, ListProblems, ReadProblems, admin_problems, created, id_of, list_body};
use crate::api::tag::Tag;
use crate::body::exact::ExactBody;
use crate::caller::Caller;
use crate::choice::Chosen;
use crate::field::{Email, Id, OrganizationRoleName, Required, RoleName, Text};
use crate::problem::Problems;
use crate::problem::answers;
use crate::query::{Cursor, Limit, OneOf, Parameter, page_request};

/// Invitations.
pub(crate) struct InvitationsApi {
    pub(super) service: AccountService,
}

/// A person to invite.
#[derive(Object)]
#[oai(rename = "InvitationRequest", write_only_all)]
struct DraftBody {
    /// The address.
    email: Required<Email>,
    /// The role that the account will have; `user` by default. Other roles require a super admin who gave their
    /// password within the last five minutes.
    role: Text<RoleName>,
    /// Id of the organization that it will belong to.
    organization: Text<Id>,
    /// The role in that organization; `member` by default.
    organization_role: Text<OrganizationRoleName>,
}

impl From<DraftBody> for InvitationDraft {
    fn from(body: DraftBody) -> Self {
        Self {
            email: body.email.into_input(),
            role: body.role.into_input(),
            organization: body.organization.into_input(),
            organization_role: body.organization_role.into_input(),
            ..Self::default()
        }
    }
}

/// An invitation.
#[derive(Object)]
#[oai(rename = "Invitation", skip_serializing_if_is_none)]
struct InvitationBody {
    /// Id of the invitation; the account will have the same one.
    id: String,
    /// The address.
    email: String,
    /// The role that the account will have.
    role: Chosen<Role>,
    /// Id of the organization that it will belong to.
    organization: Option<String>,
    /// The role in that organization.
    organization_role: Option<String>,
    /// Account id of the administrator who invited the person; absent if the operator did.
    invited_by: Option<String>,
    /// Its state. A pending one that has expired stays `pending`.
    state: Chosen<InvitationState>,
    /// When it was created (RFC 3339, UTC).
    created_at: String,
    /// When the invitation and its link expire (RFC 3339, UTC).
    expires_at: String,
}

impl From<Invitation> for InvitationBody {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id.to_string(),
            email: invitation.address.to_string(),
            role: invitation.role.into(),
            organization: invitation.organization.map(|id| id.to_string()),
            organization_role: invitation.organization_role.map(|role| role.name().to_owned()),
            invited_by: invitation.invited_by.map(|id| id.to_string()),
            state: invitation.state.into(),
            created_at: invitation.created_at.to_string(),
            expires_at: invitation.expires_at.to_string(),
        }
    }
}

list_body! {
    /// A page of the list of invitations.
    InvitationListBody("InvitationList"): InvitationBody, "The invitations, newest first."
}

answers! {
    /// Another email is on its way; its link replaces the earlier one.
    ResendResponse: 202 Json<InvitationBody>;
}

admin_problems! {
    /// Problems that inviting can return.
    InviteProblems: taking, ReauthenticationRequired, RegistrationClosed, AddressRegistered, AlreadyInvited;
    /// Problems that sending an invitation again can return.
    ResendProblems: writing, ReauthenticationRequired, RegistrationClosed, NotFound, AddressRegistered, AlreadyInvited,
    InvitationEnded;
    /// Problems that revoking an invitation can return.
    RevokeProblems: writing, NotFound, InvitationEnded;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl InvitationsApi {
    /// List invitations
    ///
    /// Newest first.
    #[oai(path = "/invitations", method = "get", operation_id = "listInvitations")]
    async fn list(
        &self,
        caller: Caller<Administrator>,
        /// Only those in this state.
        state: Query<Parameter<OneOf<InvitationState>>>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<InvitationListBody>, Problems<ListProblems>> {
        let (state, page) = (state.0.read()?, page_request(cursor, limit)?);
        let page = self.service.list_invitations(&caller.may, state, page).await?;
        Ok(Found::Found(Json(page.into())))
    }

    /// Invite a person
    ///
    /// Sends an email with a link to the address. The person chooses a password when they accept. To invite an administrator,
    /// also one of an organization, the caller must have given their password within the last five minutes.
    #[oai(path = "/invitations", method = "post", operation_id = "invite")]
    async fn invite(
        &self,
        caller: Caller<Administrator>,
        body: ExactBody<DraftBody>,
    ) -> Result<Created<InvitationBody>, Problems<InviteProblems>> {
        let (draft, unknown) = body.draft();
        let invitation = unknown.join(self.service.invite(&caller.may, draft, &caller.context).await)?;
        let id = invitation.id.to_string();
        Ok(created("invitations", &id, invitation.into()))
    }

    /// Get an invitation
    ///
    /// Who was invited to what, and the state of the invitation.
    #[oai(path = "/invitations/:id", method = "get", operation_id = "getInvitation")]
    async fn read(
        &self,
        caller: Caller<Administrator>,
        /// Id of the invitation.
        id: Path<String>,
    ) -> Result<Found<InvitationBody>, Problems<ReadProblems>> {
        let invitation = self.service.read_invitation(&caller.may, id_of(&id)?).await?;
        Ok(Found::Found(Json(invitation.into())))
    }

    /// Resend an invitation
    ///
    /// The invitation gets a new link, and the time until it expires starts over.
    #[oai(path = "/invitations/:id/mails", method = "post", operation_id = "resendInvitation")]
    async fn resend(
        &self,
        caller: Caller<Administrator>,
        /// Id of the invitation.
        id: Path<String>,
    ) -> Result<ResendResponse, Problems<ResendProblems>> {
        let invitation = self.service.resend_invitation(&caller.may, id_of(&id)?, &caller.context).await?;
        Ok(ResendResponse::Is(Json(invitation.into())))
    }

    /// Revoke an invitation
    ///
    /// The link in the invitation stops working.
    #[oai(path = "/invitations/:id", method = "delete", operation_id = "revokeInvitation")]
    async fn revoke(
        &self,
        caller: Caller<Administrator>,
        /// Id of the invitation.
        id: Path<String>,
    ) -> Result<Done, Problems<RevokeProblems>> {
        self.service.revoke_invitation(&caller.may, id_of(&id)?, &caller.context).await?;
        Ok(Done::Done)
    }
}
