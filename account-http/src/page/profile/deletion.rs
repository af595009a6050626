//! Deleting the account, and canceling the deletion.

use account_core::account::deletion::DeletionError;
use account_core::session::SignedIn;
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::super::form::Form;
use super::super::paths::SIGN_IN;
use super::super::samples::{self, Sample};
use super::super::session::{Owner, Refusal};
use super::super::templates::PageTemplate;
use super::super::visit::Visit;
use super::super::words::say;
use super::view::{Alert, DeletionRemarks, Remarks, back, page};
use crate::problem::Problem;

const REFUSED: Alert = Alert { key: "profile-deletion-refused", section: "deletion" };
const LAST_SUPER_ADMIN: Alert = Alert { key: "profile-deletion-last-super-admin", section: "deletion" };

#[derive(Serialize)]
struct BegunPage {
    address: String,
    due: String,
}

impl PageTemplate for BegunPage {
    const NAME: &'static str = "deletion_begun.html";

    fn here(&self) -> Option<String> {
        Some(SIGN_IN.to_owned())
    }
}

#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let service = &visit.pages.service;
    owner.clone().verified().map_err(Problem::from)?;
    if fields.text("confirmation") != "yes" {
        let confirmation = vec![say(visit.words(), "profile-deletion-unconfirmed")];
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
            let due = visit.words().moment(due, owner.account.profile.time_zone.as_deref());
            let address = owner.account.address.to_string();
            Ok(visit.page(StatusCode::OK, &BegunPage { address, due })?)
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

pub(in super::super) fn sample() -> Sample {
    let page = || BegunPage { address: samples::address(), due: samples::moment() };
    Sample::of(&page(), &page())
}
