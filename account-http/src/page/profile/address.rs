//! Requesting a change of the account's address.

use account_core::account::address::AddressChangeError;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::super::form::{Fields, Form};
use super::super::session::{Owner, Refusal};
use super::super::visit::Visit;
use super::super::words;
use super::view::{AddressRemarks, Alert, Remarks, back, page};
use crate::problem::Problem;

const REFUSED: Alert = Alert { key: "profile-email-refused", section: "email" };

/// The answer is the same whether or not the address has an account.
#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let service = &visit.pages.service;
    // Anyone who may not change the address anyway need not be asked for the password.
    owner.clone().verified().map_err(Problem::from)?;
    let owner = match visit.authenticate_recently(&owner, fields.input("password")).await {
        Ok(owner) => owner,
        Err(Refusal::Problem(problem)) => return Err(problem.into()),
        Err(Refusal::Password(password)) => {
            let address = AddressRemarks { password, ..typed(&fields) };
            let remarks = Remarks { alert: Some(REFUSED), address, ..Remarks::default() };
            return Ok(page(visit, StatusCode::FORBIDDEN, &owner, remarks).await?);
        }
    };
    let caller = owner.clone().verified().and_then(|caller| caller.fresh(service.now())).map_err(Problem::from)?;
    match service.request_address_change(&caller, fields.trimmed("email").into(), &visit.context).await {
        Ok(()) => Ok(back(visit, "email")),
        Err(AddressChangeError::Invalid(violations)) => {
            let address =
                AddressRemarks { problems: words::about_others(visit.words(), &violations, &[]), ..typed(&fields) };
            let remarks = Remarks { alert: Some(REFUSED), address, ..Remarks::default() };
            Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &owner, remarks).await?)
        }
        Err(other) => Err(Problem::from(other).into()),
    }
}

fn typed(fields: &Fields) -> AddressRemarks {
    AddressRemarks { email: fields.trimmed("email").to_owned(), ..AddressRemarks::default() }
}
