//! The page of an account: what is known of it, what happened to it, and the forms for what can be done with it.

use account_core::account::{Account, OrganizationRole, Role, SecondaryAddress};
use account_core::id::AccountId;
use account_core::name::UserName;
use account_core::paging::PageRequest;
use account_core::ports::store::AuditFilter;
use account_core::profile::Consent;
use account_core::session::Session;
use poem::Response;
use poem::http::StatusCode;

use super::super::choices::List;
use super::super::visit::Visit;
use super::super::words::{self, say};
use super::admin::Admin;
use super::audit;
use super::names::Named;
use super::paths::{self, ACCOUNTS, AUDIT, REGISTRATIONS};
use super::view::{Around, Cell, DetailsPage, Fact, FieldView, FormView, LinkView, Row, Said, Table, address};
use crate::problem::Problem;

/// How many entries of the audit trail the page shows.
const LATEST: u32 = 10;

/// What the person is called.
pub(super) fn name(account: &Account) -> String {
    account.profile.display_name().unwrap_or_default()
}

/// The page of an account.
pub(super) async fn page(
    visit: &Visit,
    admin: &Admin,
    id: AccountId,
    status: StatusCode,
    said: Said,
) -> poem::Result<Response> {
    let service = &visit.pages.service;
    let account = service.read_account(&admin.may, id).await.map_err(Problem::from)?;
    let sessions = service.account_sessions(&admin.may, id).await.map_err(Problem::from)?;
    let about = AuditFilter { account: Some(id), event: None };
    let latest = PageRequest { cursor: None, limit: Some(LATEST) };
    let trail = service.list_audit(&admin.may, about, latest).await.map_err(Problem::from)?;
    let organization = match account.organization {
        Some(id) => Some(service.read_organization(&admin.may, id).await.map_err(Problem::from)?),
        None => None,
    };
    let facts = main_facts(visit, admin, &account)
        .into_iter()
        .chain(organization.map(|organization| {
            let cell = Cell::text(organization.name).leading_to(paths::organization(organization.id));
            Fact::new(visit, "console-organization", cell)
        }))
        .chain(other_facts(visit, admin, &account));
    let trail = audit::table(visit, admin, &trail.items).titled(visit, "console-latest");
    let page = DetailsPage {
        around: Around::new(visit, &admin.me, account.address.to_string(), ACCOUNTS, &said),
        facts: facts.collect(),
        links: links(visit, &account),
        tables: vec![session_table(visit, admin, &sessions), trail],
        forms: if admin.may.may_administer(account.role).is_ok() {
            forms(visit, admin, &account, &said)
        } else {
            Vec::new()
        },
    };
    Ok(visit.page(status, &page)?)
}

fn links(visit: &Visit, account: &Account) -> Vec<LinkView> {
    let link = |path: &str, (name, value): (&str, &str), key: &str| LinkView {
        path: address(path, [(name, value)]),
        text: say(visit.words(), key),
    };
    vec![
        link(AUDIT, ("account", &account.id.to_string()), "console-all-events"),
        link(REGISTRATIONS, ("email", account.address.as_str()), "console-registrations-of"),
    ]
}

