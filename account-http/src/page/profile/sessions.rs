//! The sessions of the signed-in account: listing and ending them.

use poem::{Response, handler};

use super::super::form::Form;
use super::super::session::Owner;
use super::super::sign_in;
use super::super::visit::Visit;
use super::view::back;
use crate::problem::Problem;

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
