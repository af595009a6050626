//! Organizations and their members.

use account_core::account::{Account, OrganizationRole};
use account_core::administration::AdminError;
use account_core::administration::organizations::{OrganizationDraft, OrganizationEdits};
use account_core::id::{AccountId, OrganizationId};
use account_core::input::Edit;
use account_core::organization::Organization;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};

use super::super::form::{Fields, Form, Query};
use super::super::visit::Visit;
use super::super::words::say;
use super::account_view;
use super::admin::{Admin, Refused, Sent};
use super::names::Named;
use super::paths::{self, INVITATIONS, ORGANIZATIONS};
use super::read::{done, id_of, is_on, lines, named};
use super::view::{
    Around, Cell, DetailsPage, Fact, FieldView, FormView, LinkView, ListPage, Row, Said, Table, address, page_request,
};
use crate::problem::{Problem, ProblemKind};

/// Name of the field that says whether people can ask to be administrators.
const SELF_NAMED: &str = "allows_self_named_administrators";

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
    let page = service.list_organizations(&admin.may, page_request(query)).await.map_err(Problem::from)?;
    let rows = page.items.iter().map(|organization| {
        Row::new(vec![
            Cell::text(organization.name.clone()).leading_to(paths::organization(organization.id)),
            Cell::code(organization.code.clone()),
            Cell::quiet(admin.short_moment(visit, organization.created_at)),
        ])
    });
    let columns = ["console-name", "console-code", "console-created"];
    let create_form = FormView::new(visit, ORGANIZATIONS.to_owned(), "console-create");
    let fields = vec![
        FieldView::text(visit, "code", "console-code").required().hinted(visit, "console-code-hint"),
        FieldView::text(visit, "name", "console-name").required(),
    ];
    let page = ListPage {
        around: Around::new(visit, &admin.me, say(visit.words(), "console-organizations"), ORGANIZATIONS, &said),
        search: None,
        table: Table::new(visit, &columns, rows.collect(), "console-organizations-none").paged(
            ORGANIZATIONS,
            &[],
            query.text("cursor"),
            page.next,
        ),
        forms: vec![create_form.titled(visit, "console-organization-create", None).with(fields, &said)],
    };
    Ok(visit.page(status, &page)?)
}

