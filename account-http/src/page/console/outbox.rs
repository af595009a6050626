//! The outbox: what waits, what was given up and why, putting it back, dropping it.

use account_core::email_address::EmailAddress;
use account_core::id::OutboxId;
use account_core::outbox::{Intent, OutboxEntry, OutboxState};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};

use super::super::form::{Fields, Form, Query};
use super::super::visit::Visit;
use super::super::words::say;
use super::admin::{Admin, Refused, Sent};
use super::names::Named;
use super::paths::OUTBOX;
use super::read::{done, id_of, named};
use super::view::{Around, Cell, FieldView, FormView, ListPage, Row, Said, Table, address, page_request};
use crate::problem::Problem;

#[handler]
pub(super) async fn list(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    page(visit, &admin, &query, StatusCode::OK, done(&query)).await
}

async fn page(visit: &Visit, admin: &Admin, query: &Fields, status: StatusCode, said: Said) -> poem::Result<Response> {
    let state = named::<OutboxState>(query, "state")?;
    let service = &visit.pages.service;
    let page = service.list_outbox(&admin.may, state, page_request(query)).await.map_err(Problem::from)?;
    let rows = page.items.iter().map(|entry| row(visit, admin, entry)).collect();
    let columns = [
        "console-intent",
        "console-recipient",
        "console-state",
        "console-attempts",
        "console-created",
        "console-due",
        "console-note",
    ];
    let filter = FieldView::choice(visit, "state", "console-state", OutboxState::filters(visit), query.text("state"));
    let page = ListPage {
        around: Around::new(visit, &admin.me, say(visit.words(), "console-outbox"), OUTBOX, &said),
        search: Some(FormView::search(visit, OUTBOX, vec![filter])),
        table: Table::new(visit, &columns, rows, "console-outbox-none").paged(
            OUTBOX,
            &[("state", query.text("state"))],
            query.text("cursor"),
            page.next,
        ),
        forms: Vec::new(),
    };
    Ok(visit.page(status, &page)?)
}

fn row(visit: &Visit, admin: &Admin, entry: &OutboxEntry) -> Row {
    let recipient = match &entry.intent {
        Intent::Event { endpoint, .. } => endpoint.to_string(),
        intent => intent.address().map(EmailAddress::masked).unwrap_or_default(),
    };
    let about = format!("{} {recipient}", entry.intent.name());
    let form = |action: &str, button: &str| {
        FormView::new(visit, format!("{OUTBOX}/{}/{action}", entry.id), button).about(&about)
    };
    let redrive_form = || form("redrive", "console-redrive").second();
    let discard_form = || form("drop", "console-drop").danger();
    let forms = match entry.state {
        OutboxState::Dead => vec![redrive_form(), discard_form()],
        OutboxState::Bounced => vec![redrive_form()],
        OutboxState::Queued => vec![discard_form()],
        OutboxState::HandedOver | OutboxState::Dropped => Vec::new(),
    };
    let due = if entry.state == OutboxState::Queued { Some(entry.due_at) } else { entry.settled_at };
    let cells = vec![
        Cell::code(entry.intent.name()),
        Cell::text(recipient.clone()),
        entry.state.cell(visit),
        Cell::text(entry.attempts.to_string()),
        Cell::quiet(admin.short_moment(visit, entry.created_at)),
        Cell::quiet(due.map(|at| admin.short_moment(visit, at)).unwrap_or_default()),
        Cell::text(entry.note.clone().unwrap_or_default()),
    ];
    Row { forms, ..Row::new(cells) }
}

/// Goes back to the list, which says what was done, or shows why it was not.
async fn ended<T>(visit: &Visit, admin: &Admin, outcome: Result<T, Refused>, done: &str) -> poem::Result<Response> {
    match outcome {
        Ok(_) => Ok(visit.see_other(&address(OUTBOX, [("done", done)]))),
        Err(Refused { status, said }) => page(visit, admin, &Fields::default(), status, said).await,
    }
}

#[handler]
pub(super) async fn redrive(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id: OutboxId = id_of(&id)?;
    let sent = Sent { action: format!("{OUTBOX}/{id}/redrive"), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.redrive(&admin.may, id, &visit.context).await;
    ended(visit, &admin, admin.outcome(visit, sent, outcome)?, "redriven").await
}

#[handler]
pub(super) async fn discard(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id: OutboxId = id_of(&id)?;
    let sent = Sent { action: format!("{OUTBOX}/{id}/drop"), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.drop_entry(&admin.may, id, &visit.context).await;
    ended(visit, &admin, admin.outcome(visit, sent, outcome)?, "dropped").await
}
