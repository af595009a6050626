//! Confirming a new or further address of an account, by the link that was emailed to it.

use askama::Template;
use poem::http::StatusCode;
use poem::{Response, handler};
use url::form_urlencoded::byte_serialize;

use super::dead_link::LinkKind;
use super::form::{Form, Query};
use super::next;
use super::paths::CONFIRM_ADDRESS;
use super::visit::{Frame, Visit};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "confirm_address.html")]
struct ConfirmAddressPage<'a> {
    frame: Frame<'a>,
    token: &'a str,
    /// The account's present address, when somebody is signed in.
    signed_in: Option<String>,
    /// Where to sign in.
    sign_in: String,
}

#[derive(Template)]
#[template(path = "address_confirmed.html")]
struct AddressConfirmedPage<'a> {
    frame: Frame<'a>,
    /// The account's new address; `None` if an additional address was confirmed.
    address: Option<String>,
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
            Ok(visit.page(StatusCode::OK, &AddressConfirmedPage { frame: visit.frame(), address })?)
        }
        Err(error) => Ok(LinkKind::Address.dead_end(visit, error)?),
    }
}

/// The button, or the way to sign in first. What has become of the link is said when it is used.
fn page(visit: &Visit, status: StatusCode, token: &str, signed_in: Option<String>) -> Result<Response, Problem> {
    let encoded: String = byte_serialize(token.as_bytes()).collect();
    let here = visit.address(&format!("{CONFIRM_ADDRESS}?token={encoded}"));
    let sign_in = visit.address(&next::sign_in(&here, false));
    visit.page(status, &ConfirmAddressPage { frame: visit.frame(), token, signed_in, sign_in })
}
