//! Downloading everything that is stored about the account.

use poem::http::{StatusCode, header};
use poem::{Response, handler};

use super::super::form::Form;
use super::super::session::{Owner, Refusal};
use super::super::visit::Visit;
use super::view::{Alert, Remarks, page};
use crate::api::personal_data_as_json;
use crate::problem::Problem;

const REFUSED: Alert = Alert { key: "profile-export-refused", section: "export" };

#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let service = &visit.pages.service;
    owner.clone().verified().map_err(Problem::from)?;
    let owner = match visit.authenticate_recently(&owner, fields.input("password")).await {
        Ok(owner) => owner,
        Err(Refusal::Problem(problem)) => return Err(problem.into()),
        Err(Refusal::Password(export)) => {
            let remarks = Remarks { alert: Some(REFUSED), export, ..Remarks::default() };
            return Ok(page(visit, StatusCode::FORBIDDEN, &owner, remarks).await?);
        }
    };
    let caller = owner.verified().and_then(|caller| caller.fresh(service.now())).map_err(Problem::from)?;
    let data = service.export_data(&caller, &visit.context).await.map_err(Problem::from)?;
    let file = Response::builder()
        .content_type("application/json")
        .header(header::CONTENT_DISPOSITION, "attachment; filename=\"account.json\"")
        .header(header::CACHE_CONTROL, "no-store")
        .body(personal_data_as_json(data, caller.verified().session()));
    Ok(file)
}
