//! `/account/v1/admin/organizations/{id}/members`.

use account_core::AccountService;
use account_core::authorization::Administrator;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use crate::api::account::AccountBody;
use crate::api::admin::accounts::{AccountListBody, versioned};
use crate::api::admin::answer::{Done, Found, Versioned, admin_problems, id_of, organization_role};
use crate::api::tag::Tag;
use crate::body::exact::ExactBody;
use crate::caller::Caller;
use crate::field::{OrganizationRoleName, Required};
use crate::problem::Problems;
use crate::query::{Cursor, Limit, Parameter, page_request};

/// Members of organizations.
pub(crate) struct MembersApi {
    pub(in crate::api::admin) service: AccountService,
}

/// The role of an account in an organization.
#[derive(Object)]
#[oai(rename = "MembershipChange", write_only_all)]
struct MembershipBody {
    /// The role within the organization.
    role: Required<OrganizationRoleName>,
}

admin_problems! {
    /// Problems that listing members can return.
    ListProblems: reading, NotFound, InvalidCursor, InvalidQuery;
    /// Problems that adding a member can return.
    SetProblems: taking, ReauthenticationRequired, NotFound;
    /// Problems that removing a member can return.
    RemoveProblems: writing, NotFound;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl MembersApi {
    /// List an organization's members
    ///
    /// The accounts that belong to it, newest first.
    #[oai(path = "/organizations/:id/members", method = "get", operation_id = "listMembers")]
    async fn list(
        &self,
        caller: Caller<Administrator>,
        /// Id of the organization.
        id: Path<String>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<AccountListBody>, Problems<ListProblems>> {
        let (id, page) = (id_of(&id)?, page_request(cursor, limit)?);
        let page = self.service.list_members(&caller.may, id, page).await?;
        Ok(Found::Found(Json(page.into())))
    }

    /// Add a member, or change its role
    ///
    /// An account belongs to one organization at most: it leaves the one it belonged to. To make it an administrator of the
    /// organization, the caller must have given their password within the last five minutes.
    #[oai(path = "/organizations/:id/members/:account", method = "put", operation_id = "setMembership")]
    async fn set(
        &self,
        caller: Caller<Administrator>,
        /// Id of the organization.
        id: Path<String>,
        /// Id of the account.
        account: Path<String>,
        body: ExactBody<MembershipBody>,
    ) -> Result<Versioned<AccountBody>, Problems<SetProblems>> {
        let (organization, account) = (id_of(&id)?, id_of(&account)?);
        let role = body.read(|body| organization_role(body.role.into_input()))?;
        let member = self.service.set_membership(&caller.may, organization, account, role, &caller.context).await?;
        Ok(versioned(member))
    }

    /// Remove a member
    ///
    /// The account is kept, without an organization.
    #[oai(path = "/organizations/:id/members/:account", method = "delete", operation_id = "removeMembership")]
    async fn remove(
        &self,
        caller: Caller<Administrator>,
        /// Id of the organization.
        id: Path<String>,
        /// Id of the account.
        account: Path<String>,
    ) -> Result<Done, Problems<RemoveProblems>> {
        let (organization, account) = (id_of(&id)?, id_of(&account)?);
        self.service.remove_membership(&caller.may, organization, account, &caller.context).await?;
        Ok(Done::Done)
    }
}
