//! `/account/v1/admin/organizations`.

mod members;

use account_core::AccountService;
use account_core::administration::organizations::{OrganizationDraft, OrganizationEdits};
use account_core::authorization::Administrator;
use account_core::organization::Organization;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::answer::{
    Created, Done, Found, ListProblems, ReadProblems, Versioned, admin_problems, created, id_of, list_body,
};
use crate::api::tag::Tag;
use crate::body::exact::ExactBody;
use crate::caller::Caller;
use crate::etag::{ETag, parse_if_match};
use crate::field::{Flag, FlagEdit, Name, Replacement, Required, ShortCode, TextList, TextListEdit};
use crate::problem::Problems;
use crate::query::{Cursor, Limit, Parameter, page_request};

pub(crate) use members::MembersApi;

/// Organizations.
pub(crate) struct OrganizationsApi {
    pub(super) service: AccountService,
}

/// A new organization.
#[derive(Object)]
#[oai(rename = "OrganizationRequest", write_only_all)]
struct DraftBody {
    /// A short name, for programs: 1 to 64 letters, digits and `. _ -`. Unique, and never changed.
    code: Required<ShortCode>,
    /// The name.
    name: Required<Name>,
    /// Origins that callback URLs of its registrations may have, in addition to those of the service.
    callback_origins: TextList,
    /// Whether people who register with it may ask to be its administrators.
    allows_self_named_administrators: Flag,
}

/// A change of an organization. Members that are not sent stay the same.
#[derive(Object)]
#[oai(rename = "OrganizationChange", write_only_all)]
struct EditsBody {
    /// The name.
    name: Replacement<Name>,
    /// Origins that callback URLs of its registrations may have, in addition to those of the service.
    callback_origins: TextListEdit,
    /// Whether people who register with it may ask to be its administrators.
    allows_self_named_administrators: FlagEdit,
}

impl From<DraftBody> for OrganizationDraft {
    fn from(body: DraftBody) -> Self {
        Self {
            code: body.code.into_input(),
            name: body.name.into_input(),
            callback_origins: body.callback_origins.0,
            allows_self_named_administrators: body.allows_self_named_administrators.0,
            ..Self::default()
        }
    }
}

impl From<EditsBody> for OrganizationEdits {
    fn from(body: EditsBody) -> Self {
        Self {
            name: body.name.into_edit(),
            callback_origins: body.callback_origins.0,
            allows_self_named_administrators: body.allows_self_named_administrators.0,
            ..Self::default()
        }
    }
}

/// An organization.
#[derive(Object)]
#[oai(rename = "Organization")]
struct OrganizationBody {
    /// Id of the organization.
    id: String,
    /// Its short name, for programs.
    code: String,
    /// Its name.
    name: String,
    /// Origins that callback URLs of its registrations may have, in addition to those of the service.
    callback_origins: Vec<String>,
    /// Whether people who register with it may ask to be its administrators.
    allows_self_named_administrators: bool,
    /// When it was created (RFC 3339, UTC).
    created_at: String,
    /// When it was last changed (RFC 3339, UTC).
    updated_at: String,
}

impl From<Organization> for OrganizationBody {
    fn from(organization: Organization) -> Self {
        Self {
            id: organization.id.to_string(),
            code: organization.code,
            name: organization.name,
            callback_origins: organization.callback_origins,
            allows_self_named_administrators: organization.allows_self_named_administrators,
            created_at: organization.created_at.to_string(),
            updated_at: organization.updated_at.to_string(),
        }
    }
}

list_body! {
    /// A page of the list of organizations.
    OrganizationListBody("OrganizationList"): OrganizationBody, "The organizations, newest first."
}

fn versioned(organization: Organization) -> Versioned<OrganizationBody> {
    let etag = ETag(organization.version).to_string();
    Versioned::Found(Json(organization.into()), etag)
}

admin_problems! {
    /// Problems that creating an organization can return.
    CreateProblems: taking, ReauthenticationRequired, CodeTaken;
    /// Problems that changing an organization can return.
    ChangeProblems: taking, ReauthenticationRequired, MalformedRequest, NotFound, PreconditionFailed;
    /// Problems that deleting an organization can return.
    DeleteProblems: writing, NotFound, NotEmpty;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl OrganizationsApi {
    /// List organizations
    ///
    /// Newest first.
    #[oai(path = "/organizations", method = "get", operation_id = "listOrganizations")]
    async fn list(
        &self,
        caller: Caller<Administrator>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<OrganizationListBody>, Problems<ListProblems>> {
        let page = self.service.list_organizations(&caller.may, page_request(cursor, limit)?).await?;
        Ok(Found::Found(Json(page.into())))
    }

    /// Create an organization
    ///
    /// A reseller or customer that accounts can belong to. Its code is unique. If it has callback origins, or allows people
    /// to name themselves its administrators, the caller must have given their password within the last five minutes.
    #[oai(path = "/organizations", method = "post", operation_id = "createOrganization")]
    async fn create(
        &self,
        caller: Caller<Administrator>,
        body: ExactBody<DraftBody>,
    ) -> Result<Created<OrganizationBody>, Problems<CreateProblems>> {
        let (draft, unknown) = body.draft();
        let organization = unknown.join(self.service.create_organization(&caller.may, draft, &caller.context).await)?;
        let id = organization.id.to_string();
        Ok(created("organizations", &id, organization.into()))
    }

    /// Get an organization
    ///
    /// The answer has the `ETag` to send with a change.
    #[oai(path = "/organizations/:id", method = "get", operation_id = "getOrganization")]
    async fn read(
        &self,
        caller: Caller<Administrator>,
        /// Id of the organization.
        id: Path<String>,
    ) -> Result<Versioned<OrganizationBody>, Problems<ReadProblems>> {
        Ok(versioned(self.service.read_organization(&caller.may, id_of(&id)?).await?))
    }

    /// Change an organization
    ///
    /// Members that are not sent stay the same (RFC 7396); `id` and `code` cannot be changed. To
    /// change `callback_origins` or `allows_self_named_administrators`, the caller must have given their password within the
    /// last five minutes.
    #[oai(path = "/organizations/:id", method = "patch", operation_id = "changeOrganization")]
    async fn change(
        &self,
        caller: Caller<Administrator>,
        /// Id of the organization.
        id: Path<String>,
        /// The `ETag` that was read; the change is refused when the organization was changed since.
        #[oai(name = "If-Match")]
        if_match: Header<Option<String>>,
        body: ExactBody<EditsBody>,
    ) -> Result<Versioned<OrganizationBody>, Problems<ChangeProblems>> {
        let (id, version) = (id_of(&id)?, parse_if_match(if_match.0.as_deref())?);
        let (edits, unknown) = body.draft();
        let changed = self.service.change_organization(&caller.may, id, edits, version, &caller.context).await;
        Ok(versioned(unknown.join(changed)?))
    }

    /// Delete an organization
    ///
    /// Only an organization without members can be deleted.
    #[oai(path = "/organizations/:id", method = "delete", operation_id = "deleteOrganization")]
    async fn delete(
        &self,
        caller: Caller<Administrator>,
        /// Id of the organization.
        id: Path<String>,
    ) -> Result<Done, Problems<DeleteProblems>> {
        self.service.delete_organization(&caller.may, id_of(&id)?, &caller.context).await?;
        Ok(Done::Done)
    }
}
