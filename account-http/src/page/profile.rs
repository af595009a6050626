//! The profile page: everything that people can do with their account.

pub(super) mod address;
pub(super) mod deletion;
pub(super) mod details;
pub(super) mod password;
pub(super) mod sessions;
mod view;

use poem::http::StatusCode;
use poem::{Response, handler};

use self::view::{Remarks, page};
use super::form::Query;
use super::session::Owner;
use super::visit::Visit;

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
