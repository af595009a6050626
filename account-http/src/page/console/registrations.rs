//! Registrations: attempts to sign up, and sending the verification email of one again.

use account_core::id::AccountId;
use account_core::registration::resend::ResendTarget;
use account_core::registration::{Registration, RegistrationState};
use poem::http::StatusCode;
use poem::{Response, handler};

use super::super::form::{Form, Query};
use super::super::visit::Visit;
use super::super::words::say;
use super::admin::Admin;
use super::names::Named;
use super::paths::{self, REGISTRATIONS};
use super::read::{done, named};
use super::view::{Around, Cell, FieldView, FormView, ListPage, Row, Said, Table, address, page_request};
use crate::problem::Problem;

/// Where another verification email is asked for.
pub(super) const MAILS: &str = "/admin/registrations/mail";

#[handler]
pub(super) async fn list(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    let state = named::<RegistrationState>(&query, "state")?;
    let service = &visit.pages.service;
    let email = Some(query.trimmed("email")).filter(|email| !email.is_empty());
    let page =
        service.list_registrations(&admin.may, state, email, page_request(&query)).await.map_err(Problem::from)?;
    let rows = page.items.iter().map(|registration| row(visit, &admin, registration)).collect();
    let columns = ["console-address", "console-state", "console-channel", "console-client-address", "console-created"];
    let email = FieldView::email(visit, "email", "console-address").valued(query.text("email"));
    let state = query.text("state");
    let filters = vec![
        email.hinted(visit, "console-registrations-hint"),
        FieldView::choice(visit, "state", "console-state", RegistrationState::filters(visit), state),
    ];
    let page = ListPage {
        around: Around::new(
            visit,
            &admin.me,
            say(visit.words(), "console-registrations"),
            REGISTRATIONS,
            &done(&query),
        ),
        search: Some(FormView::search(visit, REGISTRATIONS, filters)),
        table: Table::new(visit, &columns, rows, "console-registrations-none").paged(
            REGISTRATIONS,
            &["email", "state"].map(|name| (name, query.text(name))),
            query.text("cursor"),
            page.next,
        ),
        forms: Vec::new(),
    };
    Ok(visit.page(StatusCode::OK, &page)?)
}

fn row(visit: &Visit, admin: &Admin, registration: &Registration) -> Row {
    let email = registration.address.to_string();
    let is_pending = registration.is_pending(visit.pages.service.now());
    let state = if registration.state == RegistrationState::Pending && !is_pending {
        Cell::state(say(visit.words(), "console-state-expired"), None)
    } else {
        registration.state.cell(visit)
    };
    let resend_form = || {
        let fields = vec![FieldView::hidden("email", email.clone())];
        let form = FormView::new(visit, MAILS.to_owned(), "console-resend").about(&email);
        form.second().with(fields, &Said::default())
    };
    let shown = Cell::text(email.clone());
    let cells = vec![
        // Its account has the same id.
        if registration.state == RegistrationState::Completed {
            shown.leading_to(paths::account(AccountId::from_uuid(registration.id.as_uuid())))
        } else {
            shown
        },
        state,
        Cell::code(registration.origin.channel.clone()),
        Cell::quiet(registration.origin.client_address.map(|address| address.to_string()).unwrap_or_default()),
        Cell::quiet(admin.short_moment(visit, registration.created_at)),
    ];
    Row { forms: if is_pending { vec![resend_form()] } else { Vec::new() }, ..Row::new(cells) }
}

/// Sends the email of the address's newest pending registration again, as anybody can ask for it.
#[handler]
pub(super) async fn resend(visit: &Visit, Form(fields): Form, _: Admin) -> poem::Result<Response> {
    let target = ResendTarget::Address(fields.input("email"));
    visit.pages.service.resend_verification(target, &visit.context.client).await.map_err(Problem::from)?;
    Ok(visit.see_other(&address(REGISTRATIONS, [("done", "mail-requested")])))
}