#[handler]
pub(super) async fn create(visit: &Visit, Form(fields): Form, admin: Admin) -> poem::Result<Response> {
    let (code, name) = (fields.trimmed("code").into(), fields.trimmed("name").into());
    let draft = OrganizationDraft { code, name, ..OrganizationDraft::default() };
    let sent = Sent { action: ORGANIZATIONS.to_owned(), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.create_organization(&admin.may, draft, &visit.context).await;
    match admin.outcome(visit, sent, outcome)? {
        Ok(made) => Ok(back(visit, made.id, "saved")),
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
    page(visit, &admin, id_of(&id)?, &query, StatusCode::OK, done(&query)).await
}

async fn page(
    visit: &Visit,
    admin: &Admin,
    id: OrganizationId,
    query: &Fields,
    status: StatusCode,
    said: Said,
) -> poem::Result<Response> {
    let service = &visit.pages.service;
    let organization = service.read_organization(&admin.may, id).await.map_err(Problem::from)?;
    let members = service.list_members(&admin.may, id, page_request(query)).await.map_err(Problem::from)?;
    let rows = members.items.iter().map(|account| member(visit, id, account)).collect();
    let columns = ["console-address", "console-name", "console-organization-role"];
    let table = Table::new(visit, &columns, rows, "console-members-none");
    let page = DetailsPage {
        around: Around::new(visit, &admin.me, organization.name.clone(), ORGANIZATIONS, &said),
        facts: vec![
            Fact::new(visit, "console-code", Cell::code(organization.code.clone())),
            Fact::new(visit, "console-created", Cell::text(admin.moment(visit, organization.created_at))),
            Fact::new(visit, "console-id", Cell::code(id.to_string())),
        ],
        links: vec![LinkView {
            path: address(INVITATIONS, [("organization", id.to_string().as_str())]),
            text: say(visit.words(), "console-invite-here"),
        }],
        tables: vec![table.titled(visit, "console-members").paged(
            &paths::organization(id),
            &[],
            query.text("cursor"),
            members.next,
        )],
        forms: forms(visit, &organization, &said),
    };
    Ok(visit.page(status, &page)?)
}

fn member(visit: &Visit, organization: OrganizationId, account: &Account) -> Row {
    let email = account.address.to_string();
    let remove =
        FormView::new(visit, format!("{}/remove-member", paths::organization(organization)), "console-member-remove");
    let fields = vec![FieldView::hidden("account", account.id.to_string())];
    let cells = vec![
        Cell::text(email.clone()).leading_to(paths::account(account.id)),
        Cell::text(account_view::name(account)),
        account.organization_role.unwrap_or(OrganizationRole::Member).cell(visit),
    ];
    Row { forms: vec![remove.about(&email).danger().with(fields, &Said::default())], ..Row::new(cells) }
}

fn forms(visit: &Visit, organization: &Organization, said: &Said) -> Vec<FormView> {
    let path = paths::organization(organization.id);
    let roles = OrganizationRole::choices(visit);
    let add = vec![
        FieldView::text(visit, "account", "console-account-id").required(),
        FieldView::choice(visit, "role", "console-organization-role", roles, OrganizationRole::Member.name()),
    ];
    let origins = FieldView::lines(visit, "callback_origins", "console-callback-origins");
    let change_fields = vec![
        FieldView::text(visit, "name", "console-name").required().valued(organization.name.clone()),
        origins.valued(organization.callback_origins.join("\n")).hinted(visit, "console-one-a-line"),
        FieldView::switch(visit, SELF_NAMED, "console-self-named", organization.allows_self_named_administrators)
            .hinted(visit, "console-self-named-hint"),
        FieldView::hidden("version", organization.version.to_string()),
    ];
    let form = |action: &str, button: &str| FormView::new(visit, format!("{path}{action}"), button);
    vec![
        form("/members", "console-save")
            .titled(visit, "console-member-set", Some("console-member-text"))
            .with(add, said),
        form("", "console-save").titled(visit, "console-organization-change", None).second().with(change_fields, said),
        form("/delete", "console-delete")
            .titled(visit, "console-organization-delete", Some("console-organization-delete-text"))
            .danger(),
    ]
}

fn back(visit: &Visit, id: OrganizationId, done: &str) -> Response {
    visit.see_other(&address(&paths::organization(id), [("done", done)]))
}

async fn ended<T>(
    visit: &Visit,
    admin: &Admin,
    id: OrganizationId,
    outcome: Result<T, Refused>,
    done: &str,
) -> poem::Result<Response> {
    match outcome {
        Ok(_) => Ok(back(visit, id, done)),
        Err(Refused { status, said }) => page(visit, admin, id, &Fields::default(), status, said).await,
    }
}

#[handler]
pub(super) async fn change(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id: OrganizationId = id_of(&id)?;
    let version = fields.text("version").parse().map_err(|_| Problem::new(ProblemKind::MalformedRequest))?;
    let edits = OrganizationEdits {
        name: fields.trimmed("name").into(),
        callback_origins: Edit::Set(lines(&fields, "callback_origins")),
        allows_self_named_administrators: Edit::Set(is_on(&fields, SELF_NAMED)),
        ..OrganizationEdits::default()
    };
    let sent = Sent { action: paths::organization(id), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.change_organization(&admin.may, id, edits, Some(version), &visit.context).await;
    ended(visit, &admin, id, admin.outcome(visit, sent, outcome)?, "saved").await
}

#[handler]
pub(super) async fn delete(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id: OrganizationId = id_of(&id)?;
    let sent = Sent { action: format!("{}/delete", paths::organization(id)), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.delete_organization(&admin.may, id, &visit.context).await;
    match admin.outcome(visit, sent, outcome)? {
        Ok(()) => Ok(visit.see_other(&address(ORGANIZATIONS, [("done", "deleted")]))),
        Err(Refused { status, said }) => page(visit, &admin, id, &Fields::default(), status, said).await,
    }
}

/// Makes an account a member, or gives a member another role.
#[handler]
pub(super) async fn set_member(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id: OrganizationId = id_of(&id)?;
    let account = fields.trimmed("account").parse::<AccountId>();
    let role = named::<OrganizationRole>(&fields, "role")?.unwrap_or(OrganizationRole::Member);
    let sent = Sent { action: format!("{}/members", paths::organization(id)), fields };
    let unknown = |sent| Err::<Account, _>(Refused::because(visit, "console-refused-account-id", sent));
    let Ok(account) = account else { return ended(visit, &admin, id, unknown(sent), "").await };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.set_membership(&admin.may, id, account, role, &visit.context).await;
    let outcome = match outcome {
        // If it is the organization that is gone, its page is too.
        Err(AdminError::NotFound) => unknown(sent),
        outcome => admin.outcome(visit, sent, outcome)?,
    };
    ended(visit, &admin, id, outcome, "member").await
}

#[handler]
pub(super) async fn remove_member(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id: OrganizationId = id_of(&id)?;
    let account: AccountId = id_of(fields.text("account"))?;
    let sent = Sent { action: format!("{}/remove-member", paths::organization(id)), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.remove_membership(&admin.may, id, account, &visit.context).await;
    ended(visit, &admin, id, admin.outcome(visit, sent, outcome)?, "member-removed").await
}
