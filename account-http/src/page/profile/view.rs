//! How the profile page is shown, after any action.

use account_core::id::SessionId;
use account_core::session::{Session, SignedIn};
use askama::Template;
use poem::Response;
use poem::http::StatusCode;

use super::super::paths::PROFILE;
use super::super::visit::{Frame, Visit};
use super::super::words;
use super::details::shown::{DetailGroup, Typed, groups, other_problems};
use crate::problem::Problem;

/// What the page says besides what is known of the account.
#[derive(Default)]
pub(super) struct Remarks {
    /// A confirmation.
    pub(super) notice: &'static str,
    /// What was not done, and in which section that is.
    pub(super) alert: Option<Alert>,
    pub(super) details: Option<Typed>,
    pub(super) password: PasswordRemarks,
    pub(super) address: AddressRemarks,
    pub(super) deletion: DeletionRemarks,
}

pub(super) struct Alert {
    pub(super) text: &'static str,
    pub(super) section: &'static str,
}

#[derive(Default)]
pub(super) struct PasswordRemarks {
    pub(super) current: Vec<String>,
    pub(super) new: Vec<String>,
}

#[derive(Default)]
pub(super) struct AddressRemarks {
    pub(super) email: String,
    pub(super) problems: Vec<String>,
    pub(super) password: Vec<String>,
}

#[derive(Default)]
pub(super) struct DeletionRemarks {
    pub(super) confirmation: Vec<String>,
    pub(super) password: Vec<String>,
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage<'a> {
    frame: Frame<'a>,
    address: String,
    verified: Option<String>,
    /// When the account will be deleted.
    deletion: Option<String>,
    /// Whether its details and credentials can be changed.
    is_changeable: bool,
    /// Whether the password has to be given for what is sensitive.
    needs_password: bool,
    version: u32,
    groups: Vec<DetailGroup>,
    wants_newsletter: bool,
    other_problems: Vec<String>,
    password_hint: String,
    sessions: Vec<SessionView>,
    remarks: Remarks,
}

/// A session as its owner sees it.
struct SessionView {
    id: String,
    /// Whether it is the session that sends this request.
    is_current: bool,
    /// What it is used with.
    client: String,
    client_address: Option<String>,
    created: String,
    last_used: String,
}

impl SessionView {
    /// A session, seen from another or the same one.
    fn of(session: &Session, current: SessionId) -> Self {
        Self {
            id: session.id.to_string(),
            is_current: session.id == current,
            client: session.user_agent.as_deref().map_or_else(|| "Unknown client".to_owned(), words::browser),
            client_address: session.client_address.map(|address| address.to_string()),
            created: words::moment(session.created_at),
            last_used: words::moment(session.last_used_at),
        }
    }
}

/// Sends the browser back to the page, which says what was done.
pub(super) fn back(visit: &Visit, done: &str) -> Response {
    visit.see_other(&format!("{PROFILE}?done={done}"))
}

/// The page of an account, as it is for that session.
pub(super) async fn page(
    visit: &Visit,
    status: StatusCode,
    owner: &SignedIn,
    remarks: Remarks,
) -> Result<Response, Problem> {
    let service = &visit.pages.service;
    let account = &owner.account;
    let sessions = service.own_sessions(owner).await?;
    let typed = remarks.details.as_ref();
    let page = ProfilePage {
        frame: visit.frame(),
        address: account.address.to_string(),
        verified: account.verified_at.map(words::moment),
        deletion: account.deletion_due_at.map(words::moment),
        is_changeable: owner.clone().verified().is_ok(),
        needs_password: !owner.is_fresh(service.now()),
        version: account.version,
        groups: groups(account, typed),
        wants_newsletter: typed.map_or(account.profile.newsletter, |typed| typed.wants_newsletter),
        other_problems: typed.map(|typed| other_problems(&typed.violations)).unwrap_or_default(),
        password_hint: words::password_hint(&account.role.password_policy(visit.pages.password_policy())),
        sessions: sessions.iter().map(|session| SessionView::of(session, owner.session.id)).collect(),
        remarks,
    };
    visit.page(status, &page)
}
