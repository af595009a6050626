//! Accounts: finding one, looking at it, and what administrators can do with it.

use account_core::account::{Account, AccountState, OrganizationRole, Role};
use account_core::id::{AccountId, OrganizationId};
use account_core::input::Input;
use account_core::name::UserName;
use account_core::ports::store::AccountFilter;
use account_core::registration::resend::ResendTarget;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};

use super::super::form::{Fields, Form, Query};
use super::super::visit::Visit;
use super::super::words::say;
use super::admin::{Admin, Refused, Sent};
use super::names::Named;
use super::paths::{ACCOUNTS, AUDIT, ORGANIZATIONS};
use super::read::{choice, done, id_of, named};
use super::view::{
    Around, Cell, DetailsPage, Fact, FieldView, FormView, LinkView, ListPage, Row, Said, Table, address, page_request,
};
use crate::problem::Problem;

#[handler]
pub(super) async fn list(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    // What is an id leads to its account: people copy ids from logs.
    if let Ok(id) = query.trimmed("q").parse::<AccountId>() {
        return Ok(visit.see_other(&path_of(id)));
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
    FormView::search(visit, ACCOUNTS, fields)
}

fn row(visit: &Visit, admin: &Admin, account: &Account) -> Row {
    Row::new(vec![
        Cell::text(account.address.to_string()).leading_to(path_of(account.id)),
        Cell::text(name(account)),
        account.role.cell(visit),
        account.state().cell(visit),
        Cell::quiet(admin.moment(visit, account.created_at)),
    ])
}

/// What the person is called.
pub(super) fn name(account: &Account) -> String {
    account.profile.display_name().unwrap_or_default()
}

/// The page of an account.
pub(super) fn path_of(id: AccountId) -> String {
    format!("{ACCOUNTS}/{id}")
}

#[handler]
pub(super) async fn show(
    visit: &Visit,
    Path(id): Path<String>,
    Query(query): Query,
    admin: Admin,
) -> poem::Result<Response> {
    page(visit, &admin, id_of(&id)?, StatusCode::OK, done(&query)).await
}

async fn page(visit: &Visit, admin: &Admin, id: AccountId, status: StatusCode, said: Said) -> poem::Result<Response> {
    let account = visit.pages.service.read_account(&admin.may, id).await.map_err(Problem::from)?;
    let page = DetailsPage {
        around: Around::new(visit, &admin.me, account.address.to_string(), ACCOUNTS, &said),
        facts: facts(visit, admin, &account),
        links: vec![LinkView {
            path: address(AUDIT, [("account", id.to_string().as_str())]),
            text: say(visit.words(), "console-audit"),
        }],
        table: None,
        forms: if admin.may.may_administer(account.role).is_ok() {
            forms(visit, admin, &account, &said)
        } else {
            Vec::new()
        },
    };
    Ok(visit.page(status, &page)?)
}

fn facts(visit: &Visit, admin: &Admin, account: &Account) -> Vec<Fact> {
    let fact = |key: &str, cell: Cell| Fact::new(visit, key, cell);
    let text = |key: &str, value: Option<&str>| value.map(|value| fact(key, Cell::text(value)));
    let moment = |key: &str, at| Some(fact(key, Cell::text(admin.moment(visit, at?))));
    let name = name(account);
    let organization = account.organization.map(|id| {
        let role = account.organization_role.unwrap_or(OrganizationRole::Member).words().0;
        let cell = Cell::text(say(visit.words(), role)).leading_to(format!("{ORGANIZATIONS}/{id}"));
        fact("console-organization", cell)
    });
    [
        Some(fact("console-state", account.state().cell(visit))),
        Some(fact("console-role", account.role.cell(visit))),
        text("console-name", Some(name.as_str()).filter(|name| !name.is_empty())),
        text("console-username", account.user_name.as_ref().map(UserName::as_str)),
        organization,
        text("console-country", account.profile.country.as_deref()),
        text("console-language", account.profile.language.as_deref()),
        text("console-time-zone", account.profile.time_zone.as_deref()),
        moment("console-created", Some(account.created_at)),
        moment("console-verified", account.verified_at),
        moment("console-disabled", account.disabled_at),
        moment("console-deletion-due", account.deletion_due_at),
        Some(fact("console-id", Cell::code(account.id.to_string()))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn forms(visit: &Visit, admin: &Admin, account: &Account, said: &Said) -> Vec<FormView> {
    let form = |action: &str, button: &str| FormView::new(visit, format!("{}/{action}", path_of(account.id)), button);
    let reason = || vec![FieldView::text(visit, "reason", "console-reason").hinted(visit, "console-reason-hint")];
    let is_another = admin.may.id() != account.id;
    let mut forms = Vec::new();
    if account.verified_at.is_none() {
        let resend_form =
            form("mail", "console-resend").titled(visit, "console-resend-title", Some("console-resend-text"));
        forms.push(resend_form.second());
    }
    let end = form("sessions", "console-end-sessions");
    forms.push(end.titled(visit, "console-end-sessions-title", Some("console-end-sessions-text")).second());
    if account.disabled_at.is_some() {
        let enable_form = form("enable", "console-enable").titled(visit, "console-enable-title", None);
        forms.push(enable_form.second().with(reason(), said));
    } else if is_another {
        let disable_form =
            form("disable", "console-disable").titled(visit, "console-disable-title", Some("console-disable-text"));
        forms.push(disable_form.danger().with(reason(), said));
    }
    if admin.may.must_be_super_admin().is_ok() {
        let role = FieldView::choice(visit, "role", "console-role", Role::choices(visit), account.role.name());
        let change =
            form("role", "console-set-role").titled(visit, "console-set-role-title", Some("console-set-role-text"));
        forms.push(change.second().with(vec![role], said));
        if is_another {
            let delete_form = form("delete", "console-delete-account");
            forms.push(
                delete_form.titled(visit, "console-delete-account-title", Some("console-delete-account-text")).danger(),
            );
        }
    }
    forms
}

/// Goes back to the account, which says what was done.
fn back(visit: &Visit, id: AccountId, done: &str) -> Response {
    visit.see_other(&address(&path_of(id), [("done", done)]))
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
        Err(Refused { status, said }) => page(visit, admin, id, status, said).await,
    }
}

/// The form of an action on an account.
fn sent(id: AccountId, action: &str, fields: Fields) -> Sent {
    Sent { action: format!("{}/{action}", path_of(id)), fields }
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
    let (id, role) = (id_of(&id)?, named::<Role>(&fields, "role")?.unwrap_or(Role::User));
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
        Err(Refused { status, said }) => page(visit, &admin, id, status, said).await,
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
