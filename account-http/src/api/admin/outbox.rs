//! `/account/v1/admin/outbox`: emails and events that wait, were handed over or were given up.

use account_core::AccountService;
use account_core::authorization::Administrator;
use account_core::email_address::EmailAddress;
use account_core::outbox::{Intent, OutboxEntry, OutboxState};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::answer::{Done, Found, ListProblems, ReadProblems, admin_problems, id_of, list_body};
use crate::api::tag::Tag;
use crate::caller::Caller;
use crate::choice::Chosen;
use crate::problem::Problems;
use crate::query::{Cursor, Limit, OneOf, Parameter, page_request};

/// The outbox.
pub(crate) struct OutboxApi {
    pub(super) service: AccountService,
}

/// An entry of the outbox, without the text of the email and its secrets.
#[derive(Object)]
#[oai(rename = "OutboxEntry", skip_serializing_if_is_none)]
struct EntryBody {
    /// Id of the entry; the email's Message-ID is made from it, and it is the id of the event's message.
    id: String,
    /// What is to be done: `registration`, `resend`, `password_reset`, `repeat_verification` (a password reset for an
    /// address that is only registered), `address_change`, `secondary_address`, `invitation`, `notice` or `event`.
    intent: String,
    /// The address, masked; only for emails.
    to: Option<String>,
    /// The endpoint; only for events.
    endpoint: Option<String>,
    /// Name of the event, as in the audit trail; only for events.
    event: Option<String>,
    /// Id of the account that the event is about; only for events.
    account_id: Option<String>,
    /// Its state.
    state: Chosen<OutboxState>,
    /// How many deliveries were started.
    attempts: u32,
    /// When it was written (RFC 3339, UTC).
    created_at: String,
    /// When it is due (RFC 3339, UTC): it is not delivered earlier.
    due_at: String,
    /// When the lease of the worker that is delivering it ends (RFC 3339, UTC).
    leased_until: Option<String>,
    /// When it was handed over, dropped or given up (RFC 3339, UTC).
    settled_at: Option<String>,
    /// Why the last attempt failed, or why it was dropped.
    note: Option<String>,
}

impl From<OutboxEntry> for EntryBody {
    fn from(entry: OutboxEntry) -> Self {
        let (account, endpoint, event) = match &entry.intent {
            Intent::Event { account, endpoint, event } => (Some(account), Some(endpoint), Some(*event)),
            _ => (None, None, None),
        };
        Self {
            id: entry.id.to_string(),
            intent: entry.intent.name().to_owned(),
            to: entry.intent.address().map(EmailAddress::masked),
            endpoint: endpoint.map(ToString::to_string),
            event: event.map(|event| event.name().to_owned()),
            account_id: account.map(ToString::to_string),
            state: entry.state.into(),
            attempts: entry.attempts,
            created_at: entry.created_at.to_string(),
            due_at: entry.due_at.to_string(),
            leased_until: entry.leased_until.map(|moment| moment.to_string()),
            settled_at: entry.settled_at.map(|moment| moment.to_string()),
            note: entry.note,
        }
    }
}

list_body! {
    /// A page of the outbox.
    EntryListBody("OutboxList"): EntryBody, "The entries, newest first."
}

admin_problems! {
    /// Problems that retrying or abandoning an entry can return.
    MoveProblems: writing, NotFound, NotRedrivable;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl OutboxApi {
    /// List the outbox
    ///
    /// Newest first. An entry is dead after its last attempt failed; it can be put back or dropped. A request for an
    /// address that nobody has is deleted as soon as that is known.
    #[oai(path = "/outbox", method = "get", operation_id = "listOutbox")]
    async fn list(
        &self,
        caller: Caller<Administrator>,
        /// Only those in this state.
        state: Query<Parameter<OneOf<OutboxState>>>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<EntryListBody>, Problems<ListProblems>> {
        let (state, page) = (state.0.read()?, page_request(cursor, limit)?);
        let page = self.service.list_outbox(&caller.may, state, page).await?;
        Ok(Found::Found(Json(page.into())))
    }

    /// Get an outbox entry
    ///
    /// The state of the entry, and why its last attempt failed.
    #[oai(path = "/outbox/:id", method = "get", operation_id = "getOutboxEntry")]
    async fn read(
        &self,
        caller: Caller<Administrator>,
        /// Id of the entry.
        id: Path<String>,
    ) -> Result<Found<EntryBody>, Problems<ReadProblems>> {
        let entry = self.service.read_outbox_entry(&caller.may, id_of(&id)?).await?;
        Ok(Found::Found(Json(entry.into())))
    }

    /// Put a dead entry back
    ///
    /// The entry is delivered again immediately, if it is still valid.
    #[oai(path = "/outbox/:id/redrive", method = "post", operation_id = "redriveOutboxEntry")]
    async fn redrive(
        &self,
        caller: Caller<Administrator>,
        /// Id of the entry.
        id: Path<String>,
    ) -> Result<Found<EntryBody>, Problems<MoveProblems>> {
        let entry = self.service.redrive(&caller.may, id_of(&id)?, &caller.context).await?;
        Ok(Found::Found(Json(entry.into())))
    }

    /// Drop an entry
    ///
    /// Drops a dead entry, or a waiting one that no worker has claimed.
    #[oai(path = "/outbox/:id", method = "delete", operation_id = "dropOutboxEntry")]
    async fn discard(
        &self,
        caller: Caller<Administrator>,
        /// Id of the entry.
        id: Path<String>,
    ) -> Result<Done, Problems<MoveProblems>> {
        self.service.drop_entry(&caller.may, id_of(&id)?, &caller.context).await?;
        Ok(Done::Done)
    }
}