/// What decides what the person can do.
fn main_facts(visit: &Visit, admin: &Admin, account: &Account) -> Vec<Fact> {
    let fact = |key: &str, cell: Cell| Fact::new(visit, key, cell);
    let text = |key: &str, value: Option<&str>| value.map(|value| fact(key, Cell::text(value)));
    let moment = |key: &str, at| Some(fact(key, Cell::text(admin.moment(visit, at?))));
    let name = name(account);
    [
        Some(fact("console-state", account.state().cell(visit))),
        Some(fact("console-role", account.role.cell(visit))),
        text("console-name", Some(name.as_str()).filter(|name| !name.is_empty())),
        text("console-username", account.user_name.as_ref().map(UserName::as_str)),
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

/// The rest that is known.
fn other_facts(visit: &Visit, admin: &Admin, account: &Account) -> Vec<Fact> {
    let fact = |key: &str, cell: Cell| Fact::new(visit, key, cell);
    let text = |key: &str, value: Option<&str>| value.map(|value| fact(key, Cell::text(value)));
    let profile = &account.profile;
    let (words, now) = (visit.words(), visit.pages.service.now());
    // Programs and logs have the value.
    let named = |key: &str, list: List, value: Option<&str>| {
        value.map(|value| fact(key, Cell::text(format!("{} – {value}", list.name(words, value, now)))))
    };
    let secondary = |key: &str, address: Option<&SecondaryAddress>| {
        address.map(|secondary| fact(key, Cell::text(secondary.address.to_string())))
    };
    let consent = |consent: &Consent| {
        fact("console-agreed", Cell::text(format!("{} – {}", consent.to, admin.moment(visit, consent.at()))))
    };
    let role = account.organization.map(|_| account.organization_role.unwrap_or(OrganizationRole::Member));
    let facts = [
        role.map(|role| fact("console-organization-role", role.cell(visit))),
        named("console-country", List::Countries, profile.country.as_deref()),
        named("console-language", List::Languages, profile.language.as_deref()),
        named("console-time-zone", List::TimeZones, profile.time_zone.as_deref()),
        text("profile-phone", profile.phone.as_deref()),
        text("profile-postal-address", profile.postal_address.as_deref()),
        text("profile-company", profile.company.as_deref()),
        text("profile-industry", profile.industry.as_deref()),
        text("profile-date-of-birth", profile.date_of_birth.as_deref()),
        secondary("profile-notification-address", account.secondary_addresses.notification.as_ref()),
        secondary("profile-alternate-address", account.secondary_addresses.alternate.as_ref()),
    ];
    facts.into_iter().flatten().chain(profile.consents.iter().map(consent)).collect()
}

fn session_table(visit: &Visit, admin: &Admin, sessions: &[Session]) -> Table {
    let words = visit.words();
    let row = |session: &Session| {
        let agent = session.user_agent.as_deref();
        let client =
            agent.map_or_else(|| say(words, "profile-session-unknown-client"), |agent| words::browser(words, agent));
        Row::new(vec![
            Cell::text(client),
            Cell::text(session.client_address.map(|address| address.to_string()).unwrap_or_default()),
            Cell::code(session.channel.clone()),
            Cell::quiet(admin.short_moment(visit, session.created_at)),
            Cell::quiet(admin.short_moment(visit, session.last_used_at)),
        ])
    };
    let columns =
        ["console-client", "console-client-address", "console-channel", "console-signed-in", "console-last-used"];
    let rows = sessions.iter().map(row).collect();
    Table::new(visit, &columns, rows, "console-sessions-none").titled(visit, "console-sessions")
}

fn forms(visit: &Visit, admin: &Admin, account: &Account, said: &Said) -> Vec<FormView> {
    let path = paths::account(account.id);
    let form = |action: &str, button: &str| FormView::new(visit, format!("{path}/{action}"), button);
    let reason = || vec![FieldView::text(visit, "reason", "console-reason").hinted(visit, "console-reason-hint")];
    let is_another = admin.may.id() != account.id;
    let mut forms = Vec::new();
    if account.verified_at.is_none() {
        let resend_form =
            form("mail", "console-resend").titled(visit, "console-resend-title", Some("console-resend-text"));
        forms.push(resend_form.second());
    }
    let end = form("sessions", "console-end-sessions");
    forms.push(end.titled(visit, "console-end-sessions", Some("console-end-sessions-text")).second());
    if account.disabled_at.is_some() {
        let enable_form =
            form("enable", "console-enable").titled(visit, "console-enable-title", Some("console-enable-text"));
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
    }
    if is_another {
        let delete_form = form("delete", "console-delete-account");
        let title = ("console-delete-account-title", "console-delete-account-text");
        forms.push(delete_form.titled(visit, title.0, Some(title.1)).danger());
    }
    forms
}
