//! Registered clients.

use account_core::administration::clients::{ClientDraft, ClientEdits};
use account_core::input::{Edit, Input};
use account_core::organization::{ClientId, RegisteredClient};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};

use super::super::form::{Fields, Form, Query};
use super::super::visit::Visit;
use super::super::words::say;
use super::admin::{Admin, Refused, Sent};
use super::paths::{self, CLIENTS};
use super::read::{done, lines};
use super::view::{
    Around, Cell, DetailsPage, Fact, FieldView, FormView, ListPage, Row, Said, Table, address, page_request,
};
use crate::problem::{Problem, ProblemKind};

#[handler]
pub(super) async fn list(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    list_page(visit, &admin, &query, StatusCode::OK, done(&query)).await
}

async fn list_page(
    visit: &Visit,
    admin: &Admin,
    query: &Fields,
    status: StatusCode,
    said: Said,
) -> poem::Result<Response> {
    let service = &visit.pages.service;
    let page = service.list_clients(&admin.may, page_request(query)).await.map_err(Problem::from)?;
    let rows = page.items.iter().map(|client| {
        Row::new(vec![
            Cell::code(client.id.to_string()).leading_to(path_of(&client.id)),
            Cell::text(client.name.clone()),
            Cell::quiet(admin.short_moment(visit, client.created_at)),
        ])
    });
    let columns = ["console-id", "console-name", "console-created"];
    let id = FieldView::text(visit, "id", "console-id").required().hinted(visit, "console-client-id-hint");
    let fields = [id].into_iter().chain(fields(visit, None)).collect();
    let create_form =
        FormView::new(visit, CLIENTS.to_owned(), "console-create").titled(visit, "console-client-create", None);
    let page = ListPage {
        around: Around::new(visit, &admin.me, say(visit.words(), "console-clients"), CLIENTS, &said),
        search: None,
        table: Table::new(visit, &columns, rows.collect(), "console-clients-none").paged(
            CLIENTS,
            &[],
            query.text("cursor"),
            page.next,
        ),
        forms: vec![create_form.with(fields, &said)],
    };
    Ok(visit.page(status, &page)?)
}

/// The fields of a client that can be changed.
fn fields(visit: &Visit, client: Option<&RegisteredClient>) -> Vec<FieldView> {
    let joined = |of: fn(&RegisteredClient) -> Vec<String>| client.map(of).unwrap_or_default().join("\n");
    let lines = |name, label: &str, value: String| {
        FieldView::lines(visit, name, label).valued(value).hinted(visit, "console-one-a-line")
    };
    let name = client.map(|client| client.name.clone()).unwrap_or_default();
    let organization = client.and_then(|client| client.organization).map(|id| id.to_string()).unwrap_or_default();
    let organization = FieldView::text(visit, "organization", "console-organization-id").valued(organization);
    vec![
        FieldView::text(visit, "name", "console-name").required().valued(name),
        organization.hinted(visit, "console-optional"),
        lines("callback_origins", "console-callback-origins", joined(|client| client.callback_origins.clone())),
        lines("redirect_uris", "console-redirect-uris", joined(|client| client.redirect_uris.clone())),
        FieldView::lines(visit, "networks", "console-networks")
            .valued(joined(|client| client.networks.iter().map(ToString::to_string).collect()))
            .hinted(visit, "console-networks-hint"),
    ]
}

fn path_of(id: &ClientId) -> String {
    format!("{CLIENTS}/{id}")
}

fn id_of(text: &str) -> Result<ClientId, Problem> {
    ClientId::parse(text).ok_or(Problem::new(ProblemKind::NotFound))
}

