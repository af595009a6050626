//! Where browsers begin, and where password managers look.

use poem::{Response, handler};

use super::paths::PROFILE;
use super::visit::Visit;

/// The profile page sends those to sign in who are not.
#[handler]
pub(super) fn show(visit: &Visit) -> Response {
    visit.see_other(PROFILE)
}

/// Where a password is changed (W3C, "A Well-Known URL for Changing Passwords").
#[handler]
pub(super) fn change_password(visit: &Visit) -> Response {
    visit.see_other(&format!("{PROFILE}#password"))
}
