//! The profile page: everything that people can do with their account.

pub(super) mod address;
pub(super) mod deletion;
pub(super) mod details;
pub(super) mod export;
pub(super) mod identities;
mod linked;
pub(super) mod password;
pub(super) mod sessions;
pub(super) mod view;

use poem::http::StatusCode;
use poem::{Response, handler};

use self::view::{Remarks, page};
use super::form::Query;
use super::session::Owner;
use super::visit::Visit;
use super::words::say;

#[handler]
pub(super) async fn show(visit: &Visit, Query(query): Query, Owner(owner): Owner) -> poem::Result<Response> {
    let remarks = Remarks { notice: done(query.text("done")).map(|key| say(visit.words(), key)), ..Remarks::default() };
    Ok(page(visit, StatusCode::OK, &owner, remarks).await?)
}

/// The key of what was done, by its name in the query.
fn done(name: &str) -> Option<&'static str> {
    match name {
        "details" => Some("profile-done-details"),
        "password" => Some("profile-done-password"),
        "email" => Some("profile-done-email"),
        "session" => Some("profile-done-session"),
        "sessions" => Some("profile-done-sessions"),
        "linked" => Some("profile-done-linked"),
        "unlinked" => Some("profile-done-unlinked"),
        "confirmed" => Some("profile-done-confirmed"),
        "recovery" => Some("profile-done-recovery"),
        _ => None,
    }
}
