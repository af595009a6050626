//! Confirming a new or further address of an account, by the link that was emailed to it.

use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::dead_link::LinkKind;
use super::form::{Form, Query};
use super::next;
use super::paths::{self, CONFIRM_ADDRESS, PROFILE};
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use crate::problem::Problem;

#[derive(Serialize)]
struct ConfirmAddressPage<'a> {
    token: &'a str,
    /// The account's present address, when somebody is signed in.
    signed_in: Option<String>,
    /// Where to sign in.
    sign_in: String,
}

impl PageTemplate for ConfirmAddressPage<'_> {
    const NAME: &'static str = "confirm_address.html";

    fn here(&self) -> Option<String> {
        Some(paths::with_token(CONFIRM_ADDRESS, self.token))
    }
}

#[derive(Serialize)]
struct AddressConfirmedPage {
    /// The account's new address; `None` if an additional address was confirmed.
    address: Option<String>,
}

impl PageTemplate for AddressConfirmedPage {
    const NAME: &'static str = "address_confirmed.html";

    fn here(&self) -> Option<String> {
        Some(PROFILE.to_owned())
    }
}

#[handler]
pub(super) async fn show(visit: &Visit, Query(query): Query) -> poem::Result<Response> {
    let signed_in = visit.signed_in().await?.map(|known| known.account.address.to_string());
    Ok(page(visit, StatusCode::OK, query.text("token"), signed_in)?)
}

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let token = fields.text("token");
    let Some(known) = visit.signed_in().await? else {
        return Ok(page(visit, StatusCode::UNAUTHORIZED, token, None)?);
    };
    let caller = known.verified().map_err(Problem::from)?;
    match visit.pages.service.confirm_address(&caller, token, &visit.context).await {
        Ok(confirmed) => {
            if let Some(session) = &confirmed.session {
                visit.keep_session(session);
            }
            let address = confirmed.session.map(|_| confirmed.account.address.to_string());
            Ok(visit.page(StatusCode::OK, &AddressConfirmedPage { address })?)
        }
        Err(error) => Ok(LinkKind::Address.dead_end(visit, error)?),
    }
}

/// The button, or the way to sign in first. What has become of the link is said when it is used.
fn page(visit: &Visit, status: StatusCode, token: &str, signed_in: Option<String>) -> Result<Response, Problem> {
    let here = visit.address(&paths::with_token(CONFIRM_ADDRESS, token));
    let sign_in = visit.address(&next::sign_in(&here, false));
    visit.page(status, &ConfirmAddressPage { token, signed_in, sign_in })
}

pub(super) fn samples() -> [Sample; 2] {
    let asked =
        |signed_in| ConfirmAddressPage { token: "token", signed_in, sign_in: "/authenticate/sign-in".to_owned() };
    let confirmed = |address| AddressConfirmedPage { address };
    [
        Sample::of(&asked(None), &asked(Some(samples::address()))),
        Sample::of(&confirmed(None), &confirmed(Some(samples::address()))),
    ]
}
