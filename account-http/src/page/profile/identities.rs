//! Accounts at providers that the person can sign in with.

use account_core::provider::UnlinkError;
use account_core::session::SignedIn;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::super::form::Form;
use super::super::session::{Owner, Refusal};
use super::super::visit::Visit;
use super::view::{Alert, Remarks, back, page};
use crate::problem::{Problem, ProblemKind};

const REFUSED: Alert = Alert { key: "profile-identities-refused", section: "identities" };

#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let service = &visit.pages.service;
    owner.clone().verified().map_err(Problem::from)?;
    let id = fields.text("id").parse().map_err(|_| Problem::new(ProblemKind::UnknownIdentity))?;
    let owner = match visit.authenticate_recently(&owner, fields.input("password")).await {
        Ok(owner) => owner,
        Err(Refusal::Problem(problem)) => return Err(problem.into()),
        Err(Refusal::Password(problems)) => return Ok(refused(visit, &owner, problems).await?),
    };
    let caller = owner.verified().and_then(|caller| caller.fresh(service.now())).map_err(Problem::from)?;
    match service.unlink_identity(&caller, id, &visit.context).await {
        Ok(session) => visit.keep_session(&session),
        // It was unlinked a moment ago, by a second click.
        Err(UnlinkError::Unknown) => {}
        Err(other) => return Err(Problem::from(other).into()),
    }
    Ok(back(visit, "unlinked"))
}

/// The page, which says what is wrong with the password.
pub(in super::super) async fn refused(
    visit: &Visit,
    owner: &SignedIn,
    identities: Vec<String>,
) -> Result<Response, Problem> {
    let remarks = Remarks { alert: Some(REFUSED), identities, ..Remarks::default() };
    page(visit, StatusCode::FORBIDDEN, owner, remarks).await
}
