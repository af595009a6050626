//! `/account/v1/admin/audit`: the audit trail.

use account_core::AccountService;
use account_core::audit::{Actor, AuditEntry, AuditEvent};
use account_core::authorization::Administrator;
use account_core::id::AccountId;
use account_core::ports::store::AuditFilter;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};

use super::answer::{Found, ListProblems, list_body};
use crate::api::tag::Tag;
use crate::caller::Caller;
use crate::problem::Problems;
use crate::query::{Cursor, IdOf, Limit, OneOf, Parameter, page_request};

/// The audit trail.
pub(crate) struct AuditApi {
    pub(super) service: AccountService,
}

/// An entry of the audit trail.
#[derive(Object)]
#[oai(rename = "AuditEntry", skip_serializing_if_is_none)]
struct EntryBody {
    /// Id of the entry.
    id: String,
    /// When it happened (RFC 3339, UTC).
    happened_at: String,
    /// Name of the event: one of the values of the parameter `event`.
    event: String,
    /// Who did it.
    actor: ActorBody,
    /// Id of the account that it happened to.
    account: Option<String>,
    /// The client's address.
    client_address: Option<String>,
    /// Id of the request that caused it, as in the header `X-Request-Id` and in the logs.
    request_id: Option<String>,
    /// What it was about: the name of a feature, the new role, the id of an invitation, the reason that was given.
    detail: Option<String>,
}

/// Who did something.
#[derive(Object)]
#[oai(rename = "Actor", skip_serializing_if_is_none)]
struct ActorBody {
    /// The kind of actor.
    kind: ActorKind,
    /// Id of the person's account.
    account: Option<String>,
}

/// A kind of actor.
#[derive(Enum)]
#[oai(rename = "ActorKind", rename_all = "snake_case")]
enum ActorKind {
    /// A person.
    Account,
    /// The operator, by a command on its machine.
    Operator,
    /// The service itself.
    Service,
}

impl From<Actor> for ActorBody {
    fn from(actor: Actor) -> Self {
        match actor {
            Actor::Account(id) => Self { kind: ActorKind::Account, account: Some(id.to_string()) },
            Actor::Operator => Self { kind: ActorKind::Operator, account: None },
            Actor::Service => Self { kind: ActorKind::Service, account: None },
        }
    }
}

impl From<AuditEntry> for EntryBody {
    fn from(entry: AuditEntry) -> Self {
        Self {
            id: entry.id.to_string(),
            happened_at: entry.at.to_string(),
            event: entry.event.name().to_owned(),
            actor: entry.actor.into(),
            account: entry.account.map(|id| id.to_string()),
            client_address: entry.client_address.map(|address| address.to_string()),
            request_id: entry.request_id,
            detail: entry.detail,
        }
    }
}

list_body! {
    /// A page of the audit trail.
    EntryListBody("AuditList"): EntryBody, "The entries, newest first."
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl AuditApi {
    /// List the audit trail
    ///
    /// Security events, newest first: who did what to which account, and from where.
    #[oai(path = "/audit", method = "get", operation_id = "listAudit")]
    async fn list(
        &self,
        caller: Caller<Administrator>,
        /// Only events about the account with this id, or caused by it.
        account: Query<Parameter<IdOf<AccountId>>>,
        /// Only this event.
        event: Query<Parameter<OneOf<AuditEvent>>>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<EntryListBody>, Problems<ListProblems>> {
        let filter = AuditFilter { account: account.0.read()?, event: event.0.read()? };
        let page = self.service.list_audit(&caller.may, filter, page_request(cursor, limit)?).await?;
        Ok(Found::Found(Json(page.into())))
    }
}
