//! Choosing the language of the pages in this browser.

use poem::{Response, handler};

use super::form::Form;
use super::visit::Visit;
use super::{next, paths};

/// Keeps the language, and returns to the page. A language that there is not changes nothing.
#[handler]
pub(super) fn submit(visit: &Visit, Form(fields): Form) -> Response {
    let home = visit.address(paths::HOME);
    let mut response = Visit::see_elsewhere(next::on_this_site(fields.text("back")).unwrap_or(&home));
    if let Some(words) = visit.pages.catalog.speaking(fields.text("language")) {
        visit.keep_language(&words, &mut response);
    }
    response
}
