//! Accounts: finding one, and what administrators can do with it.

use account_core::account::{Account, AccountState, Role};
use account_core::id::{AccountId, OrganizationId};
use account_core::input::Input;
use account_core::ports::store::AccountFilter;
use account_core::registration::resend::ResendTarget;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};

use super::super::form::{Fields, Form, Query};
use super::super::visit::Visit;
use super::super::words::say;
use super::account_view;
use super::admin::{Admin, Refused, Sent};
use super::names::Named;
use super::paths::{self, ACCOUNTS};
use super::read::{choice, done, id_of, named};
use super::view::{Around, Cell, FieldView, FormView, ListPage, Row, Table, address, page_request};
use crate::problem::{Problem, ProblemKind};

#[handler]
pub(super) async fn list(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    // What is an id leads to its account: people copy ids from logs.
    if let Ok(id) = query.trimmed("q").parse::<AccountId>() {
        return Ok(visit.see_other(&paths::account(id)));
    }
    let filter = AccountFilter {
        text: Some(query.trimmed("q").to_owned()),
        role: named::<Role>(&query, "role")?,
        state: named::<AccountState>(&query, "state")?,
        organization: choice(&query, "organization", |text| text.parse::<OrganizationId>().ok())?,
    };
    let page =
        visit.pages.service.list_accounts(&admin.may, filter, page_request(&query)).await.map_err(Problem::from)?;
    let rows = page.items.iter().map(|account| row(visit, &admin, account)).collect();
    let columns = ["console-address", "console-name", "console-role", "console-state", "console-created"];
    let filters = ["q", "role", "state", "organization"].map(|name| (name, query.text(name)));
    let said = done(&query);
    let page = ListPage {
        around: Around::new(visit, &admin.me, say(visit.words(), "console-accounts"), ACCOUNTS, &said),
        search: Some(search(visit, &query)),
        table: Table::new(visit, &columns, rows, "console-accounts-none").paged(
            ACCOUNTS,
            &filters,
            query.text("cursor"),
            page.next,
        ),
        forms: Vec::new(),
    };
    Ok(visit.page(StatusCode::OK, &page)?)
}

fn search(visit: &Visit, query: &Fields) -> FormView {
    let text = FieldView::text(visit, "q", "console-accounts-search").valued(query.text("q"));
    let fields = vec![
        text.hinted(visit, "console-accounts-search-hint"),
        FieldView::choice(visit, "role", "console-role", Role::filters(visit), query.text("role")),
        FieldView::choice(visit, "state", "console-state", AccountState::filters(visit), query.text("state")),
    ];
    let organization = Some(query.trimmed("organization")).filter(|organization| !organization.is_empty());
    let organization = organization.map(|id| FieldView::hidden("organization", id.to_owned()));
    FormView::search(visit, ACCOUNTS, fields.into_iter().chain(organization).collect())
}

fn row(visit: &Visit, admin: &Admin, account: &Account) -> Row {
    Row::new(vec![
        Cell::text(account.address.to_string()).leading_to(paths::account(account.id)),
        Cell::text(account_view::name(account)),
        account.role.cell(visit),
        account.state().cell(visit),
        Cell::quiet(admin.short_moment(visit, account.created_at)),
    ])
}

#[handler]
pub(super) async fn show(
    visit: &Visit,
    Path(id): Path<String>,
    Query(query): Query,
    admin: Admin,
) -> poem::Result<Response> {
    account_view::page(visit, &admin, id_of(&id)?, StatusCode::OK, done(&query)).await
}

/// Goes back to the account, which says what was done.
fn back(visit: &Visit, id: AccountId, done: &str) -> Response {
    visit.see_other(&address(&paths::account(id), [("done", done)]))
}

/// Shows the account, and what was done or why not.
async fn ended<T>(
    visit: &Visit,
    admin: &Admin,
    id: AccountId,
    outcome: Result<T, Refused>,
    done: &str,
) -> poem::Result<Response> {
    match outcome {
        Ok(_) => Ok(back(visit, id, done)),
        Err(Refused { status, said }) => account_view::page(visit, admin, id, status, said).await,
    }
}

/// The form of an action on an account.
fn sent(id: AccountId, action: &str, fields: Fields) -> Sent {
    Sent { action: format!("{}/{action}", paths::account(id)), fields }
}

/// What a person typed, if anything.
fn reason(fields: &Fields) -> Input {
    match fields.trimmed("reason") {
        "" => Input::Absent,
        reason => reason.into(),
    }
}

#[handler]
pub(super) async fn disable(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let (id, reason) = (id_of(&id)?, reason(&fields));
    let sent = sent(id, "disable", fields);
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.disable_account(&admin.may, id, reason, &visit.context).await;
    ended(visit, &admin, id, admin.outcome(visit, sent, outcome)?, "disabled").await
}

#[handler]
pub(super) async fn enable(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let (id, reason) = (id_of(&id)?, reason(&fields));
    let sent = sent(id, "enable", fields);
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.enable_account(&admin.may, id, reason, &visit.context).await;
    ended(visit, &admin, id, admin.outcome(visit, sent, outcome)?, "enabled").await
}

#[handler]
pub(super) async fn end_sessions(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id = id_of(&id)?;
    let sent = sent(id, "sessions", fields);
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.end_account_sessions(&admin.may, id, &visit.context).await;
    ended(visit, &admin, id, admin.outcome(visit, sent, outcome)?, "sessions-ended").await
}

#[handler]
pub(super) async fn set_role(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id = id_of(&id)?;
    // A form without a role takes away none.
    let role = named::<Role>(&fields, "role")?.ok_or(Problem::new(ProblemKind::InvalidQuery))?;
    let sent = sent(id, "role", fields);
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.set_role(&admin.may, id, role, &visit.context).await;
    ended(visit, &admin, id, admin.outcome(visit, sent, outcome)?, "role-set").await
}

#[handler]
pub(super) async fn delete(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id = id_of(&id)?;
    let sent = sent(id, "delete", fields);
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.delete_account(&admin.may, id, &visit.context).await;
    match admin.outcome(visit, sent, outcome)? {
        Ok(()) => Ok(visit.see_other(&address(ACCOUNTS, [("done", "deleted")]))),
        Err(Refused { status, said }) => account_view::page(visit, &admin, id, status, said).await,
    }
}

/// Sends another verification email, as anybody can ask for one.
#[handler]
pub(super) async fn resend(
    visit: &Visit,
    Path(id): Path<String>,
    Form(_): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let (id, service) = (id_of(&id)?, &visit.pages.service);
    let account = service.read_account(&admin.may, id).await.map_err(Problem::from)?;
    let target = ResendTarget::Address(account.address.as_str().into());
    service.resend_verification(target, &visit.context.client).await.map_err(Problem::from)?;
    Ok(back(visit, id, "mail-requested"))
}
