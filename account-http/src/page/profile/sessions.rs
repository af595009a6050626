//! The sessions of one's account: seeing and ending them.

use account_core::id::SessionId;
use account_core::session::Session;
use poem::{Response, handler};

use super::super::form::Form;
use super::super::session::Owner;
use super::super::visit::Visit;
use super::super::{sign_in, words};
use super::back;
use crate::problem::Problem;

/// A session as its owner sees it.
pub(super) struct SessionView {
    pub(super) id: String,
    /// Whether it is the one that asks.
    pub(super) is_current: bool,
    /// What it is used with.
    pub(super) client: String,
    pub(super) client_address: Option<String>,
    pub(super) created: String,
    pub(super) last_used: String,
}

impl SessionView {
    /// A session, seen from another or the same one.
    pub(super) fn of(session: &Session, current: SessionId) -> Self {
        Self {
            id: session.id.to_string(),
            is_current: session.id == current,
            client: session.user_agent.as_deref().map_or_else(|| "Unknown client".to_owned(), words::browser),
            client_address: session.client_address.map(|address| address.to_string()),
            created: words::moment(session.created_at),
            last_used: words::moment(session.last_used_at),
        }
    }
}

/// Ends one session or, for the id `others`, all but this one.
#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let service = &visit.pages.service;
    if fields.text("id") == "others" {
        service.end_other_sessions(&owner, &visit.context).await.map_err(Problem::from)?;
        return Ok(back(visit, "sessions"));
    }
    if let Ok(id) = fields.text("id").parse() {
        // One that is not there any more was ended already.
        service.end_session(&owner, id, &visit.context).await.map_err(Problem::from)?;
        if id == owner.session.id {
            return Ok(sign_in::signed_out(visit));
        }
    }
    Ok(back(visit, "session"))
}