#[handler]
pub(super) async fn create(visit: &Visit, Form(fields): Form, admin: Admin) -> poem::Result<Response> {
    let organization = match fields.trimmed("organization") {
        "" => Input::Absent,
        id => id.into(),
    };
    let draft = ClientDraft {
        id: fields.trimmed("id").into(),
        name: fields.trimmed("name").into(),
        organization,
        callback_origins: Input::Given(lines(&fields, "callback_origins")),
        redirect_uris: Input::Given(lines(&fields, "redirect_uris")),
        networks: Input::Given(lines(&fields, "networks")),
        ..ClientDraft::default()
    };
    let sent = Sent { action: CLIENTS.to_owned(), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.create_client(&admin.may, draft, &visit.context).await;
    match admin.outcome(visit, sent, outcome)? {
        Ok(client) => Ok(back(visit, &client.id)),
        Err(Refused { status, said }) => list_page(visit, &admin, &Fields::default(), status, said).await,
    }
}

#[handler]
pub(super) async fn show(
    visit: &Visit,
    Path(id): Path<String>,
    Query(query): Query,
    admin: Admin,
) -> poem::Result<Response> {
    page(visit, &admin, &id_of(&id)?, StatusCode::OK, done(&query)).await
}

async fn page(visit: &Visit, admin: &Admin, id: &ClientId, status: StatusCode, said: Said) -> poem::Result<Response> {
    let client = visit.pages.service.read_client(&admin.may, id).await.map_err(Problem::from)?;
    let organization = client.organization.map(|id| {
        let cell = Cell::code(id.to_string()).leading_to(paths::organization(id));
        Fact::new(visit, "console-organization", cell)
    });
    let created = Fact::new(visit, "console-created", Cell::text(admin.moment(visit, client.created_at)));
    let version = FieldView::hidden("version", client.version.to_string());
    let fields = fields(visit, Some(&client)).into_iter().chain([version]).collect();
    let change_form = FormView::new(visit, path_of(id), "console-save").titled(visit, "console-client-change", None);
    let delete_form = FormView::new(visit, format!("{}/delete", path_of(id)), "console-delete");
    let page = DetailsPage {
        around: Around::new(visit, &admin.me, client.name.clone(), CLIENTS, &said),
        facts: [Fact::new(visit, "console-id", Cell::code(id.to_string())), created]
            .into_iter()
            .chain(organization)
            .collect(),
        links: Vec::new(),
        tables: Vec::new(),
        forms: vec![
            change_form.with(fields, &said),
            delete_form.titled(visit, "console-client-delete", Some("console-client-delete-text")).danger(),
        ],
    };
    Ok(visit.page(status, &page)?)
}

fn back(visit: &Visit, id: &ClientId) -> Response {
    visit.see_other(&address(&path_of(id), [("done", "saved")]))
}

#[handler]
pub(super) async fn change(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id = id_of(&id)?;
    let version = fields.text("version").parse().map_err(|_| Problem::new(ProblemKind::MalformedRequest))?;
    let organization = match fields.trimmed("organization") {
        "" => Edit::Clear,
        id => id.into(),
    };
    let edits = ClientEdits {
        name: fields.trimmed("name").into(),
        organization,
        callback_origins: Edit::Set(lines(&fields, "callback_origins")),
        redirect_uris: Edit::Set(lines(&fields, "redirect_uris")),
        networks: Edit::Set(lines(&fields, "networks")),
        ..ClientEdits::default()
    };
    let sent = Sent { action: path_of(&id), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.change_client(&admin.may, &id, edits, Some(version), &visit.context).await;
    match admin.outcome(visit, sent, outcome)? {
        Ok(_) => Ok(back(visit, &id)),
        Err(Refused { status, said }) => page(visit, &admin, &id, status, said).await,
    }
}

#[handler]
pub(super) async fn delete(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id = id_of(&id)?;
    let sent = Sent { action: format!("{}/delete", path_of(&id)), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.delete_client(&admin.may, &id, &visit.context).await;
    match admin.outcome(visit, sent, outcome)? {
        Ok(()) => Ok(visit.see_other(&address(CLIENTS, [("done", "deleted")]))),
        Err(Refused { status, said }) => page(visit, &admin, &id, status, said).await,
    }
}
