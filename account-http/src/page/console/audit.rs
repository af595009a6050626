//! The audit trail.

use account_core::audit::{Actor, AuditEntry, AuditEvent};
use account_core::id::AccountId;
use account_core::ports::store::AuditFilter;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::super::form::{Fields, Query};
use super::super::visit::Visit;
use super::super::words::say;
use super::admin::Admin;
use super::paths::{self, AUDIT};
use super::read::{choice, done};
use super::view::{Around, Cell, FieldView, FormView, ListPage, Row, Said, Table, page_request};
use crate::problem::Problem;

#[handler]
pub(super) async fn list(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    let event = choice(&query, "event", AuditEvent::by_name)?;
    // People type it, so it is no broken link.
    let Ok(account) = choice(&query, "account", |text| text.parse::<AccountId>().ok()) else {
        let alerts = vec![say(visit.words(), "console-refused-account-id")];
        let said = Said { alerts, ..Said::default() };
        return page(visit, &admin, &query, table(visit, &admin, &[]), (StatusCode::BAD_REQUEST, said));
    };
    let (service, filter) = (&visit.pages.service, AuditFilter { account, event });
    let found = service.list_audit(&admin.may, filter, page_request(&query)).await.map_err(Problem::from)?;
    let filters = ["account", "event"].map(|name| (name, query.text(name)));
    let table = table(visit, &admin, &found.items).paged(AUDIT, &filters, query.text("cursor"), found.next);
    page(visit, &admin, &query, table, (StatusCode::OK, done(&query)))
}

fn page(
    visit: &Visit,
    admin: &Admin,
    query: &Fields,
    table: Table,
    (status, said): (StatusCode, Said),
) -> poem::Result<Response> {
    let page = ListPage {
        around: Around::new(visit, &admin.me, say(visit.words(), "console-audit"), AUDIT, &said),
        search: Some(search(visit, query)),
        table,
        forms: Vec::new(),
    };
    Ok(visit.page(status, &page)?)
}

/// Entries of the audit trail.
pub(super) fn table(visit: &Visit, admin: &Admin, entries: &[AuditEntry]) -> Table {
    let columns = [
        "console-time",
        "console-event",
        "console-actor",
        "console-account",
        "console-client-address",
        "console-detail",
    ];
    let rows = entries.iter().map(|entry| row(visit, admin, entry)).collect();
    Table::new(visit, &columns, rows, "console-audit-none")
}

fn search(visit: &Visit, query: &Fields) -> FormView {
    let any = (String::new(), say(visit.words(), "console-any"));
    // Programs and people know events by the same names.
    let events = AuditEvent::ALL.iter().map(|event| (event.name().to_owned(), event.name().to_owned()));
    let account = FieldView::text(visit, "account", "console-account-id").valued(query.text("account"));
    let event =
        FieldView::choice(visit, "event", "console-event", [any].into_iter().chain(events), query.text("event"));
    FormView::search(visit, AUDIT, vec![event, account.hinted(visit, "console-optional")])
}

fn row(visit: &Visit, admin: &Admin, entry: &AuditEntry) -> Row {
    let account = |id: AccountId| Cell::code(id.to_string()).leading_to(paths::account(id));
    let actor = match entry.actor {
        Actor::Account(id) => account(id),
        Actor::Operator => Cell::text(say(visit.words(), "console-operator")),
        Actor::Service => Cell::text(say(visit.words(), "console-service")),
    };
    Row::new(vec![
        Cell::quiet(admin.short_moment(visit, entry.at)),
        Cell::code(entry.event.name()),
        actor,
        entry.account.map_or_else(|| Cell::text(""), account),
        Cell::quiet(entry.client_address.map(|address| address.to_string()).unwrap_or_default()),
        Cell::text(entry.detail.clone().unwrap_or_default()),
    ])
}
