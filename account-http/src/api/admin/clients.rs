//! `/account/v1/admin/clients`.

use account_core::AccountService;
use account_core::administration::clients::{ClientDraft, ClientEdits};
use account_core::authorization::Administrator;
use account_core::organization::{ClientId, RegisteredClient};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::answer::{Created, Done, Found, ListProblems, ReadProblems, Versioned, admin_problems, created, list_body};
use crate::api::tag::Tag;
use crate::body::exact::ExactBody;
use crate::caller::Caller;
use crate::etag::{ETag, parse_if_match};
use crate::field::{Id, Name, Replacement, Required, ShortCode, Text, TextEdit, TextList, TextListEdit};
use crate::problem::{Problem, ProblemKind, Problems};
use crate::query::{Cursor, Limit, Parameter, page_request};

/// Registered clients.
pub(crate) struct ClientsApi {
    pub(super) service: AccountService,
}

/// A new client.
#[derive(Object)]
#[oai(rename = "ClientRequest", write_only_all)]
struct DraftBody {
    /// An id of your choice: 1 to 64 letters, digits and `. _ -`. Unique, and never changed.
    id: Required<ShortCode>,
    /// The name.
    name: Required<Name>,
    /// Id of the organization that it works for.
    organization: Text<Id>,
    /// Origins that callback URLs may have when it registers somebody.
    callback_origins: TextList,
    /// Where a person may be sent with the outcome of a sign-in.
    redirect_uris: TextList,
    /// Networks that it calls from, in CIDR notation: limits per client do not apply to them.
    networks: TextList,
}

/// A change of a client. Members that are not sent stay the same.
#[derive(Object)]
#[oai(rename = "ClientChange", write_only_all)]
struct EditsBody {
    /// The name.
    name: Replacement<Name>,
    /// Id of the organization that it works for.
    organization: TextEdit<Id>,
    /// Origins that callback URLs may have when it registers somebody.
    callback_origins: TextListEdit,
    /// Where a person may be sent with the outcome of a sign-in.
    redirect_uris: TextListEdit,
    /// Networks that it calls from, in CIDR notation: limits per client do not apply to them.
    networks: TextListEdit,
}

impl From<DraftBody> for ClientDraft {
    fn from(body: DraftBody) -> Self {
        Self {
            id: body.id.into_input(),
            name: body.name.into_input(),
            organization: body.organization.into_input(),
            callback_origins: body.callback_origins.0,
            redirect_uris: body.redirect_uris.0,
            networks: body.networks.0,
            ..Self::default()
        }
    }
}

impl From<EditsBody> for ClientEdits {
    fn from(body: EditsBody) -> Self {
        Self {
            name: body.name.into_edit(),
            organization: body.organization.into_edit(),
            callback_origins: body.callback_origins.0,
            redirect_uris: body.redirect_uris.0,
            networks: body.networks.0,
            ..Self::default()
        }
    }
}

/// A registered client.
#[derive(Object)]
#[oai(rename = "Client", skip_serializing_if_is_none)]
struct ClientBody {
    /// Id of the client.
    #[oai(validator(pattern = "^[A-Za-z0-9._-]+$"))]
    id: String,
    /// Its name.
    name: String,
    /// Id of the organization that it works for.
    organization: Option<String>,
    /// Origins that callback URLs may have when it registers somebody.
    callback_origins: Vec<String>,
    /// Where a person may be sent with the outcome of a sign-in.
    redirect_uris: Vec<String>,
    /// Networks that it calls from, in CIDR notation.
    networks: Vec<String>,
    /// When it was created (RFC 3339, UTC).
    created_at: String,
    /// When it was last changed (RFC 3339, UTC).
    updated_at: String,
}

impl From<RegisteredClient> for ClientBody {
    fn from(client: RegisteredClient) -> Self {
        Self {
            id: client.id.to_string(),
            name: client.name,
            organization: client.organization.map(|id| id.to_string()),
            callback_origins: client.callback_origins,
            redirect_uris: client.redirect_uris,
            networks: client.networks.iter().map(ToString::to_string).collect(),
            created_at: client.created_at.to_string(),
            updated_at: client.updated_at.to_string(),
        }
    }
}

