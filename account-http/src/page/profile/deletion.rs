//! Deleting the account, and canceling the deletion.

use account_core::account::deletion::DeletionError;
use account_core::session::SignedIn;
use askama::Template;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::super::form::Form;
use super::super::session::{Owner, Refusal};
use super::super::visit::{Frame, Visit};
use super::super::words;
use super::view::{Alert, DeletionRemarks, Remarks, back, page};
use crate::problem::Problem;

const REFUSED: Alert = Alert { text: "Your account was not deleted. Fix the errors below.", section: "deletion" };
const LAST_SUPER_ADMIN: Alert = Alert {
    text: "You are the last super admin. Make another account a super admin before you delete this one.",
    section: "deletion",
};

#[derive(Template)]
#[template(path = "deletion_begun.html")]
struct BegunPage<'a> {
    frame: Frame<'a>,
    address: String,
    due: String,
}

#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let service = &visit.pages.service;
    owner.clone().verified().map_err(Problem::from)?;
    if fields.text("confirmation") != "yes" {
        let confirmation = vec!["Check this box to delete your account.".to_owned()];
        let deletion = DeletionRemarks { confirmation, ..DeletionRemarks::default() };
        return Ok(refused(visit, StatusCode::UNPROCESSABLE_ENTITY, &owner, REFUSED, deletion).await?);
    }
    let owner = match visit.authenticate_again(&owner, fields.input("password")).await {
        Ok(owner) => owner,
        Err(Refusal::Problem(problem)) => return Err(problem.into()),
        Err(Refusal::Password(password)) => {
            let deletion = DeletionRemarks { password, ..DeletionRemarks::default() };
            return Ok(refused(visit, StatusCode::FORBIDDEN, &owner, REFUSED, deletion).await?);
        }
    };
    let caller = owner.clone().verified().and_then(|caller| caller.fresh(service.now())).map_err(Problem::from)?;
    match service.request_deletion(&caller, &visit.context).await {
        Ok(due) => {
            visit.forget_session();
            let (address, due) = (owner.account.address.to_string(), words::moment(due));
            Ok(visit.page(StatusCode::OK, &BegunPage { frame: visit.frame(), address, due })?)
        }
        Err(DeletionError::LastSuperAdmin) => {
            let deletion = DeletionRemarks::default();
            Ok(refused(visit, StatusCode::CONFLICT, &owner, LAST_SUPER_ADMIN, deletion).await?)
        }
        Err(other) => Err(Problem::from(other).into()),
    }
}

async fn refused(
    visit: &Visit,
    status: StatusCode,
    owner: &SignedIn,
    alert: Alert,
    deletion: DeletionRemarks,
) -> Result<Response, Problem> {
    page(visit, status, owner, Remarks { alert: Some(alert), deletion, ..Remarks::default() }).await
}

/// Takes the deletion back.
#[handler]
pub(in super::super) async fn take_back(visit: &Visit, Form(_): Form, Owner(owner): Owner) -> poem::Result<Response> {
    visit.pages.service.cancel_deletion(&owner, &visit.context).await.map_err(Problem::from)?;
    Ok(back(visit, "recovery"))
}
