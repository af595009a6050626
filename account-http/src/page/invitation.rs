//! Accepting an invitation.

use account_core::account::details::ProfileEdits;
use account_core::input::Edit;
use account_core::invitation::redeem::{AcceptError, AcceptRequest};
use account_core::violation::{Field, Violations};
use askama::Template;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::dead_link::LinkKind;
use super::form::{Fields, Form, Query};
use super::visit::{Frame, Visit};
use super::words;
use crate::problem::Problem;

/// Fields that the form shows.
const SHOWN: [Field; 3] = [Field::Name, Field::Password, Field::NewPassword];

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage<'a> {
    frame: Frame<'a>,
    token: &'a str,
    address: String,
    name: &'a str,
    password_hint: String,
    name_problems: Vec<String>,
    password_problems: Vec<String>,
    other_problems: Vec<String>,
}

#[derive(Template)]
#[template(path = "accepted.html")]
struct AcceptedPage<'a> {
    frame: Frame<'a>,
    address: String,
    onward: Option<&'a str>,
}

#[handler]
pub(super) async fn show(visit: &Visit, Query(query): Query) -> poem::Result<Response> {
    Ok(page(visit, StatusCode::OK, &query, &Violations::default()).await?)
}

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let name = fields.trimmed("name");
    let name = if name.is_empty() { Edit::Keep } else { name.into() };
    let request = AcceptRequest {
        token: fields.text("token").to_owned(),
        password: fields.input("password"),
        edits: ProfileEdits { name, ..ProfileEdits::default() },
        password_policy: visit.pages.password_policy(),
        context: visit.context.clone(),
    };
    match visit.pages.service.accept_invitation(request).await {
        Ok(signed_in) => {
            visit.keep_session(&signed_in.session);
            let address = signed_in.account.address.to_string();
            let onward = visit.pages.onboarding_url.as_deref();
            Ok(visit.page(StatusCode::OK, &AcceptedPage { frame: visit.frame(), address, onward })?)
        }
        Err(AcceptError::Invalid(violations)) => {
            Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &fields, &violations).await?)
        }
        Err(other) => Ok(LinkKind::Invitation.dead_end(visit, other)?),
    }
}

/// Shows the form for a live token, or why the token is dead. Changes nothing.
async fn page(
    visit: &Visit,
    status: StatusCode,
    fields: &Fields,
    violations: &Violations,
) -> Result<Response, Problem> {
    let token = fields.text("token");
    let inspection = match visit.pages.service.inspect_invitation(token, &visit.context).await {
        Ok(inspection) => inspection,
        Err(error) => return LinkKind::Invitation.dead_end(visit, error),
    };
    let mut password_problems = words::about(violations, Field::Password);
    password_problems.extend(words::about(violations, Field::NewPassword));
    let page = InvitationPage {
        frame: visit.frame(),
        token,
        address: inspection.address.to_string(),
        name: fields.trimmed("name"),
        password_hint: words::password_hint(&inspection.role.password_policy(visit.pages.password_policy())),
        name_problems: words::about(violations, Field::Name),
        password_problems,
        other_problems: words::about_others(violations, &SHOWN),
    };
    visit.page(status, &page)
}