list_body! {
    /// A page of the list of clients.
    ClientListBody("ClientList"): ClientBody, "The clients, by id."
}

fn versioned(client: RegisteredClient) -> Versioned<ClientBody> {
    let etag = ETag(client.version).to_string();
    Versioned::Found(Json(client.into()), etag)
}

fn client_id(text: &str) -> Result<ClientId, Problem> {
    ClientId::parse(text).ok_or(Problem::new(ProblemKind::NotFound))
}

admin_problems! {
    /// Problems that registering a client can return.
    CreateProblems: taking, ReauthenticationRequired, ClientTaken;
    /// Problems that changing a client can return.
    ChangeProblems: taking, ReauthenticationRequired, MalformedRequest, NotFound, PreconditionFailed;
    /// Problems that deleting a client can return.
    DeleteProblems: writing, NotFound;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl ClientsApi {
    /// List clients
    ///
    /// By id.
    #[oai(path = "/clients", method = "get", operation_id = "listClients")]
    async fn list(
        &self,
        caller: Caller<Administrator>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<ClientListBody>, Problems<ListProblems>> {
        let page = self.service.list_clients(&caller.may, page_request(cursor, limit)?).await?;
        Ok(Found::Found(Json(page.into())))
    }

    /// Register a client
    ///
    /// An application that registers people: its callback origins are allowed, and limits per client do not apply to
    /// its networks.
    #[oai(path = "/clients", method = "post", operation_id = "createClient")]
    async fn create(
        &self,
        caller: Caller<Administrator>,
        body: ExactBody<DraftBody>,
    ) -> Result<Created<ClientBody>, Problems<CreateProblems>> {
        let (draft, unknown) = body.draft();
        let client = unknown.join(self.service.create_client(&caller.may, draft, &caller.context).await)?;
        let id = client.id.to_string();
        Ok(created("clients", &id, client.into()))
    }

    /// Get a client
    ///
    /// The answer has the `ETag` to send with a change.
    #[oai(path = "/clients/:client", method = "get", operation_id = "getClient")]
    async fn read(
        &self,
        caller: Caller<Administrator>,
        /// Id of the client.
        client: Path<String>,
    ) -> Result<Versioned<ClientBody>, Problems<ReadProblems>> {
        Ok(versioned(self.service.read_client(&caller.may, &client_id(&client)?).await?))
    }

    /// Change a client
    ///
    /// Members that are not sent stay the same, null removes a value (RFC 7396); `id` cannot be changed and is
    /// ignored.
    #[oai(path = "/clients/:client", method = "patch", operation_id = "changeClient")]
    async fn change(
        &self,
        caller: Caller<Administrator>,
        /// Id of the client.
        client: Path<String>,
        /// The `ETag` that was read; the change is refused when the client was changed since.
        #[oai(name = "If-Match")]
        if_match: Header<Option<String>>,
        body: ExactBody<EditsBody>,
    ) -> Result<Versioned<ClientBody>, Problems<ChangeProblems>> {
        let (id, version) = (client_id(&client)?, parse_if_match(if_match.0.as_deref())?);
        let (edits, unknown) = body.draft();
        let changed = self.service.change_client(&caller.may, &id, edits, version, &caller.context).await;
        Ok(versioned(unknown.join(changed)?))
    }

    /// Delete a client
    ///
    /// Its networks and origins no longer apply.
    #[oai(path = "/clients/:client", method = "delete", operation_id = "deleteClient")]
    async fn delete(
        &self,
        caller: Caller<Administrator>,
        /// Id of the client.
        client: Path<String>,
    ) -> Result<Done, Problems<DeleteProblems>> {
        self.service.delete_client(&caller.may, &client_id(&client)?, &caller.context).await?;
        Ok(Done::Done)
    }
}
