//! Invitations: who was invited, inviting, sending an invitation again, revoking it.

use account_core::account::{OrganizationRole, Role};
use account_core::administration::invitations::InvitationDraft;
use account_core::id::InvitationId;
use account_core::input::Input;
use account_core::invitation::{Invitation, InvitationState};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};

use super::super::form::{Fields, Form, Query};
use super::super::visit::Visit;
use super::super::words::say;
use super::admin::{Admin, Refused, Sent};
use super::names::Named;
use super::paths::INVITATIONS;
use super::read::{done, id_of, named};
use super::view::{Around, Cell, FieldView, FormView, ListPage, Row, Said, Table, address, page_request};
use crate::problem::Problem;

#[handler]
pub(super) async fn list(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    page(visit, &admin, &query, StatusCode::OK, done(&query)).await
}

async fn page(visit: &Visit, admin: &Admin, query: &Fields, status: StatusCode, said: Said) -> poem::Result<Response> {
    let state = named::<InvitationState>(query, "state")?;
    let service = &visit.pages.service;
    let page = service.list_invitations(&admin.may, state, page_request(query)).await.map_err(Problem::from)?;
    let rows = page.items.iter().map(|invitation| row(visit, admin, invitation)).collect();
    let columns = ["console-address", "console-role", "console-state", "console-created", "console-expires"];
    let filter =
        FieldView::choice(visit, "state", "console-state", InvitationState::filters(visit), query.text("state"));
    let page = ListPage {
        around: Around::new(visit, &admin.me, say(visit.words(), "console-invitations"), INVITATIONS, &said),
        search: Some(FormView::search(visit, INVITATIONS, vec![filter])),
        table: Table::new(visit, &columns, rows, "console-invitations-none").paged(
            INVITATIONS,
            &[("state", query.text("state"))],
            query.text("cursor"),
            page.next,
        ),
        forms: vec![form(visit, query, &said)],
    };
    Ok(visit.page(status, &page)?)
}

fn form(visit: &Visit, query: &Fields, said: &Said) -> FormView {
    let organization = FieldView::text(visit, "organization", "console-organization-id");
    // The page of an organization leads here.
    let organization = organization.valued(query.trimmed("organization"));
    let roles = OrganizationRole::choices(visit);
    let fields = vec![
        FieldView::email(visit, "email", "console-address").required(),
        FieldView::choice(visit, "role", "console-role", Role::choices(visit), Role::User.name()),
        organization.hinted(visit, "console-optional"),
        FieldView::choice(
            visit,
            "organization_role",
            "console-organization-role",
            roles,
            OrganizationRole::Member.name(),
        ),
    ];
    FormView::new(visit, INVITATIONS.to_owned(), "console-invite")
        .titled(visit, "console-invite-title", Some("console-invite-text"))
        .with(fields, said)
}

fn row(visit: &Visit, admin: &Admin, invitation: &Invitation) -> Row {
    let email = invitation.address.to_string();
    let form = |action: &str, button: &str| {
        FormView::new(visit, format!("{INVITATIONS}/{}/{action}", invitation.id), button).about(&email)
    };
    let forms = match invitation.state {
        InvitationState::Pending => {
            vec![form("mail", "console-resend").second(), form("revoke", "console-revoke").danger()]
        }
        InvitationState::Accepted | InvitationState::Revoked | InvitationState::Void => Vec::new(),
    };
    let has_expired =
        invitation.state == InvitationState::Pending && invitation.expires_at <= visit.pages.service.now();
    let state = if has_expired {
        Cell::state(say(visit.words(), "console-state-expired"), None)
    } else {
        invitation.state.cell(visit)
    };
    let cells = vec![
        Cell::text(email.clone()),
        invitation.role.cell(visit),
        state,
        Cell::quiet(admin.short_moment(visit, invitation.created_at)),
        Cell::quiet(admin.short_moment(visit, invitation.expires_at)),
    ];
    Row { forms, ..Row::new(cells) }
}

/// Goes back to the list, which says what was done, or shows why it was not.
async fn ended<T>(visit: &Visit, admin: &Admin, outcome: Result<T, Refused>, done: &str) -> poem::Result<Response> {
    match outcome {
        Ok(_) => Ok(visit.see_other(&address(INVITATIONS, [("done", done)]))),
        Err(Refused { status, said }) => page(visit, admin, &Fields::default(), status, said).await,
    }
}

#[handler]
pub(super) async fn invite(visit: &Visit, Form(fields): Form, admin: Admin) -> poem::Result<Response> {
    let organization = match fields.trimmed("organization") {
        "" => Input::Absent,
        id => id.into(),
    };
    let organization_role =
        if organization == Input::Absent { Input::Absent } else { fields.input("organization_role") };
    let email = fields.trimmed("email").into();
    let role = fields.input("role");
    let draft = InvitationDraft { email, role, organization, organization_role, ..InvitationDraft::default() };
    let sent = Sent { action: INVITATIONS.to_owned(), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.invite(&admin.may, draft, &visit.context).await;
    ended(visit, &admin, admin.outcome(visit, sent, outcome)?, "invited").await
}

#[handler]
pub(super) async fn resend(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id: InvitationId = id_of(&id)?;
    let sent = Sent { action: format!("{INVITATIONS}/{id}/mail"), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.resend_invitation(&admin.may, id, &visit.context).await;
    ended(visit, &admin, admin.outcome(visit, sent, outcome)?, "invited").await
}

#[handler]
pub(super) async fn revoke(
    visit: &Visit,
    Path(id): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let id: InvitationId = id_of(&id)?;
    let sent = Sent { action: format!("{INVITATIONS}/{id}/revoke"), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.revoke_invitation(&admin.may, id, &visit.context).await;
    ended(visit, &admin, admin.outcome(visit, sent, outcome)?, "revoked").await
}
