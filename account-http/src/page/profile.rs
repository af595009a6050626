//! The page of one's account: everything that its owner can do with it.

pub(super) mod address;
pub(super) mod deletion;
pub(super) mod details;
pub(super) mod password;
pub(super) mod sessions;

use account_core::session::SignedIn;
use askama::Template;
use poem::http::StatusCode;
use poem::{Response, handler};

use self::details::{DetailGroup, Typed};
use self::sessions::SessionView;
use super::form::Query;
use super::session::Owner;
use super::visit::{Frame, Visit};
use super::words;
use crate::problem::Problem;

/// Where the page is.
pub(super) const PATH: &str = "/authenticate/profile";

/// What the page says besides what is known of the account.
#[derive(Default)]
pub(super) struct Remarks {
    /// What was done.
    notice: &'static str,
    /// What was not done, and in which section that is.
    alert: Option<Alert>,
    details: Option<Typed>,
    password: PasswordRemarks,
    address: AddressRemarks,
    deletion: DeletionRemarks,
}

struct Alert {
    text: &'static str,
    section: &'static str,
}

#[derive(Default)]
struct PasswordRemarks {
    current: Vec<String>,
    new: Vec<String>,
}

#[derive(Default)]
struct AddressRemarks {
    email: String,
    problems: Vec<String>,
    password: Vec<String>,
}

#[derive(Default)]
struct DeletionRemarks {
    confirmation: Vec<String>,
    password: Vec<String>,
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

#[handler]
pub(super) async fn show(visit: &Visit, Query(query): Query, Owner(owner): Owner) -> poem::Result<Response> {
    let remarks = Remarks { notice: done(query.text("done")), ..Remarks::default() };
    Ok(page(visit, StatusCode::OK, &owner, remarks).await?)
}

/// What was done, by its name in the query.
fn done(name: &str) -> &'static str {
    match name {
        "details" => "Your details were saved.",
        "password" => "Your password was changed. You were signed out everywhere else.",
        "email" => {
            "We emailed the new address. Open the link in this browser while you are signed in. Until then, your \
             address stays the same."
        }
        "session" => "That session was signed out.",
        "sessions" => "You were signed out everywhere else.",
        "recovery" => "Your account will not be deleted.",
        _ => "",
    }
}

/// Sends the browser back to the page, which says what was done.
fn back(visit: &Visit, done: &str) -> Response {
    visit.see_other(&format!("{PATH}?done={done}"))
}

/// The page of an account, as it is for that session.
async fn page(visit: &Visit, status: StatusCode, owner: &SignedIn, remarks: Remarks) -> Result<Response, Problem> {
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
        groups: details::groups(account, typed),
        wants_newsletter: typed.map_or(account.profile.newsletter, |typed| typed.wants_newsletter),
        other_problems: typed.map(|typed| details::other_problems(&typed.violations)).unwrap_or_default(),
        password_hint: words::password_hint(&visit.pages.password_policy()),
        sessions: sessions.iter().map(|session| SessionView::of(session, owner.session.id)).collect(),
        remarks,
    };
    visit.page(status, &page)
}
